# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta
from html import unescape

import pytest
from django.utils import translation

from samspil.agreements import actions
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.models import AgreementVersion, BoundaryDecision, Task
from samspil.agreements.queries import open_version, todo_for, version_in_force
from samspil.config.story import discuss
from samspil.frameworks.models import Element
from samspil.frameworks.product_text import ONLY_VOLUNTEERS_QUESTION


def read(response):
    return unescape(response.content.decode())


# To the table and back ------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R13.agreement")
@pytest.mark.requirement("R50.agreement")
@pytest.mark.requirement("R22.contact")
def test_sending_saves_and_says_everything_that_is_missing(cast, draft, client_as, url, filled, text_of):
    sent = filled(draft, intent="send", purpose="", recognition="", tasks=[], contacts=[], customs="Nye skikke")

    response = client_as(cast.lene).post(url(), sent, follow=True)

    codes = [item.code for item in response.context["problems"]]
    assert codes == ["purpose", "recognition", "task", "contact_person"]
    for item in response.context["problems"]:
        assert f'href="#{item.anchor}"' in read(response)
        assert f'id="{item.anchor}"' in read(response)
    assert text_of(draft, "customs") == "Nye skikke"
    assert open_version(cast.solbakken.pk).state == "draft"


def test_sending_puts_it_before_the_body_and_makes_it_read_only(cast, draft, body, client_as, url, filled):
    client = client_as(cast.lene)

    response = client.post(url(), filled(draft, intent="send", purpose="De sidste ord"), follow=True)

    assert open_version(cast.solbakken.pk).state == "in_dialogue"
    assert body.name in read(response)
    assert "De sidste ord" in read(response)
    assert client.post(url(), filled(draft, purpose="For sent")).status_code == 409


@pytest.mark.requirement("R51.dialogue")
@pytest.mark.parametrize("own", ["", "Hvad når vi aldrig selv?"])
def test_the_body_is_always_asked_what_only_volunteers_do(cast, draft, framework, client_as, url, filled, own):
    Element.objects.filter(version=framework).update(standing_question="")
    principle = Element.objects.filter(version=framework, kind="principle").first()
    Element.objects.filter(pk=principle.pk).update(standing_question=own, purpose="only_volunteers")

    client_as(cast.lene).post(url(), filled(draft, intent="send"))

    asked = open_version(cast.solbakken.pk).dialogue.current_paper.standing_questions
    assert [item["question"] for item in asked] == [own or ONLY_VOLUNTEERS_QUESTION]


@pytest.mark.requirement("R43.adoption")
def test_a_correction_at_the_table_is_put_before_the_body_again(cast, discussed, client_as, url, filled):
    client = client_as(cast.lene)
    assert client.get(url()).context["missing"] == []

    response = client.post(url("amend_agreement"), filled(discussed, purpose="Rettet ved bordet"), follow=True)

    version = open_version(cast.solbakken.pk)
    assert version.dialogue.current_paper.number == 2
    assert version.dialogue.current_paper.sha256 == version.content_sha256
    assert response.context["missing"] != []


def test_nothing_corrected_is_nothing_put_before_the_body(cast, discussed, client_as, url, filled):
    client_as(cast.lene).post(url("amend_agreement"), filled(discussed))

    assert open_version(cast.solbakken.pk).dialogue.current_paper.number == 1


def test_taken_back_with_a_reason_it_can_be_written_again(cast, at_the_table, client_as, url):
    client = client_as(cast.lene)

    assert client.get(url("take_back_agreement")).status_code == 200
    assert client.post(url("take_back_agreement"), {"reason": " "}).status_code == 422
    response = client.post(url("take_back_agreement"), {"reason": "Vi mangler en opgave"}, follow=True)

    assert open_version(cast.solbakken.pk).state == "draft"
    assert "Vi mangler en opgave" in read(response)


def test_what_cannot_be_taken_back_says_so(cast, draft, client_as, url):
    assert client_as(cast.lene).get(url("take_back_agreement")).status_code == 409


# Deciding -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(cast, draft, on, at):
    answers = {**dict.fromkeys(QUESTION_NAMES, False), "money_or_keys": True}
    task = actions.OwnTask("Handle ind", "Penge", "En tur ud", answers)
    actions.add_task(version=draft, task=task, actor=cast.lene, at=at)
    actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    return Task.objects.get(version=draft, title="Handle ind")


@pytest.mark.requirement("R16.decision")
@pytest.mark.parametrize(("outcome", "is_offered"), [("confirm", True), ("strike", False)])
def test_a_doubt_is_decided_with_a_reason(cast, doubtful, client_as, url, outcome, is_offered):
    client = client_as(cast.lene)

    refused = client.post(url("decide_doubt", doubtful.pk), {"outcome": outcome, "reason": ""})
    assert refused.status_code == 422
    assert f"id_{doubtful.pk}_reason" in read(refused)
    response = client.post(url("decide_doubt", doubtful.pk), {"outcome": outcome, "reason": "Vi betaler"}, follow=True)

    assert ("Handle ind" in [shown.task.title for shown in response.context["reading"].offered]) is is_offered
    assert "Vi betaler" in read(response)


@pytest.mark.requirement("R16.decision")
def test_a_doubt_stands_on_the_leaders_list_once_it_was_discussed(cast, doubtful, on, at):
    assert todo_for(cast.lene) == []

    discuss(dialogue=doubtful.version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    with translation.override("en"):
        (asked,) = todo_for(cast.lene)
    actions.decide_boundary(task=doubtful, outcome="confirm", reason="Oven i", actor=cast.lene, at=at)

    assert (asked.key, asked.title) == ("agreements.decide_doubt", "Decide on the doubt about “Handle ind”")
    assert [todo.key for todo in todo_for(cast.lene)] == ["agreements.decide"]


def test_a_doubt_is_decided_by_nobody_else(cast, doubtful, client_as, url):
    response = client_as(cast.tove).post(url("decide_doubt", doubtful.pk), {"outcome": "confirm", "reason": "x"})

    assert response.status_code == 403
    assert not BoundaryDecision.objects.exists()


@pytest.mark.requirement("R43.adoption")
def test_the_leader_cannot_decide_before_it_was_discussed(cast, at_the_table, client_as, url, on):
    client = client_as(cast.lene)
    assert url("adopt_agreement") not in read(client.get(url()))

    response = client.post(url("adopt_agreement"), {"in_force_from": on.isoformat()})

    assert response.status_code == 409
    assert version_in_force(cast.solbakken.pk) is None


def test_decided_today_it_is_in_force_today(cast, discussed, client_as, url, on):
    response = client_as(cast.lene).post(url("adopt_agreement"), {"in_force_from": on.isoformat()}, follow=True)

    assert version_in_force(cast.solbakken.pk) == discussed
    assert "23. november 2026" in read(response)


@pytest.mark.parametrize("day", ["", "i morgen", "2026-02-30"])
def test_a_day_that_cannot_be_read_is_asked_for_again(cast, discussed, client_as, url, day):
    response = client_as(cast.lene).post(url("adopt_agreement"), {"in_force_from": day})

    assert response.status_code == 422
    assert 'href="#id_in_force_from"' in read(response)


def test_a_later_day_waits(cast, discussed, client_as, url, on):
    client = client_as(cast.lene)
    later = on + timedelta(days=14)

    response = client.post(url("adopt_agreement"), {"in_force_from": later.isoformat()}, follow=True)

    assert "7. december 2026" in read(response)
    assert client.post(url("put_agreement_in_force")).status_code == 409
    client.post(url("withdraw_agreement"), {"reason": "Vi begynder forfra"})
    assert open_version(cast.solbakken.pk) is None


def test_yesterday_is_refused(cast, discussed, client_as, url, on):
    yesterday = (on - timedelta(days=1)).isoformat()

    assert client_as(cast.lene).post(url("adopt_agreement"), {"in_force_from": yesterday}).status_code == 409


# In force -------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R46.in_force")
@pytest.mark.requirement("R43.basis")
@pytest.mark.requirement("R18.agreement")
@pytest.mark.requirement("R40.agreement")
def test_what_is_in_force_is_read_with_what_it_rests_on(cast, in_force, client_as, url):
    page = read(client_as(cast.tove).get(url()))

    assert "Vi taler om det igen til foråret." in page
    assert in_force.content_sha256[:4] in page
    assert client_as(cast.tove).get(url()).context["reading"].common.supplement.text in page
    assert len(client_as(cast.tove).get(url()).context["reading"].responsibilities) == 1


def test_a_new_version_is_written_beside_the_one_in_force(cast, in_force, client_as, url, filled):
    client = client_as(cast.lene)
    client.post(url("begin_agreement"))

    page = client.get(url())
    assert page.context["version"].number == 2
    assert page.context["in_force"] == in_force
    assert client.get(url("agreement_version", 1)).context["version"] == in_force
    assert client.get(url("agreement_version", 2)).status_code == 302
    assert client.get(url("agreement_version", 3)).status_code == 404


def test_given_up_with_a_reason_it_can_still_be_read(cast, draft, client_as, url):
    client = client_as(cast.lene)
    client.post(url("withdraw_agreement"), {"reason": "Vi lægges sammen"})

    assert AgreementVersion.objects.get().state == "withdrawn"
    assert "Vi lægges sammen" in read(client.get(url("agreement_version", 1)))


@pytest.mark.requirement("R46.pdf")
def test_the_pdf_is_for_what_was_decided_only(cast, in_force, client_as, url):
    client = client_as(cast.tove)
    response = client.get(url("agreement_pdf", 1))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert client.get(url("agreement_pdf", 1), headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_there_is_no_pdf_of_a_draft(cast, draft, client_as, url):
    assert client_as(cast.lene).get(url("agreement_pdf", 1)).status_code == 404


def test_every_page_carries_the_line_about_pay(cast, draft, client_as, url):
    from samspil.agreements.document import pay_line

    client = client_as(cast.lene)
    assert pay_line() in read(client.get(url()))
    assert pay_line() in read(client_as(cast.tove).get(url()))
