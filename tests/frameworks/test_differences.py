# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest

from samspil.frameworks.differences import compare, word_difference, wording_sha256
from samspil.frameworks.likeness import is_contained, likely_matches
from tests.frameworks.framework_cases import part, said_of

pytestmark = pytest.mark.requirement("R2.changes")


def natures(comparison):
    return {item.lineage.int: item.nature.value for item in comparison.differences}


def test_each_part_is_compared_with_itself_and_with_no_other():
    old = [part(1, "Vi hilser."), part(2, "Vi siger til."), part(3, "Vi siger tak.")]
    new = [part(1, "Vi hilser."), part(3, "Vi siger altid tak."), part(4, "Vi siger til.")]

    assert natures(compare(old, new)) == {1: "unchanged", 2: "removed", 3: "reworded", 4: "added"}


@pytest.mark.parametrize(
    "more",
    [{"title": "Tak"}, {"kind": "value"}, {"standing_question": "Hvad?"}, {"evaluation_question": "Hvordan?"}],
    ids=lambda more: next(iter(more)),
)
def test_heading_kind_and_questions_count_as_words(more):
    assert natures(compare([part(1, "Tak.")], [part(1, "Tak.", **more)])) == {1: "reworded"}


def test_a_part_that_changes_places_is_moved_and_the_others_are_not():
    old = [part(1, "a"), part(2, "b"), part(3, "c"), part(4, "d")]
    new = [part(4, "d", 1), part(1, "a", 2), part(9, "ny", 3), part(2, "b", 4), part(3, "c", 5)]

    assert natures(compare(old, new)) == {
        1: "unchanged",
        2: "unchanged",
        3: "unchanged",
        4: "moved",
        9: "added",
    }


def test_a_guideline_for_others_than_before_is_moved():
    old, new = (part(1, "Spørg.", kind="guideline", audience=audience) for audience in ("leader", "employee"))

    assert natures(compare([old], [new])) == {1: "moved"}


def test_a_mark_counts_for_the_very_words_it_was_said_about():
    old, new, newer = part(1, "Vi siger tak."), part(1, "Vi siger altid tak."), part(1, "Vi siger aldrig tak.")
    mark = said_of(new.lineage, "editorial", covers_sha256=wording_sha256([new]))

    (said,) = compare([old], [new], [mark]).differences
    (outdated,) = compare([old], [newer], [mark]).differences

    assert (said.is_unsaid, said.is_outdated, said.is_substantive) == (False, False, False)
    assert (outdated.is_unsaid, outdated.is_outdated, outdated.is_substantive) == (True, True, True)


def test_a_succession_counts_as_long_as_every_part_that_it_names_is_there():
    old, heirs = part(1, "Vi hilser og siger tak."), [part(2, "Vi hilser."), part(3, "Vi siger tak.")]
    mark = said_of(
        old.lineage,
        "succeeded",
        is_editorial=True,
        successors=[str(heir.lineage) for heir in heirs],
        covers_sha256=wording_sha256(heirs),
    )

    whole, halved = compare([old], heirs, [mark]), compare([old], heirs[:1], [mark])

    assert whole.by_lineage[old.lineage].successors == tuple(heirs)
    assert whole.substantive == ()
    assert [item.lineage for item in halved.unsaid] == [old.lineage]


def test_a_succession_by_nothing_counts_for_nothing():
    old = part(1, "Vi hilser.")
    mark = said_of(old.lineage, "succeeded", successors=[], covers_sha256=wording_sha256([]))

    assert [item.lineage for item in compare([old], [], [mark]).unsaid] == [old.lineage]


def test_words_that_differ_are_marked_in_both_texts():
    difference = word_difference("Vi skal huske at sige tak", "Vi husker at sige tak")

    assert [piece.text for piece in difference.old if piece.is_own] == ["skal huske"]
    assert [piece.text for piece in difference.new if piece.is_own] == ["husker"]


def test_the_likely_matches_of_a_new_document_are_suggested_and_each_part_once():
    old = [
        part(1, "Vi husker at sige tak til hinanden."),
        part(2, "Vi siger til."),
        part(3, "Alle kan spørge lederen."),
    ]
    new = [
        part(11, "Vi siger til"),
        part(12, "Vi husker altid at sige tak til hinanden."),
        part(13, "Noget helt andet om borgernes hverdag."),
    ]

    comparison = compare(old, new)
    matches = likely_matches(comparison)

    assert [(match.old.lineage.int, match.new.lineage.int, match.is_exact) for match in matches] == [
        (2, 11, True),
        (1, 12, False),
    ]
    assert natures(comparison) == {1: "removed", 2: "removed", 3: "removed", 11: "added", 12: "added", 13: "added"}


def test_a_part_whose_words_stand_in_another_was_merged():
    old, new = part(1, "Vi siger tak."), part(2, "Vi hilser. Vi siger tak.")
    (gone,) = compare([old], [new]).removed

    assert is_contained(gone, new)
    assert not is_contained(gone, part(3, "Vi siger til, og tak."))
