# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The questions about agreements that the pages ask most; ``queries`` says what their answers mean. See ``foundation.prepared``."""

from datetime import date
from typing import Any

from django.db import models

from samspil.agreements.change_models import TaskStop
from samspil.agreements.file_models import AttachedFile, Filing
from samspil.agreements.models import (
    Agreement,
    AgreementPerson,
    AgreementVersion,
    BoundaryDecision,
    CoveredUnit,
    InForce,
    Involvement,
    LocalPrinciple,
    NoVolunteersStatement,
    Place,
    Section,
    Task,
)
from samspil.agreements.rare_parts import rare_parts
from samspil.agreements.states import State
from samspil.foundation.prepared import prepared
from samspil.med.models import Dialogue
from samspil.med.states import HELD
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role, RoleAssignment
from samspil.people.queries import staff_of


def standing_statements() -> models.QuerySet[NoVolunteersStatement]:
    """Return the statements of "no volunteers here" that stand."""
    return NoVolunteersStatement.objects.filter(ended_on=None)


def in_force_on(on: date) -> models.QuerySet[InForce]:
    """Return what is in force where: a place that another workplace's agreement covers loses it when that one closes."""
    is_own = models.Q(version__agreement__workplace=models.F("unit"))
    return InForce.objects.filter(is_own | still_open(on, "version__agreement__workplace__"))


def open_workplaces(on: date) -> models.QuerySet[Unit]:
    """Return the workplaces that have an agreement in force and are not withheld."""
    here = Unit.objects.filter(still_open(on), is_workplace=True, is_withheld=False)
    return here.filter(pk__in=in_force_on(on).values("unit_id"))


@prepared
def open_workplaces_by_name(on: date) -> models.QuerySet[Unit]:
    """Return the same by name, for showing in pages."""
    return open_workplaces(on).order_by("sort_key", "pk")


@prepared
def in_force_at(unit_id: int, on: date) -> models.QuerySet[Any]:
    """Return what is in force at a unit, with all that a page reads of the version."""
    announced = AgreementVersion.objects.filter(agreement=models.OuterRef("version__agreement"), state=State.ANNOUNCED)
    here = (
        in_force_on(on)
        .filter(unit_id=unit_id)
        .annotate(
            **rare_parts("version_id", "version__agreement_id", "version__framework__number"),
            objection_due=models.Subquery(announced.values("objection_due")),
        )
    )
    return here.select_related(
        "version__framework",
        "version__agreement__workplace__municipality",
        "version__dialogue__committee",
        "version__dialogue__current_paper",
        "version__dialogue__recorded_by",
        "version__rests_on__dialogue__committee",
        "version__rests_on__dialogue__current_paper",
        "version__rests_on__dialogue__recorded_by",
    )


@prepared
def versions_of(workplace_id: int) -> models.QuerySet[AgreementVersion]:
    """Return all versions of a workplace's agreement, newest first."""
    versions = AgreementVersion.objects.filter(agreement__workplace_id=workplace_id).annotate(**rare_parts())
    return versions.select_related(
        "framework",
        "agreement__workplace__municipality",
        "begun_from__agreement__workplace",
        "dialogue__current_paper",
        "dialogue__committee",
        "dialogue__recorded_by",
        "announced_to",
        "rests_on__dialogue__committee",
        "rests_on__dialogue__current_paper",
        "rests_on__dialogue__recorded_by",
    ).order_by("-number")


@prepared
def named_people(workplace_id: int, on: date) -> models.QuerySet[Any]:
    """Return who leads the workplace, or is named on its agreement and works there, as roles."""
    named = AgreementPerson.objects.filter(
        agreement__workplace_id=workplace_id, until=None, user_id=models.OuterRef("user_id")
    )
    rows: models.QuerySet[Any] = staff_of(workplace_id, on).annotate(
        answers=models.Exists(named.filter(part=AgreementPerson.Part.LEADER)),
        is_contact=models.Exists(named.filter(part=AgreementPerson.Part.CONTACT_PERSON)),
    )
    return rows.filter(models.Q(answers=True) | models.Q(is_contact=True) | models.Q(role=Role.LEADER))


@prepared
def agreement_of(workplace_id: int) -> models.QuerySet[Agreement]:
    """Return the agreement of a workplace."""
    return Agreement.objects.filter(workplace=workplace_id)


@prepared
def sections(version_ids: tuple[int, ...]) -> models.QuerySet[Section]:
    """Return the texts of versions."""
    return Section.objects.filter(version__in=version_ids)


@prepared
def tasks(version_ids: tuple[int, ...]) -> models.QuerySet[Task]:
    """Return the tasks of versions, struck ones too, in their order."""
    return Task.objects.filter(version__in=version_ids)


@prepared
def offered(version_id: int) -> models.QuerySet[Task]:
    """Return the tasks of a version that were not struck."""
    struck = BoundaryDecision.objects.filter(version=version_id, outcome=BoundaryDecision.Outcome.STRIKE)
    return Task.objects.filter(version=version_id).exclude(lineage__in=struck.values("task_lineage"))


@prepared
def decisions(version_id: int) -> models.QuerySet[BoundaryDecision]:
    """Return what was decided on the doubts of a version."""
    return BoundaryDecision.objects.filter(version=version_id)


@prepared
def local_principles(version_id: int) -> models.QuerySet[LocalPrinciple]:
    """Return the principles of the workplace's own."""
    return LocalPrinciple.objects.filter(version=version_id)


@prepared
def local_principles_in(version_ids: tuple[int, ...]) -> models.QuerySet[LocalPrinciple]:
    """Return the principles of the workplaces' own in versions."""
    return LocalPrinciple.objects.filter(version__in=version_ids)


@prepared
def statements(workplace_id: int) -> models.QuerySet[NoVolunteersStatement]:
    """Return the standing statement of a workplace that it has no volunteers."""
    return standing_statements().filter(workplace_id=workplace_id)


@prepared
def versions_at(workplace_ids: tuple[int, ...]) -> models.QuerySet[Any]:
    """Return the versions of workplaces, and those in force that cover them, with what ``coverage`` reads."""
    further = Dialogue.objects.filter(origin=models.OuterRef("dialogue_id"), state__in=HELD, held_on__isnull=False)
    is_own, is_covered = (
        models.Q(agreement__workplace_id__in=workplace_ids),
        models.Q(covered__unit_id__in=workplace_ids),
    )
    versions: models.QuerySet[Any] = AgreementVersion.objects.filter(
        is_own | (is_covered & models.Q(state=State.IN_FORCE))
    ).annotate(
        covers=models.F("covered__unit_id"),
        further=models.Subquery(further.order_by("-held_on").values("held_on")[:1]),
    )
    return versions.select_related("agreement__workplace", "dialogue")


@prepared
def covered_by(version_id: int) -> models.QuerySet[CoveredUnit]:
    """Return the further places of a version."""
    return CoveredUnit.objects.filter(version=version_id).select_related("unit__succeeded_by")


@prepared
def covered_in(version_ids: tuple[int, ...]) -> models.QuerySet[CoveredUnit]:
    """Return the further places of versions."""
    return CoveredUnit.objects.filter(version__in=version_ids).select_related("unit")


@prepared
def holders_of(unit_id: int, on: date) -> models.QuerySet[InForce]:
    """Return what is in force at a unit, with whose agreement it is."""
    return in_force_on(on).filter(unit=unit_id).select_related("version__agreement__workplace")


@prepared
def places_for(workplace_id: int, leader_id: int, on: date) -> models.QuerySet[Unit]:
    """Return the workplaces that an agreement may cover too."""
    led = RoleAssignment.objects.on(on).filter(role=Role.LEADER, user_id=leader_id)
    near = models.Q(pk__in=led.values("unit_id")) | models.Q(parent=workplace_id)
    here = Unit.objects.filter(near, still_open(on), is_workplace=True).exclude(pk=workplace_id)
    return here.order_by("sort_key", "pk")


@prepared
def places(version_id: int) -> models.QuerySet[Place]:
    """Return where else it takes place."""
    return Place.objects.filter(version=version_id)


@prepared
def involvements(agreement_id: int) -> models.QuerySet[Involvement]:
    """Return who else was heard about an agreement."""
    return Involvement.objects.filter(agreement=agreement_id, taken_out_at=None)


@prepared
def in_force_among(unit_ids: tuple[int, ...]) -> models.QuerySet[InForce, tuple[int, int]]:
    """Return which version is in force at each of the units."""
    return InForce.objects.filter(unit_id__in=unit_ids).values_list("unit_id", "version_id")


@prepared
def struck_in(version_ids: tuple[int, ...]) -> models.QuerySet[BoundaryDecision, tuple[int, Any]]:
    """Return the tasks of versions that were struck."""
    struck = BoundaryDecision.objects.filter(version_id__in=version_ids, outcome=BoundaryDecision.Outcome.STRIKE)
    return struck.values_list("version_id", "task_lineage")


@prepared
def titles_in(version_ids: tuple[int, ...]) -> models.QuerySet[Task, tuple[int, Any, str]]:
    """Return the titles of the tasks of versions that were not stopped."""
    stops = TaskStop.objects.filter(
        agreement=models.OuterRef("version__agreement"), task_lineage=models.OuterRef("lineage")
    )
    tasks = Task.objects.filter(~models.Exists(stops), version_id__in=version_ids)
    return tasks.values_list("version_id", "lineage", "title")


@prepared
def said_at(workplace_ids: tuple[int, ...]) -> models.QuerySet[NoVolunteersStatement, tuple[int, date]]:
    """Return since when workplaces have said that they have no volunteers."""
    return standing_statements().filter(workplace_id__in=workplace_ids).values_list("workplace_id", "from_date")


@prepared
def attached(version_id: int) -> models.QuerySet[AttachedFile]:
    """Return the files beside a version, without what is in them."""
    return AttachedFile.objects.filter(version=version_id).defer("content")


@prepared
def filing(version_id: int) -> models.QuerySet[Filing]:
    """Return where a version was filed."""
    return Filing.objects.filter(version=version_id).select_related("noted_by")


@prepared
def open_workplace(unit_id: int, on: date) -> models.QuerySet[Unit]:
    """Return a workplace unless it is closed on the day."""
    return Unit.objects.filter(still_open(on), pk=unit_id, is_workplace=True)
