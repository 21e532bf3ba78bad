# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.body_models import WheelEntry
from samspil.med.queries import entries_of, proposal, wheel_gaps
from samspil.med.wheel import Kind, Known, Proposed, Rhythm, propose

TODAY = date(2026, 11, 23)


def entry(kind, on, **more):
    return WheelEntry(municipality_id=0, kind=kind, on=on, due_on=more.pop("due_on", on), **more)


def days(kind, found):
    return [one.on for one in found if one.kind == kind]


def planned(cast, body, at, on, year=2027):
    return actions.plan_year(committee=body, proposed=proposal(body, year, on), actor=cast.lene, on=on, at=at)


# The suggestion -----------------------------------------------------------------------------------


@pytest.mark.requirement("R62.numbers")
@pytest.mark.parametrize("meetings", [0, 1, 2, 4, 6, 12])
def test_as_many_meetings_are_suggested_as_the_number_says(meetings):
    found = days(Kind.MEETING, propose(2027, Rhythm(meetings_a_year=meetings), Known(()), TODAY))

    assert len(found) == meetings == len(set(found))
    assert {day.weekday() for day in found} <= {0, 1, 2, 3, 4}
    assert not any(date(2027, 6, 25) <= day <= date(2027, 8, 9) for day in found)


def test_a_closed_tuesday_gives_way_to_the_next_working_day():
    tuesday = propose(2027, Rhythm(), Known(()), TODAY)[0].on

    moved = propose(2027, Rhythm(), Known((), closed=[tuesday]), TODAY)[0].on

    assert (tuesday.weekday(), moved) == (1, tuesday + timedelta(days=1))


def test_only_what_is_missing_and_still_to_come_is_suggested():
    there = propose(2027, Rhythm(), Known(()), TODAY)
    known = Known([entry(one.kind, one.on, due_on=one.due_on) for one in there])

    assert propose(2027, Rhythm(), known, TODAY) == []
    assert all(one.on > TODAY for one in propose(2026, Rhythm(), Known(()), TODAY))
    assert propose(2025, Rhythm(), Known(()), TODAY) == []


@pytest.mark.requirement("R62.evaluation")
def test_the_evaluation_is_planned_a_year_after_the_first_discussion_at_the_nearest_meeting():
    found = propose(2027, Rhythm(), Known((), evaluate_from=date(2026, 5, 20)), TODAY)

    evaluation = next(one for one in found if one.kind == Kind.EVALUATION)
    assert evaluation.due_on == date(2027, 5, 20)
    assert evaluation.on in days(Kind.MEETING, found)
    assert abs(evaluation.on - evaluation.due_on) < timedelta(days=46)


@pytest.mark.requirement("R62.evaluation")
def test_moving_an_evaluation_does_not_move_the_next_one():
    moved = entry(Kind.EVALUATION, date(2027, 9, 1), due_on=date(2027, 5, 20))

    found = propose(2028, Rhythm(), Known([moved]), TODAY)

    assert [one.due_on for one in found if one.kind == Kind.EVALUATION] == [date(2028, 5, 20)]


def test_a_missed_evaluation_is_suggested_once_and_not_once_a_year():
    missed = entry(Kind.EVALUATION, date(2023, 5, 20))

    found = propose(2027, Rhythm(), Known([missed]), TODAY)

    assert [one.due_on for one in found if one.kind == Kind.EVALUATION] == [date(2026, 5, 20), date(2027, 5, 20)]


def test_twice_a_year_is_suggested_twice():
    rhythm = Rhythm(evaluation_months=6)

    found = propose(2027, rhythm, Known((), evaluate_from=date(2026, 8, 1)), TODAY)

    assert [one.due_on for one in found if one.kind == Kind.EVALUATION] == [date(2027, 2, 1), date(2027, 8, 1)]


def test_the_framework_is_reviewed_in_the_year_in_which_it_is_due():
    known = Known((), review_from=date(2025, 3, 1))
    reviews = {
        year: len(days(Kind.FRAMEWORK_REVIEW, propose(year, Rhythm(), known, TODAY))) for year in (2027, 2028, 2029)
    }

    assert reviews == {2027: 0, 2028: 1, 2029: 1}


# What is written ----------------------------------------------------------------------------------


@pytest.mark.requirement("R62.wheel")
def test_nothing_is_written_before_somebody_says_yes(cast, body, on, client_as):
    client = client_as(cast.lene)

    for name in ("committee", "year_wheel", "plan_year"):
        assert client.get(reverse(name, args=[body.slug])).status_code == 200

    assert entries_of(body) == []


@pytest.mark.requirement("R62.wheel")
def test_the_years_dates_are_taken_with_one_press(cast, body, client_as):
    client = client_as(cast.tove)
    address = f"{reverse('plan_year', args=[body.slug])}?aar=2027"
    ticked = html.fromstring(client.get(address).text).xpath("//input[@name='dates'][@checked]/@value")

    answer = client.post(address, {"dates": ticked})

    assert answer.headers["Location"] == f"{reverse('year_wheel', args=[body.slug])}?aar=2027"
    assert {f"{one.kind}:{one.on.isoformat()}" for one in entries_of(body)} == set(ticked)
    assert len(entries_of(body)) == 5


def test_a_suggestion_that_is_no_longer_one_is_not_written(cast, body, client_as):
    address = reverse("plan_year", args=[body.slug])

    for dates in ([], ["meeting:2027-01-01"], ["x"]):
        assert client_as(cast.lene).post(address, {"dates": dates}).status_code == 422

    assert entries_of(body) == []


def test_taking_the_same_dates_twice_writes_them_once(cast, body, at, on):
    proposed = proposal(body, 2027, on)
    for _ in range(2):
        actions.plan_year(committee=body, proposed=proposed, actor=cast.lene, on=on, at=at)

    assert len(entries_of(body)) == len(proposed)


@pytest.mark.requirement("R62.moved")
def test_a_date_is_moved_and_its_sequence_grows(cast, body, at, on):
    meeting = planned(cast, body, at, on)[0]
    day = meeting.on + timedelta(days=1)

    moved = actions.change_entry(
        entry=meeting, day=day, time=time(13, 30), expected_sequence=0, actor=cast.tove, on=on, at=at
    )

    assert (moved.on, moved.time, moved.sequence, moved.due_on) == (day, time(13, 30), 1, meeting.due_on)


def test_saving_a_date_unchanged_tells_no_calendar(cast, body, at, on):
    meeting = planned(cast, body, at, on)[0]

    same = actions.change_entry(entry=meeting, day=meeting.on, expected_sequence=0, actor=cast.tove, on=on, at=at)

    assert same.sequence == 0


def test_a_cancelled_date_can_be_put_on_again(cast, body, at, on):
    meeting = planned(cast, body, at, on)[0]

    cancelled = actions.cancel_entry(entry=meeting, expected_sequence=0, actor=cast.lene, at=at)
    again = actions.change_entry(entry=cancelled, day=meeting.on, expected_sequence=1, actor=cast.lene, on=on, at=at)

    assert (cancelled.cancelled_at, again.cancelled_at, again.sequence) == (at, None, 2)


def test_two_who_move_the_same_date_do_not_overwrite_each_other(cast, body, at, on):
    meeting = planned(cast, body, at, on)[0]
    day = meeting.on + timedelta(days=1)
    actions.change_entry(entry=meeting, day=day, expected_sequence=0, actor=cast.tove, on=on, at=at)

    with pytest.raises(Refusal):
        actions.change_entry(entry=meeting, day=meeting.on, expected_sequence=0, actor=cast.lene, on=on, at=at)
    with pytest.raises(Refusal):
        actions.cancel_entry(entry=meeting, expected_sequence=0, actor=cast.lene, at=at)


@pytest.mark.parametrize("days_off", [-1, 6 * 366])
def test_a_day_that_is_gone_or_far_away_is_refused(cast, body, at, on, days_off):
    with pytest.raises(Refusal):
        actions.add_entry(
            committee=body, kind="meeting", day=on + timedelta(days=days_off), actor=cast.lene, on=on, at=at
        )


def test_one_of_a_kind_a_day(cast, body, at, on):
    actions.add_entry(committee=body, kind="meeting", day=on, actor=cast.lene, on=on, at=at)

    with pytest.raises(Refusal):
        actions.add_entry(committee=body, kind="meeting", day=on, actor=cast.lene, on=on, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        WheelEntry.objects.create(committee=body, kind="meeting", on=on, due_on=on, planned_at=at, changed_at=at)


def test_something_else_says_what_it_is(cast, body, at, on):
    with pytest.raises(Refusal):
        actions.add_entry(committee=body, kind="other", day=on, actor=cast.lene, on=on, at=at)


def test_those_who_do_not_sit_in_it_plan_nothing(cast, body, at, on, client_as):
    proposed = [Proposed(Kind.MEETING, on, on)]
    for who in (cast.mia, cast.ole, cast.dorte):
        with pytest.raises(Refusal):
            actions.plan_year(committee=body, proposed=proposed, actor=who, on=on, at=at)
    assert client_as(cast.mia).get(reverse("plan_year", args=[body.slug])).status_code == 403
    assert client_as(cast.mia).get(reverse("year_wheel", args=[body.slug])).status_code == 200
    assert client_as(cast.ole).get(reverse("year_wheel", args=[body.slug])).status_code == 404


# What is flagged ----------------------------------------------------------------------------------


@pytest.mark.requirement("R62.flagged")
def test_a_missing_or_past_evaluation_is_told_and_stops_nothing(cast, body, at, on):
    def told(*entries):
        return [gap.code for gap in wheel_gaps(body, list(entries), on)]

    meeting, past = entry(Kind.MEETING, on), entry(Kind.EVALUATION, on - timedelta(days=1))
    long_past = entry(Kind.EVALUATION, on - timedelta(days=800))
    coming = entry(Kind.EVALUATION, on + timedelta(days=3))

    assert told() == []
    assert told(meeting) == ["evaluation"]
    assert told(meeting, past) == ["evaluation_next"]
    assert told(meeting, long_past) == ["evaluation_past"]
    assert told(meeting, past, coming) == []


# Pages --------------------------------------------------------------------------------------------


@pytest.mark.requirement("R62.wheel")
def test_the_ring_has_a_text_and_the_table_says_the_same(cast, body, at, on, client_as):
    planned(cast, body, at, on)

    page = html.fromstring(client_as(cast.mia).get(f"{reverse('year_wheel', args=[body.slug])}?aar=2027").text)

    ring = page.xpath("//svg[contains(@class, 'wheel')][@role='img']")[0]
    assert ring.get("aria-label") == "2027: 4 møder, 1 evaluering"
    assert len(ring.xpath("./path")) == len(page.xpath("//table//tbody/tr")) == 5
    assert len(ring.xpath("./text[contains(@class, 'wheel-month')]")) == 12


def test_a_body_that_uses_none_of_it_has_one_folded_line(cast, body, client_as):
    page = client_as(cast.lene).get(reverse("committee", args=[body.slug])).text
    employees = client_as(cast.mia).get(reverse("committee", args=[body.slug])).text

    assert page.count(reverse("year_wheel", args=[body.slug])) == 1
    assert page.count('<details class="folded"') == 1
    assert reverse("year_wheel", args=[body.slug]) not in employees


@pytest.mark.requirement("R62.wheel")
def test_the_bodys_page_says_when_it_meets_next_and_when_papers_are_due(cast, body, at, on, client_as):
    day = date(2027, 2, 16)
    actions.add_entry(committee=body, kind="meeting", day=day, time=time(9), actor=cast.lene, on=on, at=at)

    page = " ".join(client_as(cast.tove).get(reverse("committee", args=[body.slug])).text.split())

    assert "16. februar 2027, 09.00. Sager senest 9. februar 2027." in page


def test_dates_are_added_moved_and_cancelled_on_their_pages(cast, body, client_as):
    client = client_as(cast.tove)
    wheel = reverse("year_wheel", args=[body.slug])

    added = client.post(
        reverse("add_entry", args=[body.slug]),
        {"kind": "yearly_discussion", "day": "2027-03-02", "time": "", "title": "Trivsel"},
    )
    pk = entries_of(body)[0].pk
    address = reverse("change_entry", args=[body.slug, pk])
    moved = client.post(address, {"day": "2027-03-03", "time": "10:00", "title": "Trivsel", "sequence": "0"})
    stale = client.post(address, {"day": "2027-03-04", "time": "", "title": "", "sequence": "0"})
    cancelled = client.post(reverse("cancel_entry", args=[body.slug, pk]), {"sequence": "1"})

    assert [answer.headers["Location"] for answer in (added, moved, cancelled)] == [f"{wheel}?aar=2027"] * 3
    assert stale.status_code == 422
    entry = entries_of(body)[0]
    assert (entry.on, entry.time, entry.sequence) == (date(2027, 3, 3), time(10), 2)
    assert "aflyst" in client.get(f"{wheel}?aar=2027").text


def test_the_wheel_takes_the_same_number_of_queries_for_one_date_as_for_many(cast, body, at, on, client_as):
    client = client_as(cast.lene)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{reverse('year_wheel', args=[body.slug])}?aar=2027").status_code == 200
        return len(captured)

    actions.add_entry(committee=body, kind="meeting", day=date(2027, 1, 5), actor=cast.lene, on=on, at=at)
    one = queries()
    planned(cast, body, at, on)

    assert queries() == one
