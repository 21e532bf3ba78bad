# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two invented municipalities to try things in."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspil.agreements import actions as agreements
from samspil.config.cast import Cast, build_cast, build_other_cast, grant
from samspil.config.demo_volunteers import let_volunteers_in
from samspil.config.story import discuss, publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.frameworks.actions import add_wave, choose_wave_units
from samspil.med import actions as med
from samspil.med.models import Committee
from samspil.med.queries import proposal
from samspil.municipalities.actions import add_closed_day, create_unit
from samspil.municipalities.models import Sector
from samspil.people.models import Role, User
from samspil.volunteering.actions import install_rules


@transaction.atomic
def build_demo() -> None:
    """Build both municipalities, with things that have happened in the course of the last months.

    Solbakken, where most of the cast work, has no agreement yet: it is there to be made.
    """
    now = timezone.localtime()

    def back(days: int) -> dict[str, Any]:
        return {"on": now.date() - timedelta(days=days), "at": now - timedelta(days=days)}

    cast = build_cast(**back(200))
    with tenancy.scope(cast.municipality.pk):
        _fill(cast, back)
    other = build_other_cast(**back(150))
    with tenancy.scope(other.municipality.pk):
        system = system_capacity(municipality_id=other.municipality.pk, name="demo", **_on(back(150)))
        administrator = grant(
            "Ditte Lang", Role.ADMINISTRATOR, other.top, "HR-konsulent", actor=system, at=back(150)["at"]
        )
        publish_model_framework(administrator=administrator, **back(140))


def _on(moment: dict[str, Any]) -> dict[str, date]:
    return {"on": moment["on"]}


def _at(capacity: Capacity, moment: dict[str, Any]) -> Capacity:
    return replace(capacity, on=moment["on"])


def _fill(cast: Cast, back: Any) -> None:
    begun = back(190)
    system = system_capacity(municipality_id=cast.municipality.pk, name="demo", **_on(begun))
    at: datetime = begun["at"]
    hanne = _at(cast.hanne, begun)
    year = begun["on"].year
    for day, name in ((date(year, 12, 24), "Juleaften"), (date(year, 12, 31), "Nytårsaften")):
        add_closed_day(day=day, name=name, actor=hanne, at=at)
    publish_model_framework(administrator=hanne, **begun)
    install_rules(actor=hanne, **begun)

    engparken = create_unit(
        name="Plejecenter Engparken",
        parent=cast.elderly,
        sector=Sector.CARE_HOME,
        is_workplace=True,
        actor=system,
        at=at,
    )
    birthe = grant("Birthe Juul", Role.LEADER, engparken, "plejecenterleder", actor=system, at=at)
    ib = grant("Ib Nygaard", Role.EMPLOYEE, engparken, "social- og sundhedsassistent", actor=system, at=at)
    sanne = grant("Sanne Rask", Role.EMPLOYEE, engparken, "aktivitetsmedarbejder", actor=system, at=at)
    grant("Rikke Bang", Role.CERTIFICATE_ORDERER, cast.top, "HR-assistent", actor=system, at=at)
    pia = grant("Pia Lau", Role.EMPLOYEE, cast.nordre_skole, "lærer", actor=system, at=at)

    bodies = {"administrator": hanne, **begun}
    of_engparken = set_up_body(
        name="LokalMED Engparken", units=[engparken], leader=birthe, deputy=ib, safety=sanne, **bodies
    )
    set_up_body(
        name="LokalMED Nordre Skole", units=[cast.nordre_skole], leader=cast.ole, deputy=pia, safety=None, **bodies
    )
    set_up_body(
        name="LokalMED Solbakken",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        **bodies,
    )

    decided = back(90)
    put_agreement_in_force(
        workplace=engparken,
        leader=_at(birthe, decided),
        employee=_at(ib, decided),
        contact=_at(sanne, decided),
        remarks="Ture ud af huset aftales med afdelingen samme dag.",
        **decided,
    )
    _plan_and_consent(of_engparken, birthe, ib, back)
    today = back(0)
    agreements.name_stand_in(
        workplace=engparken,
        user=User.objects.get(pk=cast.ole.person),
        from_date=today["on"] + timedelta(days=20),
        until=today["on"] + timedelta(days=34),
        actor=_at(birthe, today),
        **today,
    )
    begun_at_school = back(12)
    write_draft(
        workplace=cast.nordre_skole,
        leader=_at(cast.ole, begun_at_school),
        contact=_at(pia, begun_at_school),
        tasks=3,
        **begun_at_school,
    )
    _set_waves(cast, back)
    let_volunteers_in(engparken, birthe, sanne, back)


def _plan_and_consent(body: Committee, leader: Capacity, employee: Capacity, back: Any) -> None:
    """Let a body take the dates that are suggested for two years, and give a standing consent."""
    planned, agreed = back(85), back(30)
    for year in (planned["on"].year, planned["on"].year + 1):
        proposed = proposal(body, year, planned["on"])
        if proposed:
            med.plan_year(committee=body, proposed=proposed, actor=_at(leader, planned), **planned)
    consent = med.propose_consent(
        committee=body,
        facts=med.ConsentFacts(
            wording="Lederen må sige ja til nye ture, når en medarbejder er med.", task_types=("Ture", "Følgeskab")
        ),
        actor=_at(leader, agreed),
        **agreed,
    )
    discuss(dialogue=consent.dialogue, leader=_at(leader, agreed), employee=_at(employee, agreed), **agreed)


def _set_waves(cast: Cast, back: Any) -> None:
    """Set two waves: one that has begun, and one to come."""
    moment = back(40)
    hanne = _at(cast.hanne, moment)
    for name, unit, starts, ends in (
        ("Første bølge", cast.elderly, 30, -60),
        ("Anden bølge", cast.nordre_skole, -61, -150),
    ):
        first, last = back(starts)["on"], back(ends)["on"]
        wave = add_wave(name=name, starts_on=first, deadline=last, actor=hanne, **moment)
        choose_wave_units(wave=wave, add=[unit], remove=[], expected_revision=1, actor=hanne, **moment)
