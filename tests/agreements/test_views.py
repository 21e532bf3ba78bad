# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid
from html import unescape

import pytest

from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import template_for
from samspil.agreements.models import LocalPrinciple, Task
from samspil.agreements.queries import contact_persons
from samspil.frameworks.models import Element
from tests.reads import reads

NO = dict.fromkeys(QUESTION_NAMES, "no")
OWN_TASK = {"title": "Reparere cykler", "not_part": "Indkøb", "added_value": "Værkstedet er åbent", **NO}


def read(response):
    return unescape(response.content.decode())


# Before there is anything ---------------------------------------------------------------------------------------------


@pytest.mark.requirement("R42.agreement")
@pytest.mark.requirement("R3")
def test_an_agreement_begins_with_the_common_principles_and_one_button(cast, framework, client_as, url):
    response = client_as(cast.lene).get(url())

    for element in Element.objects.filter(version=framework, kind__in=["principle", "value", "definition"]):
        assert element.text in read(response)
    assert url("begin_agreement") in read(response)


def test_begin_opens_a_draft_and_shows_it(cast, framework, client_as, url):
    response = client_as(cast.lene).post(url("begin_agreement"), follow=True)

    assert response.status_code == 200
    assert template_for("care_home").texts["purpose"] in read(response)


def test_without_a_framework_the_page_says_who_publishes_it(cast, client_as, url):
    response = client_as(cast.lene).get(url())

    assert response.status_code == 200
    assert "HR/MED" in read(response)
    assert url("begin_agreement") not in read(response)


def test_an_employee_is_told_that_it_has_not_begun(cast, framework, client_as, url):
    response = client_as(cast.tove).get(url())

    assert response.status_code == 200
    assert url("begin_agreement") not in read(response)


def test_the_page_is_sent_to_its_own_address_so_that_the_answer_is_read_from_the_top(cast, draft, client_as, url):
    page = read(client_as(cast.lene).get(url()))

    assert f'<form id="agreement-form" method="post" action="{url()}"' in page


# Who ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["frida", "joergen", "ole"])
def test_who_cannot_see_the_workplace_is_told_nothing(cast, draft, client_as, url, who):
    assert client_as(getattr(cast, who)).get(url()).status_code == 404


def test_the_other_municipality_finds_nothing(cast, in_force, other_municipality, client_as, url):
    client = client_as(other_municipality.kaj)

    for name, args in (("agreement", []), ("agreement_version", [1]), ("agreement_pdf", [1]), ("add_task", [])):
        assert client.get(url(name, *args)).status_code == 404


@pytest.mark.parametrize("who", ["tove", "karim", "hanne", "dorte"])
def test_colleagues_read_the_draft_and_do_not_write_it(cast, draft, client_as, url, filled, text_of, who):
    client = client_as(getattr(cast, who))
    before = text_of(draft, "purpose")

    assert before in read(client.get(url()))
    assert "<textarea" not in read(client.get(url()))
    refused = client.post(url(), filled(draft, purpose="Andet"))

    assert refused.status_code == 403
    assert text_of(draft, "purpose") == before


@pytest.mark.parametrize("name", ["begin_agreement", "amend_agreement", "add_task", "add_principle", "adopt_agreement"])
def test_a_step_that_is_not_yours_says_whose_it_is(cast, draft, client_as, url, name):
    response = client_as(cast.tove).post(url(name))

    assert response.status_code == 403
    assert str(response.context["who"]) in read(response)


def test_without_login_one_is_asked_to_log_in(anonymous, cast, draft, url):
    assert anonymous.get(url()).status_code == 302


# Writing --------------------------------------------------------------------------------------------------------------


def test_the_page_is_saved_as_a_whole(cast, draft, client_as, url, filled, text_of, titles, on):
    code = template_for("care_home").tasks[4].code
    tove = str(cast.tove.user_id)
    sent = filled(draft, purpose="Glæde til frokost", tasks=[code], contacts=[tove])

    response = client_as(cast.lene).post(url(), sent)

    assert response.status_code == 302
    assert text_of(draft, "purpose") == "Glæde til frokost"
    assert titles(draft) == [template_for("care_home").tasks[4].title]
    assert [row.user_id for row in contact_persons(draft.agreement, on)] == [cast.tove.user_id]


def test_the_same_form_sent_twice_does_it_once(cast, draft, client_as, url, titles):
    client = client_as(cast.lene)
    sent = {**OWN_TASK, "submission": str(uuid.uuid4())}

    first, second = client.post(url("add_task"), sent), client.post(url("add_task"), sent)

    assert first.status_code == second.status_code == 302
    assert titles(draft).count("Reparere cykler") == 1


def test_two_in_one_section_are_both_shown_and_nothing_is_lost(cast, draft, client_as, url, filled, text_of):
    client = client_as(cast.lene)
    first, second = (
        filled(draft, purpose="Den ene tekst"),
        filled(draft, purpose="Den anden tekst", customs="Nye skikke"),
    )
    client.post(url(), first)

    refused = client.post(url(), second)

    assert refused.status_code == 409
    assert "Den ene tekst" in read(refused)
    assert "Den anden tekst</textarea>" in read(refused)
    assert "Nye skikke</textarea>" in read(refused)
    assert text_of(draft, "purpose") == "Den ene tekst"


def test_who_has_seen_both_texts_may_overwrite(cast, draft, client_as, url, filled, text_of):
    client = client_as(cast.lene)
    first, second = filled(draft, purpose="Den ene tekst"), filled(draft, purpose="Den anden tekst")
    client.post(url(), first)
    form = client.post(url(), second).context["form"]
    shown = {"revision_purpose": form.shown["purpose"].revision, "was_purpose": form.shown["purpose"].was}

    again = client.post(url(), {**second, **shown})

    assert again.status_code == 302
    assert text_of(draft, "purpose") == "Den anden tekst"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\x00Skjult\x00", "Skjult"),
        ("\u202eVendt om", "Vendt om"),
        ("Halvt \ud83d tegn".encode("utf-8", "replace").decode(), "Halvt ? tegn"),
        ("  To\r\nlinjer  ", "To\nlinjer"),
    ],
)
def test_any_text_is_stored_as_text(cast, draft, client_as, url, filled, text_of, sent, kept):
    client = client_as(cast.lene)

    response = client.post(url(), filled(draft, purpose=sent), follow=True)

    assert response.status_code == 200
    assert text_of(draft, "purpose") == kept
    assert "<script>alert" not in response.content.decode()


def test_a_text_that_is_too_long_is_given_back(cast, draft, client_as, url, filled, text_of):
    before = text_of(draft, "purpose")

    response = client_as(cast.lene).post(url(), filled(draft, purpose="ordet " * 1000, customs="Nye skikke"))

    assert response.status_code == 422
    assert "ordet " * 900 in read(response)
    assert "Nye skikke</textarea>" in read(response)
    assert text_of(draft, "purpose") == before


def test_ten_megabytes_are_too_much_and_no_fault(cast, draft, client_as, url, text_of):
    before = text_of(draft, "purpose")

    assert client_as(cast.lene).post(url(), {"purpose": "x" * 10_000_000}).status_code == 413
    assert text_of(draft, "purpose") == before


def test_a_cpr_number_is_refused_and_the_words_kept(cast, draft, client_as, url, filled, text_of):
    response = client_as(cast.lene).post(url(), filled(draft, customs="Ring til Ella, 010230-1234"))

    assert response.status_code == 422
    assert "010230-1234</textarea>" in read(response)
    assert "010230" not in text_of(draft, "customs")


@pytest.mark.parametrize("garbage", ["", "x", "-1", "٣", "9" * 400])
def test_a_revision_that_nobody_was_shown_counts_as_a_conflict(cast, draft, client_as, url, filled, garbage):
    response = client_as(cast.lene).post(url(), filled(draft, purpose="Ny tekst", revision_purpose=garbage))

    assert response.status_code == 409
    assert "Ny tekst</textarea>" in read(response)


def test_a_field_that_was_not_sent_is_left_alone(cast, draft, client_as, url, text_of, titles):
    before, tasks = text_of(draft, "customs"), titles(draft)

    client_as(cast.lene).post(url(), {"intent": "save"})

    assert (text_of(draft, "customs"), titles(draft)) == (before, tasks)


def test_somebody_elses_employees_cannot_be_named(cast, draft, client_as, url, filled, on):
    sent = filled(draft, contacts=[str(cast.ole.user_id), "x", "9" * 50])

    response = client_as(cast.lene).post(url(), sent)

    assert response.status_code == 302
    assert [row.user_id for row in contact_persons(draft.agreement, on)] == []


# While one types ------------------------------------------------------------------------------------------------------


def test_the_browser_is_told_when_it_was_saved_and_what_now_stands(cast, draft, client_as, url, filled, text_of):
    client = client_as(cast.lene)
    answer = client.post(url("autosave_agreement"), filled(draft, purpose="Undervejs")).json()

    assert answer["saved_at"] == "12.00"
    assert text_of(draft, "purpose") == "Undervejs"
    again = client.post(url("autosave_agreement"), {**filled(draft), **answer["fields"], "purpose": "Undervejs igen"})
    assert again.status_code == 200
    assert text_of(draft, "purpose") == "Undervejs igen"


def test_an_autosave_overwrites_nobody(cast, draft, client_as, url, filled, text_of):
    client = client_as(cast.lene)
    first, second = filled(draft, purpose="Den ene"), filled(draft, purpose="Den anden")
    client.post(url("autosave_agreement"), first)

    answer = client.post(url("autosave_agreement"), second)

    assert answer.status_code == 409
    assert answer.json()["message"]
    assert text_of(draft, "purpose") == "Den ene"


def test_an_autosave_that_cannot_be_read_says_so(cast, draft, client_as, url, filled):
    answer = client_as(cast.lene).post(url("autosave_agreement"), filled(draft, purpose="x" * 6000))

    assert answer.status_code == 422
    assert answer.json()["message"]


def test_an_autosave_does_not_reach_the_table(cast, at_the_table, client_as, url, filled):
    assert client_as(cast.lene).post(url("autosave_agreement"), filled(at_the_table)).status_code == 404


# Tasks and principles of one's own ------------------------------------------------------------------------------------


@pytest.mark.requirement("R15.agreement")
@pytest.mark.requirement("R48.agreement")
@pytest.mark.parametrize("question", ["law_or_authorisation", "medicine_or_case_file"])
def test_a_core_task_is_refused_on_the_page_with_why_and_what_instead(cast, draft, client_as, url, titles, question):
    response = client_as(cast.lene).post(url("add_task"), {**OWN_TASK, question: "yes"})

    assert response.status_code == 422
    reason = response.context["refused"].reasons[0]
    assert str(reason.because) in read(response)
    assert str(reason.instead) in read(response)
    assert 'value="Reparere cykler"' in read(response)
    assert "Reparere cykler" not in titles(draft)


@pytest.mark.requirement("R16.added_value")
def test_a_doubt_is_added_and_marked_to_be_discussed(cast, draft, client_as, url):
    response = client_as(cast.lene).post(url("add_task"), {**OWN_TASK, "money_or_keys": "yes"}, follow=True)

    assert Task.objects.get(version=draft, title="Reparere cykler").boundary == "doubt"
    assert response.context["page"].own_tasks[0].is_doubt


@pytest.mark.requirement("R48.agreement")
@pytest.mark.parametrize("question", QUESTION_NAMES)
def test_every_question_must_be_answered(cast, draft, client_as, url, titles, question):
    response = client_as(cast.lene).post(url("add_task"), {**OWN_TASK, question: ""})

    assert response.status_code == 422
    form = response.context["form"]
    ((told,),) = form.errors.values()
    assert str(form.fields[question].label).startswith(told.removeprefix("Svar ja eller nej: ").removesuffix(" …"))
    assert "Reparere cykler" not in titles(draft)


def test_a_task_of_ones_own_can_be_removed_without_losing_what_was_written(
    cast, draft, client_as, url, filled, text_of, titles
):
    client = client_as(cast.lene)
    client.post(url("add_task"), OWN_TASK)
    task = Task.objects.get(version=draft, title="Reparere cykler")

    client.post(url(), filled(draft, intent=f"remove-task:{task.pk}", purpose="Skrevet imens"))

    assert "Reparere cykler" not in titles(draft)
    assert text_of(draft, "purpose") == "Skrevet imens"


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999999999", "-1"])
def test_a_key_of_nothing_removes_nothing(cast, draft, client_as, url, filled, titles, key):
    before = titles(draft)

    assert client_as(cast.lene).post(url(), filled(draft, intent=f"remove-task:{key}")).status_code == 302
    assert titles(draft) == before


@pytest.mark.requirement("R22.place_and_time")
@pytest.mark.requirement("R40.agreement")
def test_a_task_says_when_where_and_who_does_what(cast, draft, client_as, url, filled):
    client = client_as(cast.lene)
    task = Task.objects.filter(version=draft).first()
    assert client.post(url(), filled(draft, intent=f"task:{task.pk}")).headers["Location"] == url(
        "task_details", task.pk
    )
    sent = {"when_and_where": "Tirsdag kl. 14 i dagligstuen", "responsibility": "Vi henter beboerne, I læser."}

    assert client.post(url("task_details", task.pk), {**sent, "when_and_where": "x" * 201}).status_code == 422
    assert client.post(url("task_details", task.pk), sent).status_code == 302

    page = read(client_as(cast.tove).get(url()))
    assert "Tirsdag kl. 14 i dagligstuen" in page
    assert "Vi henter beboerne, I læser." in page


def test_a_task_of_another_version_is_not_found(cast, in_force, client_as, url):
    old = Task.objects.filter(version=in_force).first()
    client = client_as(cast.lene)

    assert client.get(url("task_details", old.pk)).status_code == 404
    client.post(url("begin_agreement"))
    assert client.get(url("task_details", old.pk)).status_code == 404


@pytest.mark.requirement("R45.agreement")
def test_a_principle_of_ones_own_builds_on_a_common_one(cast, draft, framework, client_as, url, filled):
    client = client_as(cast.lene)
    common = Element.objects.filter(version=framework, kind="principle").first()
    sent = {"builds_on": str(common.lineage), "text": "Vi spiser sammen", "how": "Så lærer vi hinanden at kende"}

    assert client.post(url("add_principle"), {**sent, "builds_on": str(uuid.uuid4())}).status_code == 422
    assert client.post(url("add_principle"), {**sent, "how": ""}).status_code == 422
    assert client.post(url("add_principle"), sent).status_code == 302

    own = LocalPrinciple.objects.get(version=draft)
    assert common.text in read(client.get(url()))
    client.post(url(), filled(draft, intent=f"remove-principle:{own.pk}"))
    assert not LocalPrinciple.objects.filter(version=draft).exists()


@pytest.mark.requirement("R44.agreement")
def test_the_form_cannot_change_what_is_common(cast, draft, framework, client_as, url, filled):
    before = list(Element.objects.filter(version=framework).values_list("text", flat=True))
    common = Element.objects.filter(version=framework, kind="principle").first()

    sent = filled(draft, **{f"element_{common.pk}": "Andet", str(common.lineage): "Andet"})
    client_as(cast.lene).post(url(), sent)

    assert list(Element.objects.filter(version=framework).values_list("text", flat=True)) == before


@pytest.mark.requirement("R47.marked")
def test_words_that_are_still_the_templates_are_marked(cast, draft, client_as, url, filled):
    client = client_as(cast.lene)
    client.post(url(), filled(draft, purpose="Vores egne ord"))

    rows = client.get(url()).context["rows"]

    assert (rows["purpose"].is_borrowed, rows["customs"].is_borrowed) == (False, True)


# How much a page asks -------------------------------------------------------------------------------------------------


# Four of them are the frame's: session, login, and the chosen capacity.
ASKED_TO_WRITE = 12
ASKED_TO_READ = 9
ASKED_AT_THE_TABLE = 10


def test_pages_ask_a_fixed_number_of_queries(cast, draft, client_as, url, filled):
    leader, colleague = client_as(cast.lene), client_as(cast.tove)
    assert reads(leader, url()) == ASKED_TO_WRITE
    assert reads(colleague, url()) == ASKED_TO_READ

    for number in range(3):
        leader.post(url("add_task"), {**OWN_TASK, "title": f"Opgave {number}", "money_or_keys": "yes"})

    assert reads(leader, url()) == ASKED_TO_WRITE
    assert reads(colleague, url()) == ASKED_TO_READ
    leader.post(url(), filled(draft, intent="send"), follow=True)
    assert reads(leader, url()) == ASKED_AT_THE_TABLE
