# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The pages on which a workplace meets a new edition of the framework (R53)."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from lxml import html

from samspil.agreements import actions
from samspil.agreements.disposition_models import Disposition
from samspil.agreements.models import AgreementVersion, LocalPrinciple
from samspil.agreements.update_stages import Stage
from samspil.agreements.updates import update_of
from samspil.config.story import discuss, publish_model_framework, write_draft
from samspil.frameworks.models import Kind
from samspil.workspace.queries import todos
from tests.editions import Editor, lineages, own_principle
from tests.reads import reads

pytestmark = pytest.mark.requirement("R53.succession")

REWORDED = "Frivillige lægger altid noget oven i."


@pytest.fixture
def framework(cast, on, at):
    """Edition 1, ten days ago: the clock of the pages stands at the cast's day."""
    day = on - timedelta(days=10)
    return publish_model_framework(administrator=replace(cast.hanne, on=day), on=day, at=at - timedelta(days=10))


@pytest.fixture
def own(cast, framework, body, on, at):
    """An agreement in force with an own principle on each of the first two common ones."""
    version = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    for number, lineage in enumerate(lineages(framework)[:2]):
        text = own_principle(lineage, f"Vores eget {number}.")
        actions.add_local_principle(version=version, **text, actor=cast.lene, at=at)
    sent = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)


@pytest.fixture
def publish(cast, framework, on, at):
    """Publish edition 2: the first principle worded anew, the second gone, a guideline worded anew, one editorial."""

    def do():
        editor = Editor(cast.hanne, on, at)
        first, gone, spelled = lineages(framework)[:3]
        editor.reword(first, REWORDED)
        editor.remove(gone)
        editor.reword(lineages(framework, Kind.GUIDELINE)[0], "Sæt god tid af.")
        editor.reword(spelled, f"{editor.part(spelled).text}!", fate="editorial")
        return editor.publish()

    return do


def words(answer):
    return " ".join(unescape(answer.content.decode()).split())


def choices(page, lineage):
    """Return what can be chosen about a change."""
    return html.fromstring(page).xpath(f"//input[@name='{field(lineage, 'stand')}']/@value")


def field(lineage, name):
    return f"c{lineage.hex}-{name}"


def test_what_is_in_force_shows_the_old_words_and_what_applies_now(cast, own, publish, framework, client_as, url):
    old = own.framework.elements.get(lineage=lineages(framework)[0]).text
    client = client_as(cast.mia)
    assert "har været gældende siden" not in words(client.get(url()))

    publish()

    page = words(client.get(url()))
    assert "Værdirammens 2. udgave har været gældende siden 23. november 2026" in page
    assert old in page
    assert "<strong>Det gælder nu:</strong>" in page
    assert "<strong>Det gælder ikke længere:</strong>" in page
    assert reverse("update_agreement", args=["plejecenter-solbakken"]) in page


def test_the_open_page_says_it_too(cast, own, publish, anonymous):
    publish()
    page = words(anonymous.get(reverse("open_workplace", args=["eksempelby", "plejecenter-solbakken"])))
    assert "Værdirammens 2. udgave har været gældende siden 23. november 2026" in page
    assert reverse("open_framework_changes", args=["eksempelby", 2]) in page


def test_the_leader_sees_what_is_new_beside_own_text_and_answers_as_one_goes(
    cast, own, publish, framework, client_as, url
):
    publish()
    client, page = client_as(cast.lene), url("update_agreement")
    first, gone = lineages(framework)[:2]
    shown = words(client.get(page))
    assert "3 ændringer mangler svar" in shown
    assert "Vores eget 0." in shown
    assert "I den nye udgave af aftalen knytter du det til et andet, eller tager det ud." in shown
    assert "Én rettelse, som ikke betyder noget nyt" in shown
    assert choices(shown, gone) == ["revised", "exempted"]
    assert choices(shown, first) == ["no_effect", "revised", "kept", "exempted"]

    answer = client.post(page, {field(first, "stand"): "kept", field(first, "reason"): "Sådan gør vi."}, follow=True)

    shown = words(answer)
    assert "Det er gemt. Der er 2 tilbage." in shown
    assert "<strong>Vi beholder vores tekst</strong>: Sådan gør vi." in shown
    answer = client.post(page, {field(gone, "stand"): "revised", "laest": "1"}, follow=True)
    assert "Nu har du taget stilling til det hele." in words(answer)
    assert sorted(Disposition.objects.values_list("stand", flat=True)) == ["kept", "no_effect", "revised"]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"stand": "kept"}, "Skriv hvorfor."),
        ({"stand": "exempted", "reason": "Vi flytter."}, "Vælg den sidste dag, højst et år frem."),
        (
            {"stand": "exempted", "reason": "Vi flytter.", "until": "2029-01-01"},
            "Vælg den sidste dag, højst et år frem.",
        ),
        ({"stand": "kept", "reason": "Fru 010190-1234"}, "CPR"),
        ({"stand": "andet"}, "Vælg, hvad det betyder hos jer."),
    ],
)
def test_what_lacks_in_an_answer_is_told_and_nothing_is_lost(cast, own, publish, framework, client_as, url, sent, told):
    publish()
    first = lineages(framework)[0]
    answer = client_as(cast.lene).post(
        url("update_agreement"), {field(first, name): value for name, value in sent.items()}
    )
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert sent.get("reason", "") in words(answer)
    assert not Disposition.objects.exists()


def test_others_read_the_page_and_are_told_whose_it_is(cast, own, publish, framework, client_as, url):
    publish()
    client, page = client_as(cast.tove), url("update_agreement")
    shown = words(client.get(page))
    assert "Det gør den leder, der svarer for aftalen, eller stedfortræderen." in shown
    assert "<form id=" in shown
    assert 'type="radio"' not in shown
    answer = client.post(page, {field(lineages(framework)[0], "stand"): "no_effect"})
    assert answer.status_code == 403
    assert not Disposition.objects.exists()


def answer_all(client, page, update):
    sent = {
        field(here.change.lineage, "stand"): "revised" if here.loses_ties else "no_effect" for here in update.waiting
    }
    return client.post(page, sent, follow=True)


def test_where_text_is_to_be_written_a_draft_follows_and_the_tie_is_put_right(
    cast, own, publish, framework, client_as, url, on
):
    second = publish()
    client, page = client_as(cast.lene), url("update_agreement")
    shown = words(answer_all(client, page, update_of(own.agreement, on)))
    assert "Nu kommer et udkast, som bygger på værdirammens 2. udgave." in shown

    client.post(url("begin_agreement"))

    draft = AgreementVersion.objects.get(state="draft")
    assert draft.framework == second
    shown = words(client.get(url()))
    assert "Det, som princippet bygger på, står ikke længere i værdirammen." in shown
    lost = LocalPrinciple.objects.get(version=draft, text="Vores eget 1.")
    retie = url("retie_principle", lost.pk)
    assert client.get(retie).status_code == 200
    assert client.post(retie, {}).status_code == 422
    client.post(retie, {"builds_on": str(lineages(second)[0])})
    lost.refresh_from_db()
    assert lost.builds_on == lineages(second)[0]
    assert "En ny udgave af jeres aftale er på vej" in words(client.get(page))


def test_the_named_successor_is_suggested(cast, own, framework, client_as, url, on, at):
    editor = Editor(cast.hanne, on, at)
    new = editor.succeed([lineages(framework)[1]], "Vi siger til i god tid.")
    editor.publish()
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    lost = LocalPrinciple.objects.get(version=draft, text="Vores eget 1.")

    page = html.fromstring(words(client_as(cast.lene).get(url("retie_principle", lost.pk))))

    assert page.xpath("//input[@name='builds_on'][@checked]/@value") == [str(new[0])]


def test_where_no_text_is_to_be_written_one_press_lets_it_follow(cast, in_force, publish, client_as, url, on):
    publish()
    client, page = client_as(cast.lene), url("update_agreement")
    assert client.post(url("follow_edition")).status_code == 409
    shown = words(answer_all(client, page, update_of(in_force.agreement, on)))
    assert "Medarbejdersiden i MED får besked og har ti arbejdsdage" in shown

    answer = client.post(url("follow_edition"), follow=True)

    assert "Medarbejdersiden har fået besked. Gør ingen indsigelse, gælder den fra 8. december 2026." in words(answer)
    assert AgreementVersion.objects.get(state="announced").framework.number == 2
    assert client.get(url("follow_edition")).status_code == 302


def test_a_draft_shows_the_new_edition_and_can_be_moved(cast, draft, publish, client_as, url):
    publish()
    client = client_as(cast.lene)
    assert "Udkastet bygger på 1. udgave." in words(client.get(url()))
    assert "Skal den flyttes til værdirammens 2. udgave?" in words(client.get(url("switch_edition")))

    client.post(url("switch_edition"))

    draft.refresh_from_db()
    assert draft.framework.number == 2
    assert "Udkastet bygger på" not in words(client.get(url()))
    assert client.get(url("switch_edition")).status_code == 409


def test_the_leader_and_the_secretariat_have_it_on_their_lists(cast, own, publish, framework, client_as, url, on, at):
    assert "agreements.update" not in [todo.key for todo in todos(cast.lene)]
    publish()
    assert [todo.title for todo in todos(cast.lene) if todo.key == "agreements.update"] != []
    assert [todo.key for todo in todos(cast.hanne) if todo.key == "agreements.updates"] == ["agreements.updates"]
    assert "agreements.update" not in [todo.key for todo in todos(cast.ole)]

    answer_all(client_as(cast.lene), url("update_agreement"), update_of(own.agreement, on))
    assert [todo.key for todo in todos(cast.lene) if todo.key == "agreements.follow"] == ["agreements.follow"]
    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    keys = {todo.key for todo in todos(cast.lene)}
    assert keys.isdisjoint({"agreements.update", "agreements.follow"})
    assert update_of(own.agreement, on).stage == Stage.ON_THE_WAY


def test_a_page_without_an_update_says_so(cast, own, client_as, url):
    page = words(client_as(cast.lene).get(url("update_agreement")))
    assert "Jeres aftale bygger på den værdiramme, der gælder." in page


def test_the_page_costs_the_same_with_more_changes(cast, own, framework, publish, client_as, url, on, at):
    client, page = client_as(cast.lene), url("update_agreement")
    publish()
    few = reads(client, page)
    editor = Editor(cast.hanne, on + timedelta(days=1), at)
    for number in range(5):
        editor.add(f"Vi gør {number} ting.")
    editor.publish()
    assert (few, reads(client, page)) == (13, 13)
