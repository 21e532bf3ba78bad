# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms about what must be in place: for one volunteer, in the queue of certificates, and the municipality's rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse

from samspil.config.cast import Cast
from samspil.foundation.capacity import Capacity
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.actions.formality_rules import ensure_rules
from samspil.volunteering.models import CertificateOrder, Engagement
from samspil.volunteering.queries import room_at
from tests.faults import scene as stages
from tests.faults.form import Form, at, given
from tests.faults.scene import Scene
from tests.volunteering.clearing import orderer_at

RULE = {"title": "Ingen billeder", "text": "Tag ingen billeder.", "due_point": "first_day", "level": "local"}


@dataclass(frozen=True)
class CastWithOrderer(Cast):
    """The cast, and Rikke, who orders certificates."""

    rikke: Capacity


def with_rules(scene: Scene) -> Scene:
    """Have the product's rules, and a line about insurance."""
    ensure_rules(on=scene.on, at=scene.at)
    scene.at_hand["line"] = actions.save_insurance_line(
        task_type="", sentence="Kommunen dækker.", actor=scene.cast.hanne, at=scene.at
    )
    return scene


def with_somebody_new(scene: Scene) -> Scene:
    """Have Aase among the children who come to Solbakken: a certificate waits to be ordered."""
    stages.in_force(scene)
    cast = scene.cast
    scene.cast = CastWithOrderer(**vars(cast), rikke=orderer_at(cast.top, cast=cast, at=scene.at))
    room = room_at(cast.solbakken.pk)
    assert room is not None
    engagement = actions.enter_volunteer(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Aase Holm"),
        tasks=[room.tasks[0].lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=scene.on,
        at=scene.at,
    )
    answers = {"children_under_15": True}
    actions.answer_facts(engagement=engagement, answers=answers, actor=cast.mia, on=scene.on, at=scene.at)
    scene.at_hand["engagement"] = engagement
    return scene


def not_asked_for(scene: Scene) -> Scene:
    """Have nobody waiting for the certificate that Aase needs."""
    with_somebody_new(scene)
    CertificateOrder.objects.all().delete()
    return scene


def for_a_short_time(scene: Scene) -> Scene:
    """Have Aase there for ten days, though it was meant for a short time."""
    with_somebody_new(scene)
    Engagement.objects.update(is_lasting=False, state="active", started_on=scene.on - timedelta(days=10))
    return scene


def _about(name: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.at_hand["engagement"].pk])


def _ordered(scene: Scene) -> dict[str, object]:
    return {"orders": [str(order.pk) for order in CertificateOrder.objects.all()], "step": "order"}


OF_FORMALITIES = [
    Form(
        "note_formalities",
        "mia",
        with_somebody_new,
        _about("volunteer"),
        given(codes=["safety"], outcome="in_place"),
    ),
    Form("answer_facts", "mia", with_somebody_new, _about("answer_facts"), given(keys="yes")),
    Form("answer_lasting", "mia", for_a_short_time, _about("volunteer"), given(is_lasting="no")),
    Form("ask_for_certificate", "mia", not_asked_for, _about("volunteer")),
    Form("certificates", "rikke", with_somebody_new, at("certificates"), _ordered),
    Form("formality_rules", "hanne", stages.nothing, at("formality_rules")),
    Form("new_formality_rule", "hanne", with_rules, at("new_formality_rule"), given(**RULE), creates=True),
    Form("formality_rule", "hanne", with_rules, at("formality_rule", "safety"), given(title="Sikkerhed"), creates=True),
    Form("end_formality_rule", "hanne", with_rules, at("end_formality_rule", "safety")),
    Form("insurance", "hanne", with_rules, at("insurance"), given(sentence="Spørg os."), pick="sentence"),
    Form("remove_insurance_line", "hanne", with_rules, at("insurance")),
]
