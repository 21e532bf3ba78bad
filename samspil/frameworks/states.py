# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The states of a framework version and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """A published version is never edited: a typo is a new version."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


MAY_FOLLOW: dict[str, tuple[State, ...]] = {State.DRAFT: (State.PUBLISHED, State.WITHDRAWN)}
