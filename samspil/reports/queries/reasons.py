# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Why a workplace stands where it stands: what is missing, in the words of the guards that would refuse the step."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from samspil.agreements import guards
from samspil.agreements.leading import agreements_without_leader
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import Coverage, asked_again_on, no_volunteers, open_version
from samspil.agreements.reminders import reminded_at
from samspil.agreements.states import State
from samspil.foundation.errors import Missing
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.queries import body_for
from samspil.municipalities.models import Unit
from samspil.people.models import Role
from samspil.people.queries import holders
from samspil.reports.queries.lines import Line, lines_of


@dataclass(frozen=True)
class Why:
    """The answer to "why?": where it stands, what is missing before the next step, and when it was reminded."""

    line: Line
    text: str
    missing: list[Missing] = field(default_factory=list)
    reminded_at: datetime | None = None


def why(unit: Unit, on: date) -> Why:
    """Return why one workplace stands where it stands."""
    line = lines_of([unit], on)[0]
    version = open_version(unit.pk) if line.coverage.under_way else None
    if version is not None:
        text, missing = _under_way(version, on)
        return Why(line, text, missing)
    if line.coverage.covered_by and line.in_force_since:
        words = {"name": line.coverage.covered_by.name, "day": danish_date(line.in_force_since)}
        return Why(line, _("It is covered by the agreement for %(name)s, in force since %(day)s.") % words)
    if line.status == Coverage.IN_FORCE and line.in_force_since:
        return Why(
            line,
            _("The leader decided on the agreement, and it has been in force since %(day)s.")
            % {"day": danish_date(line.in_force_since)},
            _nobody_answers(unit.pk, on),
        )
    if line.status == Coverage.NOT_BEGUN:
        return _not_begun(line, on)
    statement = no_volunteers(unit.pk)
    if statement is None:
        return Why(line, "")
    words = {"day": danish_date(statement.from_date), "next": danish_date(asked_again_on(statement))}
    return Why(
        line, _("The leader said on %(day)s that there are no volunteers. They are asked again on %(next)s.") % words
    )


def _nobody_answers(unit_id: int, on: date) -> list[Missing]:
    if not agreements_without_leader(on).filter(workplace_id=unit_id).exists():
        return []
    return [Missing("leader", _("No leader is given. What is in force goes on, but a draft waits"))]


def _not_begun(line: Line, on: date) -> Why:
    missing = []
    if line.framework_since is None:
        missing.append(Missing("framework", _("There is no common framework in force to begin from")))
    if not holders(Role.LEADER, line.unit.pk, on).exists():
        missing.append(Missing("leader", _("No leader is given, so there is nobody who can begin")))
    if body_for(line.unit, on) is None:
        missing.append(
            Missing("body", _("No MED body covers the workplace, so there is nobody to discuss it with yet"))
        )
    text = _("Something must be in place before the workplace can finish an agreement.")
    if not missing and line.wave is not None and line.waits_for_its_wave:
        words = {"wave": line.wave.name, "day": danish_date(line.wave.starts_on)}
        text = _("It is in “%(wave)s”, which begins on %(day)s. Nothing is asked of the leader before that.") % words
    elif not missing:
        text = _("Everything is ready. The leader can begin, but has not done so yet.")
    return Why(line, text, missing, reminded_at({line.unit.pk}).get(line.unit.pk))


def _under_way(version: AgreementVersion, on: date) -> tuple[str, list[Missing]]:
    if version.state == State.DRAFT:
        missing = guards.missing_before_dialogue(version, on)
        if missing:
            return _("The draft is being written. This is missing before it can be discussed with MED:"), missing
        return _("The draft has what it needs. The leader can send it to be discussed with MED."), []
    if version.state == State.IN_DIALOGUE:
        missing = guards.missing_before_adoption(version, on)
        if missing:
            return _("It is being discussed with MED. This is missing before the leader can decide:"), missing
        return _("It has been discussed with MED. Now the leader decides."), []
    if version.state == State.ANNOUNCED:
        text = _("Nothing but words is changed. The employee side can ask to discuss it until %(day)s.")
        missing = [item for item in guards.missing_before_adoption(version, on) if item.code != "period"]
        return text % {"day": danish_date(version.objection_due)}, missing
    text = _("The leader has decided. It enters into force on %(day)s.") % {"day": danish_date(version.in_force_from)}
    return text, [item for item in guards.missing_before_force(version, on) if item.code != "date"]
