# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The light ways in: visits, events, groups, and the roles that employees take on."""

from datetime import timedelta

import pytest

from samspil.agreements import actions as agreements
from samspil.agreements.queries import no_volunteers
from samspil.foundation.errors import Refusal
from samspil.notifications.models import Message
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.lane_queries import tried_at
from samspil.volunteering.models import Engagement, Occasion, StaffRole, TrialVisit, Volunteer


def _visit(cast, on, at, *, who=None, **changes):
    given = {
        "workplace": cast.solbakken,
        "who": who or NewVolunteer(name="Bent Lund"),
        "beside_id": cast.mia.person,
        "visit_on": on,
        "actor": cast.mia,
    } | changes
    return actions.note_trial_visit(**given, on=on, at=at)


def _occasion(cast, on, at, **changes):
    given = {
        "workplace": cast.nordre_skole,
        "title": "Efterårsfest",
        "held_on": on,
        "place": "Skolegården",
        "leader_of_the_day_id": cast.ole.person,
        "expected": 60,
        "briefing": "Mød ved porten.",
        "actor": cast.ole,
    } | changes
    return actions.plan_occasion(**given, on=on, at=at)


@pytest.mark.requirement("R39.trial")
def test_one_tries_three_times_and_then_decides(cast, in_force, on, at):
    first = _visit(cast, on, at)
    _visit(cast, on, at, who=first.volunteer)
    third = _visit(cast, on, at, who=first.volunteer)

    with pytest.raises(Refusal, match="Tre besøg"):
        _visit(cast, on, at, who=first.volunteer)

    assert third.number == 3
    assert TrialVisit.objects.count() == 3


@pytest.mark.requirement("R39.trial")
def test_visits_lie_within_three_months(cast, in_force, on, at):
    first = _visit(cast, on, at)
    later = on + timedelta(days=100)

    with pytest.raises(Refusal, match="første besøg er mere end tre måneder"):
        _visit(cast, later, at, who=first.volunteer)


def test_a_visit_is_noted_when_it_has_been(cast, in_force, on, at):
    with pytest.raises(Refusal, match="Vælg i dag"):
        _visit(cast, on, at, visit_on=on + timedelta(days=1))


def test_whoever_tries_is_beside_an_employee_of_the_workplace(cast, in_force, on, at):
    with pytest.raises(Refusal, match="aldrig alene"):
        _visit(cast, on, at, beside_id=cast.ole.person)
    assert Volunteer.objects.count() == 0


@pytest.mark.requirement("R32")
def test_without_an_agreement_nobody_tries(cast, on, at):
    with pytest.raises(Refusal, match="ingen aftale i kraft"):
        _visit(cast, on, at, actor=cast.lene)


def test_whoever_only_tried_is_forgotten_after_six_months_and_whoever_stays_is_not(cast, in_force, task, on, at):
    visit = _visit(cast, on, at)
    assert Volunteer.objects.get().forget_on == on.replace(year=2027, month=5)
    assert tried_at(cast.solbakken.pk) == [(visit.volunteer_id, "Bent Lund")]

    actions.enter_volunteer(
        workplace=cast.solbakken,
        who=visit.volunteer,
        tasks=[task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )

    assert Volunteer.objects.get().forget_on is None
    assert tried_at(cast.solbakken.pk) == []


@pytest.mark.requirement("R28")
@pytest.mark.requirement("R4")
def test_an_event_needs_no_agreement_names_nobody_and_ends_no_volunteers_here(cast, body, on, at):
    agreements.state_no_volunteers(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at)

    occasion = _occasion(cast, on, at)
    actions.note_occasion(occasion=occasion, came=57, actor=cast.ole, on=on, at=at)

    assert (Occasion.objects.get().came, Occasion.objects.get().briefed_on) == (57, on)
    assert Volunteer.objects.count() == 0
    assert no_volunteers(cast.nordre_skole.pk) is None


def test_an_event_is_counted_when_its_day_has_come(cast, on, at):
    occasion = _occasion(cast, on, at, held_on=on + timedelta(days=1))

    with pytest.raises(Refusal, match="Dagen er ikke kommet"):
        actions.note_occasion(occasion=occasion, came=57, actor=cast.ole, on=on, at=at)


def test_what_was_called_off_is_not_counted(cast, on, at):
    occasion = _occasion(cast, on, at)
    actions.cancel_occasion(occasion=occasion, actor=cast.ole, at=at)

    with pytest.raises(Refusal, match="aflyst"):
        actions.note_occasion(occasion=occasion, came=3, actor=cast.ole, on=on, at=at)


@pytest.mark.requirement("R34.group")
def test_a_group_has_one_name_and_a_number(cast, in_force, task, on, at):
    group = actions.agree_with_group(
        workplace=cast.solbakken,
        name="Havevennerne",
        heads=7,
        spokesperson=NewVolunteer(name="Kirsten Dam", phone="11 22 33 44"),
        tasks=[task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )
    actions.count_group(group=group, heads=9, actor=cast.mia, on=on, at=at)

    engagement = Engagement.objects.get()
    assert (engagement.through, engagement.group.heads) == ("group", 9)
    assert list(Volunteer.objects.values_list("name", flat=True)) == ["Kirsten Dam"]


@pytest.mark.requirement("R64.taken")
def test_an_employee_takes_on_a_role_and_hands_it_over(cast, on, at):
    role = actions.take_role(workplace=cast.solbakken, kind=StaffRole.Kind.HOST, actor=cast.mia, on=on, at=at)

    actions.hand_over_role(role=role, to_id=cast.karim.person, actor=cast.mia, on=on, at=at)

    standing = StaffRole.objects.get(until=None)
    assert (standing.user_id, standing.kind) == (cast.karim.person, "host")
    assert Message.objects.filter(recipient_id=cast.karim.person, title__contains="vært på dagen").count() == 1


def test_nobody_lays_down_the_role_of_another(cast, on, at):
    role = actions.take_role(workplace=cast.solbakken, kind=StaffRole.Kind.HOST, actor=cast.mia, on=on, at=at)

    with pytest.raises(Refusal, match="give den videre"):
        actions.hand_over_role(role=role, to_id=None, actor=cast.karim, on=on, at=at)
