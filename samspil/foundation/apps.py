# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """What every area stands on."""

    name = "samspil.foundation"
    label = "foundation"
