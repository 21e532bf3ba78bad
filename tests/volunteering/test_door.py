# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The open door: who writes is received, kept from machines, answered, and answered higher up when nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from samspil.agreements.actions import state_no_volunteers
from samspil.foundation.errors import Refusal
from samspil.notifications.models import Message, OutsideMail
from samspil.volunteering import actions
from samspil.volunteering.actions import FirstWord, NewVolunteer
from samspil.volunteering.door import email_in, phone_in, waiting_rows
from samspil.volunteering.models import Application, Engagement
from samspil.volunteering.spam import stamp
from samspil.volunteering.todos import todo_for
from tests.reads import reads

SAID = {"name": "Aase Holm", "reach_me": "20 30 40 50, aase@mail.dk", "words": "Jeg synger gerne."}


@pytest.fixture(autouse=True)
def _nobody_has_written():
    cache.clear()


@pytest.fixture
def door(cast):
    return reverse("open_door", args=[cast.municipality.slug, cast.solbakken.slug])


@pytest.fixture
def sent(at):
    """What a person sends who has had the page open for a minute."""
    return {**SAID, "stamp": stamp(at - timedelta(minutes=1)), "website": ""}


@pytest.fixture
def word(cast, in_force, on, at):
    """A first word that waits."""
    return actions.apply(workplace=cast.solbakken, said=FirstWord(**SAID), on=on, at=at)


@pytest.mark.requirement("R17.door")
@pytest.mark.requirement("R18")
def test_the_door_says_what_a_volunteer_is_and_that_it_is_a_supplement(cast, in_force, anonymous, door):
    page = anonymous.get(door).content.decode()

    assert "uden løn" in page
    assert "supplement" in page


def test_anybody_writes_and_is_told_by_when_they_hear(cast, in_force, anonymous, door, sent):
    receipt = anonymous.get(anonymous.post(door, sent).url).content.decode()

    assert Application.objects.get().words == "Jeg synger gerne."
    assert "senest 30. november 2026" in receipt


def test_those_who_receive_are_told(cast, word):
    told = Message.objects.filter(key__startswith="volunteering.application").values_list("recipient", flat=True)

    assert set(told) == {cast.mia.person, cast.karim.person}


@pytest.mark.parametrize("changed", [{"website": "x"}, {"stamp": ""}, {"stamp": "snyd"}])
def test_what_looks_like_a_machine_is_asked_to_press_again_and_keeps_its_words(
    in_force, anonymous, door, sent, changed
):
    page = anonymous.post(door, {**sent, **changed})

    assert page.status_code == 422
    assert "Jeg synger gerne." in page.content.decode()
    assert Application.objects.count() == 0


@pytest.mark.parametrize(("age", "received"), [(-60, 0), (60, 1), (13 * 3600, 0)])
def test_a_page_is_neither_sent_at_once_nor_the_next_day(in_force, anonymous, door, sent, at, age, received):
    anonymous.post(door, {**sent, "stamp": stamp(at - timedelta(seconds=age))})

    assert Application.objects.count() == received


def test_one_address_writes_ten_times_an_hour(in_force, anonymous, door, sent):
    for number in range(12):
        anonymous.post(door, {**sent, "name": f"Aase {number}"})

    assert Application.objects.count() == 10


def test_the_same_page_sent_twice_is_received_once(in_force, anonymous, door, sent):
    token = {"submission": "0b0e7a3e-8f0b-4f43-9d5a-0d0a7f1a0b11"}

    first, second = anonymous.post(door, {**sent, **token}), anonymous.post(door, {**sent, **token})

    assert first.url == second.url
    assert Application.objects.count() == 1


@pytest.mark.requirement("R28")
def test_without_an_agreement_the_door_says_so_and_the_leader_is_led_to_one(cast, anonymous, client_as, door, sent):
    assert "har ikke en aftale" in anonymous.get(door).content.decode()
    anonymous.post(door, sent)

    page = client_as(cast.lene).get(reverse("application", args=[Application.objects.get().pk])).content.decode()
    assert reverse("agreement", args=[cast.solbakken.slug]) in page
    with pytest.raises(Refusal, match="ingen aftale i kraft"):
        _admit(cast, Application.objects.get(), on=cast.lene.on, at=Application.objects.get().received_at)


def _admit(cast, word, on, at):
    return actions.admit(
        application=word,
        who=NewVolunteer(name=word.name, email=email_in(word.reach_me)),
        tasks=[],
        contact_person_id=cast.mia.person,
        answer="Velkommen.",
        actor=cast.lene,
        on=on,
        at=at,
    )


def test_no_volunteers_here_is_asked_again_when_somebody_writes(cast, framework, on, at):
    state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    actions.apply(workplace=cast.solbakken, said=FirstWord(**SAID), on=on, at=at)

    assert "volunteering.to_answer" in {todo.key for todo in todo_for(cast.lene)}


def test_yes_enters_the_volunteer_and_leads_to_the_answer(cast, word, anonymous, on, at):
    admitted = _admit(cast, word, on, at)

    receipt = reverse("open_receipt", args=[cast.municipality.slug, cast.solbakken.slug, word.receipt_code])
    assert Engagement.objects.get() == admitted.engagement
    assert "Velkommen." in anonymous.get(receipt).content.decode()


def test_the_email_carries_a_link_and_no_words(cast, word, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.decline(application=word, answer="Ikke lige nu.", actor=cast.mia, at=at)

    letter = next(one for one in mail.outbox if one.to == ["aase@mail.dk"])
    assert "Ikke lige nu" not in letter.body
    assert word.receipt_code in letter.body
    assert (OutsideMail.objects.get().outcome, OutsideMail.objects.get().address) == ("sent", "")


def test_no_needs_words(cast, word, at):
    with pytest.raises(Refusal, match="venlige ord"):
        actions.decline(application=word, answer=" ", actor=cast.mia, at=at)


def test_an_answer_is_given_once(cast, word, on, at):
    actions.decline(application=word, answer="Tak.", actor=cast.mia, at=at)

    with pytest.raises(Refusal):
        _admit(cast, word, on, at)


def test_taking_it_back_empties_it(word, anonymous, cast):
    url = reverse("open_receipt", args=[cast.municipality.slug, cast.solbakken.slug, word.receipt_code])

    anonymous.post(url)

    word.refresh_from_db()
    assert (word.state, word.name, word.words) == ("withdrawn", "", "")


@pytest.mark.parametrize(("days", "late", "very_late"), [(7, False, False), (8, True, False), (15, True, True)])
def test_after_five_working_days_it_is_late(word, on, days, late, very_late):
    row = waiting_rows([word], on + timedelta(days=days))[0]

    assert (row.is_late, row.is_very_late) == (late, very_late)


@pytest.mark.parametrize(("who", "days", "asked"), [("mia", 0, True), ("karim", 0, True), ("tove", 0, False)])
def test_who_receives_is_asked(cast, word, who, days, asked):
    assert ("volunteering.to_answer" in {todo.key for todo in todo_for(getattr(cast, who))}) == asked


@pytest.mark.parametrize(("days", "quiet"), [(0, True), (8, False)])
def test_the_leader_is_asked_aloud_when_it_is_late(cast, word, on, days, quiet):
    leader = replace(cast.lene, on=on + timedelta(days=days))

    assert [todo.is_quiet for todo in todo_for(leader) if todo.key == "volunteering.to_answer"] == [quiet]


@pytest.mark.parametrize(("days", "asked"), [(8, False), (15, True)])
def test_the_leader_above_is_asked_when_it_is_very_late(cast, word, on, days, asked):
    above = replace(cast.ole, unit_id=cast.elderly.pk, on=on + timedelta(days=days))

    assert ("volunteering.answer_higher_up" in {todo.key for todo in todo_for(above)}) == asked


@pytest.mark.parametrize(
    ("who", "status"), [("mia", 200), ("karim", 200), ("lene", 200), ("hanne", 200), ("tove", 404)]
)
def test_who_reads_a_first_word(cast, word, client_as, who, status):
    assert client_as(getattr(cast, who)).get(reverse("application", args=[word.pk])).status_code == status


def test_who_oversees_reads_and_does_not_answer(cast, word, client_as):
    page = client_as(cast.hanne).post(reverse("decline_application", args=[word.pk]), {"answer": "Nej"})

    assert page.status_code == 403


def test_the_forms_of_the_answer_are_filled_in(cast, word, client_as):
    client = client_as(cast.mia)

    assert "Kære Aase" in client.get(reverse("decline_application", args=[word.pk])).content.decode()
    yes = client.get(reverse("admit_application", args=[word.pk])).content.decode()
    assert ("aase@mail.dk" in yes, "20 30 40 50" in yes) == (True, True)


@pytest.mark.parametrize(
    ("written", "email", "phone"),
    [
        ("20 30 40 50", "", "20 30 40 50"),
        ("Aase@Mail.dk", "aase@mail.dk", ""),
        ("tlf. 20304050 eller aase@mail.dk.", "aase@mail.dk", "tlf. 20304050 eller"),
        ("Spørg i kiosken", "", ""),
    ],
)
def test_phone_and_email_are_found_in_what_was_written(written, email, phone):
    assert (email_in(written), phone_in(written)) == (email, phone)


def test_the_list_costs_the_same_however_many_wait(cast, word, client_as, on, at):
    client = client_as(cast.mia)
    few = reads(client, reverse("applications"))
    for number in range(20):
        actions.apply(workplace=cast.solbakken, said=FirstWord(**{**SAID, "name": f"N {number}"}), on=on, at=at)

    assert reads(client, reverse("applications")) == few == 7
