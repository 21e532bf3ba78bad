# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far each agreement is with the edition of the framework in force; nobody types it (R53)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.agreements.disposition_models import Disposition, Stand
from samspil.agreements.models import AgreementVersion, LocalPrinciple
from samspil.agreements.states import OPEN, State
from samspil.frameworks.accumulation import Change
from samspil.frameworks.differences import Fate
from samspil.frameworks.models import FrameworkVersion, Kind
from samspil.frameworks.queries import changes_since
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.municipalities.queries import still_open

_DECIDED = (State.IN_FORCE, State.ADOPTED)


class Stage(models.TextChoices):
    """From what is asked to what is done; derived from editions, stands and versions."""

    TO_TAKE = "to_take", _("is to take a stand")
    TO_SWITCH = "to_switch", _("draft on the edition before")
    TO_FOLLOW = "to_follow", _("has taken a stand, not begun")
    ON_THE_WAY = "on_the_way", _("new version on its way")
    EXEMPTED = "exempted", _("exempt for a time")
    REVIEW = "review", _("waits for the review of the old agreement")
    FOLLOWS = "follows", _("follows the edition")


RESOLVED = (Stage.FOLLOWS, Stage.EXEMPTED, Stage.REVIEW)
"""Where nothing is asked today."""


def loses_its_tie(change: Change) -> bool:
    """Whether what built on it can build on it no more: it is gone, or no common principle any longer."""
    if change.fate == Fate.REMOVED or change.kind != Kind.PRINCIPLE:
        return True
    return change.fate == Fate.SUCCEEDED and change.lineage not in change.successors


def choices_for(change: Change, *, is_tied: bool) -> tuple[Stand, ...]:
    """Return the stands that can be taken; own text that has lost its tie must be revised, or waits till a day."""
    return (Stand.REVISED, Stand.EXEMPTED) if is_tied and loses_its_tie(change) else tuple(Stand)


def asks(change: Change, *, is_tied: bool) -> bool:
    """Whether the workplace must take a stand on it: a change of words for the eye only asks nothing."""
    return change.is_substantive or (is_tied and change.fate != Fate.ADDED and loses_its_tie(change))


def counts(row: Disposition, change: Change, *, is_tied: bool, on: date) -> bool:
    """Whether a live stand holds today, for these new words and for what now builds on the change."""
    return (
        row.replaced_at is None
        and row.new_text_sha256 == change.new_text_sha256
        and row.stand in choices_for(change, is_tied=is_tied)
        and (row.until is None or row.until >= on)
    )


@dataclass(frozen=True)
class Facts:
    """What the stage of one agreement follows from; ``under_way`` is the number of the edition of a version on its way."""

    is_decided: bool
    asked: int
    waiting: int
    under_way: int | None
    edition: int
    exempted_until: date | None
    reviewed_by: date | None

    def stage(self, on: date) -> Stage:
        """Return how far it is on the day."""
        if not self.is_decided:
            return Stage.TO_SWITCH
        if self.under_way == self.edition:
            return Stage.ON_THE_WAY
        if not self.asked:
            return Stage.FOLLOWS
        if self.waiting:
            return Stage.TO_TAKE
        if self.exempted_until is not None:
            return Stage.EXEMPTED
        return Stage.REVIEW if self.reviewed_by is not None and self.reviewed_by >= on else Stage.TO_FOLLOW


@dataclass(frozen=True)
class StageOf:
    """How far the agreement of one workplace is; ``waiting`` is how many changes lack a stand."""

    agreement_id: int
    workplace_id: int
    version_id: int
    edition: int
    stage: Stage
    waiting: int = 0
    until: date | None = None

    @property
    def is_resolved(self) -> bool:
        """Whether nothing is asked today."""
        return self.stage in RESOLVED


def living_versions(on: date) -> models.QuerySet[AgreementVersion]:
    """Return what is in force or on its way at workplaces that are not closed."""
    return AgreementVersion.objects.filter(still_open(on, "agreement__workplace__"), state__in=(*OPEN, State.IN_FORCE))


def outdated_versions(on: date) -> models.QuerySet[AgreementVersion]:
    """Return the living versions that are pinned to an older edition than the one in force; asks for one query."""
    number = FrameworkVersion.objects.in_force(on).values("number")[:1]
    return living_versions(on).filter(framework__number__lt=models.Subquery(number))


@dataclass(frozen=True)
class _Row:
    """A living version with what its stage needs."""

    pk: int
    agreement_id: int
    workplace_id: int
    state: str
    framework_id: int
    edition: int
    review_on: date | None


_FIELDS = (
    "pk",
    "agreement_id",
    "agreement__workplace_id",
    "state",
    "framework_id",
    "framework__number",
    "existing__review_on",
)


def stages(on: date) -> dict[int, StageOf]:
    """Return how far each agreement is, by its workplace; seven queries, however many there are."""
    edition = framework_in_force(on)
    if edition is None:
        return {}
    bases, under_way = _living(on)
    older = [row for row in bases.values() if row.edition < edition.number]
    changes = changes_since({row.framework_id for row in older}, edition) if older else {}
    stands = _live_stands([row.agreement_id for row in older])
    ties = _ties([row.pk for row in older])
    found = {}
    for row in bases.values():
        if row.edition >= edition.number:
            found[row.workplace_id] = StageOf(row.agreement_id, row.workplace_id, row.pk, row.edition, Stage.FOLLOWS)
            continue
        found[row.workplace_id] = _stage_of(
            row,
            changes[row.framework_id],
            {(one.lineage, one.new_text_sha256): one for one in stands.get(row.agreement_id, ())},
            ties.get(row.pk, frozenset()),
            under_way.get(row.agreement_id),
            edition,
            on,
        )
    return found


def _living(on: date) -> tuple[dict[int, _Row], dict[int, int]]:
    """Return the version that each agreement stands on, and the edition of another one that is on its way."""
    bases: dict[int, _Row] = {}
    under_way: dict[int, int] = {}
    rows = [_Row(*values) for values in living_versions(on).order_by("number").values_list(*_FIELDS)]
    for row in sorted(rows, key=lambda row: row.state != State.IN_FORCE):
        if row.agreement_id in bases:
            under_way[row.agreement_id] = row.edition
        else:
            bases[row.agreement_id] = row
    return bases, under_way


def _live_stands(agreement_ids: Collection[int]) -> Mapping[int, list[Disposition]]:
    found: dict[int, list[Disposition]] = {}
    if agreement_ids:
        for row in Disposition.objects.filter(agreement__in=agreement_ids, replaced_at=None):
            found.setdefault(row.agreement_id, []).append(row)
    return found


def _ties(version_ids: Collection[int]) -> Mapping[int, Collection[UUID]]:
    found: dict[int, set[UUID]] = {}
    if version_ids:
        rows: Iterable[Any] = LocalPrinciple.objects.filter(version__in=version_ids)
        for version_id, builds_on in rows.values_list("version_id", "builds_on"):  # type: ignore[attr-defined]
            found.setdefault(version_id, set()).add(builds_on)
    return found


def _stage_of(  # noqa: PLR0917 - what was asked in bulk, for one
    row: _Row,
    changes: Collection[Change],
    stands: Mapping[tuple[UUID, str], Disposition],
    ties: Collection[UUID],
    under_way: int | None,
    edition: FrameworkVersion,
    on: date,
) -> StageOf:
    asked = [change for change in changes if asks(change, is_tied=change.lineage in ties)]
    taken: list[Disposition] = []
    for change in asked:
        stand = stands.get((change.lineage, change.new_text_sha256))
        if stand is not None and counts(stand, change, is_tied=change.lineage in ties, on=on):
            taken.append(stand)
    until = min((stand.until for stand in taken if stand.until), default=None)
    is_revised = any(stand.stand == Stand.REVISED for stand in taken)
    facts = Facts(
        is_decided=row.state in _DECIDED,
        asked=len(asked),
        waiting=len(asked) - len(taken),
        under_way=under_way,
        edition=edition.number,
        exempted_until=until,
        reviewed_by=None if is_revised else row.review_on,
    )
    stage = facts.stage(on)
    return StageOf(
        row.agreement_id,
        row.workplace_id,
        row.pk,
        row.edition,
        stage,
        facts.waiting if stage == Stage.TO_TAKE else 0,
        {Stage.EXEMPTED: until, Stage.REVIEW: row.review_on}.get(stage),
    )


def updates_due(on: date) -> list[StageOf]:
    """Return the agreements, in force or on their way, on an older edition, with which substantive changes lack a stand.

    With a third edition while the second is being handled it is asked against the newest; a stand counts on as long
    as the new words are the same.
    """
    return [found for found in stages(on).values() if not found.is_resolved]
