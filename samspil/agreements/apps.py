# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The local agreement for volunteering."""

    name = "samspil.agreements"
    label = "agreements"
