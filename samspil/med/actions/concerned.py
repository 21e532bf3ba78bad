# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whom a dialogue concerns, and telling them (R27): every way in which it comes to something goes through here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from samspil.med.models import Dialogue
from samspil.med.queries import bodies_of, leaders_of_bodies, seats_in
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind


def owners(dialogue: Dialogue) -> list[int]:
    """Return who put the matter in, here and where it began, and who wrote the record."""
    began_by = dialogue.origin.opened_by_id if dialogue.origin is not None else None
    people = (dialogue.opened_by_id, began_by, dialogue.recorded_by_id)
    return [user for user in dict.fromkeys(people) if user is not None]


def concerned(dialogue: Dialogue, on: date) -> list[int]:
    """Return the owners, both sides, and who leads the workplace or is a contact person there; each once.

    About the framework it is the leaders of everything that the bodies speak for. Who is named at a workplace is known
    above: the settings say who answers (decision 15).
    """
    bodies = bodies_of(dialogue)
    people = [*owners(dialogue), *(seat.user_id for seat in seats_in(bodies, on))]
    if dialogue.framework_id is not None:
        people += leaders_of_bodies(bodies, on)
    if dialogue.workplace_id is not None:
        named_at: Callable[[int, date], Iterable[int]] = import_string(settings.NAMED_AT_WORKPLACE)
        people += named_at(dialogue.workplace_id, on)
    return list(dict.fromkeys(people))


def matter_of(dialogue: Dialogue) -> str:
    """Return what the dialogue is about, as its paper is called."""
    return dialogue.current_paper.title if dialogue.current_paper else ""


def tell_concerned(
    dialogue: Dialogue, *, key: str, title: str, at: datetime, on: date, but: Iterable[int | None] = ()
) -> None:
    """Tell everybody whom it concerns, once a ``key``, but not whoever did it or is told in another way."""
    left_out = set(but)
    notifications.tell(
        people=[user for user in concerned(dialogue, on) if user not in left_out],
        key=key,
        kind=Kind.MED,
        title=title,
        link=reverse("dialogue", args=[dialogue.pk]),
        at=at,
    )
