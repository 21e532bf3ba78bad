# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The cast as fixtures: its scope open, and clients that are logged in as its members."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client

from samspil.config.cast import Cast, OtherCast, build_cast, build_other_cast
from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity
from samspil.municipalities.models import Municipality
from samspil.people.middleware import MUNICIPALITY_KEY, SESSION_KEY
from samspil.people.models import User

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))


@contextmanager
def outside_scope() -> Iterator[None]:
    """Step out of the scope that the fixture holds open, as a real request begins."""
    token = tenancy._municipality.set(None)
    before = ""
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('samspil.municipality', true)")
                before = cursor.fetchone()[0] or ""
                cursor.execute("SELECT set_config('samspil.municipality', '', true)")
        yield
    finally:
        tenancy._municipality.reset(token)
        if connection.vendor == "postgresql" and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('samspil.municipality', %s, true)", [before])


class CastClient(Client):
    """A client whose requests begin without a scope, whatever the test has open."""

    def request(self, **request: Any) -> Any:
        """Send the request outside the test's own scope."""
        with outside_scope():
            return super().request(**request)


def log_in(client: Client, capacity: Capacity) -> Client:
    """Log ``client`` in with a capacity chosen."""
    client.force_login(
        User.objects.get(pk=capacity.person), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session[SESSION_KEY] = capacity.assignment_id
    session[MUNICIPALITY_KEY] = capacity.municipality_id
    session.save()
    return client


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the pages' clock stand at the moment of the tests, whatever day it is: deadlines come and go otherwise."""
    if request.node.get_closest_marker("real_clock"):
        yield
        return
    with time_machine.travel(NOW.astimezone(UTC), tick=True):
        yield


@pytest.fixture
def at() -> datetime:
    """The moment of every test."""
    return NOW


@pytest.fixture
def on() -> date:
    """The day of every test."""
    return TODAY


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, with the first municipality's scope open."""
    del db
    built = build_cast(on=TODAY, at=NOW)
    with tenancy.scope(built.municipality.pk):
        yield built


@pytest.fixture
def municipality(cast: Cast) -> Municipality:
    """The first municipality; its scope is open."""
    return cast.municipality


@pytest.fixture
def other_municipality(cast: Cast) -> OtherCast:
    """The other municipality; the first one's scope stays open."""
    del cast
    return build_other_cast(on=TODAY, at=NOW)


@pytest.fixture
def client_as() -> Callable[[Capacity], Client]:
    """Return a client that is logged in with a capacity."""
    return lambda capacity: log_in(CastClient(), capacity)


@pytest.fixture
def anonymous() -> Client:
    """A client that is not logged in and has no scope."""
    return CastClient()
