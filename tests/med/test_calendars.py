# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import shutil
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from lxml import html

from samspil.audit.models import Event
from samspil.config.cast import build_cast
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.body_models import CalendarFeed
from samspil.med.calendars import calendar_file
from samspil.med.models import Membership
from samspil.med.queries import calendar_dates
from tests.med.conftest import set_up_body

SUMMER, WINTER = date(2027, 6, 8), date(2027, 12, 7)


def added(cast, body, day, at, on, **more):
    return actions.add_entry(
        committee=body, **{"kind": "meeting", "day": day, "time": time(9), **more}, actor=cast.lene, on=on, at=at
    )


@pytest.fixture
def meetings(cast, body, at, on):
    """One meeting in summer and one in winter, at nine."""
    return [added(cast, body, day, at, on) for day in (SUMMER, WINTER)]


def address(token):
    return reverse("calendar_feed", args=["eksempelby", token])


def read(content):
    return Calendar.from_ical(content)


def events(content):
    return {str(event["uid"]): event for event in read(content).walk("VEVENT")}


def feed(cast, who, body, at):
    return address(actions.make_feed(committee=body, actor=who, at=at))


@pytest.mark.requirement("R62.calendar")
def test_a_calendar_reads_the_dates_without_logging_in(cast, body, meetings, at, anonymous):
    answer = anonymous.get(feed(cast, cast.tove, body, at))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    found = sorted(events(answer.content).values(), key=lambda event: event["dtstart"].dt)
    assert [str(event["summary"]) for event in found] == ["MED-møde, LokalMED Solbakken"] * 2
    assert [event["dtstart"].dt.astimezone(UTC) for event in found] == [
        datetime(2027, 6, 8, 7, tzinfo=UTC),
        datetime(2027, 12, 7, 8, tzinfo=UTC),
    ]


def test_the_zone_says_when_summer_time_begins_and_ends(body, meetings, on):
    zone = read(calendar_file("x", calendar_dates(on))).walk("VTIMEZONE")[0]

    assert str(zone["tzid"]) == "Europe/Copenhagen"
    built = zone.to_tz()
    offsets = [
        datetime(2027, *day, tzinfo=built).utcoffset() for day in ((3, 28, 1), (3, 28, 4), (10, 30, 12), (10, 31, 12))
    ]
    assert offsets == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=2), timedelta(hours=1)]


@pytest.mark.requirement("R62.calendar")
def test_only_neutral_words_leave_the_house(cast, body, at, on, anonymous):
    added(cast, body, SUMMER, at, on, kind="other", title="Samtale om Mia Lund")

    content = anonymous.get(feed(cast, cast.tove, body, at)).content.decode()

    event = next(iter(events(content).values()))
    assert str(event["summary"]) == "Dato, LokalMED Solbakken"
    assert [name for name in ("Mia", "Tove", "Lene", "Samtale", "ATTENDEE", "ORGANIZER") if name in content] == []


@pytest.mark.requirement("R62.moved")
def test_a_moved_date_keeps_its_uid_and_a_cancelled_one_says_so(cast, body, meetings, at, on, anonymous):
    path = feed(cast, cast.tove, body, at)
    before = events(anonymous.get(path).content)
    moved = actions.change_entry(
        entry=meetings[0], day=SUMMER + timedelta(days=1), expected_sequence=0, actor=cast.lene, on=on, at=at
    )
    actions.cancel_entry(entry=meetings[1], expected_sequence=0, actor=cast.lene, at=at)

    after = events(anonymous.get(path).content)

    assert before.keys() == after.keys()
    one, other = after[f"{moved.uid}@samspil"], after[f"{meetings[1].uid}@samspil"]
    assert (one["sequence"], one["dtstart"].dt, str(one["status"])) == (1, date(2027, 6, 9), "CONFIRMED")
    assert (other["sequence"], str(other["status"])) == (1, "CANCELLED")


def test_a_date_without_a_time_is_the_whole_day(cast, body, at, on):
    added(cast, body, SUMMER, at, on, time=None)

    event = next(iter(events(calendar_file("x", calendar_dates(on))).values()))

    assert (event["dtstart"].dt, event["dtend"].dt) == (SUMMER, SUMMER + timedelta(days=1))


def test_what_has_not_changed_is_not_sent_again(cast, body, meetings, at, on, anonymous):
    path = feed(cast, cast.tove, body, at)
    tag = anonymous.get(path).headers["ETag"]

    again = anonymous.get(path, headers={"if-none-match": tag})
    actions.cancel_entry(entry=meetings[0], expected_sequence=0, actor=cast.lene, at=at)
    changed = anonymous.get(path, headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_one_address_for_all_bodies_follows_the_seats(cast, body, staff_meeting, meetings, at, on, anonymous):
    actions.add_entry(committee=staff_meeting, kind="meeting", day=SUMMER, actor=cast.hanne, on=on, at=at)
    path = feed(cast, cast.tove, None, at)
    before = len(events(anonymous.get(path).content))
    Membership.objects.create(
        committee=staff_meeting, user_id=cast.tove.user_id, side="employees", function="member", from_date=on
    )

    assert (before, len(events(anonymous.get(path).content))) == (2, 3)


@pytest.mark.requirement("R62.calendar")
def test_only_the_hash_of_the_token_is_kept(cast, body, at):
    token = actions.make_feed(committee=body, actor=cast.tove, at=at)

    kept = CalendarFeed.objects.get()
    assert token not in {kept.token_sha256, *map(str, Event.objects.values_list("changes", flat=True))}
    assert len(token) >= 43


@pytest.mark.requirement("R62.calendar")
def test_a_closed_or_replaced_or_unknown_address_is_not_found(cast, body, at, anonymous):
    first = feed(cast, cast.tove, body, at)
    second = feed(cast, cast.tove, body, at)
    opened = anonymous.get(second).status_code
    actions.revoke_feed(feed=CalendarFeed.objects.get(), actor=cast.tove, at=at)

    assert opened == 200
    assert [anonymous.get(path).status_code for path in (first, second, address("x" * 43))] == [404, 404, 404]


def test_who_leaves_the_body_reads_nothing_more(cast, body, meetings, at, on, anonymous):
    path = feed(cast, cast.tove, body, at)
    body.memberships.filter(user=cast.tove.user_id).update(until=on - timedelta(days=1))

    assert anonymous.get(path).status_code == 404


def test_a_token_opens_nothing_in_another_municipality(cast, other_municipality, body, at, anonymous):
    token = actions.make_feed(committee=body, actor=cast.tove, at=at)

    assert anonymous.get(reverse("calendar_feed", args=["anderby", token])).status_code == 404


def test_one_can_only_follow_a_body_that_is_ones_own_business(cast, body, staff_meeting, at):
    actions.make_feed(committee=staff_meeting, actor=cast.ole, at=at)
    for who in (cast.ole, cast.mia, cast.hanne):
        with pytest.raises(Refusal):
            actions.make_feed(committee=body, actor=who, at=at)


def test_nobody_closes_the_address_of_somebody_else(cast, body, at, client_as):
    actions.make_feed(committee=body, actor=cast.tove, at=at)
    found = CalendarFeed.objects.get()

    with pytest.raises(Refusal):
        actions.revoke_feed(feed=found, actor=cast.lene, at=at)
    assert client_as(cast.lene).post(reverse("revoke_calendar", args=[found.pk])).status_code == 404


def test_the_page_shows_an_address_once_and_closes_it(cast, body, meetings, client_as, anonymous):
    client = client_as(cast.tove)
    made = client.post(reverse("calendars"), {"body": body.slug})
    shown = html.fromstring(made.text).get_element_by_id("calendar-address").text_content().strip()
    path = shown.removeprefix(settings.BASE_URL)

    assert anonymous.get(path).status_code == 200
    assert path not in client.get(reverse("calendars")).text
    client.post(reverse("revoke_calendar", args=[CalendarFeed.objects.get().pk]))
    assert anonymous.get(path).status_code == 404


def test_the_file_is_fetched_once_by_whoever_sees_the_body(cast, body, meetings, client_as):
    answer = client_as(cast.mia).get(reverse("wheel_file", args=[body.slug]))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="{body.slug}.ics"'
    assert len(events(answer.content)) == 2
    assert client_as(cast.ole).get(reverse("wheel_file", args=[body.slug])).status_code == 404


@pytest.mark.parametrize("all_bodies", [True, False])
def test_a_feed_takes_the_same_number_of_queries_for_two_dates_as_for_twenty(
    cast, body, meetings, at, on, anonymous, all_bodies
):
    path = feed(cast, cast.tove, None if all_bodies else body, at)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert anonymous.get(path).status_code == 200
        return len(captured)

    few = queries()
    for number in range(18):
        added(cast, body, SUMMER + timedelta(days=number + 1), at, on)

    assert queries() == few


CONFIG = """\
[general]
status_path = "{home}/status/"
[pair dates]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{home}/local/"
fileext = ".ics"
"""


def _sync(home: Path, url: str) -> list[Path]:
    (home / "config").write_text(CONFIG.format(home=home, url=url))
    for words in (["discover"], ["sync"]):
        done = subprocess.run(
            ["vdirsyncer", "-c", str(home / "config"), *words],
            input="y\n" * 5,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return sorted((home / "local").glob("*.ics"))


@pytest.mark.requirement("R62.calendar")
@pytest.mark.skipif(shutil.which("vdirsyncer") is None, reason="vdirsyncer is not installed")
def test_a_real_calendar_program_syncs_the_feed(transactional_db, at, on, live_server, tmp_path):
    del transactional_db
    cast = build_cast(on=on, at=at)
    (tmp_path / "local").mkdir()
    with tenancy.scope(cast.municipality.pk):
        body = set_up_body(cast, at)
        meetings = [added(cast, body, day, at, on) for day in (SUMMER, WINTER)]
        url = live_server.url + feed(cast, cast.tove, body, at)

    first = _sync(tmp_path, url)
    with tenancy.scope(cast.municipality.pk):
        actions.change_entry(
            entry=meetings[0],
            day=SUMMER + timedelta(days=1),
            time=time(9),
            expected_sequence=0,
            actor=cast.lene,
            on=on,
            at=at,
        )
    second = _sync(tmp_path, url)

    assert len(first) == len(second) == 2
    starts = {event["dtstart"].dt.date() for file in second for event in events(file.read_bytes()).values()}
    assert starts == {SUMMER + timedelta(days=1), WINTER}
