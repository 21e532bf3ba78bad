# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The agreement with a volunteer: made from the workplace's, said yes to in any way, asked for again only when it is theirs."""

import io
from datetime import timedelta

import pikepdf
import pypdf
import pytest
from django.db import IntegrityError, transaction

from samspil.agreements.models import Task
from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.foundation.pdf import render_pdf
from samspil.people.models import RoleAssignment
from samspil.people.queries import capacity_of
from samspil.volunteering import actions
from samspil.volunteering.actions import SaidToAll
from samspil.volunteering.models.terms import How
from samspil.volunteering.queries import room_at
from samspil.volunteering.terms import Standing, newest_terms, standing_of, terms_document, terms_now, to_ask_again


@pytest.fixture
def made(cast, aase, on, at):
    """Aase's agreement, made by Mia; it waits for her yes."""
    return actions.make_terms(engagement=aase, actor=cast.mia, on=on, at=at)


@pytest.fixture
def log_in_aase(cast, aase, on, at):
    """Let Aase log in; returns her capacity."""

    def give():
        who = actions.give_own_page(engagement=aase, email="aase@example.dk", actor=cast.mia, on=on, at=at)
        return capacity_of(RoleAssignment.objects.get_queryset().get(user=who.user, unit=cast.solbakken), on)

    return give


def standing(engagement):
    engagement = type(engagement).objects.get(pk=engagement.pk)
    return standing_of(newest_terms(engagement), terms_now(engagement))


@pytest.mark.requirement("R18.volunteer_agreement", "R56", "R17.volunteer_agreement")
def test_the_agreement_says_what_the_workplaces_agreement_says_and_that_it_is_a_supplement(made, task, in_force):
    own, common = made.content["own"], made.content["common"]

    assert [row["title"] for row in own["tasks"]] == [task.title]
    assert own["tasks"][0]["not_part"] == task.not_part
    assert "supplement" in common["supplement"]
    assert "uden løn" in common["definition"]
    assert made.number == 1
    assert "Aase" not in str(made.content)
    assert "Mia" not in str(made.content)


@pytest.mark.requirement("R56")
@pytest.mark.parametrize("how", [How.PAPER, How.ALOUD])
def test_a_yes_on_paper_or_aloud_is_noted_with_the_day_and_who_noted_it(cast, aase, made, on, at, how):
    day = on - timedelta(days=2)
    actions.note_acceptance(terms=made, how=how, said_on=day, actor=cast.mia, on=on, at=at)

    made.refresh_from_db()
    assert (made.accepted_how, made.accepted_on, made.noted_by_id) == (how, day, cast.mia.person)
    assert standing(aase) == Standing.AGREED


@pytest.mark.requirement("R56")
def test_a_yes_on_the_screen_is_the_volunteers_alone(cast, aase, made, log_in_aase, on, at):
    own = log_in_aase()
    for actor in (cast.mia, cast.frida):
        with pytest.raises(Refusal):
            actions.accept_terms(terms=made, expected_sha256=made.content_sha256, actor=actor, on=on, at=at)
    with pytest.raises(Refusal):
        actions.accept_terms(terms=made, expected_sha256="0" * 64, actor=own, on=on, at=at)

    actions.accept_terms(terms=made, expected_sha256=made.content_sha256, actor=own, on=on, at=at)

    made.refresh_from_db()
    assert (made.accepted_how, made.accepted_at, made.made_by_id) == (How.SCREEN, at, cast.mia.person)
    event = Event.objects.filter(name="volunteering.terms.accept").get()
    assert set(event.capacity) == {"pseudonym", "role", "unit"}


def test_nobody_says_yes_tomorrow_or_twice_or_for_others(cast, made, on, at):
    tomorrow = on + timedelta(days=1)
    with pytest.raises(Refusal):
        actions.note_acceptance(terms=made, how=How.PAPER, said_on=tomorrow, actor=cast.mia, on=on, at=at)
    with pytest.raises(Refusal):
        actions.note_acceptance(terms=made, how=How.PAPER, said_on=on, actor=cast.tove, on=on, at=at)
    with pytest.raises(Refusal):
        actions.note_acceptance(terms=made, how=How.SCREEN, said_on=on, actor=cast.mia, on=on, at=at)
    actions.note_acceptance(terms=made, how=How.PAPER, said_on=on, actor=cast.mia, on=on, at=at)
    with pytest.raises(Refusal):
        actions.note_acceptance(terms=made, how=How.ALOUD, said_on=on, actor=cast.mia, on=on, at=at)


@pytest.mark.requirement("R56")
def test_only_those_whose_own_terms_changed_are_asked_again(cast, aase, made, task, on, at):
    other_task = room_at(cast.solbakken.pk).tasks[1]
    kaj = actions.enter_volunteer(
        workplace=cast.solbakken,
        who=actions.NewVolunteer(name="Kaj Friis"),
        tasks=[other_task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )
    actions.make_terms(engagement=kaj, actor=cast.mia, on=on, at=at)
    assert to_ask_again(cast.solbakken.pk) == []

    Task.objects.filter(lineage=task.lineage).update(not_part="Ikke pleje og ikke penge")

    assert to_ask_again(cast.solbakken.pk) == [aase]
    assert standing(aase) == Standing.CHANGED
    with pytest.raises(Refusal):
        actions.note_acceptance(terms=made, how=How.PAPER, said_on=on, actor=cast.mia, on=on, at=at)
    again = actions.make_terms(engagement=aase, actor=cast.mia, on=on, at=at)
    assert (again.number, standing(aase), to_ask_again(cast.solbakken.pk)) == (2, Standing.WAITS, [])


def test_what_the_municipality_says_to_all_asks_nobody_again(cast, aase, made, at):
    said = SaidToAll(confidentiality="Det, du hører, bliver her.", forget_after_months=6, keep_reads_months=12)
    actions.set_common_terms(said=said, actor=cast.hanne, at=at)
    sentence = "Kommunen har tegnet en ulykkesforsikring."
    actions.save_insurance_line(task_type="", sentence=sentence, actor=cast.hanne, at=at)

    assert to_ask_again(cast.solbakken.pk) == []
    common = terms_now(aase)["common"]
    assert (common["insurance"], common["confidentiality"]) == (sentence, said.confidentiality)
    with pytest.raises(Refusal):
        actions.set_common_terms(said=said, actor=cast.lene, at=at)


def test_making_it_again_without_a_change_makes_nothing(cast, aase, made, on, at):
    assert actions.make_terms(engagement=aase, actor=cast.lene, on=on, at=at) == made


@pytest.mark.requirement("R28")
def test_without_an_agreement_in_force_or_a_task_there_is_nothing_to_make(cast, aase, on, at):
    aase.tasks.update(declined_on=on)
    with pytest.raises(Refusal):
        actions.make_terms(engagement=aase, actor=cast.mia, on=on, at=at)


def test_a_yes_says_when_and_how_and_who_noted_it(made, on, at):
    for wrong in ({"accepted_how": "paper", "accepted_on": on, "accepted_at": at}, {"accepted_how": "screen"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(made).objects.filter(pk=made.pk).update(**wrong)


@pytest.mark.requirement("R56")
@pytest.mark.parametrize("large", [False, True])
def test_the_paper_is_accessible_and_says_who_and_what(made, task, on, large):
    content = render_pdf(terms_document(made, on, large_print=large))

    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "da"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    for words in ("Aase Holm", "Mia Lund", "Lene Holm", task.title, "Plejecenter Solbakken"):
        assert words in " ".join(text.split())
