# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid
from html import unescape
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.agreements import actions
from samspil.agreements.actions.drafting import OwnTask, SentPage, SentText, fingerprint
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.content import contents_of, version_content
from samspil.agreements.differences import ADDED, CHANGED, REMOVED, Clause, difference_blocks, differences
from samspil.agreements.models import AgreementVersion, Section
from samspil.frameworks.queries import principles
from tests.reads import reads

NO = dict.fromkeys(QUESTION_NAMES, False)
EMPTY = {"basis": "leader", "common": [], "sections": {}, "local_principles": [], "tasks": []}


def a_task(**changed):
    return {
        "lineage": str(uuid.UUID(int=1)),
        "type": "",
        "title": "Læse højt",
        "not_part": "Pleje",
        "added_value": "Tid",
        "boundary": "supplement",
        "answers": NO,
        "when_and_where": "",
        "responsibility": "",
        **changed,
    }


def told(old, new):
    """Return what differs, as (heading, what happened, title, its clauses)."""
    with override("en"):
        return [
            (part.heading, found.how, found.title, [(c.label, c.old, c.new) for c in found.clauses])
            for part in differences({**EMPTY, **old}, {**EMPTY, **new})
            for found in part.differences
        ]


@pytest.fixture
def next_version(cast, in_force, on, at):
    """A draft that is a copy of what is in force, with its texts not yet changed."""
    return actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


@pytest.fixture
def rewrite(cast, at):
    """Write a section of the draft anew."""

    def step(version, kind, text):
        section = Section.objects.get(version=version, kind=kind)
        sent = SentText(text, section.revision, fingerprint(section.text))
        actions.save_page(version=version, page=SentPage(texts={kind: sent}), actor=cast.lene, at=at)

    return step


# The function


@pytest.mark.requirement("R53.difference")
def test_sections_are_added_removed_and_changed():
    old = {"sections": {"purpose": "Nærvær.", "places": "I haven."}}
    new = {"sections": {"purpose": "Mere nærvær.", "customs": "Vi hilser."}}

    assert told(old, new) == [
        ("Texts", CHANGED, "What does it give the citizen?", [("", "Nærvær.", "Mere nærvær.")]),
        ("Texts", ADDED, "Our customs", [("", "", "Vi hilser.")]),
        ("Texts", REMOVED, "Where and when", [("", "I haven.", "")]),
    ]


@pytest.mark.requirement("R53.difference")
def test_a_task_is_known_by_its_lineage_whatever_it_is_called():
    old = {"tasks": [a_task()]}
    new = {"tasks": [a_task(title="Højtlæsning", boundary="doubt", answers={**NO, "money_or_keys": True})]}

    ((heading, how, title, clauses),) = told(old, new)

    assert (heading, how, title) == ("Tasks", CHANGED, "Højtlæsning")
    assert clauses == [
        ("Task", "Læse højt", "Højtlæsning"),
        ("Boundary", "supplement", "doubt"),
        ("Does it need a citizen's money or the keys to their home?", "No", "Yes"),
    ]


def test_a_task_that_was_taken_out_and_put_in_again_has_not_changed():
    assert told({"tasks": [a_task()]}, {"tasks": [a_task(lineage=str(uuid.UUID(int=2)))]}) == []


def test_new_and_gone_tasks_show_what_they_are_without_the_questions():
    words = [("Not part of the task", "Pleje"), ("What it adds", "Tid")]
    boundary = ("Boundary", "supplement")

    assert told({}, {"tasks": [a_task()]}) == [
        ("Tasks", ADDED, "Læse højt", [(name, "", text) for name, text in (*words, boundary)])
    ]
    assert told({"tasks": [a_task()]}, {}) == [
        ("Tasks", REMOVED, "Læse højt", [(name, text, "") for name, text in (*words, boundary)])
    ]


def test_common_texts_local_principles_and_the_basis_are_compared_too():
    one, two = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))
    own = {"lineage": one, "builds_on": two, "text": "Vi hilser.", "how": "Ved døren."}
    old = {
        "common": [{"lineage": one, "text": "Åbenhed"}, {"lineage": two, "text": "Tillid"}],
        "local_principles": [own],
    }
    new = {
        "common": [{"lineage": one, "text": "Åbenhed og ro"}, {"lineage": str(uuid.UUID(int=9)), "text": "Tillid"}],
        "local_principles": [{**own, "how": "Altid."}],
        "basis": "section_8",
    }

    assert told(old, new) == [
        ("Common to all workplaces", CHANGED, "", [("", "Åbenhed", "Åbenhed og ro")]),
        ("Our own principles", CHANGED, "", [("How", "Ved døren.", "Altid.")]),
        (
            "What gives it its force",
            CHANGED,
            "Basis",
            [("", "the leader's decision after discussion", "MED agreement under § 8")],
        ),
    ]


def test_changed_words_are_marked_and_the_others_are_not():
    clause = Clause("", "Vi drikker kaffe om tirsdagen.", "Vi drikker te og kaffe om tirsdagen.")

    assert [word.text for word in clause.new_words if word.is_marked] == ["te og "]
    assert [word.text for word in clause.old_words if word.is_marked] == []


def test_another_text_altogether_is_marked_as_a_whole():
    clause = Clause("", "Bank på, når du kommer.", "Vi siger godmorgen, og når vi går, siger vi farvel.")

    assert [word.is_marked for word in (*clause.old_words, *clause.new_words)] == [True, True]


def test_other_spaces_are_no_other_words():
    clause = Clause("", "Vi hilser.  Altid.", "Vi hilser.\nAltid.")

    assert [word.is_marked for word in (*clause.old_words, *clause.new_words)] == [False, False]


texts = st.text(alphabet="ab \næ", max_size=60)


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_nothing_is_lost_or_made_up_when_words_are_marked(old, new):
    clause = Clause("", old, new)

    assert "".join(word.text for word in clause.old_words) == old
    assert "".join(word.text for word in clause.new_words) == new
    for words in (clause.old_words, clause.new_words):
        assert all(word.text for word in words)
        assert all(a.is_marked != b.is_marked for a, b in pairwise(words)) or old.split() != new.split()
    if old.split() == new.split():
        assert not any(word.is_marked and word.text.strip() for word in (*clause.old_words, *clause.new_words))


def test_texts_made_to_take_long_take_no_time():
    clause = Clause("", "a b " * 2500, "b a " * 2500)

    assert "".join(word.text for word in clause.new_words) == clause.new


# Versions, the paper, the page


def test_a_copy_of_what_is_in_force_says_the_same(in_force, next_version):
    assert differences(version_content(in_force), version_content(next_version)) == ()


@pytest.mark.requirement("R61.difference")
def test_the_paper_says_what_has_changed_since_the_version_before(cast, next_version, rewrite, on, at):
    rewrite(next_version, "purpose", "Helt nye ord om nærvær.")
    was = Section.objects.get(version=next_version.copied_from, kind="purpose").text

    sent = actions.send_to_dialogue(version=next_version, actor=cast.lene, on=on, at=at)

    body = sent.dialogue.current_paper.body
    assert [annex["title"] for annex in body["attachments"]][1] == "Hvad er ændret siden 1. udgave"
    (block,) = [block for block in body["attachments"][1]["blocks"] if block["kind"] == "task"]
    assert block["label"] == "ændret"
    assert [list(pair) for pair in block["pairs"]] == [["Før", was], ["Nu", "Helt nye ord om nærvær."]]


@pytest.mark.requirement("R61.difference")
def test_what_is_corrected_at_the_table_stands_in_the_next_paper(cast, next_version, on, at):
    sent = actions.send_to_dialogue(version=next_version, actor=cast.lene, on=on, at=at)
    (nothing,) = sent.dialogue.current_paper.body["attachments"][1]["blocks"]
    assert nothing["text"] == "Intet er ændret siden 1. udgave."

    actions.add_task(version=sent, task=OwnTask("Cykle", "Gangtræning", "Luft", NO), actor=cast.lene, at=at)

    blocks = AgreementVersion.objects.get(pk=sent.pk).dialogue.current_paper.body["attachments"][1]["blocks"]
    assert [(block["text"], block["label"]) for block in blocks] == [("Opgaver", ""), ("Cykle", "ny")]


def test_the_first_version_has_no_such_annex(at_the_table):
    assert len(at_the_table.dialogue.current_paper.body["attachments"]) == 1


def test_blocks_carry_every_difference_with_words_for_what_is_empty():
    with override("da"):
        parts = differences({**EMPTY, "tasks": [a_task()]}, {**EMPTY, "tasks": [a_task(when_and_where="Haven")]})
        (_heading, block) = difference_blocks(parts, 3)

    assert block.pairs == (("Hvornår og hvor, før", "(ingenting)"), ("Hvornår og hvor, nu", "Haven"))


@pytest.mark.requirement("R53.difference")
def test_the_page_shows_old_and_new_side_by_side(cast, next_version, rewrite, client_as, url):
    rewrite(next_version, "customs", "Vi hilser <script>alert(1)</script> ved døren.")
    was = Section.objects.get(version=next_version.copied_from, kind="customs").text

    page = client_as(cast.tove).get(url("agreement_differences", 2)).content.decode()

    assert "<script>alert" not in page
    assert "<ins>" in page
    assert "<del>" in page
    for word in was.split()[:3]:
        assert word in unescape(page)
    assert "fra 1. udgave til 2. udgave" in page


def test_any_two_versions_can_be_compared_and_nonsense_is_told(cast, next_version, client_as, url):
    client, address = client_as(cast.lene), url("agreement_differences", 1)

    assert "fra 1. udgave til 2. udgave" in client.get(address).content.decode()
    assert client.get(address, {"med": "2"}).status_code == 200
    for nonsense in ("", "1", "7", "x", "9" * 400, "-1", "²", "<script>"):
        answer = client.get(address, {"med": nonsense})
        assert answer.status_code == 422, nonsense
        assert "<script>" not in answer.content.decode()
    assert client.get(url("agreement_differences", 3)).status_code == 404


def test_a_single_version_has_nothing_to_compare_with(cast, draft, client_as, url):
    answer = client_as(cast.lene).get(url("agreement_differences", 1))

    assert "kun denne udgave" in answer.content.decode()


@pytest.mark.parametrize("who", ["ole", "frida", "joergen"])
def test_whoever_may_not_see_drafts_sees_no_differences(cast, next_version, client_as, url, who):
    assert client_as(getattr(cast, who)).get(url("agreement_differences", 2)).status_code == 404


def test_the_reading_page_links_to_what_has_changed(cast, next_version, client_as, url):
    page = client_as(cast.tove).get(url()).content.decode()

    assert f"{url('agreement_differences', 2)}?med=1" in page
    assert url("agreement_change") in client_as(cast.lene).get(url()).content.decode()


def test_what_is_compared_is_what_the_control_code_covers(cast, in_force, next_version, at):
    common = principles(next_version.framework)[0]
    own = {"builds_on": common.lineage, "text": "Vi lytter", "how": "Sådan"}
    actions.add_local_principle(version=next_version, **own, actor=cast.lene, at=at)
    actions.add_task(version=next_version, task=OwnTask("Opgave", "Pleje", "Tid", NO), actor=cast.lene, at=at)

    assert contents_of(in_force, next_version) == [version_content(in_force), version_content(next_version)]


ASKED = 7


def test_the_page_asks_a_fixed_number_of_queries(cast, next_version, client_as, url, at):
    client, address = client_as(cast.lene), url("agreement_differences", 2)
    assert reads(client, address) == ASKED

    common = principles(next_version.framework)[0]
    with_own = []
    for number in range(3):
        own = OwnTask(f"Opgave {number}", "Pleje", "Tid", NO)
        actions.add_task(version=next_version, task=own, actor=cast.lene, at=at)
        actions.add_local_principle(
            version=next_version, builds_on=common.lineage, text=f"Vi {number}", how="Sådan", actor=cast.lene, at=at
        )
        with_own.append(reads(client, address))

    assert with_own == [ASKED + 1] * 3
