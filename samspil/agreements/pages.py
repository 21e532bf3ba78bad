# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""An agreement as it is read and as it is written: everything a page shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from samspil.agreements.between import activities_of, stops_of
from samspil.agreements.boundary import RESEMBLES_CORE, Boundary, Question, judge
from samspil.agreements.catalogue import Challenge, CoreExample, Template, template_for
from samspil.agreements.change_models import NewActivity, TaskStop
from samspil.agreements.colleagues import is_still_theirs, whose_words
from samspil.agreements.conditions import Conditions, conditions_of
from samspil.agreements.content import task_sha256
from samspil.agreements.covering import covered_by, places_for
from samspil.agreements.models import (
    AgreementVersion,
    BoundaryDecision,
    CoveredUnit,
    LocalPrinciple,
    Section,
    Task,
)
from samspil.agreements.queries import contact_persons, decisions_of, local_principles, tasks_of
from samspil.agreements.responsibility import responsibility_of
from samspil.agreements.sections import EXISTING, PURPOSE, REGISTRY, SectionKind
from samspil.agreements.states import FROZEN
from samspil.foundation.capacity import Capacity
from samspil.frameworks.models import Element, FrameworkVersion, Purpose
from samspil.frameworks.queries import Content, Statement, content_of, element_with_purpose
from samspil.med.queries import read_whole
from samspil.municipalities.models import Unit
from samspil.people.models import Role, RoleAssignment
from samspil.people.queries import staff_of

_A_FEW_WORDS = 40


@dataclass(frozen=True)
class Common:
    """What is common to all workplaces: read from the framework version that the agreement is pinned to (R44)."""

    framework: FrameworkVersion
    content: Content

    @property
    def supplement(self) -> Statement:
        """That the effort is a supplement, in the framework's words or the product's (R18)."""
        return element_with_purpose(self.framework, Purpose.SUPPLEMENT, among=self.content.elements)

    @property
    def definition(self) -> Statement:
        """What a volunteer is (R17)."""
        return element_with_purpose(self.framework, Purpose.VOLUNTEER_DEFINITION, among=self.content.elements)

    @property
    def principles(self) -> tuple[Element, ...]:
        """The common principles."""
        return self.content.principles

    @property
    def supplement_is_a_principle(self) -> bool:
        """Whether the supplement statement stands among the principles already."""
        return any(element.lineage == self.supplement.lineage for element in self.principles)

    @property
    def values(self) -> tuple[str, ...]:
        """The framework's values, each by its name where it has one (R3)."""
        return tuple(element.title or element.text for element in self.content.values)

    @property
    def values_are_short(self) -> bool:
        """Whether the values are words, to stand in one line, and not sentences."""
        return all(len(value) <= _A_FEW_WORDS for value in self.values)

    def reminders(self, audience: str) -> tuple[Element, ...]:
        """Return the checklist for an audience; it stops nothing."""
        return tuple(
            element for group in self.content.guidelines if group.audience == audience for element in group.elements
        )


def common_of(framework: FrameworkVersion) -> Common:
    """Return what ``framework`` says to all workplaces; one query."""
    return Common(framework, content_of(framework))


@dataclass(frozen=True)
class SectionShown:
    """A text of the agreement; ``is_borrowed`` while it is still somebody else's words and can be changed (R47)."""

    kind: SectionKind
    text: str
    is_borrowed: bool


@dataclass(frozen=True)
class TaskShown:
    """A task with what was decided about it, and what the doubt is about."""

    task: Task
    decision: BoundaryDecision | None
    doubts: tuple[Any, ...]
    stop: TaskStop | None = None

    @property
    def boundary(self) -> str:
        """The boundary in a word; a confirmed doubt is a supplement."""
        if self.is_confirmed:
            return str(Boundary.SUPPLEMENT.label)
        return str(Boundary(self.task.boundary).label)

    @property
    def is_doubt(self) -> bool:
        """Whether there was doubt when it was written."""
        return bool(self.task.boundary == Boundary.DOUBT)

    @property
    def is_undecided(self) -> bool:
        """Whether the doubt still has to be decided on."""
        return self.is_doubt and self.decision is None

    @property
    def is_confirmed(self) -> bool:
        """Whether the doubt was decided: it is a supplement."""
        return self.decision is not None and self.decision.outcome == BoundaryDecision.Outcome.CONFIRM

    @property
    def is_struck(self) -> bool:
        """Whether the doubt was decided: it is not offered."""
        return self.decision is not None and self.decision.outcome == BoundaryDecision.Outcome.STRIKE


@dataclass(frozen=True)
class OwnPrinciple:
    """A principle of the workplace's own and the common one that it builds on (R45)."""

    principle: LocalPrinciple
    builds_on: Element | None


@dataclass(frozen=True)
class Reading:
    """One version, ready to be read: on the page, in the paper and in the PDF."""

    version: AgreementVersion
    common: Common
    sections: tuple[SectionShown, ...]
    tasks: tuple[TaskShown, ...]
    principles: tuple[OwnPrinciple, ...]
    conditions: Conditions
    covered: tuple[CoveredUnit, ...] = ()
    stops: tuple[TaskStop, ...] = ()
    activities: tuple[NewActivity, ...] = ()

    @property
    def workplace(self) -> Unit:
        """Whose agreement it is."""
        return self.version.agreement.workplace

    @property
    def whose_words(self) -> str:
        """Whose words a borrowed text is in."""
        return whose_words(self.version)

    @property
    def offered(self) -> tuple[TaskShown, ...]:
        """What volunteers are offered of the text: all but the struck and the stopped."""
        return tuple(shown for shown in self.tasks if not shown.is_struck and shown.stop is None)

    @property
    def stopped(self) -> tuple[TaskStop, ...]:
        """What was stopped since: of the text, and of what had begun beside it."""
        tasks = {shown.task.lineage for shown in self.tasks}
        begun = self.version.created_at
        return tuple(stop for stop in self.stops if stop.task_lineage in tasks or stop.stopped_at > begun)

    @property
    def covered_openly(self) -> tuple[CoveredUnit, ...]:
        """The further places that anybody may know of: all but the withheld."""
        return tuple(row for row in self.covered if not row.unit.is_withheld)

    @property
    def undecided(self) -> tuple[TaskShown, ...]:
        """What there is doubt about."""
        return tuple(shown for shown in self.tasks if shown.is_undecided)

    @property
    def purpose(self) -> str:
        """What it gives the citizen."""
        return next((shown.text for shown in self.sections if shown.kind.kind == PURPOSE), "")

    @property
    def after_the_purpose(self) -> tuple[SectionShown, ...]:
        """The texts that come after the tasks."""
        return tuple(shown for shown in self.sections if shown.kind.kind != PURPOSE)

    @property
    def first_read(self) -> tuple[SectionShown, ...]:
        """What everybody reads on the open page; the rest is folded away there."""
        return tuple(shown for shown in self.after_the_purpose if shown.kind.needed)

    @property
    def read_later(self) -> tuple[SectionShown, ...]:
        """What is folded away on the open page; what is not for everybody is not there."""
        return tuple(shown for shown in self.after_the_purpose if shown.kind.is_open and not shown.kind.needed)

    @property
    def responsibilities(self) -> tuple[tuple[str, str], ...]:
        """Who does what (R40): the derived sentence once, then each task that has its own."""
        derived = [shown.task for shown in self.offered if not shown.task.responsibility]
        own = [(shown.task.title, shown.task.responsibility) for shown in self.offered if shown.task.responsibility]
        return tuple(([("", responsibility_of(derived[0]))] if derived else []) + own)


def read(version: AgreementVersion) -> Reading:
    """Return a version with all its parts; six queries."""
    common = common_of(version.framework)
    texts = {section.kind: section for section in Section.objects.filter(version=version)}
    decisions = {(row.task_lineage, row.task_sha256): row for row in decisions_of(version)}
    of_lineage = {element.lineage: element for element in common.principles}
    template = template_for(version.agreement.workplace.sector)
    is_open = version.state not in FROZEN
    stops = {stop.task_lineage: stop for stop in stops_of(version)}
    return Reading(
        version=version,
        common=common,
        sections=tuple(
            SectionShown(kind, texts[name].text, is_open and is_still_theirs(texts[name]))
            for name, kind in {**REGISTRY, EXISTING.kind: EXISTING}.items()
            if name in texts and texts[name].text
        ),
        tasks=tuple(
            _shown(task, decisions.get((task.lineage, task_sha256(task))), template, stops.get(task.lineage))
            for task in tasks_of(version)
        ),
        principles=tuple(OwnPrinciple(row, of_lineage.get(row.builds_on)) for row in local_principles(version)),
        conditions=conditions_of(version),
        covered=covered_by(version),
        stops=tuple(stops.values()),
        activities=activities_of(version),
    )


def _shown(
    task: Task, decision: BoundaryDecision | None, template: Template, stop: TaskStop | None = None
) -> TaskShown:
    doubts: tuple[Any, ...] = ()
    if task.boundary == Boundary.DOUBT:
        entry = template.task(task.catalogue_code)
        if entry is not None and entry.why_doubt:
            doubts = (entry.why_doubt,)
        else:
            doubts = tuple(_because(reason) for reason in judge(task.boundary_answers).reasons)
            example = template.resembled(task.title) if task.boundary_answers.get(RESEMBLES_CORE) else None
            if example is not None:
                doubts += (_resembles(example),)
    return TaskShown(task, decision, doubts, stop)


def _resembles(example: CoreExample) -> str:
    likeness = _("It resembles “%(core)s”, which always stays with the employees. What is the difference?")
    return f"{likeness % {'core': example.title}} {example.instead}"


def _because(reason: Question) -> str:
    return f"{reason.because} {reason.instead}"


# Writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TickedTask:
    """A task of the catalogue as a card to tick: in the workplace's own words where it has them."""

    code: str
    title: str
    not_part: str
    is_doubt: bool
    is_suggested: bool


@dataclass(frozen=True)
class DraftPage:
    """The one page as it stands: what the form is filled with."""

    version: AgreementVersion
    common: Common
    sections: dict[str, Section]
    cards: tuple[TickedTask, ...]
    ticked: frozenset[str]
    tasks: tuple[Task, ...]
    own_tasks: tuple[TaskShown, ...]
    principles: tuple[OwnPrinciple, ...]
    staff: tuple[RoleAssignment, ...]
    contacts: frozenset[int]
    challenges: tuple[Challenge, ...]
    conditions: Conditions
    covered: tuple[CoveredUnit, ...] = ()
    may_cover: bool = False

    @property
    def workplace(self) -> Unit:
        """Whose agreement it is."""
        return self.version.agreement.workplace

    @property
    def whose_words(self) -> str:
        """Whose words a borrowed text is in."""
        return whose_words(self.version)


def draft_page(version: AgreementVersion, on: date, leader_id: int | None = None) -> DraftPage:
    """Return what the one page is filled with; the guards read the same rows again for nothing."""
    common = common_of(version.framework)
    template = template_for(version.agreement.workplace.sector)
    prefetch_related_objects([version], "sections", "tasks")
    tasks = list(version.tasks.all())
    in_catalogue = {task.code for task in template.tasks}
    rows = {task.catalogue_code: task for task in tasks if task.catalogue_code in in_catalogue}
    of_lineage = {element.lineage: element for element in common.principles}
    staff = {row.user_id: row for row in staff_of(version.agreement.workplace_id, on)}
    covered = covered_by(version)
    return DraftPage(
        version=version,
        common=common,
        sections={section.kind: section for section in version.sections.all()},
        cards=tuple(
            TickedTask(
                code=entry.code,
                title=rows[entry.code].title if entry.code in rows else entry.title,
                not_part=rows[entry.code].not_part if entry.code in rows else entry.not_part,
                is_doubt=entry.boundary == Boundary.DOUBT,
                is_suggested=entry.suggested,
            )
            for entry in sorted(
                template.tasks, key=lambda task: (task.code not in rows, not task.suggested, task.order)
            )
        ),
        ticked=frozenset(rows),
        tasks=tuple(tasks),
        own_tasks=tuple(_shown(task, None, template) for task in tasks if task.catalogue_code not in rows),
        principles=tuple(OwnPrinciple(row, of_lineage.get(row.builds_on)) for row in local_principles(version)),
        staff=tuple(sorted(staff.values(), key=lambda row: row.role == Role.LEADER)),
        contacts=frozenset(row.user_id for row in contact_persons(version.agreement, on)),
        challenges=template.challenges,
        conditions=conditions_of(version),
        covered=covered,
        may_cover=bool(covered or places_for(version.agreement.workplace, leader_id, on)),
    )


# The discussion beside the text -------------------------------------------------------------------


def with_dialogue(version: AgreementVersion) -> AgreementVersion:
    """Return the version with its dialogue read whole, so that page and guards ask for nothing twice."""
    if (dialogue := version.counting_discussion) is not None:
        read_whole(dialogue)
    return version


def leads(capacity: Capacity, workplace: Unit) -> bool:
    """Say whether the page offers what only the workplace's own leader does."""
    return capacity.role == Role.LEADER and capacity.unit_id == workplace.pk
