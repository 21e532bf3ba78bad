# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units that close or become a part of another, and self-owning institutions."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from samspil.foundation.errors import Refusal
from samspil.med.forms import CommitteeForm
from samspil.med.models import Committee
from samspil.municipalities import actions
from samspil.municipalities.importing import COLUMNS, plan, units_here
from samspil.municipalities.models import Sector, Unit
from samspil.municipalities.queries import successor_of, unit_choices, units_called
from samspil.people.actions import grant_role
from samspil.people.models import Role
from tests.tables import table_of


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def close(cast, on, at):
    """Close a unit, today and for good where nothing else is said."""

    def do(unit, into=None, days=0):
        return actions.close_unit(
            unit=unit, closed_from=on + timedelta(days=days), succeeded_by=into, actor=cast.hanne, at=at
        )

    return do


@pytest.fixture
def school(cast, at):
    return actions.create_unit(
        name="Søndre Skole", parent=cast.top, sector=Sector.SCHOOL, is_workplace=True, actor=cast.hanne, at=at
    )


def names(choices):
    return [label.strip() for _key, label in choices]


@pytest.mark.requirement("R26.closing")
def test_a_closed_unit_leaves_choices_and_lists_on_its_day(cast, close, school, client_as, on):
    close(school, days=1)
    assert "Søndre Skole" in names(unit_choices())

    actions.reopen_unit(unit=school, actor=cast.hanne, at=timezone.now())
    close(school)

    assert "Søndre Skole" not in names(unit_choices())
    assert units_called("Søndre Skole") == []
    client = client_as(cast.hanne)
    assert "Søndre Skole" not in client.get(reverse("units")).content.decode()
    assert "Søndre Skole" in client.get(reverse("units") + "?vis=lukkede").content.decode()
    assert "Søndre Skole" not in client.get(reverse("set_units")).content.decode()
    body = CommitteeForm(units=[school.pk, cast.solbakken.pk], committees=Committee.objects.all())
    assert [unit.name for unit in body.fields["units"].queryset] == ["Plejecenter Solbakken"]


@pytest.mark.requirement("R26.closing")
@pytest.mark.parametrize(
    ("what", "into", "said"),
    [
        ("top", None, "The top unit is the municipality itself."),
        ("elderly", None, "Something stands under it: Plejecenter Solbakken."),
        ("nordre_skole", "nordre_skole", "A unit cannot become a part of itself."),
        ("nordre_skole", "elderly", "Ældre og Sundhed is no workplace."),
    ],
)
def test_what_cannot_be_closed_says_why(cast, close, what, into, said):
    with translation.override("en"), pytest.raises(Refusal, match=said):
        close(getattr(cast, what), getattr(cast, into) if into else None)

    assert not Unit.objects.exclude(closed_from=None).exists()


def test_nobody_but_the_secretariat_closes_a_unit(cast, on, at):
    with pytest.raises(Refusal):
        actions.close_unit(unit=cast.nordre_skole, closed_from=on, succeeded_by=None, actor=cast.lene, at=at)


def test_two_units_never_become_parts_of_each_other(cast, close, school):
    close(school, cast.nordre_skole)

    with translation.override("en"), pytest.raises(Refusal, match="Søndre Skole has been closed since"):
        close(cast.nordre_skole, Unit.objects.get(pk=school.pk))


@pytest.mark.requirement("R26.closing")
def test_a_chain_of_mergers_leads_to_the_last_one(cast, close, school, on, at):
    third = actions.create_unit(
        name="Den Store Skole", parent=cast.top, sector=Sector.SCHOOL, is_workplace=True, actor=cast.hanne, at=at
    )
    close(school, cast.nordre_skole)
    close(cast.nordre_skole, third)

    assert successor_of(Unit.objects.get(pk=school.pk), on) == third


@pytest.mark.requirement("R26.closing")
def test_a_closed_unit_is_opened_again_unless_what_is_above_is_closed(cast, close, school, at):
    department = actions.create_unit(
        name="Skoler", parent=cast.top, sector=Sector.OTHER, is_workplace=False, actor=cast.hanne, at=at
    )
    actions.edit_unit(
        unit=school, name="Søndre Skole", parent=department, sector="school", is_workplace=True, actor=cast.hanne, at=at
    )
    close(school, cast.nordre_skole)
    close(department)
    with translation.override("en"), pytest.raises(Refusal, match="Skoler has been closed since"):
        actions.reopen_unit(unit=school, actor=cast.hanne, at=at)

    actions.reopen_unit(unit=department, actor=cast.hanne, at=at)
    again = actions.reopen_unit(unit=school, actor=cast.hanne, at=at)

    assert (again.closed_from, again.succeeded_by) == (None, None)


def test_nothing_new_is_put_under_or_into_a_closed_unit(cast, close, school, on, at):
    closed = close(school)
    with pytest.raises(Refusal):
        actions.create_unit(name="SFO", parent=closed, sector=Sector.SCHOOL, is_workplace=True, actor=cast.hanne, at=at)
    with pytest.raises(Refusal):
        grant_role(
            email="ida@example.dk", name="Ida", role=Role.LEADER, unit=closed, from_date=on, actor=cast.hanne, at=at
        )
    with pytest.raises(Refusal):
        actions.edit_unit(
            unit=closed, name="Ny", parent=cast.top, sector="school", is_workplace=True, actor=cast.hanne, at=at
        )


def test_the_database_refuses_a_merged_unit_that_is_open(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=cast.nordre_skole.pk).update(succeeded_by=cast.solbakken)


# From a table

HEADINGS = "Afdelingsnavn;Afdelingskode;Forældreafdelingskode;Arbejdsplads;Selvejende (ja/nej)"


@pytest.mark.requirement("R26.closing")
def test_a_row_that_names_a_closed_unit_says_so_and_brings_nothing_back(cast, close, on, at):
    Unit.objects.filter(pk=cast.nordre_skole.pk).update(code="3010")
    close(Unit.objects.get(pk=cast.nordre_skole.pk))
    with translation.override("en"):
        table = table_of(COLUMNS, HEADINGS, "Nordre Skole og SFO;3010;;ja;", "SFO;3011;;ja;")
        done = actions.import_units(table=table, actor=cast.hanne, at=at)

    assert [(remark.row, remark.text.split(".")[0]) for remark in done.remarks] == [
        (2, "Nordre Skole has been closed since 23 November 2026"),
        (3, "The sector follows from the name: School"),
    ]
    assert [line.name for line in done.creates] == ["SFO"]
    unit = Unit.objects.get(code="3010")
    assert (unit.name, unit.is_closed(on)) == ("Nordre Skole", True)


def test_a_row_cannot_stand_under_a_closed_unit(cast, close, on):
    Unit.objects.filter(pk=cast.nordre_skole.pk).update(code="3010")
    close(Unit.objects.get(pk=cast.nordre_skole.pk))
    with translation.override("en"):
        found = plan(table_of(COLUMNS, HEADINGS, "SFO;3011;3010;ja;"), units_here(), on)

    assert [(error.row, error.column) for error in found.errors] == [(2, "Forældreafdelingskode")]


# Self-owning institutions


@pytest.mark.requirement("R26.self_owning")
def test_a_table_says_which_units_are_self_owning(cast, on, at):
    lines = ("Friplejehjemmet;4010;;ja;ja", "Nordre Skole;3010;;ja;nej", "SFO;3011;;ja;")
    actions.import_units(table=table_of(COLUMNS, HEADINGS, *lines), actor=cast.hanne, at=at)

    assert list(Unit.objects.filter(is_self_owning=True).values_list("code", flat=True)) == ["4010"]


@pytest.mark.requirement("R26.self_owning")
def test_a_self_owning_institution_shows_its_own_data_protection_officer(cast, client_as, anonymous):
    client = client_as(cast.hanne)
    sent = {
        "name": "Plejecenter Solbakken",
        "parent": cast.elderly.pk,
        "sector": "care_home",
        "is_workplace": "on",
        "data_protection_contact": "Ida Krogh, dpo@example.dk",
    }
    url = reverse("edit_unit", args=[cast.solbakken.slug])
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "is_self_owning": "on"}).status_code == 302

    words = "Plejecenter Solbakken er en selvejende institution og selv dataansvarlig."
    officer = "Databeskyttelsesrådgiver: Ida Krogh, dpo@example.dk"
    inside = client_as(cast.lene).get(reverse("workplace", args=[cast.solbakken.slug]))
    outside = anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug]))
    for page in (inside, outside):
        text = unescape(page.content.decode())
        assert words in text
        assert officer in text

    client.post(url, {**sent, "data_protection_contact": ""})
    unit = Unit.objects.get(pk=cast.solbakken.pk)
    assert (unit.is_self_owning, unit.data_protection_contact) == (False, "")
