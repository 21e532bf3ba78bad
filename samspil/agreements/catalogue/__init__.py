# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a workplace begins with: the texts, tasks and challenges of its sector, one TOML file each."""

from samspil.agreements.catalogue.loading import (
    CatalogueTask,
    Challenge,
    CoreExample,
    Template,
    task_types_at,
    template_for,
)

__all__ = ["CatalogueTask", "Challenge", "CoreExample", "Template", "task_types_at", "template_for"]
