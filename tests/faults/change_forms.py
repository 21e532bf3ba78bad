# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms about a change: announced, stopped, begun, ended; and how far things have come when they are sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from samspil.agreements import actions as agreements
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.models import Section, Task
from samspil.config.story import discuss
from samspil.med import actions as med
from tests.faults import scene as stages
from tests.faults.form import Form, given, solbakken
from tests.faults.scene import Scene


def reworded(scene: Scene) -> Scene:
    """Have a draft of a next version in which nothing but words is changed."""
    stages.in_force(scene)
    lene, at = scene.cast.lene, scene.at
    scene.version = agreements.open_draft(workplace=scene.cast.solbakken, actor=lene, on=scene.on, at=at)
    section = Section.objects.get(version=scene.version, kind="customs")
    sent = agreements.SentText("Vi siger godmorgen.", section.revision, fingerprint(section.text))
    agreements.save_page(version=scene.version, page=agreements.SentPage({"customs": sent}), actor=lene, at=at)
    return scene


def announced(scene: Scene) -> Scene:
    """Have it announced."""
    reworded(scene)
    scene.version = agreements.announce(
        version=scene.version, reason="En slåfejl.", words={"section:customs"}, actor=scene.cast.lene, at=scene.at
    )
    return scene


def consented(scene: Scene) -> Scene:
    """Have an agreement in force, and a body that has said yes to new trips."""
    stages.in_force(scene)
    cast, on, at = scene.cast, scene.on, scene.at
    facts = med.ConsentFacts(wording="Lederen må sige ja til nye ture.", task_types=("Ture",))
    consent = med.propose_consent(committee=scene.body, facts=facts, actor=cast.lene, on=on, at=at)
    discuss(dialogue=consent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return scene


def proposed(scene: Scene) -> Scene:
    """Have it proposed that the agreement ends."""
    stages.in_force(scene)
    scene.at_hand["ending"] = agreements.propose_ending(
        version=scene.version,
        reason="Der er ikke flere frivillige.",
        ends_on=scene.on + timedelta(days=30),
        actor=scene.cast.lene,
        on=scene.on,
        at=scene.at,
    )
    return scene


def discussed(scene: Scene) -> Scene:
    """Have that discussed."""
    proposed(scene)
    cast, dialogue = scene.cast, scene.at_hand["ending"].dialogue
    discuss(dialogue=dialogue, leader=cast.lene, employee=cast.tove, on=scene.on, at=scene.at)
    return scene


def _announced(name: str) -> Callable[[Scene], str]:
    def address(scene: Scene) -> str:
        assert scene.version is not None
        return reverse(name, args=[scene.cast.solbakken.slug, scene.version.number])

    return address


def _stop(scene: Scene) -> str:
    task = Task.objects.filter(version=scene.version).first()
    assert task is not None
    return reverse("stop_task", args=[scene.cast.solbakken.slug, task.lineage])


def _activity(_scene: Scene) -> dict[str, Any]:
    words = {"type": "Ture", "title": "Gå i skoven", "not_part": "Pleje", "added_value": "Luft"}
    return {**words, **dict.fromkeys(QUESTION_NAMES, "no")}


OF_CHANGES = [
    Form(
        "agreement_change",
        "lene",
        reworded,
        solbakken("agreement_change"),
        given(words=["section:customs"], reason="En slåfejl."),
    ),
    Form(
        "object_to_change",
        "tove",
        announced,
        _announced("announced_change"),
        given(reason="Det betyder noget nyt."),
    ),
    Form("stop_task", "lene", stages.in_force, _stop, given(reason="Der er sket uheld."), creates=True),
    Form("start_activity", "lene", consented, solbakken("start_activity"), _activity, creates=True),
    Form(
        "end_agreement",
        "lene",
        stages.in_force,
        solbakken("end_agreement"),
        given(reason="Færdig", ends_on="2026-12-31"),
        creates=True,
    ),
    Form("decide_ending", "lene", discussed, solbakken("end_agreement"), creates=True),
    Form("give_up_ending", "lene", proposed, solbakken("end_agreement"), creates=True),
]
