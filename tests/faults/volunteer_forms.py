# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of the agreement with a volunteer, the welcome, the goodbye and the volunteer's own page."""

from tests.faults import scene as stages
from tests.faults import volunteer_scene
from tests.faults.form import Form, at, given, part

_PAGE = part("volunteer", "engagement")
_SAID = {"confidentiality": "Det bliver her.", "forget_after_months": "6", "keep_reads_months": "6"}

OF_TERMS = [
    Form("make_terms", "mia", volunteer_scene.entered, _PAGE, creates=True),
    Form("note_acceptance", "mia", volunteer_scene.with_terms, _PAGE, given(how="paper", said_on="2026-11-20")),
    Form("note_welcome", "mia", volunteer_scene.entered, _PAGE, given(first_day_on="2026-11-20"), creates=True),
    Form("note_ending", "mia", volunteer_scene.stopped, _PAGE, given(is_thanked="on")),
    Form(
        "give_own_page",
        "mia",
        volunteer_scene.entered,
        part("give_own_page", "engagement"),
        given(email="ny@example.dk"),
        creates=True,
    ),
    Form("forget_volunteer", "mia", volunteer_scene.stopped, part("forget_volunteer", "engagement")),
    Form("accept_terms", "frida", volunteer_scene.at_home, at("own_page")),
    Form("own_pause", "frida", volunteer_scene.at_home, at("own_page")),
    Form("decline_task", "frida", volunteer_scene.at_home, at("own_page")),
    Form("own_stop", "frida", volunteer_scene.at_home, part("own_stop", "engagement")),
    Form("own_data", "frida", volunteer_scene.at_home, at("own_data"), given(wishes="Synge")),
    Form("ask_to_be_forgotten", "frida", volunteer_scene.at_home, at("ask_to_be_forgotten")),
    Form("common_terms", "hanne", stages.nothing, at("common_terms"), given(**_SAID), creates=True),
]
