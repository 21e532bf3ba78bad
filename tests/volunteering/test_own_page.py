# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The volunteer's own page, and what the contact person does about agreement, welcome and goodbye."""

import io
import json

import pypdf
import pytest
from django.urls import reverse

from samspil.audit.models import Event, ReadEvent
from samspil.people.models import RoleAssignment, User
from samspil.people.queries import capacities_of, capacity_of
from samspil.volunteering import actions
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer, VolunteerAgreement, Welcome
from samspil.volunteering.models.engagements import EndedBy, PausedBy
from samspil.volunteering.states import State
from tests.cast import outside_scope
from tests.reads import reads
from tests.volunteering.clearing import put_in_place

QUERIES_OF_OWN_PAGE = 12


@pytest.fixture
def own(cast, aase, on, at):
    """Aase's own capacity, with an active place and an agreement that waits."""
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    actions.make_terms(engagement=aase, actor=cast.mia, on=on, at=at)
    who = actions.give_own_page(engagement=aase, email="aase@example.dk", actor=cast.mia, on=on, at=at)
    return capacity_of(RoleAssignment.objects.get_queryset().get(user=who.user), on)


def words(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


@pytest.mark.requirement("R6.volunteers", "R65")
def test_the_page_has_agreement_whom_to_ask_customs_and_the_framework(client_as, own, task):
    page = words(client_as(own), "own_page")

    for expected in ("Mia Lund", task.title, "Ja, det har vi aftalt", "Vores kultur og kutymer", reverse("frameworks")):
        assert expected in page


@pytest.mark.requirement("R56")
def test_a_yes_on_the_screen(client_as, own, aase):
    client = client_as(own)
    terms = VolunteerAgreement.objects.get()

    assert client.post(reverse("accept_terms", args=[aase.pk]), {"sha256": terms.content_sha256}).url == reverse(
        "own_page"
    )

    terms.refresh_from_db()
    assert terms.accepted_how == "screen"
    assert "Ja, det har vi aftalt" not in words(client, "own_page")


@pytest.mark.requirement("R21")
def test_a_break_and_a_no_need_no_reason_and_nobodys_yes(client_as, own, aase, task):
    client = client_as(own)

    client.post(reverse("decline_task", args=[aase.pk, task.lineage]))
    client.post(reverse("own_pause", args=[aase.pk]))

    assert EngagementTask.objects.filter(declined_on=None).count() == 0
    found = Engagement.objects.get()
    assert (found.state, found.paused_by) == (State.PAUSED, PausedBy.VOLUNTEER)
    for event in Event.objects.filter(name__in=("volunteering.task.decline", "volunteering.engagement.pause")):
        assert set(event.capacity) == {"pseudonym", "role", "unit"}


def test_stopping_asks_once_and_sets_the_day_of_forgetting(client_as, own, aase, on):
    client = client_as(own)
    assert "Ja, jeg stopper" in words(client, "own_stop", aase.pk)

    client.post(reverse("own_stop", args=[aase.pk]))

    found = Engagement.objects.get()
    assert (found.state, found.ended_by) == (State.ENDED, EndedBy.VOLUNTEER)
    assert found.volunteer.forget_on == on.replace(year=on.year + 1)
    assert "Tak for din tid" in words(client, "own_page")


@pytest.mark.requirement("R21")
def test_own_words_are_corrected_and_the_record_says_not_how(client_as, own):
    client = client_as(own)

    client.post(reverse("own_data"), {"name": "Aase Holm Vind", "phone": "", "wishes": "Synge med"})

    who = Volunteer.objects.get()
    assert (who.name, who.phone, who.wishes) == ("Aase Holm Vind", "", "Synge med")
    assert "Vind" not in str(list(Event.objects.values_list("changes", "capacity")))


def test_everything_can_be_fetched_by_a_person_and_by_a_machine(client_as, own):
    client = client_as(own)

    data = json.loads(client.get(reverse("own_data_file", args=["json"])).content)
    html = client.get(reverse("own_data_file", args=["html"]))

    assert "Aase Holm" in str(data["kept"])
    assert "Plejecenter Solbakken" in html.content.decode()
    assert html.headers["Content-Disposition"].startswith("attachment")
    assert client.get("/min-side/oplysninger.exe").status_code == 404


def test_who_has_looked_stands_there_and_for_the_data_protection_officer(cast, client_as, own, aase):
    client_as(cast.lene).get(reverse("volunteer", args=[aase.pk]))
    client_as(cast.mia).get(reverse("export_volunteers", args=["csv"]))

    assert sorted(ReadEvent.objects.values_list("page", flat=True)) == ["file", "volunteer"]
    assert "Lene Holm, leder" in words(client_as(own), "own_data")
    page = words(client_as(cast.dorte), "readers")
    assert "Lene Holm, leder" in page
    assert "Mia Lund" in page
    for who in (cast.lene, cast.hanne, cast.frida):
        assert client_as(who).get(reverse("readers")).status_code == 403


def test_asking_to_be_forgotten_stops_everywhere_and_is_done_in_two_weeks(cast, client_as, own, on):
    client = client_as(own)
    assert "Ja, stop og slet" in words(client, "ask_to_be_forgotten")

    client.post(reverse("ask_to_be_forgotten"))

    assert Engagement.objects.get().state == State.ENDED
    assert (Volunteer.objects.get().forget_on - on).days == 14


@pytest.mark.requirement("R14.volunteer_rights")
def test_the_page_is_the_volunteers_alone(cast, client_as, own, aase, task):
    for who in (cast.mia, cast.lene, cast.hanne):
        assert client_as(who).get(reverse("own_page")).status_code == 403
    other = client_as(cast.frida)
    assert "ikke skrevet ind" in words(other, "own_page")
    for name, args in (
        ("accept_terms", [aase.pk]),
        ("own_pause", [aase.pk]),
        ("own_stop", [aase.pk]),
        ("decline_task", [aase.pk, task.lineage]),
    ):
        assert other.post(reverse(name, args=args)).status_code == 404
    for name in ("own_terms_pdf", "own_certificate"):
        assert other.get(reverse(name, args=[aase.pk])).status_code == 404
    assert client_as(own).get(reverse("volunteer", args=[aase.pk])).status_code == 404


@pytest.mark.requirement("R14.capacity")
def test_who_is_an_employee_too_sees_and_chooses_in_which_role_they_act(cast, client_as, aase, on, at):
    actions.give_own_page(engagement=aase, email="tove@example.dk", actor=cast.mia, on=on, at=at)
    with outside_scope():
        roles = capacities_of(cast.tove.person, on)
    as_volunteer = capacity_of(next(row for row in roles if row.role == "volunteer"), on)

    assert [row.role for row in roles] == ["employee", "volunteer"]
    assert (bool(as_volunteer.pseudonym), cast.tove.pseudonym) == (True, "")
    assert "frivillig," in words(client_as(as_volunteer), "own_page")
    assert client_as(cast.tove).get(reverse("own_page")).status_code == 403


def test_one_page_for_each_e_mail(cast, client_as, own, task, on, at):
    bo = actions.enter_volunteer(
        workplace=cast.solbakken,
        who=actions.NewVolunteer(name="Bo Lind"),
        tasks=[task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )

    page = client_as(cast.mia).post(reverse("give_own_page", args=[bo.pk]), {"email": "aase@example.dk"})

    assert page.status_code == 422
    assert "En anden frivillig har den e-mail" in page.content.decode()
    assert Volunteer.objects.get(name="Bo Lind").user is None


def test_the_page_asks_a_fixed_number_of_questions(client_as, own):
    assert reads(client_as(own), reverse("own_page")) == QUERIES_OF_OWN_PAGE


@pytest.mark.requirement("R56")
def test_the_contact_person_makes_notes_and_prints(cast, client_as, aase):
    client = client_as(cast.mia)
    client.post(reverse("make_terms", args=[aase.pk]))
    page = words(client, "volunteer", aase.pk)
    assert "Venter på den frivilliges ja" in page

    client.post(reverse("note_acceptance", args=[aase.pk]), {"how": "aloud", "said_on": "2026-11-20"})

    page = words(client, "volunteer", aase.pk)
    assert "20. november 2026, mundtligt; noteret af Mia Lund" in page
    for name in ("terms_pdf", "terms_large_pdf"):
        assert client.get(reverse(name, args=[aase.pk])).content.startswith(b"%PDF")


@pytest.mark.parametrize("data", [{}, {"how": "screen", "said_on": "2026-11-20"}, {"how": "paper", "said_on": "snart"}])
def test_a_yes_is_not_noted_without_how_and_when(cast, client_as, own, aase, data):
    assert client_as(cast.mia).post(reverse("note_acceptance", args=[aase.pk]), data).status_code == 409
    assert VolunteerAgreement.objects.get().accepted_how == ""


@pytest.mark.requirement("R57", "R65", "R66")
def test_the_welcome_has_contact_person_and_customs_and_only_days_are_noted(cast, client_as, aase):
    client = client_as(cast.mia)
    page = words(client, "volunteer", aase.pk)
    assert "Vores skikke" in page

    client.post(
        reverse("note_welcome", args=[aase.pk]), {"first_day_on": "2026-11-20", "first_month_on": "", "talk_on": ""}
    )

    assert Welcome.objects.values_list("first_day_on__day", "first_month_on", "talk_on").get() == (20, None, None)
    assert client.post(reverse("note_welcome", args=[aase.pk]), {"talk_on": "2027-01-01"}).status_code == 409


def test_a_good_goodbye_two_ticks_a_certificate_and_the_day(cast, client_as, own, aase, task, on, at):
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    client = client_as(cast.mia)

    client.post(reverse("note_ending", args=[aase.pk]), {"is_thanked": "on", "is_back": "on"})

    assert Engagement.objects.values_list("thanked_on", "access_back_on").get() == (on, on)
    assert "23. november 2027" in words(client, "volunteer", aase.pk)
    for who, name in ((cast.mia, "certificate"), (own, "own_certificate")):
        paper = client_as(who).get(reverse(name, args=[aase.pk])).content
        text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
        for expected in ("Aase Holm", "Plejecenter Solbakken", "23. november 2026", task.title, "Lene Holm"):
            assert expected in text


def test_forgetting_now_asks_first_and_then_the_page_is_gone(cast, client_as, own, aase, on, at):
    client = client_as(cast.mia)
    assert client.get(reverse("forget_volunteer", args=[aase.pk])).url == reverse("volunteer", args=[aase.pk])
    assert client.post(reverse("forget_volunteer", args=[aase.pk])).status_code == 409
    actions.end_engagement(engagement=aase, by=EndedBy.WORKPLACE, actor=cast.mia, on=on, at=at)
    assert "Ja, slet nu" in words(client, "forget_volunteer", aase.pk)

    client.post(reverse("forget_volunteer", args=[aase.pk]))

    assert client.get(reverse("volunteer", args=[aase.pk])).status_code == 404
    assert User.objects.filter(email="aase@example.dk").count() == 0


def test_the_secretariat_sets_what_holds_for_all(cast, client_as):
    client = client_as(cast.hanne)
    said = {
        "confidentiality": "Det bliver her.",
        "forget_after_months": "6",
        "keep_reads_months": "3",
    }

    assert client.post(reverse("common_terms"), said).url == reverse("common_terms")

    assert "Det bliver her." in words(client, "common_terms")
    assert client.post(reverse("common_terms"), {**said, "forget_after_months": "37"}).status_code == 422
    assert client_as(cast.lene).get(reverse("common_terms")).status_code == 403
