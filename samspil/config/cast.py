# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one cast: the same names and roles in the demo and in every test. Invented persons."""

from dataclasses import dataclass
from datetime import date, datetime

from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.municipalities.actions import create_municipality, create_unit
from samspil.municipalities.models import Municipality, Sector, Unit
from samspil.people.actions import grant_role
from samspil.people.models import Role
from samspil.people.queries import capacity_of

_LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True)
class Cast:
    """Everybody in the capacity they are known for, and where they work."""

    municipality: Municipality
    top: Unit
    elderly: Unit
    solbakken: Unit
    nordre_skole: Unit
    lene: Capacity
    tove: Capacity
    arne: Capacity
    mia: Capacity
    karim: Capacity
    frida: Capacity
    joergen: Capacity
    hanne: Capacity
    dorte: Capacity
    ole: Capacity


@dataclass(frozen=True)
class OtherCast:
    """The municipality that must never be seen from the first, with its leader."""

    municipality: Municipality
    top: Unit
    anlaegget: Unit
    kaj: Capacity


def grant(name: str, role: Role, unit: Unit, title: str, *, actor: Capacity, at: datetime) -> Capacity:
    """Give an invented person a role; their e-mail is their first name at example.dk."""
    email = name.split(" ", maxsplit=1)[0].lower().replace("ø", "oe").replace("å", "aa") + "@example.dk"
    assignment = grant_role(
        email=email, name=name, role=role, unit=unit, title=title, from_date=_LONG_AGO, actor=actor, at=at
    )
    return capacity_of(assignment, actor.on)


def build_cast(*, on: date, at: datetime) -> Cast:
    """Create the first municipality with its cast; leaves no scope open."""
    municipality = create_municipality(
        name="Eksempelby Kommune", slug="eksempelby", at=at, contact_email="med@example.dk", contact_phone="12 34 56 78"
    )
    with tenancy.scope(municipality.pk):
        system = system_capacity(municipality_id=municipality.pk, on=on, name="cast")
        top = Unit.objects.get(parent=None)

        def unit(name: str, parent: Unit, sector: Sector, *, is_workplace: bool = True) -> Unit:
            return create_unit(name=name, parent=parent, sector=sector, is_workplace=is_workplace, actor=system, at=at)

        elderly = unit("Ældre og Sundhed", top, Sector.OTHER, is_workplace=False)
        solbakken = unit("Plejecenter Solbakken", elderly, Sector.CARE_HOME)
        nordre_skole = unit("Nordre Skole", top, Sector.SCHOOL)
        return Cast(
            municipality=municipality,
            top=top,
            elderly=elderly,
            solbakken=solbakken,
            nordre_skole=nordre_skole,
            lene=grant("Lene Holm", Role.LEADER, solbakken, "plejecenterleder", actor=system, at=at),
            tove=grant("Tove Krag", Role.EMPLOYEE, solbakken, "sygeplejerske", actor=system, at=at),
            arne=grant("Arne Bech", Role.EMPLOYEE, solbakken, "pedel", actor=system, at=at),
            mia=grant("Mia Lund", Role.EMPLOYEE, solbakken, "social- og sundhedsassistent", actor=system, at=at),
            karim=grant(
                "Karim Aziz", Role.VOLUNTEER_COORDINATOR, solbakken, "frivilligkoordinator", actor=system, at=at
            ),
            frida=grant("Frida Dam", Role.VOLUNTEER, solbakken, "", actor=system, at=at),
            joergen=grant("Jørgen Vest", Role.PARTNER, solbakken, "", actor=system, at=at),
            hanne=grant("Hanne Skov", Role.ADMINISTRATOR, top, "MED-konsulent", actor=system, at=at),
            dorte=grant(
                "Dorte Friis", Role.DATA_PROTECTION_OFFICER, top, "databeskyttelsesrådgiver", actor=system, at=at
            ),
            ole=grant("Ole Munk", Role.LEADER, nordre_skole, "skoleleder", actor=system, at=at),
        )


def build_other_cast(*, on: date, at: datetime) -> OtherCast:
    """Create the other municipality; leaves no scope open."""
    municipality = create_municipality(name="Anderby Kommune", slug="anderby", at=at)
    with tenancy.scope(municipality.pk):
        system = system_capacity(municipality_id=municipality.pk, on=on, name="cast")
        top = Unit.objects.get(parent=None)
        anlaegget = create_unit(
            name="Plejehjemmet Anlægget", parent=top, sector=Sector.CARE_HOME, is_workplace=True, actor=system, at=at
        )
        return OtherCast(
            municipality=municipality,
            top=top,
            anlaegget=anlaegget,
            kaj=grant("Kaj Toft", Role.LEADER, anlaegget, "plejehjemsleder", actor=system, at=at),
        )
