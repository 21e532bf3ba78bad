# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Permissions are named constants ``AREA.VERB``, each with a predicate and who has it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from rules.permissions import add_perm, has_perm

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.tenancy import current_municipality_id

REGISTRY: dict[str, "Permission"] = {}


@dataclass(frozen=True)
class Permission:
    """``AREA.VERB``; ``who`` completes "This is done by …" on the page for others.

    ``predicate(capacity, subject)`` is derived from the ``visible_…`` QuerySet of its area.
    """

    name: str
    predicate: Callable[[Capacity, Any], bool] = field(compare=False)
    who: Any = field(compare=False)

    def __post_init__(self) -> None:
        REGISTRY[self.name] = self
        add_perm(self.name, self.predicate)  # type: ignore[no-untyped-call]

    def allows(self, capacity: Capacity | None, subject: Any = None) -> bool:
        """Say whether ``capacity`` may do this to ``subject``; nobody without a capacity here may."""
        if capacity is None or capacity.municipality_id != current_municipality_id():
            return False
        return bool(has_perm(self.name, capacity, subject))  # type: ignore[no-untyped-call]

    def require(self, actor: Capacity, subject: Any = None) -> None:
        """Raise ``Refusal`` where ``actor`` may not do this; for actions, so that the rule holds on every path.

        A job or a command is let through: who may run one is decided on the machine.
        """
        if not actor.is_system and not self.allows(actor, subject):
            raise Refusal(_("This is done by %(who)s.") % {"who": self.who})


OPEN = "open"
"""The permission of a view that anyone may read without logging in."""

SIGNED_IN = "signed in"
"""The permission of a view that needs a login but no capacity."""
