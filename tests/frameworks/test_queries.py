# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest

from samspil.frameworks import actions, product_text, queries
from samspil.frameworks.actions import Wording
from samspil.frameworks.models import Element, FrameworkVersion, Kind, Purpose
from samspil.frameworks.permissions import visible_versions
from tests.frameworks.framework_cases import begin, of_kind, publish, texts


@pytest.mark.requirement("R2.structure")
def test_a_version_reads_in_groups_with_one_query(cast, at, django_assert_num_queries):
    draft = begin(cast.hanne, at)

    with django_assert_num_queries(1):
        content = queries.content_of(draft)

    assert [(group.kind, group.audience) for group in content.groups] == [
        ("value", ""),
        ("principle", ""),
        ("guideline", "leader"),
        ("passage", ""),
    ]
    assert [element.text for element in content.values] == ["Åbenhed", "Nysgerrighed"]
    assert len(content.principles) == 3
    assert [len(group.elements) for group in content.guidelines] == [2]


def test_the_headings_of_the_document_stand_over_the_parts_they_head(cast, at):
    draft = begin(cast.hanne, at)
    Element.objects.filter(version=draft, text="Værdier").update(text="Det tror vi på:")

    content = queries.for_reading(queries.content_of(draft))

    assert content.groups[0].heading == "Det tror vi på"
    assert "Det tror vi på:" not in [element.text for element in content.passages]
    assert [element.title for element in content.passages] == ["Indledning"]


def test_a_reworded_paragraph_is_marked(cast, at):
    draft = begin(cast.hanne, at)
    value = of_kind(draft, Kind.VALUE)[0]
    actions.edit_element(
        element=value, wording=Wording(kind="value", text="Mod"), expected_revision=1, actor=cast.hanne, at=at
    )

    lines = queries.source_lines(draft, queries.content_of(draft).elements)

    assert [line.paragraph.number for line in lines if line.is_reworded] == value.sources


def test_the_framework_s_own_words_stand_before_the_product_s(cast, at):
    draft = begin(cast.hanne, at)
    actions.add_element(
        version=draft,
        wording=Wording(kind="definition", text="En frivillig er en nabo.", purpose="volunteer_definition"),
        expected_revision=1,
        actor=cast.hanne,
        at=at,
    )

    own = queries.element_with_purpose(draft, Purpose.VOLUNTEER_DEFINITION)
    none = queries.element_with_purpose(draft, Purpose.WITHOUT_AGREED_FRAME)

    assert own.text == "En frivillig er en nabo."
    assert not own.is_the_products
    assert none.text == product_text.WITHOUT_AGREED_FRAME
    assert none.is_the_products
    assert queries.element_with_purpose(None, Purpose.SUPPLEMENT).text == product_text.SUPPLEMENT
    among = list(Element.objects.filter(version=draft))
    assert queries.element_with_purpose(draft, Purpose.VOLUNTEER_DEFINITION, among=among) == own


def test_every_purpose_has_words_of_the_product():
    assert set(product_text.OF_PURPOSE) == set(Purpose)


def test_principles_and_questions_are_found(cast, at):
    draft = begin(cast.hanne, at)
    principle = of_kind(draft, Kind.PRINCIPLE)[1]
    Element.objects.filter(version=draft).update(standing_question="")
    actions.edit_element(
        element=principle,
        wording=Wording(kind="principle", text=principle.text, standing_question="Hvordan siger I til?"),
        expected_revision=1,
        actor=cast.hanne,
        at=at,
    )

    assert [element.text for element in queries.principles(draft)] == texts(draft, Kind.PRINCIPLE)
    assert queries.standing_questions(draft) == [principle]


@pytest.mark.requirement("R2.nothing_lost")
def test_every_paragraph_of_the_source_says_where_it_went(cast, at):
    draft = begin(cast.hanne, at)
    gone = of_kind(draft, Kind.VALUE)[0]
    actions.remove_element(element=gone, expected_revision=1, actor=cast.hanne, at=at)

    lines = queries.source_lines(draft, queries.content_of(draft).elements)

    assert [line.paragraph.number for line in lines if line.is_unplaced] == gone.sources
    assert all(line.elements or line.paragraph.dropped_as or line.is_unplaced for line in lines)


@pytest.mark.requirement("R1.in_force")
def test_the_dates_decide_which_edition_is_in_force(cast, at, on):
    first = publish(cast.hanne, at, on)
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)
    later = on + timedelta(days=10)
    actions.publish_version(
        version=second, in_force_from=later, predecessor_until=later, actor=cast.hanne, at=at, on=on
    )

    assert queries.version_in_force(on - timedelta(days=1)) is None
    assert queries.version_in_force(on) == first
    assert queries.version_in_force(later) == second
    assert queries.version_to_come(on) == second
    assert queries.version_to_come(later) is None
    lines = queries.version_lines(visible_versions(cast.mia), on)
    assert [(line.version, line.until, line.is_in_force) for line in lines] == [
        (second, None, False),
        (first, later - timedelta(days=1), True),
    ]
    assert [line.is_superseded for line in lines] == [False, False]
    lines = queries.version_lines(visible_versions(cast.mia), later)
    assert [(line.is_in_force, line.is_superseded) for line in lines] == [(True, False), (False, True)]


def test_a_draft_is_not_in_force(cast, at, on):
    draft = begin(cast.hanne, at)

    assert queries.version_in_force(on) is None
    assert queries.draft() == draft


def test_the_secretariat_is_reminded_and_nobody_else(cast, at, on):
    assert [todo.key for todo in queries.todo_for(cast.hanne)] == ["frameworks.none"]
    assert queries.todo_for(cast.lene) == []
    draft = begin(cast.hanne, at)
    assert [todo.key for todo in queries.todo_for(cast.hanne)] == [f"frameworks.draft.{draft.pk}"]
    publish(cast.hanne, at, on, version=draft)
    assert queries.todo_for(cast.hanne) == []


def test_numbers_count_on_past_what_was_withdrawn(cast, at):
    draft = begin(cast.hanne, at)
    actions.withdraw_draft(version=draft, expected_revision=1, actor=cast.hanne, at=at)
    begin(cast.hanne, at)

    assert list(FrameworkVersion.objects.values_list("number", "state")) == [(1, "withdrawn"), (2, "draft")]
