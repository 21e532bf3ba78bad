# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Pages about volunteers, by who owns them: lists and people, applications, formalities, terms, lanes."""
