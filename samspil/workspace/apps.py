# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    """Pages that join areas."""

    name = "samspil.workspace"
    label = "workspace"
