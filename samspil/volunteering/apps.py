# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    """Volunteers, from the first word to the thank-you."""

    name = "samspil.volunteering"
    label = "volunteering"
