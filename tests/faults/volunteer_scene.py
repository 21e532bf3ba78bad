# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far Frida has come as a volunteer at Solbakken when a form is sent."""

from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.models.engagements import EndedBy
from samspil.volunteering.queries import room_at
from tests.faults import scene as stages
from tests.faults.scene import Scene
from tests.volunteering.clearing import put_in_place


def entered(scene: Scene) -> Scene:
    """Have Frida entered, with one task; Mia looks after her."""
    stages.in_force(scene)
    cast = scene.cast
    room = room_at(cast.solbakken.pk)
    assert room is not None
    scene.at_hand["lineage"] = room.tasks[0].lineage
    scene.at_hand["engagement"] = actions.enter_volunteer(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Frida Dam", phone="20 30 40 50"),
        tasks=[scene.at_hand["lineage"]],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=scene.on,
        at=scene.at,
    )
    return scene


def with_terms(scene: Scene) -> Scene:
    """Have an agreement that waits for her yes."""
    entered(scene)
    actions.make_terms(engagement=scene.at_hand["engagement"], actor=scene.cast.mia, on=scene.on, at=scene.at)
    return scene


def at_home(scene: Scene) -> Scene:
    """Have her active, with a page of her own and the agreement on it."""
    with_terms(scene)
    engagement, mia = scene.at_hand["engagement"], scene.cast.mia
    put_in_place(engagement, actor=mia, on=scene.on, at=scene.at)
    actions.activate(engagement=engagement, actor=mia, on=scene.on, at=scene.at)
    actions.give_own_page(engagement=engagement, email="frida@example.dk", actor=mia, on=scene.on, at=scene.at)
    return scene


def stopped(scene: Scene) -> Scene:
    """Have her gone, not yet forgotten."""
    at_home(scene)
    actions.end_engagement(
        engagement=scene.at_hand["engagement"],
        by=EndedBy.VOLUNTEER,
        actor=scene.cast.mia,
        on=scene.on,
        at=scene.at,
    )
    return scene
