# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What stopped a leader who had never seen Samspil, at a phone, with a quarter of an hour."""

from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import template_for
from samspil.agreements.models import Task
from samspil.agreements.queries import open_version
from samspil.agreements.sections import REGISTRY
from samspil.config.story import discuss
from samspil.frameworks.queries import principles
from samspil.med import actions as med
from samspil.med.corrections import corrections_of
from samspil.med.models import Form, Position, Side
from samspil.med.papers import Record, Said
from samspil.med.queries import members

NO = dict.fromkeys(QUESTION_NAMES, "no")
BATH = {
    "title": "Hjælpe i bad",
    "not_part": "Løft",
    "added_value": "Ro",
    **NO,
    "law_or_authorisation": "yes",
}
SAYS_WHOSE = "Stadig skabelonens ord, hvor der står ”uændret”."


def read(response):
    return unescape(response.content.decode())


def write_down(cast, dialogue, on, at):
    """Have it written down by the leader, and not yet confirmed."""
    agreed = {side: Said(Position.Stand.AGREE) for side in Side}
    seats = tuple(seat.pk for seat in members(dialogue.committee, on))
    said = Record(held_on=on, form=Form.MEETING, participants=seats, positions=agreed, conclusion="Drøftet.")
    sha256 = dialogue.current_paper.sha256
    med.record(dialogue=dialogue, record=said, expected_sha256=sha256, actor=cast.lene, at=at, on=on)


def before(text, first, second):
    """Say whether one piece of a page stands before another; both must be there."""
    return text.index(first) < text.index(second)


# Whose words ----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R47.marked")
@pytest.mark.parametrize("name", ["agreement", "agreement_preview"])
@pytest.mark.parametrize("who", ["lene", "tove"])
def test_whose_words_they_are_is_said_once_and_each_text_has_a_light_mark(cast, draft, client_as, url, name, who):
    page = read(client_as(getattr(cast, who)).get(url(name)))

    assert page.count("Stadig skabelonens ord") == 1
    assert SAYS_WHOSE in page
    assert page.count("Uændret") > 3


@pytest.mark.requirement("R47.marked")
def test_a_text_that_was_edited_loses_its_mark_while_one_types(cast, draft, client_as, url, filled):
    client = client_as(cast.lene)

    answer = client.post(url("autosave_agreement"), filled(draft, purpose="Vores egne ord")).json()["replace"]

    assert (answer["mark-purpose"], "Uændret" in answer["mark-customs"]) == ("", True)
    assert SAYS_WHOSE in answer["whose-words"]
    for place in ("whose-words", "mark-purpose", "mark-customs"):
        assert f'data-replace="{place}"' in read(client.get(url()))


@pytest.mark.requirement("R47.marked")
def test_nothing_is_said_about_whose_words_when_all_are_the_workplaces_own(cast, draft, client_as, url, filled):
    own = {kind: f"Vores egne ord om {kind}" for kind in REGISTRY}

    answer = client_as(cast.lene).post(url("autosave_agreement"), filled(draft, **own)).json()["replace"]

    assert {answer[place].strip() for place in answer if place == "whose-words" or place.startswith("mark-")} == {""}


@pytest.mark.requirement("R47.marked")
def test_what_is_in_force_has_no_marks(cast, in_force, client_as, url, client):
    opened = reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])

    for page in (read(client_as(cast.lene).get(url())), read(client.get(opened))):
        assert ("Uændret" in page, "Stadig skabelonens ord" in page) == (False, False)


# A task of one's own --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R15.agreement")
def test_what_stays_with_the_employees_stands_above_the_form(cast, draft, client_as, url):
    page = read(client_as(cast.lene).get(url("add_task")))

    for example in template_for("care_home").core_examples:
        assert before(page, f"<li>{example.title}</li>", 'id="task-form"')


@pytest.mark.requirement("R15.agreement")
def test_a_core_task_leads_on_to_what_volunteers_may_do_instead(cast, draft, client_as, url, titles):
    client = client_as(cast.lene)
    example = template_for("care_home").resembled(BATH["title"])

    refused = client.post(url("add_task"), BATH)
    begun = client.post(url("add_task"), {**BATH, "intent": "instead"})

    assert (refused.status_code, begun.status_code) == (422, 200)
    for page in (read(refused), read(begun)):
        assert example.instead in page
    assert 'value="instead"' in read(refused)
    assert begun.context["form"].initial == {"not_part": "Hjælpe i bad\nLøft"}
    assert "data-afresh" in read(begun)
    assert BATH["title"] not in titles(draft)


def test_instead_is_no_way_past_the_questions(cast, draft, client_as, url, titles):
    unanswered = client_as(cast.lene).post(url("add_task"), {**BATH, "money_or_keys": "", "intent": "instead"})

    assert unanswered.status_code == 422
    assert BATH["title"] not in titles(draft)


def test_an_unanswered_question_is_named_by_its_first_words(cast, draft, client_as, url):
    response = client_as(cast.lene).post(url("add_task"), {**NO, "law_or_authorisation": ""})

    form = response.context["form"]
    assert form.errors["law_or_authorisation"] == ["Svar ja eller nej: Kræver loven eller en afgørelse, at en …"]


# One stays where one is -----------------------------------------------------------------------------------------------


def test_saved_is_said_where_the_button_is(cast, draft, client_as, url, filled):
    client = client_as(cast.lene)

    saved = client.post(url(), filled(draft))

    assert saved.url == f"{url()}#saved"
    page = read(client.get(saved.url))
    assert (page.count("Det er gemt."), before(page, 'id="saved"', "Det er gemt.")) == (1, True)


def test_a_task_is_told_of_among_the_tasks(cast, draft, client_as, url, filled):
    client = client_as(cast.lene)

    added = client.post(url("add_task"), {**BATH, "title": "Så blomster", "law_or_authorisation": "no"})
    page = read(client.get(added.url))
    task = Task.objects.get(version=draft, title="Så blomster")
    removed = client.post(url(), filled(draft, intent=f"remove-task:{task.pk}"))

    assert added.url == removed.url == f"{url()}#tasks"
    assert before(page, 'id="tasks"', "”Så blomster” er tilføjet.")


@pytest.mark.parametrize(
    ("name", "place", "told"),
    [("conditions", "more", "Det er gemt."), ("add_principle", "own-principles", "Jeres eget princip er tilføjet.")],
)
def test_what_was_done_on_a_page_of_its_own_is_told_beside_its_fold(
    cast, draft, framework, client_as, url, name, place, told
):
    client = client_as(cast.lene)
    builds_on = str(principles(framework)[0].lineage)
    sent = {"builds_on": builds_on, "text": "Vi siger godmorgen.", "how": "Til alle.", "hours_leader": "", "meets": ""}

    answer = client.post(url(name), sent)

    assert answer.url == f"{url()}#{place}"
    page = read(client.get(answer.url))
    assert (before(page, 'id="agreement-form"', told), before(page, told, f'id="{place}"')) == (True, True)


def test_the_colleagues_can_be_asked_right_above_the_button_that_sends(cast, draft, client_as, url):
    page = read(client_as(cast.lene).get(url()))

    assert before(page, url("comment_round"), 'value="send"')


# What comes first -----------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(cast, draft, on, at):
    answers = {**dict.fromkeys(QUESTION_NAMES, False), "money_or_keys": True}
    task = actions.OwnTask("Handle ind", "Penge", "En tur ud", answers)
    actions.add_task(version=draft, task=task, actor=cast.lene, at=at)
    return Task.objects.get(version=draft, title="Handle ind")


@pytest.mark.requirement("R16.decision")
def test_a_doubt_is_marked_in_the_preview_and_nowhere_for_everybody(cast, doubtful, client_as, url):
    page = read(client_as(cast.lene).get(url("agreement_preview")))

    assert page.count("drøftes endnu") == 1
    assert before(page, "Handle ind", "drøftes endnu")


@pytest.mark.requirement("R16.decision")
def test_what_alone_stands_in_the_way_comes_first(cast, doubtful, client_as, url, on, at):
    client = client_as(cast.lene)
    sent = actions.send_to_dialogue(version=doubtful.version, actor=cast.lene, on=on, at=at)
    decide, discussion = url("decide_doubt", doubtful.pk), reverse("dialogue", args=[sent.dialogue.pk])
    page = read(client.get(url()))
    assert (before(page, discussion, decide), before(page, "når I har drøftet", decide)) == (True, True)

    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    page = read(client.get(url()))
    assert before(page, decide, discussion)
    assert page.partition("</main>")[0].count("button-primary") == 1

    actions.decide_boundary(task=doubtful, outcome="confirm", reason="Oven i", actor=cast.lene, at=at)
    assert before(read(client.get(url())), url("adopt_agreement"), discussion)


def test_poster_and_large_print_stand_on_top_of_what_is_in_force(cast, in_force, client_as, url):
    client = client_as(cast.lene)
    poster = reverse("open_poster", args=[cast.municipality.slug, cast.solbakken.slug])

    for page in (read(client.get(url())), read(client.get(reverse("workplace", args=[cast.solbakken.slug])))):
        for address in (poster, url("agreement_large_pdf", in_force.number)):
            assert before(page, address, reverse("leading", args=[cast.solbakken.slug]))
        assert "Hvem leder her, og hvem er stedfortræder?" in page


# At the table ---------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_the_way_to_correct_at_the_table_is_for_the_leader_whose_text_it_is(cast, at_the_table, client_as, url):
    for name in ("dialogue", "record_dialogue"):
        address = reverse(name, args=[at_the_table.dialogue.pk])

        assert f'href="{url("amend_agreement")}"' in read(client_as(cast.lene).get(address))
        for other in (cast.tove, cast.arne):
            assert url("amend_agreement") not in read(client_as(other).get(address))


@pytest.mark.requirement("R43.adoption")
def test_whoever_confirms_is_told_what_was_corrected_at_the_table(
    cast, at_the_table, client_as, url, filled, text_of, on, at
):
    was = text_of(at_the_table, "customs")
    client_as(cast.lene).post(url("amend_agreement"), filled(at_the_table, customs="Bank på."))
    dialogue = open_version(cast.solbakken.pk).dialogue
    write_down(cast, dialogue, on, at)

    page = read(client_as(cast.tove).get(reverse("confirm_dialogue", args=[dialogue.pk])))

    assert "Teksten blev rettet ved bordet" in page
    assert [(one.heading, one.gone, one.come) for one in corrections_of(dialogue)] == [
        ("Vores skikke", (was,), ("Bank på.",))
    ]
    assert before(page, "Bank på.</ins>", "Hvad blev der sagt?")


def test_nothing_is_said_of_corrections_where_there_were_none(cast, at_the_table, client_as, on, at):
    write_down(cast, at_the_table.dialogue, on, at)

    page = read(client_as(cast.tove).get(reverse("confirm_dialogue", args=[at_the_table.dialogue.pk])))

    assert "rettet ved bordet" not in page
