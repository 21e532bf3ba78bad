# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Waves in the overview: how far each has come, what is late, the filters, the file, the reminder."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspil.agreements import actions
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.frameworks.actions import add_wave, choose_wave_units, end_wave
from samspil.frameworks.models import Wave
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector
from tests.reads import reads

OVERVIEW = "overview"


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is, and any later day that a test turns to."""
    now = [at]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def turn_to(moment):
        now[0] = moment

    return turn_to


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def set_wave(cast, at, on):
    def make(name, *units, starts=0, ends=60):
        days = {"starts_on": on + timedelta(days=starts), "deadline": on + timedelta(days=ends)}
        wave = add_wave(name=name, **days, actor=cast.hanne, at=at, on=on)
        choose_wave_units(wave=wave, add=units, remove=[], expected_revision=1, actor=cast.hanne, at=at, on=on)
        return Wave.objects.get(pk=wave.pk)

    return make


@pytest.fixture
def in_force(cast, framework, on, at):
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    set_up_body(name="LokalMED", units=[cast.solbakken], on=on, at=at, **people)
    return put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )


@pytest.fixture
def more(cast, at):
    """Nine more workplaces beside Solbakken."""
    return [
        create_unit(
            name=f"Bo {number}",
            parent=cast.elderly,
            sector=Sector.CARE_HOME,
            is_workplace=True,
            actor=cast.hanne,
            at=at,
        )
        for number in range(9)
    ]


def words(response):
    return " ".join(response.content.decode().split())


def listed(client, **asked):
    response = client.get(reverse(OVERVIEW), asked)
    assert response.status_code == 200
    return [line.unit.name for line in response.context.get("lines") or []]


@pytest.mark.requirement("R4")
@pytest.mark.requirement("R5.waves")
def test_each_wave_says_how_many_of_it_are_in_force(cast, client_as, set_wave, in_force, more):
    set_wave("Anden bølge", cast.nordre_skole, starts=100, ends=200)
    first = set_wave("Første bølge", cast.elderly)
    page = words(client_as(cast.hanne).get(reverse(OVERVIEW)))
    assert page.index("Første bølge</a>") < page.index("Anden bølge</a>")
    assert '1 af 10 i kraft<span class="soft">. Frist den 22. januar 2027' in page
    assert '0 af 1 i kraft<span class="soft">. Begynder den 3. marts 2027, frist den 11. juni 2027' in page
    assert 'aria-label="1 i kraft, 9 ikke begyndt"' in page
    assert f"?boelge={first.pk}&amp;vis=liste" in page


@pytest.mark.requirement("R4")
def test_nothing_is_late_before_the_deadline_has_passed(cast, client_as, set_wave, in_force, clock, at):
    late = create_unit(
        name="Huset", parent=cast.elderly, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
    )
    set_wave("Første bølge", cast.elderly)
    actions.state_no_volunteers(workplace=cast.nordre_skole, actor=cast.ole, on=at.date(), at=at)
    for days in (0, 60):
        clock(at + timedelta(days=days))
        client = client_as(cast.hanne)
        assert listed(client, forsinket="on") == []
        page = words(client.get(reverse(OVERVIEW), {"vis": "liste"}))
        assert 'badge-error">' not in page
        assert "Første bølge, senest den 22. januar 2027" in page

    clock(at + timedelta(days=61))
    client = client_as(cast.hanne)
    assert listed(client, forsinket="on") == [late.name]
    assert 'badge-error">Over fristen</span>' in words(client.get(reverse(OVERVIEW), {"vis": "liste"}))
    assert 'badge-error">Én er over fristen</span>' in words(client.get(reverse(OVERVIEW)))
    rows = client.get(reverse("export_overview", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert rows[0].endswith('"Bølge";"Frist";"Over fristen"')
    assert {row.split(";")[0].strip('"'): row.split(";")[-3:] for row in rows[1:]} == {
        "Huset": ['"Første bølge"', '"22-01-2027"', '"ja"'],
        "Nordre Skole": ['""', '""', '""'],
        "Plejecenter Solbakken": ['"Første bølge"', '"22-01-2027"', '""'],
    }


def test_before_the_start_the_line_says_when_and_why_says_that_nothing_is_asked(cast, client_as, set_wave, framework):
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    set_up_body(name="LokalMED", units=[cast.top], on=framework.in_force_from, at=framework.created_at, **people)
    set_wave("Anden bølge", cast.solbakken, starts=100, ends=200)
    client = client_as(cast.hanne)
    why = words(client.get(reverse("overview_why", args=["plejecenter-solbakken"])))
    assert "Anden bølge, begynder den 3. marts 2027" in why
    assert "Før det bliver lederen ikke bedt om noget" in why
    assert "værdirammen har været i kraft" not in why


def test_the_list_and_the_file_can_be_limited_to_a_wave_or_to_none(cast, client_as, set_wave, framework):
    wave = set_wave("Første bølge", cast.elderly)
    client = client_as(cast.hanne)
    assert listed(client, boelge=str(wave.pk)) == ["Plejecenter Solbakken"]
    assert listed(client, boelge="0") == ["Nordre Skole"]
    assert listed(client, boelge=str(wave.pk), status="in_force") == []
    rows = client.get(reverse("export_overview", args=["csv"]), {"boelge": wave.pk}).content.decode().splitlines()
    assert len(rows) == 2
    for odd in ("x", "-1", "9" * 40, "%", "\ufffd"):
        listed(client, boelge=odd, forsinket=odd)


def test_without_waves_nothing_is_asked_about_them(cast, client_as, set_wave, framework, at, on):
    client = client_as(cast.hanne)

    def asks():
        page = words(client.get(reverse(OVERVIEW)))
        return 'name="boelge"' in page, 'name="forsinket"' in page, "Bølgerne" in page

    assert asks() == (False, False, False)
    wave = set_wave("Første bølge", cast.elderly)
    assert asks() == (True, True, True)
    end_wave(wave=wave, expected_revision=wave.revision, actor=cast.hanne, at=at, on=on)
    assert asks() == (False, False, False)


@pytest.mark.requirement("R60")
def test_a_leader_sees_the_waves_of_the_own_area_only(cast, client_as, set_wave, framework):
    set_wave("Alle", cast.top)
    set_wave("Skolerne", cast.nordre_skole)
    page = words(client_as(cast.lene).get(reverse(OVERVIEW)))
    assert "Alle</a>" in page
    assert "0 af 1 i kraft" in page
    assert "Skolerne</a>" not in page
    assert f'href="{reverse("waves")}"' not in page


def test_the_reminder_can_be_limited_to_a_wave(cast, client_as, set_wave, framework):
    set_wave("Senere", cast.solbakken, starts=10)
    now = set_wave("Første bølge", cast.nordre_skole)
    client = client_as(cast.hanne)
    for asked in ({"boelge": now.pk}, {}):
        response = client.get(reverse("remind_not_begun"), asked)
        told = [reminder.workplace.name for reminder in response.context["round"].reminders]
        assert told == ["Nordre Skole"]
    assert "Deres bølge er ikke begyndt, og de er derfor ikke med" in words(response)


@pytest.mark.requirement("R4")
def test_the_age_of_no_volunteers_is_the_day_it_was_said(cast, client_as, framework, on, at):
    actions.state_no_volunteers(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    page = words(client_as(cast.hanne).get(reverse(OVERVIEW), {"q": "solb"}))
    assert "siden 23. november 2026</span>" in page


@pytest.mark.parametrize("count", [1, 4])
def test_with_waves_too_a_page_costs_ten_queries_at_most(cast, client_as, set_wave, framework, at, count):
    for number in range(count):
        branch, leaf = (
            create_unit(
                name=f"{kind} {number}",
                parent=cast.top,
                sector=Sector.OTHER,
                is_workplace=kind == "N",
                actor=cast.hanne,
                at=at,
            )
            for kind in ("G", "N")
        )
        set_wave(f"Bølge {number}", branch, leaf)
    set_wave("Alle", cast.top)
    client = client_as(cast.hanne)
    before_the_page = 3
    assert {
        "tree": reads(client, reverse(OVERVIEW)) - before_the_page,
        "list": reads(client, reverse(OVERVIEW) + "?vis=liste") - before_the_page,
        "late": reads(client, reverse(OVERVIEW) + "?forsinket=on") - before_the_page,
        "branch": reads(client, reverse("overview_branch", args=["aeldre-og-sundhed"])) - before_the_page,
        "export": reads(client, reverse("export_overview", args=["csv"])) - before_the_page,
        "remind": reads(client, reverse("remind_not_begun")) - before_the_page,
    } == {"tree": 10, "list": 9, "late": 5, "branch": 9, "export": 8, "remind": 9}
