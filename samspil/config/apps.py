# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Puts the parts together."""

    name = "samspil.config"
    label = "config"
