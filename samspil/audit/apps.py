# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """What happened, and who did it."""

    name = "samspil.audit"
    label = "audit"
