# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The words for roles in a municipality's lists of employees."""

from django.utils import translation

from samspil.foundation.importing import folded
from samspil.people.models import STAFF_ROLES, Role

_OF_THE_CONVENTION = {
    "leder": Role.LEADER.value,
    "frivilligkoordinator": Role.VOLUNTEER_COORDINATOR.value,
    "medarbejder": Role.EMPLOYEE.value,
}


def words_for_roles() -> dict[str, str]:
    """Return every way to write a role that a list may give."""
    words = {role.value: role.value for role in STAFF_ROLES} | _OF_THE_CONVENTION
    for language in ("da", "en"):
        with translation.override(language):
            words |= {folded(str(role.label)): role.value for role in STAFF_ROLES}
    return words
