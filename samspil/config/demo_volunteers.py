# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Volunteers in the demo: some who were there before, one who came for coffee, one who has written."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from samspil.foundation.capacity import Capacity
from samspil.foundation.tables import read_table
from samspil.municipalities.models import Unit
from samspil.volunteering import actions
from samspil.volunteering.actions import FirstWord, NewVolunteer
from samspil.volunteering.importing import COLUMNS
from samspil.volunteering.models import Engagement
from samspil.volunteering.models.engagements import EndedBy
from samspil.volunteering.queries import room_at

_BEFORE = (
    ("Aase Holm", "20 30 40 51", "", 2014),
    ("Bent Friis", "20 30 40 52", "bent@example.dk", 2018),
    ("Carla Bo", "20 30 40 53", "", 2019),
    ("Dan Ravn", "", "dan@example.dk", 2021),
    ("Else Toft", "20 30 40 55", "", 2022),
)


def let_volunteers_in(workplace: Unit, leader: Capacity, contact: Capacity, back: Any) -> None:
    """Fill the workplace, whose agreement is in force, with a few people at different points."""
    titles = [task.title for task in _tasks(workplace)]
    rows = [
        f"{name};{phone};{email};{titles[number % len(titles)]};;01-03-{year}"
        for number, (name, phone, email, year) in enumerate(_BEFORE)
    ]
    table = read_table("\r\n".join([_headings(), *rows]).encode(), "frivillige.csv", COLUMNS)
    listed = back(20)
    actions.import_volunteers(table=table, workplace=workplace, actor=_on(contact, listed["on"]), **listed)
    talked = back(6)
    first = Engagement.objects.filter(workplace=workplace).order_by("pk").values_list("pk", flat=True)[:3]
    actions.note_gone_through(
        workplace=workplace, engagement_ids=list(first), actor=_on(leader, talked["on"]), **talked
    )
    coffee = back(1)
    actions.enter_volunteer(
        workplace=workplace,
        who=NewVolunteer(name="Ingrid Dahl", phone="20 30 40 56", wishes="Jeg vil gerne synge sammen med nogen."),
        tasks=[_tasks(workplace)[0].lineage],
        contact_person_id=contact.person,
        actor=_on(contact, coffee["on"]),
        **coffee,
    )
    _agree_and_part(leader, back)
    _somebody_writes(workplace, **back(2))


def _agree_and_part(leader: Capacity, back: Any) -> None:
    """Let Bent have a page of his own with an agreement to read, and Carla say goodbye."""
    moment = back(4)
    actor = _on(leader, moment["on"])
    bent = Engagement.objects.get(volunteer__name="Bent Friis")
    actions.make_terms(engagement=bent, actor=actor, **moment)
    actions.give_own_page(engagement=bent, email="bent@example.dk", actor=actor, **moment)
    carla = Engagement.objects.get(volunteer__name="Carla Bo")
    actions.end_engagement(engagement=carla, by=EndedBy.VOLUNTEER, actor=actor, **moment)


def _somebody_writes(workplace: Unit, on: date, at: datetime) -> None:
    said = FirstWord(
        name="Poul Winther",
        reach_me="poul@example.dk",
        words="Jeg er lige gået på pension og vil gerne gå ture med nogen, der ikke kommer så meget ud.",
    )
    actions.apply(workplace=workplace, said=said, on=on, at=at - timedelta(minutes=20))


def _tasks(workplace: Unit) -> Any:
    room = room_at(workplace.pk)
    return room.tasks if room else ()


def _headings() -> str:
    return ";".join(column.heading for column in COLUMNS)


def _on(capacity: Capacity, day: date) -> Capacity:
    return replace(capacity, on=day)
