# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a wave makes of the leader's own page: quiet before its start, a deadline from then on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.agreements import actions
from samspil.agreements.actions.reminding import NobodyToRemindError
from samspil.agreements.queries import todo_for
from samspil.agreements.reminders import round_of_reminders
from samspil.frameworks.actions import add_wave, choose_wave_units, end_wave
from samspil.frameworks.models import Wave

START, DEADLINE = date(2027, 2, 1), date(2027, 4, 30)


@pytest.fixture
def wave(cast, framework, at, on):
    made = add_wave(name="Første bølge", starts_on=START, deadline=DEADLINE, actor=cast.hanne, at=at, on=on)
    step = {"wave": made, "remove": [], "expected_revision": 1, "actor": cast.hanne, "at": at, "on": on}
    choose_wave_units(add=[cast.elderly], **step)
    return Wave.objects.get()


def asked(capacity, day):
    with translation.override("da"):
        [todo] = todo_for(replace(capacity, on=day))
        return todo


@pytest.mark.requirement("R4")
@pytest.mark.requirement("R5.waves")
def test_nothing_is_asked_before_the_start_and_late_is_after_the_deadline_only(cast, wave):
    before = asked(cast.lene, START - timedelta(days=1))
    assert before.is_quiet
    assert before.title == "Jeres bølge, “Første bølge”, begynder den 1. februar 2027."
    assert before.due is None

    for day in (START, DEADLINE):
        todo = asked(cast.lene, day)
        assert not todo.is_quiet
        assert todo.title == "Lav jeres aftale for frivillighed"
        assert todo.detail.startswith("I kraft senest den 30. april 2027.")
        assert todo.due == DEADLINE

    after = asked(cast.lene, DEADLINE + timedelta(days=1))
    assert after.detail.startswith("Fristen var den 30. april 2027.")


def test_without_a_wave_it_is_as_it_was(cast, wave, on, at):
    todo = asked(cast.ole, on)
    assert not todo.is_quiet
    assert todo.due is None
    assert todo.detail == "Den fælles værdiramme har været i kraft siden 23. november 2026. Det tager et kvarter."

    end_wave(wave=wave, expected_revision=wave.revision, actor=cast.hanne, at=at, on=on)
    assert asked(cast.lene, on).detail == todo.detail


def test_a_draft_begun_early_has_no_deadline_until_the_start(cast, wave, on, at):
    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert asked(cast.lene, on).due is None
    assert not asked(cast.lene, on).is_quiet
    assert asked(cast.lene, START).due == DEADLINE


def test_a_new_version_of_what_is_in_force_has_no_deadline(cast, in_force, wave, on, at):
    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    assert asked(cast.lene, START).due is None


def test_the_home_page_tells_it_in_small_and_counts_nothing(cast, wave, client_as):
    response = client_as(cast.lene).get(reverse("home"))
    page = " ".join(response.content.decode().split())
    assert "Der er ikke noget, du skal gøre nu." in page
    assert (
        "Jeres bølge, “Første bølge”, begynder den 1. februar 2027.</strong> Indtil da behøver du ikke gøre noget"
        in page
    )
    assert 'class="todo"' not in page


@pytest.mark.requirement("R5.waves")
def test_nobody_is_reminded_before_their_wave_begins(cast, wave, on, at):
    everybody = [cast.solbakken, cast.nordre_skole]
    told = round_of_reminders([unit.pk for unit in everybody], at)
    assert [reminder.workplace for reminder in told.reminders] == [cast.nordre_skole]
    assert told.not_yet == (cast.solbakken,)

    with pytest.raises(NobodyToRemindError):
        actions.remind_not_begun(workplaces=[cast.solbakken], actor=cast.hanne, at=at)
    later = at + (START - on)
    assert [one.workplace for one in round_of_reminders([cast.solbakken.pk], later).reminders] == [cast.solbakken]
