# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What every test stands on: the databases, the requirement markers, hypothesis."""

import importlib
import os
import sqlite3
from collections.abc import Callable
from typing import Any

import environ
import hypothesis
import pytest
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import override_settings

from samspil.foundation.memory import Unchanging
from samspil.foundation.prepared import Prepared

pytest_plugins = ["tests.cast", "tests.requirement_results"]

hypothesis.settings.register_profile("quick", max_examples=20, deadline=None)
hypothesis.settings.register_profile("long", max_examples=500, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Each prepared question is built anew as well, on whatever day the tests stand, to see that it is the same.
Prepared.is_compared = True

OWNER_URL = os.environ.get("SAMSPIL_OWNER_DATABASE_URL", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run browser journeys last, and only on PostgreSQL."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if connections["default"].vendor == "sqlite":
        skip = pytest.mark.skip(reason="browser journeys run on PostgreSQL")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let Django work beside the browser's event loop, which stays until the process ends."""
    if item.get_closest_marker("browser"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def _connect_as(user: str) -> None:
    """Open the next connection of the default database as another role."""
    connections["default"].close()
    connections["default"].settings_dict["USER"] = user


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """Begin as a worker does that has just started: the keys of one test's database come again in the next."""
    Unchanging.forget()


@pytest.fixture(scope="session")
def _roles():
    """Give the names of the two database roles: (owner, app); on SQLite both are empty."""
    if not OWNER_URL or connections["default"].vendor != "postgresql":
        return "", ""
    return environ.Env.db_url_config(OWNER_URL)["USER"], connections["default"].settings_dict["USER"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory, _roles):
    """Keep the SQLite database in a file, as in use; let the owner create the PostgreSQL one."""
    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    elif _roles[0]:
        _connect_as(_roles[0])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _roles):
    """Hand the tests the role that the web server has, and the owner the clearing up."""
    owner, app = _roles
    if not owner:
        yield
        return
    with django_db_blocker.unblock():
        _connect_as(app)
    yield
    with django_db_blocker.unblock():
        _connect_as(owner)


def _flush(flush: Callable[[], None]) -> None:
    """Empty the tables although some are append only: PostgreSQL's owner may truncate, SQLite's triggers step aside."""
    default = connections["default"]
    if default.vendor == "postgresql":
        app = default.settings_dict["USER"]
        _connect_as(environ.Env.db_url_config(OWNER_URL)["USER"] if OWNER_URL else app)
        flush()
        _connect_as(app)
        return
    with default.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    flush()
    with default.cursor() as cursor:
        for _, statement in triggers:
            cursor.execute(statement)


# Django has no other place to hang this on. TestCase rolls back by itself and never comes here.
_django_teardown = TransactionTestCase._fixture_teardown
TransactionTestCase._fixture_teardown = lambda self: _flush(lambda: _django_teardown(self))


@pytest.fixture(scope="session", autouse=True)
def _own_places(tmp_path_factory):
    """Keep files and the cache of a test run out of the folder of a real one."""
    # Read once before any test turns demo mode on: the addresses are put together when they are first asked for.
    importlib.import_module("samspil.config.urls")
    folder = tmp_path_factory.mktemp("data")
    for name in ("media", "static"):
        (folder / name).mkdir()
    in_memory = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(
        CACHES=in_memory, DATA_DIR=folder, MEDIA_ROOT=folder / "media", STATIC_ROOT=folder / "static"
    ):
        yield


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Let no rate limit of one test reach the next."""
    cache.clear()


@pytest.fixture(scope="session")
def database_is() -> str:
    """Give ``sqlite`` or ``postgresql``."""
    return str(connections["default"].vendor)


def pytest_report_header() -> str:
    """Say which database the run stands on."""
    settings: dict[str, Any] = connections["default"].settings_dict
    version = f" {sqlite3.sqlite_version}" if connections["default"].vendor == "sqlite" else f" as {settings['USER']}"
    return f"database: {connections['default'].vendor}{version}"
