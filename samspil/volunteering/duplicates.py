# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who may be the same person: suggested by phone, e-mail or name, decided by people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from samspil.foundation.importing import folded
from samspil.volunteering.importing import digits
from samspil.volunteering.models import Engagement


@dataclass(frozen=True)
class Pair:
    """Two at one workplace who may be one; ``first`` has been here longest."""

    first: Engagement
    second: Engagement


def pairs_among(engagements: Iterable[Engagement]) -> list[Pair]:
    """Return those who have a phone, an e-mail or a name in common, each pair once."""
    alike: dict[str, list[Engagement]] = defaultdict(list)
    for one in sorted(engagements, key=lambda found: found.pk):
        volunteer = one.volunteer
        if volunteer is None:
            continue
        marks = {digits(volunteer.phone), volunteer.email.lower(), f"name {folded(volunteer.name)}"}
        for mark in marks - {""}:
            alike[mark].append(one)
    found = {(some[0].pk, other.pk): Pair(some[0], other) for some in alike.values() for other in some[1:]}
    return [found[key] for key in sorted(found)]
