# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Everything that a discussion comes to is told to the leader, both sides, and the contact persons (R27)."""

from datetime import timedelta

import pytest

from samspil.foundation.capacity import system_capacity
from samspil.med import actions as med
from samspil.notifications.models import Message
from tests.faults import scene as stages
from tests.faults.scene import Scene


def _defer(scene):
    med.defer(dialogue=scene.dialogue, reason="Syg.", until=None, actor=scene.cast.tove, at=scene.at, on=scene.on)


def _send_on(scene):
    med.create_committee(name="OmrådeMED", units=[scene.cast.elderly], actor=scene.cast.hanne, at=scene.at)
    med.send_on(dialogue=scene.dialogue, reason="Det gælder alle.", actor=scene.cast.tove, at=scene.at)


def _confirm(scene):
    med.confirm(dialogue=scene.dialogue, actor=scene.cast.tove, at=scene.at, on=scene.on)


def _refuse(scene):
    med.refuse_confirmation(dialogue=scene.dialogue, reason="Nej.", actor=scene.cast.tove, at=scene.at, on=scene.on)


def _settle(scene):
    med.settle(dialogue=scene.dialogue, reason="Klart nok.", actor=scene.cast.hanne, at=scene.at, on=scene.on)


def _say_nothing(scene):
    on, at = scene.on + timedelta(days=30), scene.at + timedelta(days=30)
    job = system_capacity(municipality_id=scene.cast.municipality.pk, on=on, name="test")
    med.tell_of_silence(actor=job, on=on, at=at)


WAYS = [
    ("recorded", stages.at_the_table, stages._written_down),
    ("deferred", stages.at_the_table, _defer),
    ("sent on", stages.at_the_table, _send_on),
    ("confirmed", stages.recorded, _confirm),
    ("refused", stages.recorded, _refuse),
    ("silence", stages.recorded, _say_nothing),
    ("settled", stages.refused, _settle),
]


@pytest.mark.requirement("R27.conclusion")
@pytest.mark.parametrize(("stage", "step"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_every_way_is_told_to_leader_members_and_contact_person(cast, on, at, stage, step):
    scene = stage(Scene(cast, on, at))
    before = set(Message.objects.values_list("pk", flat=True))
    step(scene)
    told = Message.objects.exclude(pk__in=before).exclude(key__contains="opened")
    names = set(told.values_list("recipient__name", flat=True))
    did_it = (
        {"Lene Holm"}
        if step is WAYS[0][2]
        else {"Tove Krag"}
        if step in {_defer, _send_on, _confirm, _refuse}
        else set()
    )
    assert {"Lene Holm", "Tove Krag", "Arne Bech", "Mia Lund"} - did_it <= names
    assert not did_it & names
