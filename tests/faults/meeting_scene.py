# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far a meeting of the body has come when a form is sent."""

from samspil.med import actions as med
from samspil.med.models import Form
from tests.faults.scene import Scene, at_the_table, with_a_date


def with_meeting(scene: Scene) -> Scene:
    """Have an agenda of today with two points of the body's own, one of them concluded, and a date without an agenda."""
    if "entry" not in scene.at_hand:
        with_a_date(scene)
    cast, at = scene.cast, scene.at
    med.keep_minutes_here(committee=scene.body, is_here=True, actor=cast.lene, at=at)
    meeting = med.add_meeting(
        committee=scene.body, day=scene.on, form=Form.MEETING, actor=cast.lene, on=scene.on, at=at
    )
    for title in ("Sommerfest", "Vinduer"):
        scene.at_hand["point"] = med.add_item(meeting=meeting, title=title, text="", actor=cast.lene, at=at)
    scene.at_hand["meeting"] = meeting
    return scene


def with_minutes_to_close(scene: Scene) -> Scene:
    """Have everything of the meeting written down."""
    with_meeting(scene)
    cast, at, meeting = scene.cast, scene.at, scene.at_hand["meeting"]
    there = med.There(people=[cast.lene.user_id, cast.tove.user_id, cast.arne.user_id])
    med.note_attendance(meeting=meeting, there=there, actor=cast.lene, at=at)
    for item in meeting.items.filter(dialogue=None):
        med.change_item(
            item=item, title=item.title, text="", conclusion="Ja.", expected_revision=1, actor=cast.lene, at=at
        )
    return scene


def with_minutes(scene: Scene) -> Scene:
    """Have the minutes closed."""
    with_minutes_to_close(scene)
    meeting = scene.at_hand["meeting"]
    scene.at_hand["meeting"] = med.close_minutes(meeting=meeting, actor=scene.cast.lene, at=scene.at, on=scene.on)
    return scene


def with_matter_on_agenda(scene: Scene) -> Scene:
    """Have the agreement on the agenda of a meeting today."""
    at_the_table(scene)
    with_meeting(scene)
    scene.at_hand["matter"] = scene.at_hand["meeting"].items.get(dialogue__isnull=False)
    return scene
