# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one check of what may follow what."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samspil.foundation.errors import TransitionError


def check_transition(table: Mapping[Any, Collection[Any]], current: str, new: str, labels: Mapping[Any, Any]) -> None:
    """Raise ``TransitionError`` unless ``table`` lets ``new`` follow ``current``."""
    if new not in table.get(current, ()):
        raise TransitionError(
            _("This is “%(current)s” and cannot become “%(new)s”. Reload the page to see how things stand.")
            % {"current": labels.get(current, current), "new": labels.get(new, new)}
        )
