# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Writing the one page."""

import hashlib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.actions.leading import make_accountable
from samspil.agreements.actions.locking import for_writing, refuse_closed, require_leader
from samspil.agreements.actions.no_volunteers import end_standing
from samspil.agreements.boundary import RESEMBLES_CORE, Boundary, judge
from samspil.agreements.catalogue import CatalogueTask, Template, template_for
from samspil.agreements.conditions import conditions_of
from samspil.agreements.covering import another_that_covers, covered_by
from samspil.agreements.models import (
    Agreement,
    AgreementPerson,
    AgreementVersion,
    CoveredUnit,
    LocalPrinciple,
    Section,
    Task,
)
from samspil.agreements.permissions import leads_the_workplace
from samspil.agreements.queries import accountable_leader, offered_tasks
from samspil.agreements.sections import REGISTRY
from samspil.agreements.states import OPEN, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Conflict, Refusal, StaleRevisionError
from samspil.frameworks.models import Element, Kind
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.municipalities.models import Unit
from samspil.people.models import User
from samspil.people.queries import staff_of

DRAFT_ONLY = (State.DRAFT,)
OWN_TASKS_FROM = 1000
"""Where the order of a workplace's own tasks begins: after the catalogue's."""
AT_THE_TABLE = (State.DRAFT, State.IN_DIALOGUE)


class CoreTaskError(Refusal):
    """The task is a core task: it cannot be offered to volunteers (R15, R48)."""


def fingerprint(text: str) -> str:
    """Return a short mark of a text, to see whether somebody changed what they were shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class SentText:
    """A section as it was sent: the text, the revision and the fingerprint of what was shown."""

    text: str
    revision: int
    was: str


@dataclass(frozen=True)
class SentPage:
    """The one page as it was sent; ``ticked_before`` is what was ticked when it was shown."""

    texts: Mapping[str, SentText] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    ticked_before: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OwnTask:
    """A task that is not in the catalogue; ``answers`` has one for each boundary question."""

    title: str
    not_part: str
    added_value: str
    answers: Mapping[str, bool]
    when_and_where: str = ""
    responsibility: str = ""


def _copy_content(source: AgreementVersion, target: AgreementVersion, at: datetime, *, was_decided: bool) -> None:
    for section in Section.objects.filter(version=source, kind__in=REGISTRY):
        Section.objects.create(
            version=target,
            kind=section.kind,
            text=section.text,
            origin_text="" if was_decided else section.origin_text,
            changed_at=at,
            changed_by_id=section.changed_by_id,
        )
    kept = {task.lineage for task in offered_tasks(source)}
    for task in Task.objects.filter(version=source):
        if task.lineage in kept:
            task.pk, task.version = None, target
            task._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
            task.save()
    for own in LocalPrinciple.objects.filter(version=source):
        LocalPrinciple.objects.create(
            version=target, lineage=own.lineage, builds_on=own.builds_on, text=own.text, how=own.how
        )
    still_there = [row for row in covered_by(source) if not row.unit.is_closed(timezone.localdate(at))]
    CoveredUnit.objects.bulk_create(
        CoveredUnit(version=target, unit_id=row.unit_id, note=row.note) for row in still_there
    )


def _begin_from_template(template: Template, target: AgreementVersion, at: datetime) -> None:
    Section.objects.bulk_create(
        Section(version=target, kind=kind, text=text, origin_text=text, changed_at=at)
        for kind, text in template.texts.items()
        if kind in REGISTRY and text
    )


@transaction.atomic
def open_draft(
    *,
    workplace: Unit,
    actor: Capacity,
    on: date,
    at: datetime,
    colleague: AgreementVersion | None = None,
    given_up: AgreementVersion | None = None,
) -> AgreementVersion:
    """Begin the agreement from the sector's template, or the next version from the one in force (R42, R46).

    ``colleague`` is another workplace's version in force to take words and tasks from, ``given_up`` an
    own one that was withdrawn (R47). Raises ``Refusal`` without a framework in force, or where a
    version is on its way already.
    """
    from samspil.agreements.actions import beginning, conditions, stopping  # noqa: PLC0415 - they import this module

    if not leads_the_workplace(actor, workplace):
        raise Refusal(_("Only the leader of the workplace can begin its agreement."))
    if not workplace.is_workplace:
        raise Refusal(_("Agreements are made at workplaces. Choose the workplace itself."))
    refuse_closed(workplace, on)
    if holder := another_that_covers(workplace):
        raise Refusal(
            _("%(place)s is covered by the agreement for %(other)s. That one must be changed first.")
            % {"place": workplace.name, "other": holder.name}
        )
    framework = framework_in_force(on)
    if framework is None:
        raise Refusal(_("There is no common framework yet. The HR/MED secretariat must publish one first."))
    agreement, _is_new = Agreement.objects.get_or_create(workplace=workplace, defaults={"created_at": at})
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    versions = AgreementVersion.objects.filter(agreement=agreement)
    if versions.filter(state__in=OPEN).exists():
        raise Refusal(_("A draft is on its way already. Go on with that one."))
    end_standing(workplace, on)
    current = versions.filter(state=State.IN_FORCE).first()
    beginning.refuse_wrong_beginning(workplace, current, colleague, given_up)
    source = given_up or current
    last = versions.order_by("-number").first()
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=last.number + 1 if last else 1,
        framework=framework,
        copied_from=current,
        begun_from=given_up.begun_from if given_up else colleague,
        created_at=at,
        changed_at=at,
        basis=current.basis if current else AgreementVersion.Basis.LEADER,
    )
    if source is not None:
        _copy_content(source, version, at, was_decided=given_up is None)
        conditions.write_conditions(version, conditions_of(source))
        stopping.take_in(current or source, version)
    if colleague is not None:
        beginning.copy_from_colleague(colleague, version, at)
    elif source is None or source.origin == AgreementVersion.Origin.EXISTING:
        _begin_from_template(template_for(workplace.sector), version, at)
    if accountable_leader(agreement, on) is None:
        make_accountable(agreement, actor, on)
    audit.record(
        name="agreements.version.open_draft",
        subject=version,
        actor=actor,
        at=at,
        changes={"number": version.number, "framework": framework.number, **beginning.begun_with(colleague, given_up)},
    )
    return version


def _conflicts(version: AgreementVersion, page: SentPage) -> tuple[dict[str, str], list[Conflict]]:
    """Return the texts to write, and those that somebody else has changed meanwhile."""
    stored = {section.kind: section for section in Section.objects.filter(version=version)}
    to_write, conflicts = {}, []
    for kind, sent in page.texts.items():
        if kind not in REGISTRY or fingerprint(sent.text) == sent.was:
            continue
        section = stored.get(kind)
        text, revision = (section.text, section.revision) if section else ("", 0)
        if text == sent.text:
            continue
        if revision != sent.revision:
            conflicts.append(Conflict(kind, REGISTRY[kind].label, sent.text, text, revision))
        else:
            to_write[kind] = sent.text
    return to_write, conflicts


def _write_texts(version: AgreementVersion, texts: Mapping[str, str], actor: Capacity, at: datetime) -> None:
    for kind, text in texts.items():
        section, _is_new = Section.objects.get_or_create(
            version=version, kind=kind, defaults={"changed_at": at, "revision": 0}
        )
        section.text, section.changed_at, section.changed_by_id = text, at, actor.user_id
        section.revision += 1
        section.save(update_fields=["text", "changed_at", "changed_by", "revision"])


def task_of_catalogue(version: AgreementVersion, entry: CatalogueTask) -> Task:
    """Return a task as the catalogue has it, bounded and answered; refuses a core task (R15)."""
    boundary = judge(entry.answers).boundary
    if boundary == Boundary.CORE:
        raise CoreTaskError(_("“%(task)s” is a core task and cannot be offered to volunteers.") % {"task": entry.title})
    return Task(
        version=version,
        lineage=uuid.uuid4(),
        order=entry.order,
        catalogue_code=entry.code,
        type=entry.type,
        title=entry.title,
        not_part=entry.not_part,
        added_value=entry.added_value,
        boundary=boundary,
        boundary_answers=dict(entry.answers),
    )


def own_task(version: AgreementVersion, task: OwnTask, order: int) -> Task:
    """Return a task of the workplace's own, bounded; refuses a core task with what volunteers may do instead (R15)."""
    judgement = judge(task.answers)
    if judgement.boundary == Boundary.CORE:
        reason = judgement.reasons[0]
        raise CoreTaskError(
            _("This is a core task, and core tasks stay with the employees. %(because)s %(instead)s")
            % {"because": reason.because, "instead": reason.instead}
        )
    answers = dict(task.answers)
    boundary = judgement.boundary
    if template_for(version.agreement.workplace.sector).resembled(task.title) is not None:
        answers[RESEMBLES_CORE] = True
        boundary = Boundary.DOUBT
    return Task(
        version=version,
        order=order,
        title=task.title,
        not_part=task.not_part,
        added_value=task.added_value,
        when_and_where=task.when_and_where,
        responsibility=task.responsibility,
        boundary=boundary,
        boundary_answers=answers,
    )


def _write_ticks(version: AgreementVersion, page: SentPage) -> set[str]:
    catalogue = {task.code: task for task in template_for(version.agreement.workplace.sector).tasks}
    have = set(Task.objects.filter(version=version).exclude(catalogue_code="").values_list("catalogue_code", flat=True))
    added = [code for code in sorted(page.ticked - page.ticked_before) if code in catalogue and code not in have]
    removed = (page.ticked_before - page.ticked) & have
    Task.objects.filter(version=version, catalogue_code__in=removed).delete()
    for code in added:
        task_of_catalogue(version, catalogue[code]).save()
    return {*added, *removed}


@transaction.atomic
def save_page(
    *, version: AgreementVersion, page: SentPage, actor: Capacity, at: datetime, is_autosave: bool = False
) -> AgreementVersion:
    """Save texts and ticks. In dialogue it is *forelæg igen*: a new paper, earlier confirmations are void.

    Raises ``StaleRevisionError`` with both texts where somebody else has changed the same
    section since it was shown; then nothing is saved. Autosaves leave no event.
    """
    current = for_writing(version, actor, DRAFT_ONLY if is_autosave else AT_THE_TABLE)
    texts, conflicts = _conflicts(current, page)
    if conflicts:
        raise StaleRevisionError(
            _("Somebody else has written in the same place since you opened the page. Both texts are shown below."),
            conflicts,
        )
    _write_texts(current, texts, actor, at)
    ticks = _write_ticks(current, page)
    if texts or ticks:
        changed(current, actor, at)
    if not is_autosave:
        audit.record(
            name="agreements.version.save",
            subject=current,
            actor=actor,
            at=at,
            changes={"sections": sorted(texts), "tasks": sorted(ticks)},
        )
    return current


def changed(version: AgreementVersion, actor: Capacity, at: datetime) -> None:
    """Note that the content changed; in dialogue it is put before the body again."""
    version.revision += 1
    version.changed_at = at
    version.save(update_fields=["revision", "changed_at"])
    if version.state == State.IN_DIALOGUE:
        from samspil.agreements.actions.discussing import put_before_the_body_again  # noqa: PLC0415

        put_before_the_body_again(version, actor, at)


@transaction.atomic
def add_task(*, version: AgreementVersion, task: OwnTask, actor: Capacity, at: datetime) -> Task:
    """Add a task of the workplace's own; a core task is refused, with what volunteers may do instead (R15)."""
    current = for_writing(version, actor, AT_THE_TABLE)
    last = Task.objects.filter(version=current).order_by("-order").first()
    added = own_task(current, task, max(last.order + 1, OWN_TASKS_FROM) if last else OWN_TASKS_FROM)
    added.save()
    changed(current, actor, at)
    audit.record(
        name="agreements.task.add", subject=added, actor=actor, at=at, changes={"boundary": str(added.boundary)}
    )
    return added


@transaction.atomic
def describe_task(*, task: Task, when_and_where: str, responsibility: str, actor: Capacity, at: datetime) -> Task:
    """Say when and where (R22), and who does what where the derived sentence does not fit (R40)."""
    current = for_writing(task.version, actor, AT_THE_TABLE)
    if (task.when_and_where, task.responsibility) == (when_and_where, responsibility):
        return task
    task.when_and_where, task.responsibility = when_and_where, responsibility
    task.save(update_fields=["when_and_where", "responsibility"])
    changed(current, actor, at)
    audit.record(name="agreements.task.describe", subject=task, actor=actor, at=at)
    return task


@transaction.atomic
def remove_task(*, task: Task, actor: Capacity, at: datetime) -> None:
    """Take a task out of the draft."""
    current = for_writing(task.version, actor, AT_THE_TABLE)
    audit.record(name="agreements.task.remove", subject=task, actor=actor, at=at)
    Task.objects.filter(pk=task.pk).delete()
    changed(current, actor, at)


@transaction.atomic
def add_local_principle(
    *, version: AgreementVersion, builds_on: uuid.UUID, text: str, how: str, actor: Capacity, at: datetime
) -> LocalPrinciple:
    """Add a principle of the workplace's own; it builds on a common one of the pinned framework (R44, R45)."""
    current = for_writing(version, actor, AT_THE_TABLE)
    common = Element.objects.filter(version_id=current.framework_id, kind=Kind.PRINCIPLE, lineage=builds_on)
    if not common.exists():
        raise Refusal(_("Choose which common principle it builds on."))
    own = LocalPrinciple.objects.create(version=current, builds_on=builds_on, text=text, how=how)
    changed(current, actor, at)
    audit.record(name="agreements.local_principle.add", subject=own, actor=actor, at=at)
    return own


@transaction.atomic
def remove_local_principle(*, principle: LocalPrinciple, actor: Capacity, at: datetime) -> None:
    """Take a local principle out of the draft."""
    current = for_writing(principle.version, actor, AT_THE_TABLE)
    audit.record(name="agreements.local_principle.remove", subject=principle, actor=actor, at=at)
    LocalPrinciple.objects.filter(pk=principle.pk).delete()
    changed(current, actor, at)


@transaction.atomic
def set_contact_persons(
    *, version: AgreementVersion, users: Collection[User], actor: Capacity, on: date, at: datetime
) -> None:
    """Name the contact persons, who must work there; outside the text, so no new version (R22)."""
    agreement = Agreement.objects.select_for_update().select_related("workplace").get(pk=version.agreement_id)
    require_leader(version, actor)
    wanted = {user.pk for user in users}
    if not wanted <= set(staff_of(agreement.workplace_id, on).values_list("user_id", flat=True)):
        raise Refusal(_("A contact person must be an employee of the workplace."))
    part = AgreementPerson.Part.CONTACT_PERSON
    open_rows = AgreementPerson.objects.filter(agreement=agreement, part=part, until=None)
    have = set(open_rows.values_list("user_id", flat=True))
    if wanted == have:
        return
    open_rows.filter(user_id__in=have - wanted).update(until=on)
    for user_id in sorted(wanted - have):
        AgreementPerson.objects.create(agreement=agreement, part=part, user_id=user_id, from_date=on)
    audit.record(
        name="agreements.agreement.set_contact_persons",
        subject=agreement,
        actor=actor,
        at=at,
        changes={"users": sorted(wanted)},
    )
