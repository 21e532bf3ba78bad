# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Time stands still at the cast's moment; the addresses of demo mode are there too."""

import pytest
from django.utils import timezone

from samspil.config.cast import build_cast
from tests.faults.scene import Scene


@pytest.fixture
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def demo(settings):
    """Be in demo mode."""
    settings.DEMO = True


@pytest.fixture
def scene(cast, other_municipality, clock, on, at):
    """The cast, with nothing begun; the other municipality stands beside."""
    return Scene(cast=cast, on=on, at=at, at_hand={"other": other_municipality})


@pytest.fixture
def moment(monkeypatch, at):
    """The moment of a test whose rows are really in the database."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at


@pytest.fixture
def town(transactional_db, moment):
    """The cast really in the database, with no scope open."""
    return build_cast(on=moment.date(), at=moment)
