# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Further places under the same leader that one agreement holds for (R26, R46): which may be, and what stands in the way."""

from datetime import date

from django.utils.translation import gettext as _

from samspil.agreements import questions
from samspil.agreements.models import AgreementVersion, CoveredUnit
from samspil.agreements.queries import accountable_leader
from samspil.agreements.questions import in_force_on
from samspil.agreements.rare_parts import may_have
from samspil.agreements.states import OPEN
from samspil.foundation.errors import Missing
from samspil.foundation.memory import once_a_page
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words

ANCHOR = "covered-places"


@once_a_page
def covered_by(version: AgreementVersion) -> tuple[CoveredUnit, ...]:
    """Return the further places of a version with their notes, in Danish order."""
    if not may_have(version, CoveredUnit):
        return ()
    return tuple(questions.covered_by(version.pk))


def note_at(version: AgreementVersion, unit: Unit) -> str:
    """Return what the agreement says is special at one of its further places."""
    return next((row.note for row in covered_by(version) if row.unit_id == unit.pk), "")


@once_a_page
def places_for(workplace: Unit, leader_id: int | None, on: date) -> tuple[Unit, ...]:
    """Return the workplaces that an agreement may cover too: led by the same leader, or right under the workplace."""
    return tuple(questions.places_for(workplace.pk, leader_id or 0, on))


def another_that_covers(unit: Unit, on: date) -> Unit | None:
    """Return the workplace whose agreement covers the unit on the day, if it is not its own."""
    row = next(iter(questions.holders_of(unit.pk, on)), None)
    holder = row.version.agreement.workplace if row else None
    return holder if holder is not None and holder.pk != unit.pk else None


def missing_in_covering(version: AgreementVersion, on: date, *, asks_leader: bool = False) -> list[Missing]:
    """Return which further places stand in the way: closed, under another agreement, or with an own one on its way.

    ``asks_leader``: before the dialogue, where they must be led by the one who answers for the agreement as well;
    a workplace that is covered itself cannot even begin, so only later is that asked again.
    """
    workplace = version.agreement.workplace
    rows = covered_by(version)
    missing = []
    holder = None if asks_leader else another_that_covers(workplace, on)
    if holder:
        text = _("%(place)s is covered by the agreement for %(other)s. That one must be changed first")
        missing.append(_missing(text % {"place": workplace.name, "other": holder.name}))
    if not rows:
        return missing
    ids = [row.unit_id for row in rows]
    held = in_force_on(on).filter(unit_id__in=ids).exclude(version__agreement=version.agreement_id)
    holders = {
        row.unit_id: row.version.agreement.workplace for row in held.select_related("version__agreement__workplace")
    }
    own = AgreementVersion.objects.filter(agreement__workplace_id__in=ids, state__in=OPEN)
    on_their_way = set(own.values_list("agreement__workplace_id", flat=True))
    leader = accountable_leader(version.agreement, on) if asks_leader else None
    may = {unit.pk for unit in places_for(workplace, leader.pk, on)} if leader else set(ids)
    for row in rows:
        words = {"place": row.unit.name, "other": holders[row.unit_id].name if row.unit_id in holders else ""}
        if row.unit.is_closed(on):
            missing.append(_missing(_("%(why)s Take it out") % {"why": closing_in_words(row.unit, on)}))
        elif row.unit_id in holders and holders[row.unit_id].pk == row.unit_id:
            missing.append(_missing(_("%(place)s has an agreement of its own in force. Take it out") % words))
        elif row.unit_id in holders:
            text = _("%(place)s is covered by the agreement for %(other)s. Take it out, or have that one changed first")
            missing.append(_missing(text % words))
        elif row.unit_id in on_their_way:
            text = _("%(place)s has an agreement of its own on its way. Take it out, or have that one given up first")
            missing.append(_missing(text % words))
        elif row.unit_id not in may:
            missing.append(_missing(_("%(place)s is not led by the same leader. Take it out") % words))
    return missing


def _missing(text: str) -> Missing:
    return Missing("covered", text, ANCHOR)
