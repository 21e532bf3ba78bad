# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Waves: who is in which, what is refused, and the pages of the secretariat."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.frameworks.actions import DateRefusal, add_wave, choose_wave_units, edit_wave, end_wave
from samspil.frameworks.models import Wave, WaveUnit
from samspil.frameworks.permissions import SET_WAVES, visible_waves
from samspil.frameworks.waves import NO_WAVE, number_reached, overlaps, reach, wave_of, with_wave, workplaces_in
from samspil.municipalities.actions import create_unit, edit_unit
from samspil.municipalities.models import Sector, Unit
from tests.reads import reads

OTHERS = ("lene", "tove", "mia", "karim", "frida", "joergen", "dorte", "ole")


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def set_wave(cast, at, on):
    """Set a wave with these units, as the secretariat does."""

    def make(name, *units, starts=0, ends=60):
        days = {"starts_on": on + timedelta(days=starts), "deadline": on + timedelta(days=ends)}
        wave = add_wave(name=name, **days, actor=cast.hanne, at=at, on=on)
        choose(wave, add=units)
        return Wave.objects.get(pk=wave.pk)

    def choose(wave, add=(), remove=()):
        now = Wave.objects.get(pk=wave.pk).revision
        return choose_wave_units(
            wave=wave, add=add, remove=remove, expected_revision=now, actor=cast.hanne, at=at, on=on
        )

    make.choose = choose
    return make


@pytest.fixture
def workplace(cast, at):
    def make(name, parent, *, is_workplace=True):
        return create_unit(
            name=name, parent=parent, sector=Sector.OTHER, is_workplace=is_workplace, actor=cast.hanne, at=at
        )

    return make


def wave_everywhere(unit):
    """Return the wave by each of the three ways of asking, which must agree."""
    one = wave_of(unit.pk)
    assert reach().of(unit) == one
    assert with_wave(Unit.objects.filter(pk=unit.pk)).get().wave_id == (one.pk if one else NO_WAVE)
    return one


# Who is in which ------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R5.waves")
def test_a_workplace_is_in_the_nearest_wave_up_its_path(cast, set_wave, workplace):
    east = workplace("Øst", cast.elderly, is_workplace=False)
    home = workplace("Huset", east)
    site = workplace("Husets afdeling", home)
    assert wave_everywhere(home) is None

    broad = set_wave("Alle", cast.top)
    branch = set_wave("Øst", east)
    assert wave_everywhere(cast.nordre_skole) == broad
    assert wave_everywhere(cast.solbakken) == broad
    assert wave_everywhere(home) == wave_everywhere(site) == branch

    own = set_wave("Huset selv", home)
    assert wave_everywhere(home) == wave_everywhere(site) == own
    assert list(workplaces_in(broad)) == [cast.nordre_skole, cast.solbakken]
    assert number_reached() == {broad.pk: 2, own.pk: 2}


def test_whom_a_wave_reaches_follows_the_tree(cast, set_wave, workplace, at):
    wave = set_wave("Første bølge", cast.elderly)
    assert wave_everywhere(workplace("Ny", cast.elderly)) == wave
    edit_unit(
        unit=cast.solbakken,
        name=cast.solbakken.name,
        parent=cast.top,
        sector=cast.solbakken.sector,
        is_workplace=True,
        actor=cast.hanne,
        at=at,
    )
    assert wave_everywhere(Unit.objects.get(pk=cast.solbakken.pk)) is None


@pytest.mark.requirement("R5.waves")
def test_a_unit_is_in_one_standing_wave_at_most(cast, set_wave, at, on):
    first = set_wave("Første bølge", cast.solbakken)
    second = set_wave("Anden bølge")
    with pytest.raises(Refusal, match="Plejecenter Solbakken"):
        set_wave.choose(second, add=[cast.solbakken])
    with pytest.raises(IntegrityError), transaction.atomic():
        WaveUnit.objects.create(wave=second, unit=cast.solbakken)

    end_wave(wave=first, expected_revision=first.revision, actor=cast.hanne, at=at, on=on)
    assert wave_everywhere(cast.solbakken) is None
    set_wave.choose(second, add=[cast.solbakken])
    assert wave_everywhere(cast.solbakken) == second
    assert WaveUnit.objects.get(wave=first).until == on


def test_an_overlap_is_said_as_a_sentence_on_both_waves(cast, set_wave):
    broad, near = set_wave("Alle", cast.top), set_wave("De to", cast.solbakken, cast.nordre_skole)
    apart = set_wave("Tom")
    with translation.override("da"):
        assert overlaps(broad) == [
            "Ikke med i denne bølge: Nordre Skole, Plejecenter Solbakken. De følger “De to”, som er valgt tættere på dem."
        ]
        assert overlaps(near) == [
            "Med i denne bølge, selv om det, de hører under, er med i “Alle”: Nordre Skole, Plejecenter Solbakken."
        ]
    assert overlaps(apart) == []


def test_units_are_put_in_and_taken_out(cast, set_wave, on):
    wave = set_wave("Første bølge", cast.solbakken)
    assert set_wave.choose(wave, add=[cast.nordre_skole, cast.solbakken]) == 1
    assert set_wave.choose(wave, remove=[cast.solbakken]) == 1
    assert set_wave.choose(wave, remove=[cast.solbakken]) == 0
    assert wave_everywhere(cast.nordre_skole) == wave
    assert wave_everywhere(cast.solbakken) is None
    assert Event.objects.filter(name="frameworks.wave.choose_units").count() == 3
    assert Event.objects.filter(name="frameworks.wave.choose_units").last().changes == {
        "put_in": [],
        "taken_out": [cast.solbakken.pk],
    }


# What is refused ------------------------------------------------------------------------------------------------------


def test_days_that_cannot_be_are_refused(cast, set_wave, at, on):
    for starts, ends in ((10, 9), (-20, -10)):
        with pytest.raises(DateRefusal):
            set_wave("Umulig", starts=starts, ends=ends)
    assert not Wave.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.create(name="x", starts_on=on, deadline=on - timedelta(days=1))
    with pytest.raises(Refusal):
        set_wave(" \n")
    set_wave("Første bølge")
    with pytest.raises(Refusal, match="Første bølge"):
        set_wave("Første  bølge")


def test_an_ended_wave_stays_as_it_was(cast, set_wave, at, on):
    wave = set_wave("Første bølge", cast.solbakken)
    step = {"wave": wave, "actor": cast.hanne, "at": at, "on": on}
    with pytest.raises(StaleRevisionError):
        end_wave(**step, expected_revision=1)
    end_wave(**step, expected_revision=wave.revision)
    days = {"name": "Ny", "starts_on": on, "deadline": on}
    for refused in (
        lambda: end_wave(**step, expected_revision=3),
        lambda: edit_wave(**step, **days, expected_revision=3),
        lambda: choose_wave_units(**step, add=[cast.nordre_skole], remove=[], expected_revision=3),
    ):
        with pytest.raises(Refusal):
            refused()
    assert Wave.objects.get().name == "Første bølge"


@pytest.mark.requirement("R5.waves")
@pytest.mark.parametrize("who", OTHERS)
def test_only_the_secretariat_sets_waves(cast, set_wave, client_as, at, on, who):
    wave, other = set_wave("Første bølge"), getattr(cast, who)
    step = {"wave": wave, "expected_revision": wave.revision, "actor": other, "at": at, "on": on}
    days = {"name": "Min", "starts_on": on, "deadline": on}
    for refused in (
        lambda: add_wave(**days, actor=other, at=at, on=on),
        lambda: edit_wave(**step, **days),
        lambda: choose_wave_units(**step, add=[cast.solbakken], remove=[]),
        lambda: end_wave(**step),
    ):
        with pytest.raises(Refusal):
            refused()
    assert not visible_waves(other).exists()
    assert client_as(other).get(reverse("waves")).status_code == 403
    assert client_as(other).get(reverse("wave", args=[wave.pk])).status_code == 404


def test_another_municipality_has_its_own_waves(cast, other_municipality, set_wave, at, on):
    wave = set_wave("Første bølge", cast.top)
    with pytest.raises(Refusal):
        set_wave.choose(wave, add=[other_municipality.anlaegget])
    with tenancy.scope(other_municipality.municipality.pk):
        assert wave_of(other_municipality.anlaegget.pk) is None
        assert not Wave.objects.exists()
        assert not SET_WAVES.allows(cast.hanne, wave)


# The pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R5.waves")
def test_the_secretariat_sets_a_wave_fills_it_and_ends_it(cast, client_as, on):
    client = client_as(cast.hanne)
    page = client.get(reverse("waves")).content.decode()
    assert "Der er ingen bølger." in page
    assert reverse("waves") in client.get(reverse("administration")).content.decode()

    def post(path, **data):
        answer = client.post(path, {"submission": str(uuid.uuid4()), **data}, follow=True)
        return answer, " ".join(answer.content.decode().split())

    answer, page = post(reverse("add_wave"), name="Første bølge", starts_on="2027-02-01", deadline="2027-01-01")
    assert answer.status_code == 422
    assert "Fristen kan ikke ligge før starten." in page
    answer, page = post(reverse("add_wave"), name="Første bølge", starts_on="2027-02-01", deadline="2027-04-30")
    wave = Wave.objects.get()
    choose = reverse("choose_wave_units", args=[wave.pk])
    assert answer.redirect_chain[-1][0] == choose
    assert "Vælg nu, hvem der er med" in page

    shown = [cast.elderly.pk, cast.nordre_skole.pk, cast.solbakken.pk]
    _answer, page = post(choose, shown=shown, units=[cast.elderly.pk], revision=1)
    assert "Fra den 1. februar 2027. Aftalerne skal være i kraft senest den 30. april 2027." in page
    assert "Én arbejdsplads er med" in page
    assert "Plejecenter Solbakken" in page
    assert "Arbejdspladserne bliver ikke bedt om noget endnu" in page

    page = " ".join(client.get(choose + "?vis=med").content.decode().split())
    assert "Ældre og Sundhed" in page
    assert f'id="unit-{cast.solbakken.pk}"' not in page
    page = " ".join(client.get(choose + "?q=solb").content.decode().split())
    assert "Første bølge, fordi den hører under en, der er med" in page

    _answer, page = post(choose + "?q=skole", shown=[cast.nordre_skole.pk], units=[cast.nordre_skole.pk], revision=2)
    assert "2 arbejdspladser er med" in page
    _answer, page = post(
        reverse("edit_wave", args=[wave.pk]), name="Bølge 1", starts_on="2027-02-01", deadline="2027-05-31", revision=3
    )
    assert "senest den 31. maj 2027" in page
    assert "Afslut “Bølge 1”?" in client.get(reverse("end_wave", args=[wave.pk])).content.decode()
    _answer, page = post(reverse("end_wave", args=[wave.pk]), revision=4)
    assert "1 bølge er afsluttet" in page
    page = client.get(reverse("wave", args=[wave.pk])).content.decode()
    assert "Den har ikke længere nogen betydning" in page
    assert "Nordre Skole" in page


def test_a_choice_that_another_wave_has_is_refused_and_kept_on_the_page(cast, client_as, set_wave):
    set_wave("Første bølge", cast.solbakken)
    wave = set_wave("Anden bølge")
    client = client_as(cast.hanne)
    choose = reverse("choose_wave_units", args=[wave.pk])
    sent = {"submission": str(uuid.uuid4()), "units": [cast.solbakken.pk, "x", "9" * 30], "revision": wave.revision}
    answer = client.post(choose, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Plejecenter Solbakken er allerede med i “Første bølge”" in page
    assert f'value="{cast.solbakken.pk}" id="unit-{cast.solbakken.pk}" checked' in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_cost_the_same_however_many_waves_and_workplaces(cast, client_as, set_wave, workplace, count):
    wave = set_wave("Alle", cast.top)
    for number in range(count):
        branch = workplace(f"G {number}", cast.top, is_workplace=False)
        set_wave(f"Bølge {number}", branch, workplace(f"N {number}", branch))
    client = client_as(cast.hanne)
    assert {
        "list": reads(client, reverse("waves")),
        "wave": reads(client, reverse("wave", args=[wave.pk])),
        "choose": reads(client, reverse("choose_wave_units", args=[wave.pk])),
    } == {"list": 7, "wave": 11, "choose": 10}


def test_branches_stand_before_workplaces_where_one_chooses(cast, client_as, set_wave, workplace):
    centre = workplace("Bo-centret", cast.elderly, is_workplace=False)
    workplace("Astrup", centre)
    wave = set_wave("Første bølge")

    page = client_as(cast.hanne).get(reverse("choose_wave_units", args=[wave.pk]))

    names = [line["unit"].name for line in page.context["lines"]]
    assert names.index("Ældre og Sundhed") < names.index("Bo-centret") < names.index("Astrup")
