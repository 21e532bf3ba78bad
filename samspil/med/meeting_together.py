# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which other bodies the record page asks about, and whose members it has shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from samspil.med.models import Committee, Dialogue
from samspil.med.queries import bodies_to_meet_with, met_together


@dataclass(frozen=True)
class Together:
    """``unseen`` are bodies that were ticked just now: their members have not been on the page yet."""

    choices: tuple[Committee, ...] = ()
    chosen: tuple[Committee, ...] = ()
    unseen: tuple[Committee, ...] = ()

    @property
    def shown(self) -> str:
        """The bodies whose members the page shows, for its hidden field."""
        return ",".join(str(body.pk) for body in self.chosen)

    @property
    def names_unseen(self) -> str:
        """The bodies that were ticked just now."""
        return ", ".join(body.name for body in self.unseen)

    def with_members(self, data: Any, ticks: Iterable[tuple[str, str]]) -> Any:
        """Return what was sent with the members of the new bodies ticked: field and value of each."""
        if not self.unseen:
            return data
        sent = data.copy()
        for field, value in ticks:
            sent.appendlist(field, value)
        sent["members_shown"] = self.shown
        return sent


def bodies_together(data: Any, dialogue: Dialogue) -> Together:
    """Return the bodies to choose from, and those chosen: in what was sent, or in the record before."""
    if dialogue.committee.is_staff_meeting:
        return Together()
    choices = tuple(bodies_to_meet_with(dialogue.committee))
    if data is None:
        return Together(choices, tuple(met_together(dialogue)))
    ticked = set(data.getlist("together_with"))
    chosen = tuple(body for body in choices if str(body.pk) in ticked)
    shown = set(data.get("members_shown", "").split(","))
    return Together(choices, chosen, tuple(body for body in chosen if str(body.pk) not in shown))
