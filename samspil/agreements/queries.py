# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading agreements: what is in force, who answers for it, how far a workplace has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.agreements import questions
from samspil.agreements.between import TaskOffered, ending_of, offered
from samspil.agreements.boundary import Boundary
from samspil.agreements.content import task_sha256
from samspil.agreements.file_models import AttachedFile, Filing
from samspil.agreements.models import (
    Agreement,
    AgreementVersion,
    BoundaryDecision,
    ExistingAgreement,
    ExistingAgreementsWindow,
    InForce,
    LocalPrinciple,
    NoVolunteersStatement,
    Task,
)
from samspil.agreements.questions import in_force_on, standing_statements
from samspil.agreements.rare_parts import hand_on, may_have
from samspil.agreements.states import OPEN, State
from samspil.agreements.waves import to_begin, with_deadline
from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page
from samspil.foundation.todo import Todo
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.med.queries import conclusion_gaps
from samspil.med.states import HELD
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role, RoleAssignment, User

_BEFORE_REVIEW = timedelta(days=60)
"""How long before the day an old agreement is to be looked at its leader is reminded."""


class Coverage(models.TextChoices):
    """How far a workplace has come (R4). Derived; nobody types it."""

    NOT_BEGUN = "not_begun", gettext_lazy("not begun")
    UNDER_WAY = "under_way", gettext_lazy("under way")
    IN_FORCE = "in_force", gettext_lazy("in force")
    NO_VOLUNTEERS = "no_volunteers", gettext_lazy("no volunteers here")


@dataclass(frozen=True)
class CoverageOf:
    """The status of one workplace with the facts that it follows from."""

    status: Coverage
    in_force: AgreementVersion | None
    under_way: AgreementVersion | None
    without_since: date | None = None
    covered_by: Unit | None = None
    discussed: date | None = None


def in_force_today() -> models.QuerySet[InForce]:
    """Return what is in force where today."""
    return in_force_on(timezone.localdate())


@once_a_page
def version_in_force(unit_id: int) -> AgreementVersion | None:
    """Return the version in force at a unit, or None."""
    row = next(iter(questions.in_force_at(unit_id, timezone.localdate())), None)
    if row is None:
        return None
    row.version.next_objection_due = row.objection_due
    return hand_on(row, row.version)


def change_from(version: AgreementVersion) -> date | None:
    """Return from when an announced change replaces a version in force that was read by ``version_in_force``."""
    due: date | None = getattr(version, "next_objection_due", None)
    return due + timedelta(days=1) if due is not None else None


def workplaces_in_force() -> models.QuerySet[Unit]:
    """Return the workplaces that have an agreement in force, by name: anybody may know, but for the withheld ones."""
    return questions.open_workplaces(timezone.localdate())


@once_a_page
def versions_of(workplace_id: int) -> tuple[AgreementVersion, ...]:
    """Return all versions of a workplace's agreement, newest first, each with what its page shows of it."""
    return tuple(questions.versions_of(workplace_id))


def open_version(workplace_id: int) -> AgreementVersion | None:
    """Return the version of a workplace that is on its way, or None."""
    return next((version for version in versions_of(workplace_id) if version.state in OPEN), None)


def own_version_in_force(workplace_id: int) -> AgreementVersion | None:
    """Return the version in force of a workplace's own agreement, or else the one that covers it."""
    own = next((version for version in versions_of(workplace_id) if version.state == State.IN_FORCE), None)
    return own or version_in_force(workplace_id)


@once_a_page
def named_people(workplace_id: int, on: date) -> tuple[Any, ...]:
    """Return who leads the workplace on the day, stands in, or is named on its agreement and works there; one query.

    They are roles, each with ``answers`` and ``is_contact``.
    """
    return tuple(questions.named_people(workplace_id, on))


def accountable_leader(agreement: Agreement, on: date) -> User | None:
    """Return the leader who answers for the agreement, as long as they lead the workplace (R19)."""
    people = named_people(agreement.workplace_id, on)
    return next((row.user for row in people if row.answers and row.role == Role.LEADER and not row.is_stand_in), None)


def contact_persons(agreement: Agreement, on: date) -> list[RoleAssignment]:
    """Return the contact persons who still work there, as the roles they hold (R22)."""
    return list({row.user_id: row for row in named_people(agreement.workplace_id, on) if row.is_contact}.values())


def undecided_doubts(version: AgreementVersion) -> list[Task]:
    """Return the doubt tasks that nobody has confirmed or struck as they now read (R16)."""
    doubts = [task for task in tasks_of(version) if task.boundary == Boundary.DOUBT]
    decided = {(row.task_lineage, row.task_sha256) for row in decisions_of(version)}
    return [task for task in doubts if (task.lineage, task_sha256(task)) not in decided]


@once_a_page
def tasks_of(version: AgreementVersion) -> tuple[Task, ...]:
    """Return the tasks of a version, struck ones too, in their order."""
    return tuple(questions.tasks((version.pk,)))


@once_a_page
def decisions_of(version: AgreementVersion) -> tuple[BoundaryDecision, ...]:
    """Return what was decided on the doubts of a version; for an announced one, of the version that it follows."""
    if version.state == State.ANNOUNCED:
        return tuple(questions.decisions(version.copied_from_id or 0))
    return tuple(questions.decisions(version.pk)) if may_have(version, BoundaryDecision) else ()


@once_a_page
def local_principles(version: AgreementVersion) -> tuple[LocalPrinciple, ...]:
    """Return the principles of the workplace's own, in their order."""
    return tuple(questions.local_principles(version.pk)) if may_have(version, LocalPrinciple) else ()


def struck_lineages(version: AgreementVersion) -> set[Any]:
    """Return the lineages of tasks that were struck in the dialogue."""
    return {row.task_lineage for row in decisions_of(version) if row.outcome == BoundaryDecision.Outcome.STRIKE}


def offered_tasks(version: AgreementVersion) -> list[Task]:
    """Return the tasks that volunteers are offered: all but the struck ones."""
    struck = struck_lineages(version)
    return [task for task in tasks_of(version) if task.lineage not in struck]


def tasks_offered(agreement: Agreement, on: date) -> list[TaskOffered]:
    """Return what volunteers may do at the agreement's places on the day: the one answer, stops and activities included."""
    version = AgreementVersion.objects.filter(agreement=agreement, state=State.IN_FORCE).first()
    return offered_in(version, on) if version is not None else []


def offered_in(version: AgreementVersion, on: date) -> list[TaskOffered]:
    """Return the same for a version in force that is at hand."""
    ends = _first_day_without(version)
    return [] if ends is not None and ends <= on else offered(offered_tasks(version), version, on)


def ends_on(agreement: Agreement) -> date | None:
    """Return the first day without the agreement, where its ending is decided; None where it goes on."""
    lasting = AgreementVersion.objects.filter(agreement=agreement, state__in=(State.IN_FORCE, State.ENDED))
    last = lasting.order_by("-number").first()
    return _first_day_without(last) if last is not None else None


def _first_day_without(version: AgreementVersion) -> date | None:
    ending = ending_of(version)
    return ending.ends_on if ending is not None and ending.decided_at is not None else None


def no_volunteers(workplace_id: int) -> NoVolunteersStatement | None:
    """Return the workplace's standing statement that it has no volunteers, or None."""
    return next(iter(questions.statements(workplace_id)), None)


def asked_again_on(statement: NoVolunteersStatement) -> date:
    """Return the day the leader is asked whether it is still so: a year on."""
    begun = statement.from_date
    is_leap_day = (begun.month, begun.day) == (2, 29)
    return begun.replace(year=begun.year + 1, day=28 if is_leap_day else begun.day)


def coverage(workplace_ids: Iterable[int]) -> dict[int, CoverageOf]:
    """Return how far each workplace has come, in two queries at most; a covered one as far as the one that covers it."""
    ids = list(workplace_ids)
    in_force: dict[int, AgreementVersion] = {}
    under_way: dict[int, AgreementVersion] = {}
    covered_by: dict[int, Unit] = {}
    discussed: dict[int, date] = {}
    for row in questions.versions_at(tuple(ids)):
        own = row.agreement.workplace
        if row.state in OPEN:
            under_way[own.pk] = row
        elif row.state == State.IN_FORCE:
            in_force[own.pk] = row
            if row.covers and not own.is_closed(timezone.localdate()):
                covered_by[row.covers], in_force[row.covers] = own, row
        held = row.dialogue.held_on if row.dialogue is not None and row.dialogue.state in HELD else None
        for day in filter(None, (held, row.further)):
            for place in filter(None, (own.pk, row.covers if row.state == State.IN_FORCE else None)):
                discussed[place] = max(day, discussed.get(place, day))
    others = [unit_id for unit_id in ids if unit_id not in in_force and unit_id not in under_way]
    without = dict(questions.said_at(tuple(others))) if others else {}

    def status(unit_id: int) -> Coverage:
        if unit_id in in_force:
            return Coverage.IN_FORCE
        if unit_id in under_way:
            return Coverage.UNDER_WAY
        return Coverage.NO_VOLUNTEERS if unit_id in without else Coverage.NOT_BEGUN

    return {
        unit_id: CoverageOf(
            status(unit_id),
            in_force.get(unit_id),
            under_way.get(unit_id),
            without_since=without.get(unit_id),
            covered_by=covered_by.get(unit_id),
            discussed=discussed.get(unit_id),
        )
        for unit_id in ids
    }


def with_status(workplaces: models.QuerySet[Unit], on: date) -> models.QuerySet[Any]:
    """Annotate workplaces with the ``status`` that ``coverage`` gives, for filtering and counting in the database."""
    versions = AgreementVersion.objects.all()
    in_force = in_force_on(on).values("unit_id")
    under_way = versions.filter(state__in=OPEN).values("agreement__workplace_id")
    return workplaces.annotate(
        status=models.Case(
            models.When(pk__in=in_force, then=models.Value(Coverage.IN_FORCE.value)),
            models.When(pk__in=under_way, then=models.Value(Coverage.UNDER_WAY.value)),
            models.When(
                pk__in=standing_statements().values("workplace_id"), then=models.Value(Coverage.NO_VOLUNTEERS.value)
            ),
            default=models.Value(Coverage.NOT_BEGUN.value),
            output_field=models.CharField(),
        )
    )


def existing_window(on: date) -> ExistingAgreementsWindow | None:
    """Return the window for existing agreements if it is open on the day: it closes by itself (R28)."""
    newest = newest_window()
    return newest if newest is not None and newest.opens <= on <= newest.closes else None


def newest_window() -> ExistingAgreementsWindow | None:
    """Return the window that was set last, whether open or not."""
    return ExistingAgreementsWindow.objects.order_by("-pk").first()


def existing_of(version: AgreementVersion) -> ExistingAgreement | None:
    """Return what is known of an agreement from before the framework, without its file; None for all others."""
    if version.origin != AgreementVersion.Origin.EXISTING:
        return None
    return ExistingAgreement.objects.defer("file").get(version=version)


@once_a_page
def attached_files(version: AgreementVersion) -> tuple[AttachedFile, ...]:
    """Return the files beside the text, without what is in them."""
    if not may_have(version, AttachedFile):
        return ()
    return tuple(questions.attached(version.pk))


def filing_of(version: AgreementVersion) -> Filing | None:
    """Return where and when the version was filed, or None."""
    return next(iter(questions.filing(version.pk)), None) if may_have(version, Filing) else None


def _to_review(version: AgreementVersion | None, url: str, on: date) -> list[Todo]:
    existing = existing_of(version) if version else None
    if existing is None or on < existing.review_on - _BEFORE_REVIEW:
        return []
    return [
        Todo(
            key="agreements.review_existing",
            title=_("Look at your old agreement"),
            detail=_("It is from before the common framework, and is to be looked at by %(date)s. Make a new version.")
            % {"date": date_format(existing.review_on, "DATE_FORMAT")},
            url=url,
            label=_("Look at it"),
            due=existing.review_on,
        )
    ]


def _to_say_again(statement: NoVolunteersStatement, url: str, on: date) -> list[Todo]:
    due = asked_again_on(statement)
    if on < due:
        return []
    return [
        Todo(
            key="agreements.no_volunteers",
            title=_("Do you still have no volunteers?"),
            detail=_("You said so on %(date)s. Say whether it is still so, or begin an agreement.")
            % {"date": date_format(statement.from_date, "DATE_FORMAT")},
            url=url,
            label=_("Answer"),
            due=due,
        )
    ]


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what the leader of a workplace must do about the agreement; nothing for others."""
    if capacity.role != Role.LEADER or capacity.unit_id is None:
        return []
    workplace = next(iter(questions.open_workplace(capacity.unit_id, capacity.on)), None)
    if workplace is None:
        return []
    url = reverse("agreement", args=[workplace.slug])
    version = open_version(workplace.pk)
    if version is None:
        framework = framework_in_force(capacity.on)
        current = version_in_force(workplace.pk)
        if framework is None or framework.in_force_from is None or current is not None:
            return _to_review(current, url, capacity.on)
        statement = no_volunteers(workplace.pk)
        if statement is not None:
            return _to_say_again(statement, url, capacity.on)
        begin = Todo(
            key="agreements.begin",
            title=_("Make your agreement for volunteering"),
            detail=_("The common framework has been in force since %(date)s. It takes a quarter of an hour.")
            % {"date": date_format(framework.in_force_from, "DATE_FORMAT")},
            url=url,
            label=_("Begin"),
        )
        return [to_begin(begin, workplace.pk, capacity.on)]
    if version.state == State.DRAFT:
        finish = Todo(
            key="agreements.finish",
            title=_("Finish the draft of your agreement"),
            detail=_("Begun on %(date)s. When nothing is missing, it goes to discussion.")
            % {"date": date_format(version.created_at, "DATE_FORMAT")},
            url=url,
            label=_("Go on"),
        )
        is_first = version_in_force(workplace.pk) is None
        return [with_deadline(finish, workplace.pk, capacity.on) if is_first else finish]
    return _to_decide(version, url, capacity.on) if version.state == State.IN_DIALOGUE else []


def _to_decide(version: AgreementVersion, url: str, on: date) -> list[Todo]:
    """Return the doubts first, as soon as it is written down what was said; then the decision itself (R16, R43)."""
    gaps = conclusion_gaps(version.dialogue, version.content_sha256, on)
    if any(gap.code in {"dialogue", "record"} for gap in gaps):
        return []
    doubts = undecided_doubts(version)
    if doubts:
        title = _("Decide on the doubt about “%(task)s”") % {"task": doubts[0].title}
        if len(doubts) > 1:
            title = ngettext("Decide on %(number)d doubt", "Decide on %(number)d doubts", len(doubts)) % {
                "number": len(doubts)
            }
        detail = (
            _("You can do it while the employee side confirms what was said.")
            if gaps
            else _("When that is done, you can decide on the agreement.")
        )
        return [
            Todo(
                key="agreements.decide_doubt",
                title=title,
                detail=detail,
                url=f"{url}#task-{doubts[0].pk}",
                label=_("Decide on the doubt"),
            )
        ]
    if gaps:
        return []
    return [
        Todo(
            key="agreements.decide",
            title=_("Decide on your agreement"),
            detail=_("It has been discussed, and the employee side has confirmed what was said."),
            url=url,
            label=_("Decide"),
        )
    ]


def announced_and_due(on: date) -> models.QuerySet[AgreementVersion]:
    """Return the announced changes that nobody has objected to in time; a closed workplace is left alone."""
    due = AgreementVersion.objects.filter(state=State.ANNOUNCED, objection_due__lt=on)
    return due.filter(still_open(on, "agreement__workplace__")).order_by("pk")


def adopted_and_due(on: date) -> models.QuerySet[AgreementVersion]:
    """Return the adopted versions whose day has come; what waits at a closed workplace is left alone."""
    due = AgreementVersion.objects.filter(state=State.ADOPTED, in_force_from__lte=on)
    return due.filter(still_open(on, "agreement__workplace__")).order_by("pk")
