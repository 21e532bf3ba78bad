# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samspil.foundation.errors import Refusal
from samspil.frameworks import actions
from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion, Kind
from samspil.frameworks.queries import parts_no_longer_there, version_in_force
from samspil.frameworks.states import State
from tests.frameworks.framework_cases import DOCUMENT, begin, of_kind, publish, texts


@pytest.mark.requirement("R1.in_force")
def test_publishing_puts_the_framework_in_force_from_its_date(cast, at, on):
    version = publish(cast.hanne, at, on, in_force_from=on + timedelta(days=7))

    assert version.state == State.PUBLISHED
    assert version.published_by_id == cast.hanne.user_id
    assert len(version.content_sha256) == 64
    assert version_in_force(on) is None
    assert version_in_force(on + timedelta(days=7)) == version


@pytest.mark.requirement("R1.in_force")
@pytest.mark.requirement("R1.older_readable")
def test_the_next_edition_takes_over_on_its_date_and_the_old_stays_readable(cast, at, on):
    first = publish(cast.hanne, at, on)
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)
    later = on + timedelta(days=30)

    actions.publish_version(
        version=second, in_force_from=later, predecessor_until=later, actor=cast.hanne, at=at, on=on
    )

    assert version_in_force(later - timedelta(days=1)) == first
    assert version_in_force(later) == second
    assert texts(first, Kind.PRINCIPLE) == texts(second, Kind.PRINCIPLE)


@pytest.mark.requirement("R1.in_force")
def test_the_database_refuses_two_editions_in_force_on_one_day(cast, at, on):
    publish(cast.hanne, at, on)

    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.create(
            number=2, title="To", state=State.PUBLISHED, in_force_from=on, content_sha256="0" * 64, created_at=at
        )


def test_a_framework_without_a_principle_is_not_published(cast, at, on):
    draft = begin(cast.hanne, at, "# Ramme\n\n## Værdier\n\n- Åbenhed\n")

    with pytest.raises(Refusal) as refused:
        publish(cast.hanne, at, on, version=draft)

    assert [item.code for item in refused.value.missing] == ["no_principle"]
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


@pytest.mark.parametrize(
    ("days", "transition"),
    [(-1, 5), (0, 5), (10, None), (10, 9)],
    ids=["has passed", "not after the one before", "no transition date", "transition before force"],
)
def test_dates_that_cannot_be_are_refused(cast, at, on, days, transition):
    first = publish(cast.hanne, at, on)
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)

    with pytest.raises(Refusal):
        actions.publish_version(
            version=second,
            in_force_from=on + timedelta(days=days),
            predecessor_until=None if transition is None else on + timedelta(days=transition),
            actor=cast.hanne,
            at=at,
            on=on,
        )


def test_the_first_edition_has_no_transition_date(cast, at, on):
    draft = begin(cast.hanne, at)

    with pytest.raises(Refusal):
        actions.publish_version(version=draft, in_force_from=on, predecessor_until=on, actor=cast.hanne, at=at, on=on)


@pytest.mark.requirement("R2.structure")
def test_a_copy_keeps_every_lineage(cast, at, on):
    first = publish(cast.hanne, at, on)

    second = actions.copy_version(version=first, actor=cast.hanne, at=at)

    def lineages(version):
        return [element.lineage for element in Element.objects.filter(version=version)]

    assert lineages(second) == lineages(first)
    assert second.predecessor == first
    assert parts_no_longer_there(second) == []


@pytest.mark.requirement("R2.structure")
def test_an_import_that_replaces_marks_every_old_lineage_removed_with_a_reason(cast, at, on):
    first = publish(cast.hanne, at, on)
    second = begin(cast.hanne, at, DOCUMENT.replace("Vi husker", "Vi skal huske"))
    later = {"in_force_from": on + timedelta(days=1), "predecessor_until": on + timedelta(days=90)}

    with pytest.raises(Refusal) as refused:
        actions.publish_version(version=second, **later, actor=cast.hanne, at=at, on=on)
    actions.explain_the_rest(
        version=second, reason="Ny tekst fra Hovedudvalget", expected_revision=1, actor=cast.hanne, at=at
    )
    actions.publish_version(version=second, **later, actor=cast.hanne, at=at, on=on)

    old = {element.lineage for element in Element.objects.filter(version=first)}
    changes = FrameworkChange.objects.filter(version=second, fate="removed")
    assert [item.code for item in refused.value.missing] == ["part_unaccounted"] * len(old)
    assert {change.lineage for change in changes} == old
    assert {(change.fate, change.reason) for change in changes} == {("removed", "Ny tekst fra Hovedudvalget")}


@pytest.mark.requirement("R2.structure")
def test_a_part_that_was_taken_out_can_be_brought_back(cast, at, on):
    first = publish(cast.hanne, at, on)
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)
    value = of_kind(second, Kind.VALUE)[0]
    second = actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)
    assert [element.lineage for element in parts_no_longer_there(second)] == [value.lineage]

    actions.bring_back_element(version=second, lineage=value.lineage, expected_revision=2, actor=cast.hanne, at=at)

    assert parts_no_longer_there(second) == []
    with pytest.raises(Refusal):
        actions.bring_back_element(version=second, lineage=value.lineage, expected_revision=3, actor=cast.hanne, at=at)


def test_an_older_edition_cannot_be_copied(cast, at, on):
    first = publish(cast.hanne, at, on)
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)
    day = on + timedelta(days=1)
    actions.publish_version(version=second, in_force_from=day, predecessor_until=day, actor=cast.hanne, at=at, on=on)

    with pytest.raises(Refusal):
        actions.copy_version(version=first, actor=cast.hanne, at=at)
