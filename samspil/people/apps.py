# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who holds which role in which unit, from when to when."""

    name = "samspil.people"
    label = "people"
