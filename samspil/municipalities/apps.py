# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """The municipality and its units."""

    name = "samspil.municipalities"
    label = "municipalities"
