# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspil.audit.models import Event
from samspil.med import actions
from samspil.med.models import Committee, ConfirmationLink, Dialogue, Function, Side
from samspil.med.states import State
from samspil.people.models import User
from tests.cast import outside_scope
from tests.med.conftest import QUESTION

A = "a" * 64


def page(name, *args):
    return reverse(name, args=args)


def words(body, **changes):
    """What Lene sends from *Hvad kom I frem til?*."""
    seats = {row.user_id: row.pk for row in body.memberships.order_by("-pk")}
    sides = {row.user_id: row.side for row in body.memberships.all()}
    return {
        "submission": str(uuid4()),
        "expected_sha256": A,
        "form": "meeting",
        "held_on": timezone.localdate().isoformat(),
        "participants_management": [pk for user, pk in seats.items() if sides[user] == Side.MANAGEMENT],
        "participants_employees": [pk for user, pk in seats.items() if sides[user] == Side.EMPLOYEES],
        "management_stand": "agree",
        "management_words": "",
        "employees_stand": "agree_with_remarks",
        "employees_words": "Kun efter aftale med afdelingen.",
        f"answer_{QUESTION}": "At sidde hos en beboer en hel time.",
        "conclusion": "Drøftet.",
        "minutes_reference": "",
        "confirm_by": "login",
        **changes,
    }


def now(dialogue):
    return Dialogue.objects.get(pk=dialogue.pk)


# Lists and the paper ------------------------------------------------------------------------------


def test_the_list_is_empty_and_says_what_comes(cast, client_as):
    response = client_as(cast.ole).get(page("dialogues"))
    assert response.status_code == 200
    assert page("committees") in response.text


def test_the_list_shows_what_one_may_see(cast, dialogue, client_as):
    shown = {
        name: dialogue.current_paper.title in client_as(getattr(cast, name)).get(page("dialogues")).text
        for name in ("lene", "tove", "mia", "ole", "hanne", "dorte")
    }
    assert shown == {"lene": True, "tove": True, "mia": True, "ole": False, "hanne": True, "dorte": True}
    assert client_as(cast.frida).get(page("dialogues")).status_code == 403


def test_the_list_takes_as_many_queries_for_three_as_for_one(cast, dialogue, body, paper, at, client_as):
    client = client_as(cast.hanne)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page("dialogues")).text.count(paper.title) == Dialogue.objects.count()
        return len(captured)

    client.get(page("dialogues"))
    for_one = queries()
    for _ in range(2):
        actions.open_dialogue(committee=body, occasion="change", paper=paper, actor=cast.lene, at=at)
    # The frame of a page has its own, and PostgreSQL is told the municipality.
    assert (queries(), for_one <= 26) == (for_one, True)


@pytest.mark.requirement("R61.agreement")
def test_the_paper_can_be_read_copied_and_printed(cast, dialogue, paper, client_as):
    client = client_as(cast.tove)
    text = client.get(page("dialogue", dialogue.pk)).text
    for needed in (paper.presentation, paper.recommendation, "Læse højt", 'id="paper-text"', 'data-copy="paper-text"'):
        assert needed in text
    assert page("record_dialogue", dialogue.pk) in text
    pdf = client.get(page("paper_pdf", dialogue.pk))
    assert (pdf.status_code, pdf["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_only_whoever_may_do_something_is_offered_it(cast, recorded, client_as):
    def offered(capacity):
        text = client_as(capacity).get(page("dialogue", recorded.pk)).text
        pages = ("record_dialogue", "confirm_dialogue", "settle_dialogue", "reopen_dialogue")
        return [name for name in pages if page(name, recorded.pk) in text]

    assert offered(cast.lene) == ["record_dialogue"]
    assert offered(cast.tove) == ["confirm_dialogue"]
    assert offered(cast.mia) == []
    assert offered(cast.hanne) == []


def test_what_people_wrote_is_text(cast, body, paper, at, client_as):
    script = "<script>alert(1)</script>"
    nasty = replace(paper, title=script, presentation=script, sha256="c" * 64)
    dialogue = actions.open_dialogue(committee=body, occasion="change", paper=nasty, actor=cast.lene, at=at)
    client = client_as(cast.lene)
    for address in (page("dialogues"), page("dialogue", dialogue.pk), page("record_dialogue", dialogue.pk)):
        assert script not in client.get(address).text


@pytest.mark.parametrize(
    "name",
    ["dialogue", "paper_pdf", "record_dialogue", "reopen_dialogue", "confirm_dialogue", "settle_dialogue"],
)
def test_another_municipalitys_dialogue_is_not_found(cast, recorded, other_municipality, client_as, name):
    kaj, ole = client_as(other_municipality.kaj), client_as(cast.ole)
    for client in (kaj, ole):
        assert client.get(page(name, recorded.pk)).status_code == 404
        assert client.post(page(name, recorded.pk), {"reason": "x"}).status_code in {404, 405}


@pytest.mark.parametrize("name", ["committee", "edit_committee", "add_member"])
def test_another_municipalitys_body_is_not_found(cast, body, other_municipality, client_as, name):
    assert client_as(cast.lene).get(page(name, body.slug)).status_code == 200
    assert client_as(other_municipality.kaj).get(page(name, body.slug)).status_code == 404
    assert client_as(cast.ole).get(page(name, body.slug)).status_code == 404


# Hvad kom I frem til? -----------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption", "R51.dialogue")
def test_the_record_page_has_what_is_usual_and_asks_the_employee_side(cast, body, dialogue, client_as):
    client = client_as(cast.lene)
    form = client.get(page("record_dialogue", dialogue.pk))
    assert form.text.count(" checked") == 6
    assert "Tove" in form.text
    response = client.post(page("record_dialogue", dialogue.pk), words(body))
    assert (response.status_code, response["Location"]) == (302, page("dialogue", dialogue.pk))
    assert now(dialogue).state == State.RECORDED
    assert {row.name for row in dialogue.participants.all()} == {"Lene Holm", "Tove Krag", "Arne Bech"}
    assert dialogue.answers.get().answer == "At sidde hos en beboer en hel time."


@pytest.mark.parametrize(
    "change",
    [
        {"employees_words": ""},
        {"employees_stand": ""},
        {"participants_employees": []},
        {"participants_employees": ["99999"]},
        {"held_on": "2999-01-01"},
        {"held_on": "31.2.2026"},
        {"form": ""},
        {"confirm_by": "minutes"},
        {"expected_sha256": "b" * 64},
        {"conclusion": "x" * 6000},
        {"conclusion": "Borgeren 010190-1234 klagede."},
    ],
)
def test_on_an_error_nothing_written_is_lost(cast, body, dialogue, client_as, change):
    sent = words(body, management_words="Ledelsens egne ord.", **change)
    response = client_as(cast.lene).post(page("record_dialogue", dialogue.pk), sent)
    assert response.status_code == 422
    assert "Ledelsens egne ord." in response.text
    assert "error-summary" in response.text
    assert now(dialogue).state == State.WAITING


def test_nasty_signs_are_stored_as_text(cast, body, dialogue, client_as):
    sent = words(body, conclusion="a\x00b\u202e<b>c</b>\r\nd")
    assert client_as(cast.lene).post(page("record_dialogue", dialogue.pk), sent).status_code == 302
    assert now(dialogue).conclusion == "ab<b>c</b>\nd"


def test_the_record_page_is_not_for_everybody(cast, body, dialogue, client_as):
    assert client_as(cast.mia).get(page("record_dialogue", dialogue.pk)).status_code == 403
    assert client_as(cast.mia).post(page("record_dialogue", dialogue.pk), words(body)).status_code == 403
    assert now(dialogue).state == State.WAITING


def test_presented_again_the_form_holds_what_was_said(cast, body, recorded, corrected, at, client_as):
    actions.present_again(dialogue=recorded, paper=corrected, actor=cast.lene, at=at)
    client = client_as(cast.lene)
    shown = client.get(page("dialogue", recorded.pk)).text
    assert corrected.presentation in shown
    text = client.get(page("record_dialogue", recorded.pk)).text
    assert "Kun efter aftale med afdelingen." in text
    assert "FirstAgenda, punkt 4" in text
    client.post(page("record_dialogue", recorded.pk), words(body, expected_sha256="b" * 64))
    assert now(recorded).state == State.RECORDED


def test_a_staff_meeting_asks_for_head_counts(cast, staff_meeting, paper, at, client_as):
    dialogue = actions.open_dialogue(
        committee=staff_meeting, occasion="new_agreement", paper=paper, actor=cast.ole, at=at
    )
    client = client_as(cast.ole)
    assert "Mia Lund" in client.get(page("record_dialogue", dialogue.pk)).text
    counted = words(
        staff_meeting,
        form="staff_meeting",
        management_count="1",
        management_name="Ole Munk",
        employee_count="",
        employee_name="Mia Lund",
    )
    assert client.post(page("record_dialogue", dialogue.pk), counted).status_code == 422
    counted |= {"employee_count": "14", "submission": str(uuid4())}
    assert client.post(page("record_dialogue", dialogue.pk), counted).status_code == 302
    assert "14" in client.get(page("dialogue", dialogue.pk)).text


def test_sent_twice_it_is_written_once(cast, body, dialogue, client_as):
    client = client_as(cast.lene)
    sent = words(body)
    first = client.post(page("record_dialogue", dialogue.pk), sent)
    second = client.post(page("record_dialogue", dialogue.pk), sent)
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert Event.objects.filter(name="med.dialogue.record").count() == 1


# The employee side's answer -----------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_reading_does_nothing_and_a_button_counts(cast, recorded, client_as):
    tove = client_as(cast.tove)
    shown = tove.get(page("confirm_dialogue", recorded.pk))
    assert "Kun efter aftale med afdelingen." in shown.text
    assert now(recorded).state == State.RECORDED
    sent = {"answer": "yes", "revision": recorded.revision, "submission": str(uuid4())}
    first = tove.post(page("confirm_dialogue", recorded.pk), sent)
    second = tove.post(page("confirm_dialogue", recorded.pk), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert now(recorded).state == State.CONCLUDED
    assert Event.objects.filter(name="med.confirmation.confirm").count() == 1


@pytest.mark.requirement("R43.adoption")
def test_the_leader_has_no_way_to_the_employee_sides_answer(cast, recorded, client_as):
    for outsider in (cast.lene, cast.mia, cast.hanne):
        client = client_as(outsider)
        assert client.get(page("confirm_dialogue", recorded.pk)).status_code == 403
        sent = {"answer": "yes", "revision": recorded.revision, "submission": str(uuid4())}
        assert client.post(page("confirm_dialogue", recorded.pk), sent).status_code == 403
    assert now(recorded).state == State.RECORDED


def test_a_no_takes_words_and_what_was_read_must_still_stand(cast, recorded, said, at, on, client_as):
    tove = client_as(cast.tove)

    def answer(**given):
        sent = {"answer": "no", "revision": recorded.revision, "submission": str(uuid4()), **given}
        return tove.post(page("confirm_dialogue", recorded.pk), sent)

    assert answer(reason="").status_code == 422
    assert answer(answer="maybe").status_code == 422
    actions.record(dialogue=recorded, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    stale = answer(reason="Vi var uenige.")
    assert (stale.status_code, "Vi var uenige." in stale.text) == (422, True)
    assert answer(reason="Vi var uenige.", revision=now(recorded).revision).status_code == 302
    assert "Vi var uenige." in client_as(cast.lene).get(page("record_dialogue", recorded.pk)).text


@pytest.mark.requirement("R43.unanswered")
def test_the_secretariat_settles_on_its_page(cast, recorded, at, on, client_as):
    hanne = client_as(cast.hanne)

    def settle(reason):
        return hanne.post(page("settle_dialogue", recorded.pk), {"reason": reason, "submission": str(uuid4())})

    actions.refuse_confirmation(dialogue=recorded, reason="Vi var uenige.", actor=cast.tove, at=at, on=on)
    assert "Vi var uenige." in hanne.get(page("settle_dialogue", recorded.pk)).text
    assert settle("").status_code == 422
    assert client_as(cast.lene).get(page("settle_dialogue", recorded.pk)).status_code == 403
    assert settle("Ordlyden er rettet.").status_code == 302
    text = client_as(cast.mia).get(page("dialogue", recorded.pk)).text
    assert "Ordlyden er rettet." in text
    assert "Vi var uenige." in text
    assert settle("Igen.").status_code == 422


def test_a_discussion_is_taken_up_again_with_a_reason(cast, recorded, at, on, client_as):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    lene = client_as(cast.lene)
    assert page("reopen_dialogue", recorded.pk) in lene.get(page("dialogue", recorded.pk)).text

    def reopen(reason):
        return lene.post(page("reopen_dialogue", recorded.pk), {"reason": reason, "submission": str(uuid4())})

    assert reopen("").status_code == 422
    assert reopen("Datoen var forkert.").status_code == 302
    assert now(recorded).state == State.WAITING
    assert "Datoen var forkert." in lene.get(page("dialogue", recorded.pk)).text


# The one-time link --------------------------------------------------------------------------------


@pytest.fixture
def link(cast, dialogue, said, at, on, mailoutbox, django_capture_on_commit_callbacks):
    """The address in the e-mail to Tove."""
    with django_capture_on_commit_callbacks(execute=True):
        actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    bodies = [mail.body for mail in mailoutbox if mail.to == ["tove@example.dk"] and "/aaben/" in mail.body]
    return re.findall(r"(/aaben/\S+)", bodies[0])[0]


def answer_by(client, link, dialogue, **given):
    sent = {"answer": "yes", "revision": now(dialogue).revision, "submission": str(uuid4()), **given}
    return client.post(link, sent)


@pytest.mark.requirement("R43.adoption")
def test_a_link_opens_a_page_and_counts_at_the_button(dialogue, link, anonymous):
    for _ in range(3):
        shown = anonymous.get(link)
        assert (shown.status_code, "Tove Krag" in shown.text) == (200, True)
        assert "no-store" in shown["Cache-Control"]
    assert now(dialogue).state == State.RECORDED
    assert ConfirmationLink.objects.filter(used_at=None).count() == 2
    assert answer_by(anonymous, link, dialogue)["Location"] == link
    assert now(dialogue).state == State.CONCLUDED
    thanks = anonymous.get(link)
    assert (thanks.status_code, "<form" in thanks.text.split("<main")[1].split("</main>")[0]) == (200, False)


def test_a_link_used_twice_counts_once(dialogue, link, anonymous):
    assert answer_by(anonymous, link, dialogue).status_code == 302
    assert answer_by(anonymous, link, dialogue, answer="no", reason="Nej.").status_code == 422
    assert now(dialogue).state == State.CONCLUDED
    assert Event.objects.filter(name__startswith="med.confirmation.").exclude(name__endswith="link").count() == 1


def test_a_link_can_say_no_with_words(dialogue, link, anonymous):
    assert answer_by(anonymous, link, dialogue, answer="no", reason="").status_code == 422
    assert answer_by(anonymous, link, dialogue, answer="no", reason="Vi var uenige.").status_code == 302
    assert dialogue.confirmations.get().reason == "Vi var uenige."


def test_a_used_link_leads_on_to_logging_in(dialogue, link, anonymous):
    answer_by(anonymous, link, dialogue)

    assert f'<p><a href="{reverse("account_login")}">Log ind, hvis du vil se' in anonymous.get(link).text


def test_a_link_dies_when_the_paper_is_presented_again(cast, dialogue, link, corrected, at, anonymous):
    actions.present_again(dialogue=dialogue, paper=corrected, actor=cast.lene, at=at)
    shown = anonymous.get(link)
    assert (shown.status_code, corrected.presentation in shown.text) == (410, False)
    assert answer_by(anonymous, link, dialogue).status_code == 422
    assert now(dialogue).state == State.WAITING


def test_a_link_works_only_where_it_was_made(dialogue, link, other_municipality, anonymous):
    elsewhere = link.replace("/aaben/eksempelby/", "/aaben/anderby/")
    nowhere = link.replace("/aaben/eksempelby/", "/aaben/ingen/")
    for address in (elsewhere, nowhere, link[:-2] + "/", page("confirm_by_link", "eksempelby", "x")):
        assert anonymous.get(address).status_code == 404
        assert answer_by(anonymous, address, dialogue).status_code == 404
    assert now(dialogue).state == State.RECORDED


# Bodies -------------------------------------------------------------------------------------------


def test_a_leader_sets_up_a_body_with_members(cast, client_as):
    lene = client_as(cast.lene)
    assert page("create_committee") in lene.get(page("committees")).text
    form = lene.get(page("create_committee")).text
    assert "Plejecenter Solbakken" in form
    assert "Nordre Skole" not in form
    made = lene.post(
        page("create_committee"),
        {"name": "LokalMED Solbakken", "level": "LokalMED", "units": [cast.solbakken.pk], "submission": str(uuid4())},
    )
    committee = Committee.objects.get()
    assert made["Location"] == page("committee", committee.slug)

    def put_in(**given):
        return lene.post(page("add_member", committee.slug), {"submission": str(uuid4()), **given})

    assert put_in(user=cast.tove.user_id, side="employees", function=Function.DEPUTY).status_code == 302
    assert put_in(email="OLE@example.dk", side="management", function=Function.CHAIR).status_code == 302
    for refused in (
        {"user": cast.lene.user_id, "side": "employees", "function": Function.MEMBER},
        {"email": "nobody@example.dk", "side": "employees", "function": Function.MEMBER},
        {"email": "frida@example.dk", "side": "employees", "function": Function.MEMBER},
        {"side": "employees", "function": Function.MEMBER},
        {"user": cast.arne.user_id, "side": "", "function": Function.MEMBER},
    ):
        assert put_in(**refused).status_code == 422
    assert {(row.user.name, row.side) for row in committee.memberships.select_related("user")} == {
        ("Tove Krag", "employees"),
        ("Ole Munk", "management"),
    }
    text = lene.get(page("committee", committee.slug)).text
    assert "Tove Krag" in text
    tove = committee.memberships.get(user_id=cast.tove.user_id)
    assert lene.get(page("end_membership", committee.slug, tove.pk)).status_code == 200
    lene.post(page("end_membership", committee.slug, tove.pk), {"submission": str(uuid4())})
    tove.refresh_from_db()
    assert tove.until == timezone.localdate()


@pytest.mark.parametrize("foreign", ["nordre_skole", "other"])
def test_units_out_of_reach_cannot_be_chosen(cast, other_municipality, client_as, foreign):
    unit = other_municipality.anlaegget if foreign == "other" else cast.nordre_skole
    sent = {"name": "LokalMED", "units": [unit.pk], "submission": str(uuid4())}
    assert client_as(cast.lene).post(page("create_committee"), sent).status_code == 422
    assert not Committee.objects.exists()


def test_a_body_is_changed_by_whoever_leads_all_of_it(cast, body, client_as):
    lene = client_as(cast.lene)
    assert "Plejecenter Solbakken" in lene.get(page("edit_committee", body.slug)).text
    sent = {"name": "MED på Solbakken", "units": [cast.solbakken.pk], "submission": str(uuid4())}
    assert lene.post(page("edit_committee", body.slug), sent).status_code == 302
    body.refresh_from_db()
    assert body.name == "MED på Solbakken"
    assert client_as(cast.mia).get(page("edit_committee", body.slug)).status_code == 403
    assert client_as(cast.mia).get(page("create_committee")).status_code == 403


def test_a_staff_meeting_elects_a_contact(cast, staff_meeting, client_as):
    hanne = client_as(cast.hanne)
    assert "Mia Lund" in hanne.get(page("committee", staff_meeting.slug)).text
    sent = {"email": "arne@example.dk", "submission": str(uuid4())}
    assert hanne.post(page("add_member", staff_meeting.slug), sent).status_code == 302
    today = timezone.localdate()
    current = staff_meeting.memberships.on(today + timedelta(days=1))
    assert [row.user for row in current] == [User.objects.get(email="arne@example.dk")]


def test_a_seat_of_another_body_is_not_found(cast, body, staff_meeting, client_as):
    other = body.memberships.first()
    hanne = client_as(cast.hanne)
    assert hanne.get(page("end_membership", staff_meeting.slug, other.pk)).status_code == 404
    assert hanne.get(page("end_membership", body.slug, other.pk)).status_code == 200


def test_nobody_is_let_in_without_a_login(cast, recorded, body, anonymous):
    with outside_scope():
        for address in (
            page("dialogues"),
            page("dialogue", recorded.pk),
            page("confirm_dialogue", recorded.pk),
            page("committees"),
            page("committee", body.slug),
        ):
            assert anonymous.get(address).status_code == 302
