# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling people."""

    name = "samspil.notifications"
    label = "notifications"
