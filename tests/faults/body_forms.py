# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of bodies and their dialogues."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from samspil.frameworks.models import Element, Kind
from tests.faults import scene as stages
from tests.faults.form import Form, about_body, about_dialogue, at, given
from tests.faults.scene import Scene


def _part_of_body(name: str, key: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.body.slug, scene.at_hand[key].pk])


def _record(_scene: Scene) -> dict[str, Any]:
    return {
        "employees_stand": "agree_with_remarks",
        "employees_words": "Kun om dagen.",
        "management_words": "Fint.",
        "conclusion": "Vi er enige.",
        "minutes_reference": "Punkt 7",
    }


def _stance(_scene: Scene) -> dict[str, str]:
    first = Element.objects.filter(kind=Kind.GUIDELINE).first()
    return {f"stance_{first.lineage}": "own_words", f"words_{first.lineage}": "Vi spørger ved tavlen."}


OF_BODIES = [
    Form("record_dialogue", "lene", stages.at_the_table, about_dialogue("record_dialogue"), _record, creates=True),
    Form("reopen_dialogue", "lene", stages.recorded, about_dialogue("reopen_dialogue"), given(reason="Igen.")),
    Form("defer_dialogue", "tove", stages.at_the_table, about_dialogue("defer_dialogue"), given(reason="Syg.")),
    Form("take_up_dialogue", "tove", stages.put_off, about_dialogue("dialogue")),
    Form(
        "send_on_dialogue",
        "tove",
        stages.below_another,
        lambda scene: reverse("send_on_dialogue", args=[scene.version.dialogue_id]),
        given(reason="Det gælder alle."),
        creates=True,
    ),
    Form(
        "open_framework_dialogue",
        "tove",
        stages.published,
        about_body("framework_dialogue"),
        given(then="sag"),
        creates=True,
    ),
    Form("take_stances", "tove", stages.published, about_body("take_stances"), _stance, creates=True),
    Form("confirm_dialogue", "tove", stages.recorded, about_dialogue("confirm_dialogue"), given(answer="yes")),
    Form(
        "confirm_dialogue",
        "tove",
        stages.recorded,
        about_dialogue("confirm_dialogue"),
        given(answer="no", reason="Det sagde vi ikke."),
        case="no",
    ),
    Form("settle_dialogue", "hanne", stages.refused, about_dialogue("settle_dialogue"), given(reason="Klart nok.")),
    Form("med_settings", "hanne", stages.nothing, at("med_settings"), given(levels="HovedMED"), creates=True),
    Form(
        "committee_rhythm",
        "tove",
        stages.published,
        about_body("committee_rhythm"),
        given(meetings_a_year="3"),
        creates=True,
    ),
    Form("plan_year", "lene", stages.published, about_body("plan_year"), creates=True),
    Form(
        "add_entry",
        "tove",
        stages.published,
        about_body("add_entry"),
        lambda scene: {"kind": "other", "day": (scene.on + timedelta(days=9)).isoformat(), "title": "Temadag"},
        creates=True,
    ),
    Form("change_entry", "tove", stages.with_a_date, _part_of_body("change_entry", "entry"), given(title="Om jul")),
    Form("say_held", "tove", stages.with_past_evaluation, _part_of_body("change_entry", "entry")),
    Form("cancel_entry", "lene", stages.with_a_date, _part_of_body("change_entry", "entry")),
    Form(
        "propose_consent",
        "tove",
        stages.published,
        about_body("propose_consent"),
        given(task_types="Ture"),
        creates=True,
    ),
    Form(
        "correct_consent",
        "lene",
        stages.with_consent,
        _part_of_body("correct_consent", "consent"),
        given(wording="Kun korte ture."),
        creates=True,
    ),
    Form(
        "withdraw_consent",
        "tove",
        stages.with_consent,
        _part_of_body("withdraw_consent", "consent"),
        given(reason="For mange ture."),
    ),
    Form("calendars", "tove", stages.published, at("calendars"), leads_on=False),
    Form("revoke_calendar", "tove", stages.with_calendar, at("calendars")),
]
