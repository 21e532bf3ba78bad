# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A small framework of our own, and the steps that tests take with it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from samspil.foundation.capacity import Capacity
from samspil.frameworks.actions import import_framework, publish_version
from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion, Kind

DOCUMENT = """\
# Ramme for frivillige i Eksempelby

## Indledning

Rammen gælder på alle arbejdspladser. Den er til for borgerne.

## Værdier

- Åbenhed
- Nysgerrighed

## Fælles principper

- Frivillige kommer med noget ekstra, og de ansatte har ansvaret for kerneydelsen.
- Vi siger til, når noget er svært.
- Vi husker at sige tak.

## Guidelines til ledere

- Sæt tid af til samarbejdet.
- Fortæl, hvem man kan spørge.
"""


def begin(actor: Capacity, at: datetime, text: str = DOCUMENT) -> FrameworkVersion:
    """Import the small framework as the draft."""
    return import_framework(content=text.encode(), filename="ramme.md", actor=actor, at=at)


def publish(
    actor: Capacity,
    at: datetime,
    on: date,
    *,
    in_force_from: date | None = None,
    version: FrameworkVersion | None = None,
) -> FrameworkVersion:
    """Publish the draft, the first one if none is given."""
    return publish_version(
        version=version or begin(actor, at), in_force_from=in_force_from or on, actor=actor, at=at, on=on
    )


def of_kind(version: FrameworkVersion, kind: Kind) -> list[Element]:
    """Return the elements of one kind, in order."""
    return list(Element.objects.filter(version=version, kind=kind))


def texts(version: FrameworkVersion, kind: Kind) -> list[str]:
    """Return the texts of one kind, in order."""
    return [element.text for element in of_kind(version, kind)]


def part(number: int, text: str, order: int | None = None, kind: str = "principle", **more: Any) -> Element:
    """Return a part that is in no database, its lineage made of the number."""
    place = number if order is None else order
    return Element(municipality_id=1, lineage=UUID(int=number), text=text, order=place, kind=kind, **more)


def said_of(lineage: UUID, fate: str, **more: Any) -> FrameworkChange:
    """Return what was said about a part, in no database."""
    return FrameworkChange(municipality_id=1, lineage=lineage, fate=fate, **{"reason": "Fordi", **more})
