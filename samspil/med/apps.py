# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class MedConfig(AppConfig):
    """The bodies and their dialogues."""

    name = "samspil.med"
    label = "med"
