# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal, StaleRevisionError, TransitionError
from samspil.frameworks import actions
from samspil.frameworks.actions import Wording
from samspil.frameworks.importing import DocumentError
from samspil.frameworks.models import Element, FrameworkVersion, Kind, SourceParagraph
from samspil.frameworks.queries import content_of, unplaced_paragraphs, version_in_force
from samspil.frameworks.states import State
from tests.frameworks.framework_cases import begin, of_kind, publish, texts


def wording_of(element: Element) -> Wording:
    return Wording(
        kind=element.kind,
        audience=element.audience,
        title=element.title,
        text=element.text,
        purpose=element.purpose,
        standing_question=element.standing_question,
        evaluation_question=element.evaluation_question,
    )


def words_of(version: FrameworkVersion) -> set[str]:
    """Every word that stands in an element or in a paragraph that is not placed."""
    held = [f"{element.title} {element.text}" for element in Element.objects.filter(version=version)]
    held += [paragraph.text for paragraph in unplaced_paragraphs(version)]
    return set(" ".join(held).split())


@pytest.mark.requirement("R2.structure")
@pytest.mark.requirement("R2.nothing_lost")
def test_an_imported_document_becomes_the_draft_with_every_paragraph(cast, at):
    version = begin(cast.hanne, at)

    assert version.state == State.DRAFT
    assert version.number == 1
    assert version.source_name == "ramme.md"
    assert texts(version, Kind.VALUE) == ["Åbenhed", "Nysgerrighed"]
    assert len(of_kind(version, Kind.PRINCIPLE)) == 3
    assert {element.audience for element in of_kind(version, Kind.GUIDELINE)} == {"leader"}
    assert SourceParagraph.objects.filter(version=version).count() > 8
    assert unplaced_paragraphs(version) == []


def test_a_second_draft_is_refused_in_words(cast, at):
    begin(cast.hanne, at)

    with pytest.raises(Refusal, match=r"draft|udkast"):
        begin(cast.hanne, at)
    with pytest.raises(Refusal):
        actions.use_model_framework(actor=cast.hanne, at=at)
    assert FrameworkVersion.objects.count() == 1


def test_the_database_refuses_two_drafts(cast, at):
    begin(cast.hanne, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        FrameworkVersion.objects.create(number=2, title="Nummer to", created_at=at)


def test_a_document_that_cannot_be_read_leaves_nothing(cast, at):
    with pytest.raises(DocumentError):
        actions.import_framework(content=b"\x00\x01\x02", filename="ramme.exe", actor=cast.hanne, at=at)

    assert FrameworkVersion.objects.count() == 0
    assert SourceParagraph.objects.count() == 0


def test_a_withdrawn_draft_makes_room_for_a_new_one(cast, at):
    draft = begin(cast.hanne, at)

    actions.withdraw_draft(version=draft, expected_revision=draft.revision, actor=cast.hanne, at=at)

    assert begin(cast.hanne, at).number == 2


def test_the_model_framework_can_be_published_as_it_is(cast, at, on):
    draft = actions.use_model_framework(actor=cast.hanne, at=at)

    publish(cast.hanne, at, on, version=draft)

    in_force = version_in_force(on)
    assert in_force == draft
    content = content_of(draft)
    assert content.values
    assert content.definitions
    assert content.principles
    assert content.guidelines


def test_editing_keeps_the_lineage_and_records_no_words(cast, at):
    draft = begin(cast.hanne, at)
    principle = of_kind(draft, Kind.PRINCIPLE)[2]

    edited = actions.edit_element(
        element=principle,
        wording=replace(wording_of(principle), text="Vi siger tak.", standing_question="Hvordan siger I tak?"),
        expected_revision=draft.revision,
        actor=cast.hanne,
        at=at,
    )

    assert edited.lineage == principle.lineage
    assert edited.text == "Vi siger tak."
    assert edited.version.revision == 2
    event = Event.objects.get(name="frameworks.element.edit")
    assert event.changes == {"lineage": str(principle.lineage), "kind": "principle", "audience": ""}


def test_two_who_edit_lose_nothing_and_see_both_texts(cast, at):
    draft = begin(cast.hanne, at)
    value = of_kind(draft, Kind.VALUE)[0]
    actions.edit_element(
        element=value, wording=Wording(kind="value", text="Mod"), expected_revision=1, actor=cast.hanne, at=at
    )

    with pytest.raises(StaleRevisionError) as stale:
        actions.edit_element(
            element=value, wording=Wording(kind="value", text="Ro"), expected_revision=1, actor=cast.hanne, at=at
        )

    assert [(item.mine, item.theirs, item.revision) for item in stale.value.conflicts] == [("Ro", "Mod", 2)]
    assert texts(draft, Kind.VALUE) == ["Mod", "Nysgerrighed"]


@pytest.mark.parametrize(
    "wording",
    [
        Wording(kind="guideline", text="Til hvem?"),
        Wording(kind="hvad", text="Ukendt"),
        Wording(kind="value", text="  "),
        Wording(kind="value", text="Ro", purpose="ukendt"),
    ],
    ids=["guideline for nobody", "unknown kind", "no text", "unknown purpose"],
)
def test_parts_that_cannot_be_are_refused(cast, at, wording):
    draft = begin(cast.hanne, at)

    with pytest.raises(Refusal):
        actions.add_element(version=draft, wording=wording, expected_revision=1, actor=cast.hanne, at=at)
    with pytest.raises(Refusal):
        actions.edit_element(
            element=of_kind(draft, Kind.VALUE)[0], wording=wording, expected_revision=1, actor=cast.hanne, at=at
        )


def test_a_part_of_another_kind_has_no_audience(cast, at):
    draft = begin(cast.hanne, at)
    guideline = of_kind(draft, Kind.GUIDELINE)[0]

    moved = actions.edit_element(
        element=guideline,
        wording=replace(wording_of(guideline), kind="commitment"),
        expected_revision=1,
        actor=cast.hanne,
        at=at,
    )

    assert (moved.kind, moved.audience) == ("commitment", "")


@pytest.mark.requirement("R2.nothing_lost")
def test_a_removed_part_leaves_its_paragraphs_unplaced(cast, at):
    draft = begin(cast.hanne, at)
    before = words_of(draft)
    value = of_kind(draft, Kind.VALUE)[0]

    actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)

    assert [paragraph.number for paragraph in unplaced_paragraphs(draft)] == value.sources
    assert words_of(draft) >= before


@pytest.mark.requirement("R2.nothing_lost")
def test_an_unplaced_paragraph_is_placed_where_it_stood(cast, at):
    draft = begin(cast.hanne, at)
    value = of_kind(draft, Kind.VALUE)[0]
    actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)
    number = value.sources[-1]

    placed = actions.place_paragraph(
        version=draft, number=number, kind="value", expected_revision=2, actor=cast.hanne, at=at
    )

    assert texts(draft, Kind.VALUE)[0] == placed.text
    assert number in placed.sources
    with pytest.raises(Refusal):
        actions.place_paragraph(
            version=draft, number=number, kind="value", expected_revision=3, actor=cast.hanne, at=at
        )


def test_a_split_shares_the_sources_and_nothing_is_lost_when_one_half_goes(cast, at):
    draft = begin(cast.hanne, at)
    before = words_of(draft)
    passage = next(item for item in of_kind(draft, Kind.PASSAGE) if "arbejdspladser. Den" in item.text)
    place = passage.text.index("Den er")

    first, second = actions.split_element(element=passage, place=place, expected_revision=1, actor=cast.hanne, at=at)

    assert first.text.endswith("arbejdspladser.")
    assert second.text.startswith("Den er til for borgerne.")
    assert first.lineage != second.lineage
    actions.remove_element(element=second, expected_revision=2, actor=cast.hanne, at=at)
    assert words_of(draft) >= before


@pytest.mark.requirement("R2.nothing_lost")
def test_a_word_taken_from_a_sentence_can_go_while_the_sentence_stands(cast, at):
    draft = begin(cast.hanne, at)
    passage = next(item for item in of_kind(draft, Kind.PASSAGE) if "Rammen gælder" in item.text)
    value = of_kind(draft, Kind.VALUE)[0]
    Element.objects.filter(pk=value.pk).update(sources=[*value.sources, *passage.sources])

    actions.remove_element(element=value, expected_revision=1, actor=cast.hanne, at=at)

    assert [paragraph.number for paragraph in unplaced_paragraphs(draft)] == value.sources


@pytest.mark.parametrize("place", [0, -3, 10_000])
def test_a_split_at_no_place_is_refused(cast, at, place):
    draft = begin(cast.hanne, at)

    with pytest.raises(Refusal):
        actions.split_element(
            element=of_kind(draft, Kind.VALUE)[0], place=place, expected_revision=1, actor=cast.hanne, at=at
        )


def test_a_merge_keeps_every_word_and_source(cast, at):
    draft = begin(cast.hanne, at)
    before = words_of(draft)
    one, two, _ = of_kind(draft, Kind.PRINCIPLE)

    merged = actions.merge_with_next(element=one, expected_revision=1, actor=cast.hanne, at=at)

    assert merged.text == f"{one.text} {two.text}"
    assert merged.lineage == one.lineage
    assert merged.sources == sorted({*one.sources, *two.sources})
    assert words_of(draft) >= before


def test_the_last_of_a_kind_has_nothing_to_merge_with(cast, at):
    draft = begin(cast.hanne, at)

    with pytest.raises(Refusal):
        actions.merge_with_next(
            element=of_kind(draft, Kind.PRINCIPLE)[-1], expected_revision=1, actor=cast.hanne, at=at
        )


def test_a_part_moves_among_its_own_kind(cast, at):
    draft = begin(cast.hanne, at)
    one, two = of_kind(draft, Kind.VALUE)

    actions.move_element(element=two, direction="up", expected_revision=1, actor=cast.hanne, at=at)
    assert of_kind(draft, Kind.VALUE) == [two, one]
    actions.move_element(element=two, direction="down", expected_revision=2, actor=cast.hanne, at=at)
    assert of_kind(draft, Kind.VALUE) == [one, two]
    actions.move_element(element=one, direction="up", expected_revision=3, actor=cast.hanne, at=at)
    assert of_kind(draft, Kind.VALUE) == [one, two]


def _every_write(version, *, element, actor, at, on, revision):
    wording = Wording(kind="value", text="Ændret")
    whole = {"version": version, "expected_revision": revision, "actor": actor, "at": at}
    part = {"element": element, "expected_revision": revision, "actor": actor, "at": at}
    return [
        lambda: actions.set_title(title="Ny", **whole),
        lambda: actions.withdraw_draft(**whole),
        lambda: actions.publish_version(in_force_from=on, on=on, **whole),
        lambda: actions.add_element(wording=wording, **whole),
        lambda: actions.place_paragraph(number=1, kind="value", **whole),
        lambda: actions.bring_back_element(lineage=element.lineage, **whole),
        lambda: actions.edit_element(wording=wording, **part),
        lambda: actions.remove_element(**part),
        lambda: actions.move_element(direction="down", **part),
        lambda: actions.merge_with_next(**part),
        lambda: actions.split_element(place=3, **part),
    ]


def _frozen(version):
    fields = ("number", "state", "title", "revision", "content_sha256", "in_force_from")
    row = FrameworkVersion.objects.values_list(*fields).get(pk=version.pk)
    return row, list(Element.objects.filter(version=version).values())


@pytest.mark.requirement("R1.in_force")
def test_a_published_text_never_changes(cast, at, on):
    version = publish(cast.hanne, at, on)
    before = _frozen(version)

    for write in _every_write(
        version, element=of_kind(version, Kind.VALUE)[0], actor=cast.hanne, at=at, on=on, revision=version.revision
    ):
        with pytest.raises(Refusal):
            write()

    assert _frozen(version) == before


def test_an_old_page_changes_nothing(cast, at, on):
    draft = begin(cast.hanne, at)
    actions.set_title(version=draft, title="Ny titel", expected_revision=1, actor=cast.hanne, at=at)
    before = _frozen(draft)

    for write in _every_write(draft, element=of_kind(draft, Kind.VALUE)[0], actor=cast.hanne, at=at, on=on, revision=1):
        with pytest.raises(StaleRevisionError):
            write()

    assert _frozen(draft) == before


def test_publishing_twice_publishes_once(cast, at, on):
    draft = begin(cast.hanne, at)
    publish(cast.hanne, at, on, version=draft)

    with pytest.raises((Refusal, TransitionError)):
        publish(cast.hanne, at, on, version=draft)

    assert Event.objects.filter(name="frameworks.version.publish").count() == 1


def in_threads(municipality, *steps):
    """Take each step on a connection of its own, all at once; return what each gave or how it was refused."""
    start = threading.Barrier(len(steps))
    answers = []

    def take(step):
        try:
            start.wait(timeout=10)
            with tenancy.scope(municipality.pk):
                answers.append(step())
        except Refusal:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_wins_and_one_is_told(cast, at, on):
    (draft,) = in_threads(cast.municipality, lambda: begin(cast.hanne, at))

    def press_publish():
        return publish(cast.hanne, at, on, version=draft).state

    answers = in_threads(cast.municipality, press_publish, press_publish)

    assert sorted(answers) == ["published", "refused"]
    assert Event.objects.filter(name="frameworks.version.publish").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_wins_and_one_is_told(cast, at):
    def press_import():
        return begin(cast.hanne, at).state

    answers = in_threads(cast.municipality, press_import, press_import)

    assert sorted(answers) == ["draft", "refused"]
    assert FrameworkVersion.objects.count() == 1


def test_every_write_records_who_did_it(cast, at, on):
    draft = begin(cast.hanne, at)
    publish(cast.hanne, at, on, version=draft)

    names = list(Event.objects.filter(name__startswith="frameworks.").values_list("name", "capacity__person"))
    assert names == [("frameworks.version.import", "Hanne Skov"), ("frameworks.version.publish", "Hanne Skov")]
