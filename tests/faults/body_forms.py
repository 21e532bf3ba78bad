# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of what a body may use beside its dialogues."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from tests.faults import scene as stages
from tests.faults.form import Form, about_body, at, given
from tests.faults.scene import Scene


def _part_of_body(name: str, key: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.body.slug, scene.at_hand[key].pk])


OF_BODIES = [
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
