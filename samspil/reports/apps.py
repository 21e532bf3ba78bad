# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Overview over areas: reads only."""

    name = "samspil.reports"
    label = "reports"
