# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a newer edition of the framework asks of an agreement: derived from editions, stands and versions (R53)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from samspil.agreements.disposition_models import Disposition, Stand
from samspil.agreements.models import Agreement, AgreementVersion, LocalPrinciple, Section
from samspil.agreements.queries import existing_of, local_principles, versions_of
from samspil.agreements.rare_parts import may_be_outdated
from samspil.agreements.sections import PROFESSIONAL_JUDGEMENT, REGISTRY
from samspil.agreements.states import OPEN, State
from samspil.agreements.update_stages import Facts, Stage, asks, choices_for, counts, loses_its_tie
from samspil.frameworks.accumulation import Change
from samspil.frameworks.differences import Fate, Piece, WordDifference, word_difference
from samspil.frameworks.models import Element, FrameworkVersion, Kind, Purpose
from samspil.frameworks.queries import changes_since, content_of
from samspil.frameworks.queries import version_in_force as framework_in_force

_STANDS_IN_THE_AGREEMENT = (Kind.PRINCIPLE, Kind.VALUE, Kind.DEFINITION, Kind.COMMITMENT)
_SOME_SHARED = 0.3
_SECTIONS_ABOUT = {Purpose.SUPPLEMENT: (PROFESSIONAL_JUDGEMENT,)}
"""Which of the agreement's own texts say more about what the framework says for a purpose."""


@dataclass(frozen=True)
class ChangeHere:
    """A change beside the workplace's own text; ``stand`` counts, ``earlier`` were replaced, or were about other words."""

    change: Change
    stand: Disposition | None
    earlier: tuple[Disposition, ...]
    own: tuple[LocalPrinciple, ...]
    sections: tuple[tuple[Any, str], ...]
    successors: tuple[Element, ...]

    @property
    def choices(self) -> tuple[Stand, ...]:
        """The stands that can be taken."""
        return choices_for(self.change, is_tied=bool(self.own))

    @property
    def loses_ties(self) -> bool:
        """Whether own text must be tied to something else, or be taken out."""
        return bool(self.own) and loses_its_tie(self.change)

    @property
    def stands_in_the_agreement(self) -> bool:
        """Whether the agreement itself says it; guidelines and passages stand beside it."""
        return self.change.kind in _STANDS_IN_THE_AGREEMENT or bool(self.own)

    @property
    def title(self) -> str:
        """The first words of it."""
        return self.change.old_text or self.change.new_text

    @property
    def kind(self) -> Any:
        """What kind of part it is, in words."""
        return Kind(self.change.kind).label

    @property
    def anchor(self) -> str:
        """The id of the change on a page."""
        return f"change-{self.change.lineage}"

    @cached_property
    def words(self) -> WordDifference:
        """The old and the new words, with what differs marked; nothing is where it is another text altogether."""
        old, new = self.change.old_text, self.change.new_text
        found = word_difference(old, new)
        shared = sum(len(piece.text) for piece in found.new if not piece.is_own)
        if self.change.fate != Fate.SUCCEEDED and shared >= _SOME_SHARED * max(len(old), len(new)):
            return found
        return WordDifference((Piece(old, is_own=False),), (Piece(new, is_own=False),))

    @property
    def what_became(self) -> str:
        """What became of it, as a name that a template chooses words by."""
        if self.change.fate != Fate.SUCCEEDED:
            return str(self.change.fate)
        if len(self.change.successors) > 1:
            return "split"
        return "renamed"


@dataclass(frozen=True)
class Update:
    """An agreement beside the edition in force: ``version`` is pinned to an older one."""

    agreement: Agreement
    version: AgreementVersion
    edition: FrameworkVersion
    changes: tuple[ChangeHere, ...]
    editorial: tuple[Change, ...]
    merged: frozenset[UUID]
    under_way: AgreementVersion | None
    reviewed_by: date | None
    on: date

    @cached_property
    def by_lineage(self) -> Mapping[UUID, ChangeHere]:
        """The changes by what they are about."""
        return {here.change.lineage: here for here in self.changes}

    @property
    def waiting(self) -> tuple[ChangeHere, ...]:
        """What nobody has taken a stand on, as it now reads."""
        return tuple(here for here in self.changes if here.stand is None)

    @property
    def in_the_agreement(self) -> tuple[ChangeHere, ...]:
        """What is changed in what the agreement itself says: it binds meanwhile."""
        return tuple(here for here in self.changes if here.stands_in_the_agreement)

    @property
    def beside(self) -> tuple[ChangeHere, ...]:
        """What is changed in guidelines and other text."""
        return tuple(here for here in self.changes if not here.stands_in_the_agreement)

    @property
    def exempted_until(self) -> date | None:
        """The day that an exemption ends, the first one; None without one."""
        return min((here.stand.until for here in self.changes if here.stand and here.stand.until), default=None)

    @property
    def can_switch(self) -> AgreementVersion | None:
        """The version on its way that can be moved to the edition in force; None where there is none."""
        version = self.under_way or self.version
        is_on_its_way = version.state in {State.DRAFT, State.IN_DIALOGUE}
        return version if is_on_its_way and version.framework.number < self.edition.number else None

    @property
    def is_begun(self) -> bool:
        """Whether another version is on its way."""
        return self.under_way is not None

    @property
    def needs_new_text(self) -> bool:
        """Whether own text must be written anew."""
        return any(here.stand and here.stand.stand == Stand.REVISED for here in self.changes)

    @property
    def stage(self) -> Stage:
        """How far the agreement is."""
        return Facts(
            is_decided=self.version.state in {State.IN_FORCE, State.ADOPTED},
            asked=len(self.changes),
            waiting=len(self.waiting),
            under_way=self.under_way.framework.number if self.under_way else None,
            edition=self.edition.number,
            exempted_until=self.exempted_until,
            reviewed_by=None if self.needs_new_text else self.reviewed_by,
        ).stage(self.on)

    @property
    def follows_without_dialogue(self) -> bool:
        """Whether the next version can be an editorial one: a stand on everything, no text to write, no exemption."""
        return (
            self.stage == Stage.TO_FOLLOW
            and self.version.state == State.IN_FORCE
            and self.version.origin == AgreementVersion.Origin.WRITTEN
            and not self.needs_new_text
        )


def base_of(versions: Iterable[AgreementVersion]) -> AgreementVersion | None:
    """Return the version that an agreement stands on: the one in force, else the one on its way."""
    found = list(versions)
    in_force = [version for version in found if version.state == State.IN_FORCE]
    return next(iter(in_force or [version for version in found if version.state in OPEN]), None)


def update_of(agreement: Agreement, on: date) -> Update | None:
    """Return what the edition in force asks of one agreement; None where it is pinned to that one already.

    One query where there is no newer edition in force, eight at most.
    """
    versions = versions_of(agreement.workplace_id)
    version = base_of(versions)
    return None if version is None else update_against(version, versions, on)


def update_against(version: AgreementVersion, versions: Iterable[AgreementVersion], on: date) -> Update | None:
    """Return what the edition in force asks of one version, in force or on its way."""
    if not may_be_outdated(version):
        return None
    edition = framework_in_force(on)
    return None if edition is None else update_between(version, edition, on, versions)


def update_between(
    version: AgreementVersion, edition: FrameworkVersion, on: date, versions: Iterable[AgreementVersion] = ()
) -> Update | None:
    """Return what an edition asks of one version; None where the version is pinned to it or to a newer one."""
    if edition.number <= version.framework.number:
        return None
    changes = changes_since([version.framework_id], edition)[version.framework_id]
    own = local_principles(version)
    stands = list(Disposition.objects.filter(agreement=version.agreement_id).select_related("by"))
    successors = _named(changes, edition)
    sections = _sections_about(version, changes)
    ties = {row.builds_on for row in own}
    asked = [change for change in changes if asks(change, is_tied=change.lineage in ties)]
    existing = existing_of(version)
    went_into = [lineage for change in changes for lineage in change.successors]
    return Update(
        agreement=version.agreement,
        version=version,
        edition=edition,
        changes=tuple(_here(change, own, stands, successors, sections, on) for change in asked),
        editorial=tuple(change for change in changes if change not in asked),
        merged=frozenset(lineage for lineage in went_into if went_into.count(lineage) > 1),
        under_way=next((one for one in versions if one.state in OPEN and one.pk != version.pk), None),
        reviewed_by=existing.review_on if existing else None,
        on=on,
    )


def _here(  # noqa: PLR0917 - what was asked for all changes, for one
    change: Change,
    own: Iterable[LocalPrinciple],
    stands: Iterable[Disposition],
    successors: Mapping[UUID, Element],
    sections: Mapping[UUID, tuple[tuple[Any, str], ...]],
    on: date,
) -> ChangeHere:
    tied = tuple(row for row in own if row.builds_on == change.lineage)
    taken = [row for row in stands if row.lineage == change.lineage]
    live = [row for row in taken if counts(row, change, is_tied=bool(tied), on=on)]
    return ChangeHere(
        change=change,
        stand=live[-1] if live else None,
        earlier=tuple(row for row in taken if row not in live),
        own=tied,
        sections=sections.get(change.lineage, ()),
        successors=tuple(successors[lineage] for lineage in change.successors),
    )


def _named(changes: Iterable[Change], edition: FrameworkVersion) -> Mapping[UUID, Element]:
    wanted = {lineage for change in changes for lineage in change.successors}
    if not wanted:
        return {}
    return {row.lineage: row for row in Element.objects.filter(version=edition, lineage__in=wanted)}


def _sections_about(version: AgreementVersion, changes: Iterable[Change]) -> Mapping[UUID, tuple[tuple[Any, str], ...]]:
    """Return the agreement's own texts that say more about what is changed; asks where a purpose points to one."""
    changed = {change.lineage for change in changes}
    of_purpose = {
        row.lineage: row.purpose
        for row in content_of(version.framework).elements
        if row.lineage in changed and row.purpose in _SECTIONS_ABOUT
    }
    if not of_purpose:
        return {}
    kinds = {kind for purpose in of_purpose.values() for kind in _SECTIONS_ABOUT[Purpose(purpose)]}
    texts = {row.kind: row.text for row in Section.objects.filter(version=version, kind__in=kinds) if row.text}
    return {
        lineage: tuple(
            (REGISTRY[kind].label, texts[kind]) for kind in _SECTIONS_ABOUT[Purpose(purpose)] if kind in texts
        )
        for lineage, purpose in of_purpose.items()
    }


def exemption_of(version: AgreementVersion, on: date) -> date | None:
    """Return until when a version may be in force on an older edition, although its transition date has passed."""
    update = update_against(version, versions_of(version.agreement.workplace_id), on)
    return update.exempted_until if update is not None and not update.waiting else None


def named_successors(principle: LocalPrinciple) -> tuple[UUID, ...]:
    """Return the common principles that what it built on went into, as the edition that it is pinned to has them."""
    edition = principle.version.framework
    had = Element.objects.filter(version__state="published", version__number__lt=edition.number)
    had = had.filter(lineage=principle.builds_on)
    older = had.order_by("-version__number").values_list("version_id", flat=True).first()
    if older is None:
        return ()
    changes = changes_since([older], edition)[older]
    went_into = next((change.successors for change in changes if change.lineage == principle.builds_on), ())
    common = Element.objects.filter(version=edition, kind=Kind.PRINCIPLE, lineage__in=went_into)
    return tuple(common.values_list("lineage", flat=True))
