# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms that a new edition of the framework brings, and how far things are when they are sent."""

from typing import Any

from django.urls import reverse

from samspil.agreements import actions as agreements
from samspil.agreements.disposition_models import Stand
from samspil.agreements.models import LocalPrinciple
from samspil.agreements.updates import update_of
from tests.editions import Editor, lineages
from tests.faults import scene as stages
from tests.faults.form import Form, given, solbakken
from tests.faults.scene import Scene


def new_edition(scene: Scene) -> Scene:
    """Have an edition 2 in force today, with the first common principle gone and the second worded anew."""
    editor = Editor(scene.cast.hanne, scene.on, scene.at)
    first, second = lineages(editor.draft)[:2]
    editor.remove(first)
    editor.reword(second, "Frivillige lægger altid noget oven i.")
    editor.publish()
    scene.at_hand["reworded"] = second
    return scene


def to_answer(scene: Scene) -> Scene:
    """Have an agreement in force on the edition before."""
    return new_edition(stages.in_force(scene))


def answered(scene: Scene) -> Scene:
    """Have every change answered, with no text to write."""
    to_answer(scene)
    assert scene.version is not None
    update = update_of(scene.version.agreement, scene.on)
    assert update is not None
    for here in update.waiting:
        agreements.take_stand(
            agreement=scene.version.agreement,
            lineage=here.change.lineage,
            stand=Stand.NO_EFFECT,
            actor=scene.cast.lene,
            at=scene.at,
        )
    return scene


def behind(scene: Scene) -> Scene:
    """Have a draft on the edition before."""
    return new_edition(stages.drafted(scene))


def untied(scene: Scene) -> Scene:
    """Have a draft on the new edition, with an own principle whose common one is gone."""
    behind(scene)
    assert scene.version is not None
    agreements.switch_edition(version=scene.version, actor=scene.cast.lene, on=scene.on, at=scene.at)
    return scene


def _stand(scene: Scene) -> dict[str, Any]:
    prefix = f"c{scene.at_hand['reworded'].hex}"
    return {f"{prefix}-stand": "kept", f"{prefix}-reason": "Sådan gør vi."}


def _retie(scene: Scene) -> str:
    own = LocalPrinciple.objects.get(pk=scene.at_hand["principle"].pk)
    return reverse("retie_principle", args=[scene.cast.solbakken.slug, own.pk])


def _another(scene: Scene) -> dict[str, str]:
    return {"builds_on": str(scene.at_hand["reworded"])}


OF_UPDATES = [
    Form("update_agreement", "lene", to_answer, solbakken("update_agreement"), _stand, creates=True),
    Form("follow_edition", "lene", answered, solbakken("update_agreement"), creates=True),
    Form("switch_edition", "lene", behind, solbakken("switch_edition"), given()),
    Form("retie_principle", "lene", untied, _retie, _another),
]
