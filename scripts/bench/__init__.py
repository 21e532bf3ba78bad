# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Measure what the pages cost, at the size of a real municipality: ``make bench PROFILE=S|M|L``."""
