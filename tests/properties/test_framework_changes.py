# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""However editions follow each other, every part is accounted for, and nothing is said of what is as it was."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.frameworks.accumulation import accumulate
from samspil.frameworks.differences import compare, successors_of, word_difference, wording_of, wording_sha256
from samspil.frameworks.models import FrameworkChange
from tests.frameworks.framework_cases import part, said_of

pytestmark = pytest.mark.requirement("R2.changes")

Fate = FrameworkChange.Fate
PART = st.builds(
    part,
    st.integers(1, 6),
    st.sampled_from(["Vi siger til.", "Vi siger tak.", "Vi hilser."]),
    kind=st.sampled_from(["principle", "value"]),
)


@st.composite
def editions(draw, most=4):
    """Return editions of parts, and for each but the first what was said about it: all that must be, some that may."""
    contents = draw(st.lists(st.lists(PART, max_size=5, unique_by=lambda one: one.lineage), min_size=2, max_size=most))
    for content in contents:
        for order, element in enumerate(content, start=1):
            element.order = order
    said = [
        [mark for item in compare(*pair).differences if (mark := draw(marks(item, pair[1])))]
        for pair in itertools.pairwise(contents)
    ]
    return contents, said


@st.composite
def marks(draw, item, new):
    """Return something that can be said of a difference, or nothing where nothing need be said."""
    lineage, reason = item.lineage, draw(st.sampled_from(["Klarere", "Ny lov"]))
    if item.nature == "reworded":
        fate = draw(st.sampled_from([Fate.EDITORIAL, Fate.SUBSTANTIVE]))
        return said_of(lineage, fate, reason=reason, covers_sha256=wording_sha256([item.new]))
    if item.nature == "added" and draw(st.booleans()):
        return said_of(
            lineage,
            Fate.ADDED,
            is_editorial=draw(st.booleans()),
            reason=reason,
            covers_sha256=wording_sha256([item.new]),
        )
    if item.nature != "removed":
        return None
    if new and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(new), min_size=1, unique_by=lambda one: one.lineage))
        mark = said_of(
            lineage,
            Fate.SUCCEEDED,
            reason=reason,
            is_editorial=draw(st.booleans()),
            successors=[str(element.lineage) for element in chosen],
        )
        mark.covers_sha256 = wording_sha256(successors_of(mark, {element.lineage: element for element in new}))
        return mark
    return said_of(lineage, Fate.REMOVED, reason=reason)


@given(editions(most=2))
def test_a_comparison_holds_every_lineage_once_and_nothing_is_unsaid(edition):
    (old, new), (said,) = edition

    comparison = compare(old, new, said)

    assert sorted(item.lineage for item in comparison.differences) == sorted(
        {element.lineage for element in old} | {element.lineage for element in new}
    )
    assert comparison.unsaid == ()


@given(editions())
def test_every_part_is_as_it_was_or_accounted_for(edition):
    contents, said = edition
    old, new = ({element.lineage: element for element in content} for content in (contents[0], contents[-1]))

    changes = accumulate(contents, said)

    of_old = {change.lineage: change for change in changes if change.fate != Fate.ADDED}
    added = {change.lineage for change in changes if change.fate == Fate.ADDED}
    as_it_was = {lineage for lineage in old if lineage not in of_old}
    assert as_it_was <= new.keys()
    assert all(wording_of(old[lineage]) == wording_of(new[lineage]) for lineage in as_it_was)
    assert of_old.keys() <= old.keys()
    kept = {lineage for lineage in of_old if lineage in new}
    successors = {lineage for change in of_old.values() for lineage in change.successors}
    assert new.keys() == as_it_was | kept | successors | added
    assert added.isdisjoint(old)
    assert all(set(change.successors) <= new.keys() for change in changes)


@given(editions())
def test_each_change_says_what_can_be_relied_on(edition):
    contents, said = edition
    new = {element.lineage: element for element in contents[-1]}

    for change in accumulate(contents, said):
        if change.fate in (Fate.EDITORIAL, Fate.SUBSTANTIVE, Fate.ADDED):
            assert change.new_text_sha256 == wording_sha256([new[change.lineage]])
        elif change.fate == Fate.REMOVED:
            assert (change.new_text, change.new_text_sha256) == ("", wording_sha256([]))
            assert change.is_substantive
        else:
            assert change.successors != ()
        assert change.is_substantive == (change.fate != Fate.EDITORIAL) or change.fate in (Fate.SUCCEEDED, Fate.ADDED)


@given(editions(most=3))
def test_going_back_to_the_first_edition_is_no_change(edition):
    contents, said = edition
    first = contents[0]
    kept = [
        [element for element in content if element.lineage in {old.lineage for old in first}] for content in contents
    ]
    for content in kept:
        content += [old for old in first if old.lineage not in {element.lineage for element in content}]

    changes = accumulate([*kept, first], [*said, []])

    assert changes == ()


@given(st.text("abæ \n.", max_size=60), st.text("abæ \n.", max_size=60))
def test_no_word_is_lost_where_two_texts_are_compared(old, new):
    difference = word_difference(old, new)

    assert "".join(piece.text for piece in difference.old) == old
    assert "".join(piece.text for piece in difference.new) == new
    shared = ["".join(piece.text for piece in side if not piece.is_own) for side in (difference.old, difference.new)]
    assert shared[0] == shared[1]
