# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest

from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.queries import room_at


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def body(cast, on, at):
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    return set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)


@pytest.fixture
def in_force(cast, framework, body, on, at):
    """Solbakken's agreement, in force; Mia is its contact person."""
    return put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )


@pytest.fixture
def task(cast, in_force):
    """The first task that Solbakken's agreement offers."""
    return room_at(cast.solbakken.pk).tasks[0]


@pytest.fixture
def aase(cast, task, on, at):
    """Aase, 71, told of over coffee: a name, no e-mail; Mia looks after her."""
    return actions.enter_volunteer(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Aase Holm", phone="20 30 40 50"),
        tasks=[task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )
