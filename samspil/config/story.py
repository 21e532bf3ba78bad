# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The main job in steps, each done by whom it belongs to: for the demo, and for tests that need one done."""

from collections.abc import Sequence
from datetime import date, datetime

from samspil.agreements import actions as agreements
from samspil.agreements.actions import SentPage
from samspil.agreements.actions.locking import dialogue_of
from samspil.agreements.catalogue import template_for
from samspil.agreements.models import AgreementVersion
from samspil.foundation.capacity import Capacity
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import FrameworkVersion
from samspil.med import actions as med
from samspil.med.models import Committee, Dialogue, Form, Function, Position, Side
from samspil.med.papers import Record, Said
from samspil.med.queries import members
from samspil.municipalities.models import Unit
from samspil.people.models import User


def publish_model_framework(*, administrator: Capacity, on: date, at: datetime) -> FrameworkVersion:
    """Publish the framework that ships with the product."""
    draft = frameworks.use_model_framework(actor=administrator, at=at)
    return frameworks.publish_version(version=draft, in_force_from=on, actor=administrator, at=at, on=on)


def set_up_body(
    *,
    name: str,
    units: Sequence[Unit],
    leader: Capacity,
    deputy: Capacity,
    safety: Capacity | None,
    administrator: Capacity,
    on: date,
    at: datetime,
) -> Committee:
    """Set up a body with the leader in the chair and the employee side's deputy chair and safety representative."""
    body = med.create_committee(name=name, units=units, level="LokalMED", actor=administrator, at=at)
    seats = [(leader, Side.MANAGEMENT, Function.CHAIR), (deputy, Side.EMPLOYEES, Function.DEPUTY)]
    if safety is not None:
        seats.append((safety, Side.EMPLOYEES, Function.SAFETY_REPRESENTATIVE))
    for capacity, side, function in seats:
        user = User.objects.get(pk=capacity.person)
        med.add_member(
            committee=body, user=user, side=side, function=function, from_date=on, actor=administrator, at=at
        )
    return body


def write_draft(
    *, workplace: Unit, leader: Capacity, contact: Capacity, tasks: int, on: date, at: datetime
) -> AgreementVersion:
    """Begin from the sector's template, tick that many supplement tasks and name a contact person."""
    version = agreements.open_draft(workplace=workplace, actor=leader, on=on, at=at)
    template = template_for(workplace.sector)
    codes = frozenset([task.code for task in template.tasks if task.boundary == "supplement"][:tasks])
    agreements.save_page(version=version, page=SentPage(ticked=codes), actor=leader, at=at)
    agreements.set_contact_persons(
        version=version, users=[User.objects.get(pk=contact.person)], actor=leader, on=on, at=at
    )
    return version


def discuss(
    *, dialogue: Dialogue, leader: Capacity, employee: Capacity, on: date, at: datetime, remarks: str = ""
) -> Dialogue:
    """Hold the dialogue with everybody in the body, write it down and have it confirmed."""
    dialogue.refresh_from_db()
    paper = dialogue.papers.latest("number")
    seats = members(dialogue.committee, on)
    stand = Position.Stand.AGREE_WITH_REMARKS if remarks else Position.Stand.AGREE
    said = Record(
        held_on=on,
        form=Form.MEETING,
        participants=tuple(seat.pk for seat in seats),
        positions={Side.MANAGEMENT: Said(Position.Stand.AGREE), Side.EMPLOYEES: Said(stand, remarks)},
        answers={
            item["lineage"]: "At sidde længe og høre en historie til ende." for item in paper.standing_questions[:1]
        },
        conclusion="Udkastet er drøftet, og lederen kan beslutte aftalen.",
        minutes_reference="Referat i kommunens dagsordenssystem, punkt 4",
    )
    med.record(dialogue=dialogue, record=said, expected_sha256=paper.sha256, actor=leader, at=at, on=on)
    return med.confirm(dialogue=dialogue, actor=employee, at=at, on=on)


def put_agreement_in_force(
    *,
    workplace: Unit,
    leader: Capacity,
    employee: Capacity,
    contact: Capacity,
    on: date,
    at: datetime,
    remarks: str = "",
) -> AgreementVersion:
    """Do the whole main job for one workplace, on one day."""
    version = write_draft(workplace=workplace, leader=leader, contact=contact, tasks=4, on=on, at=at)
    version = agreements.send_to_dialogue(version=version, actor=leader, on=on, at=at)
    discuss(dialogue=dialogue_of(version), leader=leader, employee=employee, on=on, at=at, remarks=remarks)
    return agreements.adopt(version=version, in_force_from=on, actor=leader, on=on, at=at)
