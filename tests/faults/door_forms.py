# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of the open door and of the people, and how far things have come when they are sent."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from samspil.volunteering import actions
from samspil.volunteering.actions import FirstWord, NewVolunteer
from samspil.volunteering.models import Application, Engagement, Volunteer, VolunteerMessage
from samspil.volunteering.queries import room_at
from samspil.volunteering.spam import stamp
from tests.faults import scene as stages
from tests.faults.form import Form, at, given, part
from tests.faults.scene import Scene
from tests.volunteering.clearing import put_in_place

SAID = {"name": "Aase Holm", "reach_me": "20 30 40 50", "words": "Jeg synger gerne."}


def _enter(scene: Scene, name: str) -> Engagement:
    return actions.enter_volunteer(
        workplace=scene.cast.solbakken,
        who=NewVolunteer(name=name, phone="20 30 40 50"),
        tasks=[task.lineage for task in room_at(scene.cast.solbakken.pk).tasks[:1]],
        contact_person_id=scene.cast.mia.person,
        actor=scene.cast.mia,
        on=scene.on,
        at=scene.at,
    )


def with_volunteer(scene: Scene) -> Scene:
    """Have a volunteer who is being made ready."""
    stages.in_force(scene)
    scene.at_hand["engagement"] = _enter(scene, "Aase Holm")
    return scene


def cleared(scene: Scene) -> Scene:
    """Have her, with everything in place that stops."""
    with_volunteer(scene)
    put_in_place(scene.at_hand["engagement"], actor=scene.cast.mia, on=scene.on, at=scene.at)
    return scene


def with_active(scene: Scene) -> Scene:
    """Have a volunteer who helps."""
    with_volunteer(scene)
    Engagement.objects.filter(pk=scene.at_hand["engagement"].pk).update(state="active", started_on=scene.on)
    return scene


def with_twins(scene: Scene) -> Scene:
    """Have one person entered twice."""
    with_volunteer(scene)
    scene.at_hand["twin"] = _enter(scene, "Åse Holm")
    return scene


def with_word(scene: Scene) -> Scene:
    """Have a first word that waits for an answer."""
    stages.in_force(scene)
    scene.at_hand["application"] = actions.apply(
        workplace=scene.cast.solbakken, said=FirstWord(**SAID), on=scene.on, at=scene.at
    )
    return scene


def door_at(scene: Scene) -> dict[str, list[Any]]:
    """Have one of each at Solbakken, whatever else has happened; return what the addresses name."""
    workplace, now = scene.cast.solbakken, scene.at
    people = [Volunteer.objects.create(name="Aase", entered_at=now, changed_at=now) for _number in range(2)]
    ones = [Engagement.objects.create(volunteer=one, workplace=workplace, entered_at=now) for one in people]
    word = Application.objects.create(workplace=workplace, received_at=now, **SAID)
    words = VolunteerMessage.objects.create(
        workplace=workplace, text="Tak.", sent_by_id=scene.cast.mia.person, sent_at=now
    )
    return {
        "engagement": [ones[0].pk],
        "twins": [ones[0].pk, ones[1].pk],
        "application": [word.pk],
        "volunteer_message": [words.pk],
    }


def _door(scene: Scene) -> str:
    return reverse("open_door", args=[scene.cast.municipality.slug, scene.cast.solbakken.slug])


def _receipt(scene: Scene) -> str:
    code = scene.at_hand["application"].receipt_code
    return reverse("open_receipt", args=[scene.cast.municipality.slug, scene.cast.solbakken.slug, code])


def _twins(scene: Scene) -> str:
    return reverse("merge_volunteers", args=[scene.at_hand["engagement"].pk, scene.at_hand["twin"].pk])


OF_THE_DOOR = [
    Form("open_door", "", stages.in_force, _door, lambda s: {**SAID, "stamp": stamp(s.at - timedelta(minutes=1))}),
    Form("open_receipt", "", with_word, _receipt),
    Form("admit_application", "mia", with_word, part("admit_application", "application"), given(comes_as="volunteer")),
    Form("decline_application", "mia", with_word, part("decline_application", "application")),
    Form(
        "new_volunteer",
        "mia",
        stages.in_force,
        at("new_volunteer"),
        given(name="Aase Holm", comes_as="volunteer"),
        creates=True,
    ),
    Form("edit_volunteer", "mia", with_volunteer, part("edit_volunteer", "engagement")),
    Form("start_volunteer", "mia", cleared, part("volunteer", "engagement")),
    Form("pause_volunteer", "mia", with_active, part("volunteer", "engagement")),
    Form("end_volunteer", "mia", with_volunteer, part("end_volunteer", "engagement")),
    Form(
        "go_through",
        "lene",
        with_volunteer,
        lambda _scene: reverse("go_through") + "?vis=alle",
        lambda scene: {"chosen": [str(scene.at_hand["engagement"].pk)]},
    ),
    Form("volunteer_messages", "lene", with_volunteer, at("volunteer_messages"), given(text="Tak."), creates=True),
    Form("merge_volunteers", "lene", with_twins, _twins),
]
