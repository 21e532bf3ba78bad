# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How often staff and volunteers meet by the agreement stands in its leader's own calendar while it is in force (R41)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from samspil.agreements.leading import agreed_meetings
from samspil.agreements.models import AgreementPerson, AgreementVersion
from samspil.config.story import publish_model_framework
from samspil.med import actions as med
from samspil.municipalities.actions import close_unit
from samspil.people.models import RoleAssignment
from samspil.people.queries import capacity_of
from tests.colleagues import engparken_in_force


@pytest.fixture
def version(cast, on, at):
    """Engparken's agreement in force, by which staff and volunteers meet every three months."""
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    found = engparken_in_force(cast, on, at)
    AgreementVersion.objects.filter(pk=found.pk).update(staff_meets="quarterly", in_force_from=on)
    found.refresh_from_db()
    return found


@pytest.fixture
def birthe(version, on):
    person = AgreementPerson.objects.get(agreement=version.agreement, part="leader", until=None)
    return capacity_of(RoleAssignment.objects.get(user=person.user_id, role="leader"), on)


def events(anonymous, actor, at, committee=None):
    token = med.make_feed(committee=committee, actor=actor, at=at)
    answer = anonymous.get(reverse("calendar_feed", args=["eksempelby", token]))
    assert answer.status_code == 200
    return [one for one in Calendar.from_ical(answer.content).walk("VEVENT") if "RRULE" in one]


@pytest.mark.requirement("R41.remembered")
def test_the_leaders_calendar_reminds_of_the_meetings_agreed(version, birthe, anonymous, at):
    (event,) = events(anonymous, birthe, at)
    assert str(event["summary"]) == "Møde mellem medarbejdere og frivillige, som aftalt: Plejecenter Engparken"
    assert (event["rrule"]["FREQ"], event["rrule"]["INTERVAL"]) == (["MONTHLY"], [3])
    assert event["dtstart"].dt.isoformat() == "2027-02-23"
    assert str(event["transp"]) == "TRANSPARENT"


@pytest.mark.parametrize(("meets", "months"), [("monthly", 1), ("quarterly", 3), ("half_yearly", 6)])
def test_it_comes_as_often_as_was_agreed(version, birthe, on, meets, months):
    AgreementVersion.objects.filter(pk=version.pk).update(staff_meets=meets)
    assert [one.every_months for one in agreed_meetings(birthe.user_id, on)] == [months]


def test_nobody_elses_calendar_and_no_bodys_own_has_it(cast, version, birthe, anonymous, at):
    assert events(anonymous, cast.lene, at) == []
    committee = version.dialogue.committee
    assert events(anonymous, birthe, at, committee) == []


def test_it_ends_with_the_agreement_the_leader_and_the_workplace(cast, version, birthe, on, at):
    assert len(agreed_meetings(birthe.user_id, on)) == 1
    later = on + timedelta(days=1)
    close_unit(unit=version.agreement.workplace, closed_from=later, succeeded_by=None, actor=cast.hanne, at=at)
    assert agreed_meetings(birthe.user_id, later) == []
    RoleAssignment.objects.filter(pk=birthe.assignment_id).update(until=on - timedelta(days=1))
    assert agreed_meetings(birthe.user_id, on) == []


def test_where_nothing_was_agreed_nothing_is_in_the_calendar(version, birthe, anonymous, at):
    AgreementVersion.objects.filter(pk=version.pk).update(staff_meets="")
    assert events(anonymous, birthe, at) == []
