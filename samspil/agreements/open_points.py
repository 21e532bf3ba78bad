# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the guidelines ask about and the agreement does not say: told to MED, and never in the way (R52, R54, R58)."""

from django.utils.translation import gettext as _

from samspil.agreements.pages import Reading
from samspil.agreements.sections import COOPERATION, REGISTRY, STAFF_AGREEMENTS, SUPPORT

_ASKED_ABOUT = (STAFF_AGREEMENTS, COOPERATION, SUPPORT)


def open_points(reading: Reading) -> list[str]:
    """Return what is not described, each by the name it has on the page; no hours are no time set aside."""
    written = {shown.kind.kind for shown in reading.sections}
    time = [] if reading.conditions.is_time_set_aside else [_("Time set aside")]
    return time + [str(REGISTRY[kind].label) for kind in _ASKED_ABOUT if kind not in written]
