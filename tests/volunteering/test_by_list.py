# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Existing volunteers: read in from a list, gone through together, handed over."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.audit.models import Pseudonym
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import PlanRefusedError
from samspil.volunteering import actions
from samspil.volunteering.importing import COLUMNS, here_at, plan
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from tests.tables import choose, confirm, table_of, text_file

HEADINGS = "Navn;Telefon;Mail;Opgaver;Kontaktpersons mail;Frivillig siden"


def _read(cast, on, at, *rows, actor=None):
    return actions.import_volunteers(
        table=table_of(COLUMNS, HEADINGS, *rows), workplace=cast.solbakken, actor=actor or cast.mia, on=on, at=at
    )


@pytest.fixture
def aase_row(task):
    return f"Aase Holm;20 30 40 50;;{task.title};lene@example.dk;01-03-2014"


@pytest.mark.requirement("R39")
def test_who_was_here_before_is_active_at_once_with_a_date(cast, aase_row, on, at):
    _read(cast, on, at, aase_row)

    one = Engagement.objects.get()
    assert (one.state, one.here_since, one.todo_until) == ("active", date(2014, 3, 1), on + timedelta(days=90))
    assert one.contact_person_id == cast.lene.person
    assert EngagementTask.objects.count() == 1


def test_reading_the_list_in_again_changes_nothing(cast, aase_row, on, at):
    rows = [aase_row, "Bent Friis;;bent@example.dk;;;", "Carla Bo;;;;;"]
    _read(cast, on, at, *rows)

    again = _read(cast, on, at, *rows)

    assert (again.counts, Volunteer.objects.count()) == ({"created": 0, "changed": 0, "unchanged": 3}, 3)


def test_what_is_new_about_somebody_is_added(cast, aase_row, task, on, at):
    _read(cast, on, at, "Aase Holm;20 30 40 50;;;;")

    changed = _read(cast, on, at, aase_row.replace(";;", ";aase@mail.dk;", 1))

    assert changed.counts == {"created": 0, "changed": 1, "unchanged": 0}
    assert Volunteer.objects.get().email == "aase@mail.dk"
    assert EngagementTask.objects.get().lineage == task.lineage


@pytest.mark.parametrize(
    ("rows", "row", "text"),
    [
        ([";20304050;;;;"], 2, "Skriv navnet."),
        (["Aase;;;Flyve til månen;;"], 2, "står ikke i jeres aftale"),
        (["Aase;;;;ukendt@example.dk;"], 2, "Ingen, der arbejder her"),
        (["Aase;;ikke-mail;;;"], 2, "hel e-mailadresse"),
        (["Aase;;;;;i fjor"], 2, "er ikke en dato"),
        (["Aase;010203-1234;;;;"], 2, "CPR"),
        (["Aase;20304050;;;;", "Aase;+45 20 30 40 50;;;;"], 3, "Den samme står også i række 2"),
        (["Aase;20304050;;;;", "Aase;;;;;"], 3, "Flere rækker har det navn"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(cast, in_force, on, at, rows, row, text):
    with pytest.raises(PlanRefusedError) as refused:
        _read(cast, on, at, "Bent;;;;;" if not rows else rows[0], *rows[1:])

    assert any(error.row == row and text in error.text for error in refused.value.plan.errors)
    assert Volunteer.objects.count() == 0


def test_two_of_the_same_name_are_told_apart_by_phone(cast, in_force, on, at):
    rows = ["Aase Holm;20304050;;;;", "Aase Holm;60708090;;;;"]
    _read(cast, on, at, *rows)

    assert _read(cast, on, at, *rows).does_nothing


@pytest.mark.requirement("R28")
def test_without_an_agreement_no_list_is_read_in(cast, framework, on, at):
    with pytest.raises(Refusal, match="ingen aftale i kraft"):
        _read(cast, on, at, "Aase;;;;;", actor=cast.lene)


def test_who_does_not_receive_reads_no_list_in(cast, in_force, on, at):
    with pytest.raises(Refusal, match="Siden er for"):
        _read(cast, on, at, "Aase;;;;;", actor=cast.tove)


def test_five_thousand_are_read_in_by_sets(cast, task, on, at):
    rows = [f"Frivillig {n};{20000000 + n};;{task.title};;" for n in range(5000)]

    with CaptureQueriesContext(connection) as captured:
        _read(cast, on, at, *rows)

    assert (Engagement.objects.count(), Pseudonym.objects.filter(kind="volunteer").count()) == (5000, 5000)
    assert len(captured) < 300
    assert plan(table_of(COLUMNS, HEADINGS, *rows), here_at(cast.solbakken.pk, None, on)).does_nothing


def test_the_page_shows_the_plan_and_reads_it_in(cast, aase_row, client_as):
    client = client_as(cast.mia)
    looked = choose(client, "import_volunteers", text_file(HEADINGS, aase_row))

    assert confirm(client, "import_volunteers", looked).url == reverse("go_through")
    assert Volunteer.objects.get().name == "Aase Holm"


@pytest.fixture
def forty_five(cast, in_force, on, at):
    _read(cast, on, at, *[f"Frivillig {n:02};{20000000 + n};;;;" for n in range(45)])
    return list(Engagement.objects.values_list("pk", flat=True))


def test_forty_five_are_gone_through_at_once(cast, forty_five, client_as, on):
    client = client_as(cast.karim)
    page = client.get(reverse("go_through") + "?valg=alle").content.decode()
    assert page.count(" checked") == 45

    client.post(reverse("go_through"), {"chosen": forty_five, "do": "gennemgaaet"})

    assert Engagement.objects.filter(gone_through_on=on).count() == 45
    assert "I har gennemgået det med alle" in client.get(reverse("go_through")).content.decode()


@pytest.mark.requirement("R64")
def test_all_the_chosen_get_another_contact_person(cast, forty_five, client_as):
    sent = {"chosen": forty_five[:40], "do": "kontaktperson", "contact_person": cast.tove.person}

    client_as(cast.lene).post(reverse("go_through"), sent)

    assert Engagement.objects.filter(contact_person_id=cast.tove.person).count() == 40


@pytest.mark.parametrize("sent", [{}, {"chosen": ["0"]}, {"chosen": ["x"]}])
def test_nobody_ticked_is_said(cast, forty_five, client_as, sent):
    page = client_as(cast.lene).post(reverse("go_through"), {**sent, "do": "gennemgaaet"})

    assert page.status_code == 422
    assert Engagement.objects.filter(gone_through_on=None).count() == 45
