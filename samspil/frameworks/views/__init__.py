# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The pages of the framework."""

from samspil.frameworks.views.changes import ChangesView, ChangeView, VersionChangesView, changes_context
from samspil.frameworks.views.drafting import (
    BringBackView,
    DraftPage,
    DraftView,
    ElementView,
    ImportView,
    NewElementView,
    ParagraphView,
)
from samspil.frameworks.views.policies import AddPolicyView, EditPolicyView, EndPolicyView, PoliciesView
from samspil.frameworks.views.publishing import PublishView, WithdrawView
from samspil.frameworks.views.reading import (
    FrameworksView,
    VersionPdfView,
    VersionsView,
    VersionView,
    framework_pdf,
    reading_context,
)

__all__ = [
    "AddPolicyView",
    "BringBackView",
    "ChangeView",
    "ChangesView",
    "DraftPage",
    "DraftView",
    "EditPolicyView",
    "ElementView",
    "EndPolicyView",
    "FrameworksView",
    "ImportView",
    "NewElementView",
    "ParagraphView",
    "PoliciesView",
    "PublishView",
    "VersionChangesView",
    "VersionPdfView",
    "VersionView",
    "VersionsView",
    "WithdrawView",
    "changes_context",
    "framework_pdf",
    "reading_context",
]
