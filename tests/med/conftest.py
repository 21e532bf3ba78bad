# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""LokalMED Solbakken, a paper before it, and what was said of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from samspil.med import actions
from samspil.med.models import Dialogue, Function, Side
from samspil.med.papers import Attachment, PaperContent, Record, Said, StandingQuestion
from samspil.med.queries import conclusion_gaps, current_confirmation, read_whole, with_committee
from samspil.people.models import User

LONG_AGO = date(2020, 1, 1)
QUESTION = str(UUID(int=4))


A, B = "a" * 64, "b" * 64


def fresh(dialogue):
    return read_whole(with_committee(Dialogue.objects.all()).get(pk=dialogue.pk))


def asked_of(dialogue):
    confirmation = current_confirmation(fresh(dialogue))
    assert confirmation is not None
    return confirmation


def gaps(dialogue, on, sha256=A):
    return [gap.code for gap in conclusion_gaps(fresh(dialogue), sha256, on)]


def seat(committee, capacity, side, function, *, by, at):
    return actions.add_member(
        committee=committee,
        user=User.objects.get(pk=capacity.user_id),
        side=side,
        function=function,
        from_date=LONG_AGO,
        actor=by,
        at=at,
    )


def set_up_body(cast, at):
    committee = actions.create_committee(
        name="LokalMED Solbakken", level="LokalMED", units=[cast.solbakken], actor=cast.hanne, at=at
    )
    seat(committee, cast.lene, Side.MANAGEMENT, Function.CHAIR, by=cast.hanne, at=at)
    seat(committee, cast.tove, Side.EMPLOYEES, Function.DEPUTY, by=cast.hanne, at=at)
    seat(committee, cast.tove, Side.EMPLOYEES, Function.UNION_REPRESENTATIVE, by=cast.hanne, at=at)
    seat(committee, cast.arne, Side.EMPLOYEES, Function.SAFETY_REPRESENTATIVE, by=cast.hanne, at=at)
    return committee


@pytest.fixture
def body(cast, at):
    """LokalMED Solbakken with Lene, Tove (deputy chair and union representative) and Arne."""
    return set_up_body(cast, at)


@pytest.fixture
def staff_meeting(cast, at):
    """The staff meeting of Nordre Skole, whose staff have elected Mia as their contact."""
    committee = actions.create_committee(
        name="Personalemøde Nordre Skole",
        units=[cast.nordre_skole],
        is_staff_meeting=True,
        actor=cast.hanne,
        at=at,
    )
    seat(committee, cast.mia, Side.EMPLOYEES, Function.EMPLOYEE_CONTACT, by=cast.hanne, at=at)
    return committee


@pytest.fixture
def paper():
    return PaperContent(
        title="Aftale for frivillighed, 1. udgave",
        link="/arbejdspladser/plejecenter-solbakken/aftale/",
        presentation="Solbakken vil have besøgsvenner.",
        recommendation="At udvalget drøfter aftalen.",
        attachments=(
            Attachment(
                "Aftalen",
                [
                    {"kind": "heading", "text": "Opgaver", "level": 1},
                    {"kind": "task", "text": "Læse højt", "pairs": [["Afgrænsning", "Supplement"]], "label": "Ny"},
                    {"kind": "list", "items": ["Mandag", "Onsdag"]},
                    {"kind": "quote", "text": "Frivillige er et supplement.", "label": "Fælles"},
                    {"kind": "facts", "pairs": [["Kontaktperson", "Mia Lund"]]},
                ],
            ),
        ),
        sha256="a" * 64,
        standing_questions=(StandingQuestion(QUESTION, "Hvad får frivillige mulighed for, som vi ikke får?"),),
    )


@pytest.fixture
def corrected(paper):
    return replace(paper, sha256="b" * 64, presentation="Rettet ved bordet.")


@pytest.fixture
def dialogue(cast, body, paper, at):
    """A paper that waits for LokalMED Solbakken."""
    return actions.open_dialogue(committee=body, occasion="new_agreement", paper=paper, actor=cast.lene, at=at)


def what_was_said(body, on):
    return Record(
        held_on=on,
        form="meeting",
        positions={
            Side.MANAGEMENT: Said("agree"),
            Side.EMPLOYEES: Said("agree_with_remarks", "Kun efter aftale med afdelingen."),
        },
        participants=tuple(body.memberships.values_list("pk", flat=True)),
        answers={QUESTION: "At sidde hos en beboer en hel time."},
        conclusion="Drøftet uden ændringer.",
        minutes_reference="FirstAgenda, punkt 4",
    )


@pytest.fixture
def said(body, on):
    """What was said: the management side agrees, the employee side has remarks."""
    return what_was_said(body, on)


@pytest.fixture
def by_minutes(said):
    """The same, with approved minutes elsewhere."""
    return replace(said, confirm_by="minutes")


@pytest.fixture
def recorded(cast, dialogue, said, at, on):
    """Written down by Lene, and waiting for the employee side."""
    return actions.record(dialogue=dialogue, record=said, expected_sha256="a" * 64, actor=cast.lene, at=at, on=on)
