# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who reaches which units: asked for all at once or for one, the answer is the same."""

from dataclasses import fields

from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page, reading
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, path_of
from samspil.people.queries import reaches, units_reached


def test_the_path_of_a_unit_has_no_depth_where_it_ends(cast, at):
    unit = cast.solbakken
    for number in range(10):
        unit = create_unit(
            name=f"Under {number}", parent=unit, sector=unit.sector, is_workplace=False, actor=cast.hanne, at=at
        )
        by_the_tree = Unit.objects.get_queryset().ancestors(unit, include_self=True)
        assert ids_above(unit.pk) == tuple(above.pk for above in by_the_tree)
        assert path_of(unit) == list(by_the_tree)


def test_reaching_one_unit_is_the_same_as_finding_it_among_all(cast, other_municipality):
    capacities = [value for field in fields(cast) if isinstance(value := getattr(cast, field.name), Capacity)]
    units = [*Unit.objects.all(), other_municipality.top, other_municipality.anlaegget]

    for capacity in capacities:
        found = set(units_reached(capacity))
        assert {unit for unit in units if reaches(capacity, unit.pk)} == found, capacity.person_name


def test_a_question_is_asked_once_a_page_and_every_time_elsewhere(cast, django_assert_num_queries):
    @once_a_page
    def count(word):
        return Unit.objects.filter(name__contains=word).count()

    with django_assert_num_queries(2):
        count("skole")
        count("skole")
    with django_assert_num_queries(2), reading():
        assert [count("Skole"), count("Skole"), count("center")] == [1, 1, 1]
