# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.frameworks import actions, queries
from samspil.frameworks.actions import Explanation, Wording
from samspil.frameworks.differences import wording_sha256
from samspil.frameworks.likeness import likely_matches
from samspil.frameworks.models import Element, FrameworkChange, Kind
from samspil.municipalities.models import Unit
from tests.frameworks.framework_cases import DOCUMENT, begin, of_kind, publish

pytestmark = pytest.mark.requirement("R2.changes")


@pytest.fixture
def first(cast, at, on):
    return publish(cast.hanne, at, on)


@pytest.fixture
def second(cast, at, first):
    return actions.copy_version(version=first, actor=cast.hanne, at=at)


class Pen:
    """Whoever writes in the draft, always having seen how it stands."""

    def __init__(self, cast, at, on):
        self.actor, self.at, self.on = cast.hanne, at, on

    def _given(self, version):
        version.refresh_from_db()
        return {"expected_revision": version.revision, "actor": self.actor, "at": self.at}

    def reword(self, element, text):
        kept = ("kind", "audience", "title", "purpose", "standing_question", "evaluation_question")
        wording = Wording(text=text, **{name: getattr(element, name) for name in kept})
        return actions.edit_element(element=element, wording=wording, **self._given(element.version))

    def remove(self, element):
        return actions.remove_element(element=element, **self._given(element.version))

    def explain(self, version, lineage, fate, reason="Fordi", **more):
        said = Explanation(fate=fate, reason=reason, **more)
        return actions.explain_change(version=version, lineage=lineage, said=said, **self._given(version))

    def recognise(self, version, same):
        return actions.recognise_parts(version=version, same=same, **self._given(version))

    def publish(self, version, days=1):
        day = self.on + timedelta(days=days)
        version.refresh_from_db()
        return actions.publish_version(
            version=version, in_force_from=day, predecessor_until=day, actor=self.actor, at=self.at, on=self.on
        )

    def next_edition(self, version):
        return actions.copy_version(version=version, actor=self.actor, at=self.at)


@pytest.fixture
def pen(cast, at, on):
    return Pen(cast, at, on)


def principle(version, place=0):
    return of_kind(version, Kind.PRINCIPLE)[place]


def test_other_words_are_not_published_before_they_are_marked_and_the_refusal_says_which(pen, second):
    changed = pen.reword(principle(second), "De frivillige gør en forskel.")

    with pytest.raises(Refusal) as refused:
        pen.publish(second)

    (missing,) = refused.value.missing
    assert (missing.code, missing.anchor) == ("change_unmarked", f"change-{changed.lineage}")
    assert "De frivillige gør en forskel." in missing.text
    assert missing.text == queries.missing_before_publication(second)[0].text

    pen.explain(second, changed.lineage, "substantive", "Besluttet i Hovedudvalget")
    assert pen.publish(second).state == "published"


def test_a_part_that_is_gone_is_removed_for_a_reason_or_succeeded(pen, second):
    gone, heir = principle(second, 1), principle(second, 2)
    pen.remove(gone)

    with pytest.raises(Refusal) as refused:
        pen.publish(second)
    assert [item.code for item in refused.value.missing] == ["part_unaccounted"]
    with pytest.raises(Refusal):
        pen.explain(second, gone.lineage, "removed", reason=" ")
    with pytest.raises(Refusal):
        pen.explain(second, gone.lineage, "succeeded")
    with pytest.raises(Refusal):
        pen.explain(second, gone.lineage, "succeeded", successors=(uuid4(),))

    mark = pen.explain(second, gone.lineage, "succeeded", successors=(heir.lineage,), is_editorial=True)

    assert (mark.successors, mark.is_substantive) == ([str(heir.lineage)], False)
    assert pen.publish(second).state == "published"


def test_several_old_parts_can_be_succeeded_by_one_and_one_by_several(pen, first, second):
    one, two, three = of_kind(second, Kind.PRINCIPLE)
    value, other = of_kind(second, Kind.VALUE)
    for element in (one, two, value):
        pen.remove(element)

    pen.explain(second, one.lineage, "succeeded", successors=(three.lineage,))
    pen.explain(second, two.lineage, "succeeded", successors=(three.lineage,))
    pen.explain(second, value.lineage, "succeeded", successors=(three.lineage, other.lineage))
    published = pen.publish(second)

    found = {change.lineage: change for change in queries.substantive_changes(first, published)}
    assert found[one.lineage].successors == found[two.lineage].successors == (three.lineage,)
    assert set(found[value.lineage].successors) == {three.lineage, other.lineage}
    assert found[one.lineage].new_text_sha256 == wording_sha256([three])


def test_what_is_worded_anew_after_it_was_explained_is_looked_at_again(pen, second):
    changed = pen.reword(principle(second), "Noget nyt.")
    pen.explain(second, changed.lineage, "editorial", "Klarere")
    pen.reword(principle(second), "Noget helt andet.")

    with pytest.raises(Refusal) as refused:
        pen.publish(second)

    assert [item.code for item in refused.value.missing] == ["explanation_outdated"]


def test_a_succession_is_looked_at_again_when_the_successor_is_taken_out(pen, second):
    gone, heir = principle(second, 1), principle(second, 2)
    pen.remove(gone)
    pen.explain(second, gone.lineage, "succeeded", successors=(heir.lineage,))
    pen.remove(heir)

    codes = {item.anchor: item.code for item in queries.missing_before_publication(second)}

    assert codes == {
        f"change-{gone.lineage}": "explanation_outdated",
        f"change-{heir.lineage}": "part_unaccounted",
    }


def test_words_that_are_changed_back_need_no_explanation_and_leave_no_trace(pen, second):
    element = principle(second)
    before = element.text
    pen.reword(element, "Noget nyt.")
    pen.explain(second, element.lineage, "substantive")
    pen.reword(element, before)

    pen.publish(second)

    assert list(FrameworkChange.objects.filter(version=second)) == []


def test_what_is_as_it_was_cannot_be_explained(pen, second):
    with pytest.raises(Refusal):
        pen.explain(second, principle(second).lineage, "editorial")
    with pytest.raises(Refusal):
        pen.explain(second, uuid4(), "removed")


def test_an_explanation_needs_the_draft_as_it_stands_and_the_secretariat(cast, pen, second, at):
    changed = pen.reword(principle(second), "Noget nyt.")
    said = Explanation(fate="editorial", reason="Klarere")
    given = {"version": second, "lineage": changed.lineage, "said": said, "at": at}

    with pytest.raises(StaleRevisionError):
        actions.explain_change(**given, expected_revision=1, actor=cast.hanne)
    with pytest.raises(Refusal):
        actions.explain_change(**given, expected_revision=2, actor=cast.lene)

    assert FrameworkChange.objects.filter(version=second).count() == 0


def test_a_published_edition_is_never_explained_anew(pen, second):
    changed = pen.reword(principle(second), "Noget nyt.")
    pen.explain(second, changed.lineage, "substantive")
    pen.publish(second)

    with pytest.raises(Refusal):
        pen.explain(second, changed.lineage, "editorial")


@pytest.mark.requirement("R2.structure")
def test_a_new_document_goes_on_with_the_old_parts_when_somebody_says_that_they_are_the_same(cast, pen, first, at):
    confirmed = principle(first, 0)
    Element.objects.filter(pk=confirmed.pk).update(standing_question="Hvad gør frivillige her?")
    second = begin(cast.hanne, at, DOCUMENT.replace("Vi husker", "Vi skal huske"))
    comparison = queries.comparison_of(second)
    assert len(comparison.removed) == len(comparison.added) == Element.objects.filter(version=first).count()

    matches = likely_matches(comparison)
    pen.recognise(second, {match.old.lineage: match.new.lineage for match in matches})

    comparison = queries.comparison_of(second)
    (changed,) = comparison.reworded
    assert (changed.new.text, changed.old.text) == ("Vi skal huske at sige tak.", "Vi husker at sige tak.")
    assert (comparison.removed, comparison.added) == ((), ())
    assert principle(second, 0).standing_question == "Hvad gør frivillige her?"


def test_a_part_is_recognised_once_and_only_among_what_is_gone_and_new(pen, second):
    kept, gone, other = of_kind(second, Kind.PRINCIPLE)
    pen.remove(gone)
    pen.remove(other)

    for same in ({gone.lineage: kept.lineage}, {kept.lineage: gone.lineage}, {}, {gone.lineage: uuid4()}):
        with pytest.raises(Refusal):
            pen.recognise(second, same)


def test_a_part_that_is_another_is_separated_and_the_old_one_must_be_explained(cast, pen, second, at):
    element = pen.reword(principle(second), "Noget helt andet.")
    second.refresh_from_db()

    new = actions.separate_part(
        version=second, lineage=element.lineage, expected_revision=second.revision, actor=cast.hanne, at=at
    )

    comparison = queries.comparison_of(second)
    assert [item.lineage for item in comparison.added] == [new.lineage]
    assert [item.lineage for item in comparison.unsaid] == [element.lineage]


def test_what_is_new_counts_as_substantive_unless_it_is_said_otherwise(cast, pen, first, second, at):
    added = []
    for text in ("Vi hilser.", "Vi griner."):
        second.refresh_from_db()
        wording = Wording(kind="principle", text=text)
        given = {"expected_revision": second.revision, "actor": cast.hanne, "at": at}
        added.append(actions.add_element(version=second, wording=wording, **given))
    pen.explain(second, added[1].lineage, "added", "Stod der i forvejen", is_editorial=True)
    published = pen.publish(second)

    assert [(item.lineage, item.fate) for item in queries.substantive_changes(first, published)] == [
        (added[0].lineage, "added")
    ]
    assert [(item.lineage, item.reason) for item in queries.editorial_changes(first, published)] == [
        (added[1].lineage, "Stod der i forvejen")
    ]


def test_what_is_moved_is_written_down_and_asks_nobody(cast, pen, first, second, at):
    last = principle(second, 2)
    second.refresh_from_db()
    actions.move_element(element=last, direction="up", expected_revision=second.revision, actor=cast.hanne, at=at)

    published = pen.publish(second)

    assert [mark.fate for mark in FrameworkChange.objects.filter(version=published)] == ["moved"]
    assert queries.changes_between(first, published) == ()


def test_a_third_edition_is_added_up_with_the_second(pen, first, second):
    one, two, three = of_kind(second, Kind.PRINCIPLE)
    before = one.text
    pen.reword(one, "Midlertidigt.")
    pen.explain(second, one.lineage, "substantive", "Prøves af")
    pen.reword(two, "Vi siger altid til.")
    pen.explain(second, two.lineage, "substantive", "Ny lov")
    pen.reword(three, "Vi husker at takke.")
    pen.explain(second, three.lineage, "editorial", "Kortere")
    second = pen.publish(second)

    third = pen.next_edition(second)
    one, two, three = of_kind(third, Kind.PRINCIPLE)
    pen.reword(one, before)
    pen.explain(third, one.lineage, "substantive", "Prøven er slut")
    pen.reword(two, "Vi siger altid til med det samme.")
    pen.explain(third, two.lineage, "editorial", "Klarere")
    third = pen.publish(third, days=2)

    (substantive,) = queries.substantive_changes(first, third)
    assert (substantive.lineage, substantive.old_text, substantive.new_text, substantive.reason) == (
        two.lineage,
        "Vi siger til, når noget er svært.",
        "Vi siger altid til med det samme.",
        "Ny lov Klarere",
    )
    (editorial,) = queries.editorial_changes(first, third)
    assert (editorial.lineage, editorial.fate, editorial.reason) == (three.lineage, "editorial", "Kortere")
    assert [item.lineage for item in queries.editorial_changes(second, third)] == [two.lineage]
    assert queries.changes_between(third, third) == ()
    with pytest.raises(ValueError, match="does not follow"):
        queries.changes_between(third, first)


def test_a_stand_still_counts_when_the_third_edition_leaves_the_part_alone(pen, first, second):
    element = pen.reword(principle(second), "Noget nyt.")
    pen.explain(second, element.lineage, "substantive")
    second = pen.publish(second)
    third = pen.next_edition(second)
    other = pen.reword(principle(third, 1), "Noget andet.")
    pen.explain(third, other.lineage, "substantive")
    third = pen.publish(third, days=2)

    now = {item.lineage: item.new_text_sha256 for item in queries.substantive_changes(first, third)}
    (before,) = queries.substantive_changes(first, second)

    assert now[element.lineage] == before.new_text_sha256
    assert now.keys() == {element.lineage, other.lineage}


@pytest.mark.parametrize("editions", [1, 3])
def test_what_adds_up_takes_the_same_queries_however_many_editions(pen, first, editions, django_assert_num_queries):
    latest = first
    for days in range(1, editions + 1):
        latest = pen.publish(pen.next_edition(latest), days=days)

    with django_assert_num_queries(3):
        queries.changes_between(first, latest)


def test_publishing_takes_the_same_queries_however_many_workplaces_and_changes(cast, pen, at, first):
    def count(version, days):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            pen.publish(version, days=days)
        return [query["sql"].split()[0] for query in captured.captured_queries]

    second = pen.next_edition(first)
    changed = pen.reword(principle(second), "Noget nyt.")
    pen.explain(second, changed.lineage, "substantive")
    few = count(second, 1)

    for number in range(30):
        Unit.objects.create(
            name=f"Plejecenter {number}", slug=f"plejecenter-{number}", parent=cast.elderly, is_workplace=True
        )
    third = pen.next_edition(second)
    for element in of_kind(third, Kind.PRINCIPLE):
        changed = pen.reword(element, f"{element.text} Også i morgen.")
        pen.explain(third, changed.lineage, "substantive")
    many = count(third, 2)

    assert many == few


def test_publishing_writes_framework_rows_and_one_event(pen, second):
    before = Event.objects.count()

    with CaptureQueriesContext(connection) as captured:
        pen.publish(second)

    written = {
        query["sql"].split('"')[1]
        for query in captured.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    assert {table for table in written if not table.startswith("audit")} <= {
        "frameworks_frameworkversion",
        "frameworks_frameworkchange",
    }
    assert Event.objects.count() == before + 1


def test_the_database_refuses_a_change_without_a_reason(second):
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkChange.objects.create(version=second, lineage=uuid4(), fate="removed")
    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkChange.objects.create(version=second, lineage=uuid4(), fate="removed", reason="x", is_editorial=True)
