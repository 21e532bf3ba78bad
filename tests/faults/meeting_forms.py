# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of a body's meetings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from tests.faults import meeting_scene as stages
from tests.faults.form import Form, about_body, given, part
from tests.faults.scene import Scene, published


def _of_point(name: str, key: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.at_hand["meeting"].pk, scene.at_hand[key].pk])


def _extraordinary(scene: Scene) -> dict[str, Any]:
    return {"day": (scene.on + timedelta(days=9)).isoformat(), "form": "extraordinary", "place": "Kantinen"}


def _step(word: str) -> Callable[[Scene], dict[str, Any]]:
    return lambda scene: {"step": f"{word}-{scene.at_hand['point'].pk}"}


_SAID = {"employees_stand": "agree", "conclusion": "Vi er enige."}
_MEETING = part("meeting", "meeting")

OF_MEETINGS = [
    Form("minutes_here", "tove", published, about_body("committee_meetings")),
    Form("minutes_here", "tove", stages.with_meeting, about_body("committee_meetings"), case="elsewhere"),
    Form("open_meeting", "lene", stages.with_meeting, about_body("committee_meetings"), creates=True),
    Form("add_meeting", "tove", stages.with_meeting, about_body("add_meeting"), _extraordinary, creates=True),
    Form("arrange_agenda", "arne", stages.with_meeting, _MEETING, _step("up")),
    Form("arrange_agenda", "arne", stages.with_meeting, _MEETING, _step("off"), case="off"),
    Form("add_point", "arne", stages.with_meeting, part("add_point", "meeting"), given(title="Indkøb"), creates=True),
    Form("point", "tove", stages.with_meeting, _of_point("point", "point"), given(conclusion="I juni.")),
    Form("send_agenda", "lene", stages.with_meeting, _MEETING, creates=True),
    Form("attendance", "tove", stages.with_meeting, part("attendance", "meeting"), given(guests="Ida"), creates=True),
    Form(
        "record_at_meeting",
        "lene",
        stages.with_matter_on_agenda,
        _of_point("record_at_meeting", "matter"),
        given(**_SAID),
        creates=True,
    ),
    Form("call_off_meeting", "lene", stages.with_meeting, part("call_off_meeting", "meeting")),
    Form("close_minutes", "lene", stages.with_minutes_to_close, part("close_minutes", "meeting")),
    Form("approve_minutes", "tove", stages.with_minutes, _MEETING, creates=True),
    Form(
        "correct_minutes",
        "tove",
        stages.with_minutes,
        part("correct_minutes", "meeting"),
        given(text="Arne gik kl. 14."),
        creates=True,
    ),
]
