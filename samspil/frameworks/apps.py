# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """The common framework, published and versioned."""

    name = "samspil.frameworks"
    label = "frameworks"
