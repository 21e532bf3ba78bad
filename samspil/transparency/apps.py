# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """The open pages."""

    name = "samspil.transparency"
    label = "transparency"
