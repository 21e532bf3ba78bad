# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Questions whose SQL is kept: the same answers as Django's own, for whoever asks, on whatever day."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from samspil.foundation import prepared as kept
from samspil.foundation.prepared import NotPreparableError, Prepared, Rows, prepared, read_along
from samspil.foundation.tenancy import NoMunicipalityError, scope
from samspil.med.body_models import MedSettings
from samspil.municipalities.models import Unit
from samspil.people.queries import units_within
from tests.cast import outside_scope


@prepared
def units_called(name: str):
    return Unit.objects.filter(name=name)


@prepared
def units_by_name():
    return Unit.objects.order_by("sort_key").select_related("parent")


@prepared
def units_among(keys: tuple[int, ...], but: int | None):
    return Unit.objects.filter(~Q(pk=but), pk__in=keys).order_by("pk")


def test_each_municipality_gets_its_own_rows(cast, other_municipality):
    here = units_by_name()
    with outside_scope(), scope(other_municipality.municipality.pk):
        there = units_by_name()
        names = [unit.name for unit in Unit.objects.order_by("sort_key")]

    assert {unit.municipality_id for unit in here} == {cast.municipality.pk}
    assert ({unit.municipality_id for unit in there}, [unit.name for unit in there]) == (
        {other_municipality.municipality.pk},
        names,
    )


def test_outside_a_municipality_nothing_is_asked(cast):
    units_by_name()

    with outside_scope(), pytest.raises(NoMunicipalityError):
        units_by_name()


def test_the_values_are_put_in_anew_each_time(cast):
    assert units_called(cast.solbakken.name) == [cast.solbakken]
    assert units_called(cast.nordre_skole.name) == [cast.nordre_skole]
    assert units_called("50% _ \\ '") == []


def test_lists_of_all_lengths_and_what_decides_how_the_question_looks(cast):
    both = (cast.solbakken.pk, cast.nordre_skole.pk, cast.solbakken.pk)

    assert units_among((), None) == []
    assert units_among(both, None) == sorted([cast.solbakken, cast.nordre_skole], key=lambda unit: unit.pk)
    assert units_among(both, cast.solbakken.pk) == [cast.nordre_skole]
    assert units_among((cast.solbakken.pk,), cast.solbakken.pk) == []


def test_a_long_list_is_asked_the_ordinary_way(cast):
    many = (*range(10_000, 10_000 + kept.MOST_VALUES), cast.solbakken.pk)

    assert units_among(many, None) == [cast.solbakken]
    assert (units_among.listed(many, None).count(), units_among.listed(many, None)[:5]) == (1, [cast.solbakken])
    assert len(units_among._shapes) < kept.MOST_SHAPES


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30, -(10**30)])
def test_a_number_that_no_column_holds_finds_nothing(cast, number):
    @prepared
    def with_key(pk: int):
        return Unit.objects.filter(pk=pk)

    assert with_key(cast.solbakken.pk) == [cast.solbakken]
    assert (with_key(number), with_key.listed(number).count()) == ([], 0)


def test_the_tree_is_asked_with_other_units(cast):
    @prepared
    def below(unit_id: int):
        return units_within(unit_id, below=True)

    for unit in (cast.top, cast.elderly, cast.solbakken):
        assert set(below(unit.pk)) == set(units_within(unit.pk, below=True))


def test_pages_are_those_of_the_same_queryset(cast):
    ours, djangos = Paginator(units_by_name.listed(), 2), Paginator(Unit.objects.order_by("sort_key"), 2)

    assert (ours.count, ours.num_pages) == (djangos.count, djangos.num_pages)
    assert [list(ours.page(number)) for number in ours.page_range] == [
        list(djangos.page(number)) for number in djangos.page_range
    ]
    assert units_by_name.listed()[:1] == list(Unit.objects.order_by("sort_key")[:1])


def test_the_question_is_built_once(cast):
    built = []

    @prepared
    def counted(name: str):
        built.append(name)
        return Unit.objects.filter(name=name)

    Prepared.is_compared = False
    try:
        for name in ("a", "b", "c"):
            counted(name)
    finally:
        Prepared.is_compared = True

    assert len(built) == 2


def test_only_so_many_forms_are_kept(cast, monkeypatch):
    monkeypatch.setattr(kept, "MOST_SHAPES", 2)

    @prepared
    def among(keys: tuple[int, ...]):
        return Unit.objects.filter(pk__in=keys)

    for length in range(1, 6):
        assert among(tuple(range(10_000, 10_000 + length))) == []
    assert len(among._shapes) == 2


@pytest.mark.parametrize(
    ("build", "value"),
    [
        (lambda day: Unit.objects.filter(closed_from__gt=day - timedelta(days=30)), date(2026, 11, 23)),
        (lambda name: Unit.objects.filter(name__contains=name), "skole"),
        (lambda number: Unit.objects.all()[: number % 7], 3),
        (lambda key: Unit.objects.filter(parent=Unit.objects.get(pk=key)), 1),
        (lambda key: Unit.objects.filter(pk=key).prefetch_related("children"), 1),
        (lambda keys: Unit.objects.filter(pk__in=keys), [1]),
    ],
)
def test_what_cannot_be_asked_again_with_other_values_is_refused(cast, build, value):
    build.__name__ = "build"

    with pytest.raises(NotPreparableError):
        prepared(build)(value)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's columns hold numbers of any size")
def test_a_column_that_is_too_small_for_the_stand_ins_is_seen(cast):
    with pytest.raises(NotPreparableError):
        prepared(lambda number: MedSettings.objects.filter(paper_days=number))(7)


def test_a_question_that_looks_at_the_clock_is_found_out_in_tests(cast):
    @prepared
    def closed_today():
        return Unit.objects.filter(closed_from__lte=timezone.localdate())

    closed_today()

    with time_machine.travel(timezone.now() + timedelta(days=3)), pytest.raises(NotPreparableError):
        closed_today()


def test_what_is_read_along_is_what_django_would_prefetch(cast, django_assert_num_queries):
    children = prepared(lambda parents: Unit.objects.filter(parent__in=parents).order_by("pk"))
    with django_assert_num_queries(1):
        read_along([cast.top, cast.elderly], "children", children)
        read_along([cast.top, cast.elderly], "children", children)
        found = [list(cast.top.children.all()), list(cast.elderly.children.all())]
        assert all(child.parent == cast.elderly for child in found[1])
    assert found == [list(Unit.objects.filter(parent=unit).order_by("pk")) for unit in (cast.top, cast.elderly)]
    assert isinstance(cast.top.children.all(), Rows)
    assert not cast.top.children.exclude(parent=cast.top).exists()
    cast.top.refresh_from_db()
    assert not isinstance(cast.top.children.all(), Rows)
