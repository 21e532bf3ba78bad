# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of trial visits, events, groups, associations and roles, and how far things have come when they are sent."""

from typing import Any

from samspil.config.story import discuss
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer, PartnershipWords
from samspil.volunteering.models import (
    Engagement,
    GroupAgreement,
    PartnerOrganisation,
    PartnershipAgreement,
    StaffRole,
    Volunteer,
)
from samspil.volunteering.partnerships import tasks_to_choose
from tests.faults import scene as stages
from tests.faults.form import Form, given, part, solbakken
from tests.faults.scene import Scene


def _task(scene: Scene) -> Any:
    return tasks_to_choose(scene.cast.solbakken.pk)[0].lineage


def with_occasion(scene: Scene) -> Scene:
    """Have an event today."""
    stages.in_force(scene)
    scene.at_hand["occasion"] = occasion_at(scene)
    return scene


def occasion_at(scene: Scene) -> Any:
    """Plan an event at Solbakken, whatever else has happened."""
    cast = scene.cast
    return actions.plan_occasion(
        workplace=cast.solbakken,
        title="Efterårsfest",
        held_on=scene.on,
        place="Haven",
        leader_of_the_day_id=cast.mia.person,
        expected=60,
        briefing="Mød ved porten.",
        actor=cast.lene,
        on=scene.on,
        at=scene.at,
    )


def with_group(scene: Scene) -> Scene:
    """Have a group with a spokesperson."""
    stages.in_force(scene)
    cast = scene.cast
    scene.at_hand["group"] = actions.agree_with_group(
        workplace=cast.solbakken,
        name="Havevennerne",
        heads=7,
        spokesperson=NewVolunteer(name="Kirsten Dam"),
        tasks=[_task(scene)],
        contact_person_id=cast.mia.person,
        actor=cast.lene,
        on=scene.on,
        at=scene.at,
    )
    return scene


def with_partnership(scene: Scene) -> Scene:
    """Have the draft of an agreement with an association."""
    stages.in_force(scene)
    cast = scene.cast
    begun = actions.draft_partnership(
        workplace=cast.solbakken,
        name="Besøgsvennerne",
        reach_them="Formanden",
        actor=cast.lene,
        on=scene.on,
        at=scene.at,
    )
    words = PartnershipWords("Flere får besøg.", (_task(scene),), "værten", "formanden", "Forår", "Med varsel.")
    scene.at_hand["partnership"] = actions.write_partnership(
        partnership=begun, words=words, actor=cast.lene, at=scene.at
    )
    return scene


def proposed(scene: Scene) -> Scene:
    """Have it before the body."""
    with_partnership(scene)
    scene.at_hand["partnership"] = actions.propose_partnership(
        partnership=scene.at_hand["partnership"], actor=scene.cast.lene, on=scene.on, at=scene.at
    )
    return scene


def discussed(scene: Scene) -> Scene:
    """Have it discussed."""
    proposed(scene)
    cast, dialogue = scene.cast, scene.at_hand["partnership"].dialogue
    discuss(dialogue=dialogue, leader=cast.lene, employee=cast.tove, on=scene.on, at=scene.at)
    return scene


def partnership_in_force(scene: Scene) -> Scene:
    """Have it in force."""
    discussed(scene)
    scene.at_hand["partnership"] = actions.decide_partnership(
        partnership=scene.at_hand["partnership"], actor=scene.cast.lene, on=scene.on, at=scene.at
    )
    return scene


def with_role(scene: Scene) -> Scene:
    """Have a role that Mia has taken on."""
    stages.in_force(scene)
    scene.at_hand["staff_role"] = actions.take_role(
        workplace=scene.cast.solbakken, kind=StaffRole.Kind.HOST, actor=scene.cast.mia, on=scene.on, at=scene.at
    )
    return scene


def lanes_at(scene: Scene) -> dict[str, list[Any]]:
    """Have one of each at Solbakken, whether an agreement is in force or not; return what the addresses name."""
    cast, at = scene.cast, scene.at
    association = PartnerOrganisation.objects.create(name="Besøgsvennerne", reach_them="Formanden", entered_at=at)
    partnership = PartnershipAgreement.objects.create(organisation=association, workplace=cast.solbakken, created_at=at)
    spokesperson = Volunteer.objects.create(name="Kirsten Dam", entered_at=at, changed_at=at)
    engagement = Engagement.objects.create(volunteer=spokesperson, workplace=cast.solbakken, entered_at=at)
    group = GroupAgreement.objects.create(engagement=engagement, name="Havevennerne", heads=7, counted_on=scene.on)
    role = actions.take_role(workplace=cast.solbakken, kind=StaffRole.Kind.HOST, actor=cast.mia, on=scene.on, at=at)
    return {
        "occasion": [occasion_at(scene).pk],
        "partnership": [partnership.pk],
        "group": [group.pk],
        "staff_role": [role.pk],
    }


def _occasion(scene: Scene) -> dict[str, Any]:
    return {
        "title": "Sommerfest",
        "held_on": scene.on.isoformat(),
        "place": "Haven",
        "leader_of_the_day": str(scene.cast.mia.person),
        "expected": "40",
        "briefing": "Mød ved porten.",
    }


def _group(scene: Scene) -> dict[str, Any]:
    return {
        "name": "Sangerne",
        "heads": "5",
        "spokesperson": "Kirsten Dam",
        "tasks": [str(_task(scene))],
        "contact": str(scene.cast.mia.person),
    }


def _one(scene: Scene) -> dict[str, Any]:
    return {"name": "Jytte Friis", "tasks": [str(_task(scene))], "contact": str(scene.cast.mia.person)}


def _visit(scene: Scene) -> dict[str, Any]:
    return {"name": "Bent Lund", "beside": str(scene.cast.mia.person), "visit_on": scene.on.isoformat()}


_ABOUT = part("partnership", "partnership")

OF_LANES = [
    Form("note_trial_visit", "mia", stages.in_force, solbakken("note_trial_visit"), _visit, creates=True),
    Form("plan_occasion", "lene", stages.in_force, solbakken("plan_occasion"), _occasion, creates=True),
    Form("note_occasion", "lene", with_occasion, part("occasion", "occasion"), given(heads="57")),
    Form("cancel_occasion", "lene", with_occasion, part("cancel_occasion", "occasion")),
    Form("agree_with_group", "mia", stages.in_force, solbakken("agree_with_group"), _group, creates=True),
    Form("count_group", "mia", with_group, part("count_group", "group"), given(heads="9")),
    Form(
        "draft_partnership",
        "karim",
        stages.in_force,
        solbakken("draft_partnership"),
        given(name="Havevennerne", reach_them="Formanden"),
        creates=True,
    ),
    Form("write_partnership", "karim", with_partnership, _ABOUT, given(purpose="Flere får besøg hver uge.")),
    Form("take_back_partnership", "karim", proposed, _ABOUT),
    Form("give_up_partnership", "karim", with_partnership, _ABOUT),
    Form("decide_partnership", "lene", discussed, _ABOUT),
    Form("end_partnership", "lene", partnership_in_force, part("end_partnership", "partnership")),
    Form(
        "confirm_partnership",
        "mia",
        partnership_in_force,
        part("confirm_partnership", "partnership"),
        given(confirmed_by="kassereren"),
        creates=True,
    ),
    Form("count_partnership", "mia", partnership_in_force, part("count_partnership", "partnership"), given(heads="3")),
    Form(
        "one_of_the_association",
        "mia",
        partnership_in_force,
        part("one_of_the_association", "partnership"),
        _one,
        creates=True,
    ),
    Form("take_role", "tove", stages.in_force, solbakken("staff_roles"), pick="kind=host", creates=True),
    Form("hand_over_role", "mia", with_role, part("hand_over_role", "staff_role")),
]
