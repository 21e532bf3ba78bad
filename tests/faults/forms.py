# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every form of the product that is posted: who sends it, from which page, and what makes it a form that is taken.

A form is read off its page as a browser would, so that what is hidden in it is sent along.
``test_input.py`` compares the list with the addresses: a new form must be added here.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import template_for
from samspil.med.models import Membership
from tests.cast import CastClient, log_in
from tests.faults import scene as stages
from tests.faults.body_forms import OF_BODIES
from tests.faults.change_forms import OF_CHANGES
from tests.faults.door_forms import OF_THE_DOOR
from tests.faults.form import Form, about_body, at, given, part, solbakken
from tests.faults.formality_forms import OF_FORMALITIES
from tests.faults.lane_forms import OF_LANES
from tests.faults.meeting_forms import OF_MEETINGS
from tests.faults.scene import Scene
from tests.faults.update_forms import OF_UPDATES
from tests.faults.volunteer_forms import OF_TERMS


def _own_task(_scene: Scene) -> dict[str, str]:
    words = {"title": "Læse højt", "not_part": "Pleje", "added_value": "Tid"}
    return {**words, **dict.fromkeys(QUESTION_NAMES, "no")}


def _own_principle(scene: Scene) -> dict[str, str]:
    common = stages.principles(scene.version.framework)[0]
    return {"builds_on": str(common.lineage), "text": "Vi siger godmorgen.", "how": "Til alle."}


def _seat(scene: Scene) -> str:
    seat = Membership.objects.filter(committee=scene.body, user_id=scene.cast.arne.user_id).get()
    return reverse("end_membership", args=[scene.body.slug, seat.pk])


def _existing(scene: Scene) -> dict[str, Any]:
    code = next(task.code for task in template_for(scene.cast.solbakken.sector).tasks)
    return {
        "text": "Vi læser højt om tirsdagen.",
        "discussed_on": "2025-03-04",
        "form": "meeting",
        "minutes_reference": "Punkt 3",
        "in_force_since": "2025-04-01",
        "tasks": [code],
    }


def _task_details(scene: Scene) -> str:
    return reverse("task_details", args=[scene.cast.solbakken.slug, scene.at_hand["task"].pk])


def _comment(name: str) -> Callable[[Scene], str]:
    return lambda scene: reverse(name, args=[scene.cast.solbakken.slug, scene.at_hand["comment"].pk])


def _filing(scene: Scene) -> str:
    return reverse("file_agreement", args=[scene.cast.solbakken.slug, scene.version.number])


def _doubt(scene: Scene) -> dict[str, str]:
    return {"outcome": "confirm", "reason": "Aftalt med afdelingen."}


def _ask_for_code(client: Client, _scene: Scene) -> None:
    client.post(reverse("account_request_login_code"), {"email": "lene@example.dk"})


def _log_in_elsewhere(client: Client, scene: Scene) -> None:
    for one in (client, log_in(CastClient(), scene.cast.lene)):
        UserSession.objects.create(
            user_id=scene.cast.lene.person, ip="127.0.0.1", session_key=one.session.session_key, user_agent="Firefox"
        )


_UNIT = {"name": "Plejecenter Møllen", "sector": "care_home"}
_PERSON = {"name": "Ida Krogh", "email": "ida@example.dk", "title": "lærer", "from_date": "2026-11-23"}
_ELEMENT = {"placement": "passage", "title": "Om rammen", "text": "En sætning.", "standing_question": "Hvad siger I?"}
_NEVER = frozenset({"submission"})

FORMS = [
    # Signing in
    Form("account_login", "", stages.nothing, at("account_login"), given(email="lene@example.dk")),
    Form(
        "account_confirm_login_code",
        "",
        stages.nothing,
        at("account_confirm_login_code"),
        given(code="ABC123"),
        pick="code",
        before=_ask_for_code,
        leads_on=False,
    ),
    Form("account_logout", "lene", stages.nothing, at("account_logout")),
    Form("usersessions_list", "lene", stages.nothing, at("usersessions_list"), before=_log_in_elsewhere),
    Form("choose_capacity", "lene", stages.nothing, at("choose_capacity")),
    Form("demo_cast", "", stages.nothing, at("demo_cast")),
    Form("set_language", "lene", stages.nothing, at("home")),
    # People and the municipality
    Form(
        "grant_role",
        "hanne",
        stages.nothing,
        at("grant_role"),
        lambda scene: {**_PERSON, "role": "employee", "unit": str(scene.cast.solbakken.pk)},
        creates=True,
    ),
    Form("add_staff", "lene", stages.nothing, solbakken("add_staff"), given(**_PERSON, role="employee"), creates=True),
    Form(
        "end_role",
        "hanne",
        stages.nothing,
        lambda scene: reverse("end_role", args=[scene.cast.mia.assignment_id]),
    ),
    Form(
        "create_unit",
        "hanne",
        stages.nothing,
        at("create_unit"),
        lambda scene: {**_UNIT, "parent": str(scene.cast.elderly.pk)},
        creates=True,
    ),
    Form("edit_unit", "hanne", stages.nothing, solbakken("edit_unit")),
    Form("close_unit", "hanne", stages.nothing, at("close_unit", "nordre-skole"), given(closed_from="2026-12-31")),
    Form("reopen_unit", "hanne", stages.closed, at("reopen_unit", "nordre-skole")),
    Form("withhold_unit", "hanne", stages.nothing, solbakken("withhold_unit")),
    Form("show_unit", "hanne", stages.withheld, solbakken("show_unit")),
    Form(
        "closed_days",
        "hanne",
        stages.nothing,
        at("closed_days"),
        given(day="2026-12-31", name="Nytårsaften"),
        pick="day",
        creates=True,
    ),
    Form("remove_closed_day", "hanne", stages.published, at("closed_days")),
    Form("journal", "hanne", stages.nothing, at("journal"), given(kle_number="81.50.15")),
    Form("contact", "hanne", stages.nothing, at("contact"), given(contact_label="MED-kontoret")),
    Form(
        "public_text",
        "hanne",
        stages.nothing,
        at("public_text", "tilgaengelighed"),
        given(text="## Vores ord"),
        pick="text",
    ),
    Form("use_draft_again", "hanne", stages.with_own_words, at("use_draft_again", "privatliv")),
    Form("open_message", "tove", stages.at_the_table, at("messages")),
    Form("choose_mail", "lene", stages.nothing, at("choose_mail"), given(med="weekly")),
    Form("switch_mail_off", "hanne", stages.nothing, at("switch_mail_off")),
    Form("switch_mail_on", "hanne", stages.mail_off, at("switch_mail_on")),
    Form("try_mail_again", "hanne", stages.mail_refused, at("operations"), creates=True),
    # The framework
    Form("import_framework", "hanne", stages.nothing, at("import_framework"), pick="file", creates=True),
    Form(
        "import_framework",
        "hanne",
        stages.nothing,
        at("import_framework"),
        given(way="model"),
        pick="way=model",
        case="model",
        creates=True,
    ),
    Form(
        "import_framework",
        "hanne",
        stages.published,
        at("import_framework"),
        given(way="copy"),
        pick="way=copy",
        case="copy",
        creates=True,
    ),
    Form("framework_draft", "hanne", stages.imported, at("framework_draft"), given(title="Vores ramme"), pick="title"),
    Form(
        "framework_element_new",
        "hanne",
        stages.imported,
        at("framework_element_new"),
        given(**_ELEMENT),
        creates=True,
    ),
    Form(
        "framework_element",
        "hanne",
        stages.imported,
        part("framework_element", "element"),
        given(text="En anden sætning."),
        pick="text",
    ),
    Form(
        "framework_element",
        "hanne",
        stages.imported,
        part("framework_element", "element"),
        given(step="remove"),
        pick="step=remove",
        case="remove",
    ),
    Form(
        "framework_paragraph",
        "hanne",
        stages.imported,
        part("framework_paragraph", "paragraph", "number"),
        given(placement="passage"),
        creates=True,
    ),
    Form("framework_bring_back", "hanne", stages.copied, part("framework_bring_back", "gone", ""), creates=True),
    Form(
        "framework_changes",
        "hanne",
        stages.copied,
        at("framework_changes"),
        given(reason="Forældet."),
        pick="reason",
    ),
    Form(
        "framework_changes",
        "hanne",
        stages.imported_anew,
        at("framework_changes"),
        given(step="recognise"),
        pick="step=recognise",
        case="recognise",
    ),
    Form(
        "framework_change",
        "hanne",
        stages.copied,
        part("framework_change", "gone", ""),
        given(fate="removed", reason="Forældet."),
        pick="reason",
    ),
    Form(
        "framework_change",
        "hanne",
        stages.reworded,
        part("framework_change", "reworded", ""),
        given(fate="substantive", reason="Ny lov."),
        pick="reason",
        case="reworded",
    ),
    Form(
        "framework_change",
        "hanne",
        stages.reworded,
        part("framework_change", "reworded", ""),
        given(step="separate"),
        pick="step=separate",
        case="separate",
    ),
    Form("publish_framework", "hanne", stages.explained, at("publish_framework")),
    Form("withdraw_framework", "hanne", stages.imported, at("withdraw_framework")),
    Form(
        "add_policy",
        "hanne",
        stages.nothing,
        at("add_policy"),
        lambda scene: {
            "level": "cross_cutting",
            "title": "Politik for frivillighed",
            "owner_body": "Byrådet",
            "approved_on": scene.on.isoformat(),
            "valid_from": scene.on.isoformat(),
        },
        creates=True,
    ),
    Form("edit_policy", "hanne", stages.with_policy, part("edit_policy", "policy"), given(title="Ny ældrepolitik")),
    Form("end_policy", "hanne", stages.with_policy, part("end_policy", "policy")),
    Form(
        "add_wave",
        "hanne",
        stages.nothing,
        at("add_wave"),
        lambda scene: {
            "name": "Første bølge",
            "starts_on": scene.on.isoformat(),
            "deadline": (scene.on + timedelta(days=60)).isoformat(),
        },
        creates=True,
    ),
    Form("edit_wave", "hanne", stages.with_wave, part("edit_wave", "wave"), given(name="Bølge nummer ét")),
    Form(
        "choose_wave_units",
        "hanne",
        stages.with_wave,
        part("choose_wave_units", "wave"),
        lambda scene: {"units": [str(scene.cast.nordre_skole.pk)]},
        pick="revision",
        creates=True,
    ),
    Form("end_wave", "hanne", stages.with_wave, part("end_wave", "wave")),
    # Bodies and dialogues
    Form(
        "create_committee",
        "hanne",
        stages.nothing,
        at("create_committee"),
        lambda scene: {"name": "LokalMED Nordre", "level": "LokalMED", "units": [str(scene.cast.nordre_skole.pk)]},
        creates=True,
    ),
    Form("edit_committee", "hanne", stages.published, about_body("edit_committee"), given(level="AfdelingsMED")),
    Form(
        "add_member",
        "hanne",
        stages.published,
        about_body("add_member"),
        lambda scene: {"user": str(scene.cast.mia.user_id), "side": "employees", "function": "member"},
        creates=True,
    ),
    Form("end_membership", "hanne", stages.published, _seat),
    *OF_BODIES,
    *OF_MEETINGS,
    *OF_CHANGES,
    *OF_TERMS,
    *OF_THE_DOOR,
    *OF_FORMALITIES,
    *OF_LANES,
    Form(
        "confirm_by_link",
        "",
        stages.recorded,
        lambda scene: reverse("confirm_by_link", args=["eksempelby", scene.at_hand["token"]]),
        given(answer="no", reason="Det sagde vi ikke."),
    ),
    *OF_UPDATES,
    # The agreement
    Form("begin_agreement", "lene", stages.published, solbakken("agreement"), creates=True),
    Form(
        "begin_agreement",
        "lene",
        stages.with_colleague,
        solbakken("agreement"),
        lambda scene: {"colleague": str(scene.at_hand["colleague"].pk)},
        pick="colleague",
        case="colleague",
        creates=True,
    ),
    Form(
        "begin_agreement",
        "lene",
        stages.given_up,
        lambda scene: reverse("agreement_version", args=[scene.cast.solbakken.slug, 1]),
        pick="given_up",
        case="given up",
        creates=True,
    ),
    Form(
        "conditions",
        "lene",
        stages.drafted,
        solbakken("conditions"),
        given(citizens_home="on", citizens_home_words="Kun efter aftale", hours_of_leader="3", staff_meets="monthly"),
    ),
    Form(
        "involvement",
        "lene",
        stages.drafted,
        solbakken("involvement"),
        given(words="Rådet"),
        pick="words",
        creates=True,
    ),
    Form("take_out_involvement", "lene", stages.heard, solbakken("involvement")),
    Form(
        "agreement",
        "lene",
        stages.drafted,
        solbakken("agreement"),
        given(intent="save", purpose="Nærvær."),
        pick="purpose",
    ),
    Form(
        "agreement",
        "lene",
        stages.drafted,
        solbakken("agreement"),
        given(intent="send", purpose="Nærvær."),
        pick="purpose",
        case="send",
        creates=True,
    ),
    Form(
        "agreement",
        "lene",
        stages.drafted,
        solbakken("agreement"),
        lambda scene: {"intent": f"remove-task:{scene.at_hand['task'].pk}"},
        pick="purpose",
        case="remove",
    ),
    Form(
        "autosave_agreement",
        "lene",
        stages.drafted,
        solbakken("agreement"),
        given(purpose="Nærvær."),
        leads_on=False,
        drops=_NEVER,
    ),
    Form(
        "amend_agreement",
        "lene",
        stages.at_the_table,
        solbakken("amend_agreement"),
        given(purpose="Rettet ved bordet."),
        pick="purpose",
        creates=True,
    ),
    Form(
        "comment_round",
        "lene",
        stages.drafted,
        solbakken("comment_round"),
        given(words="Er opgaverne de rigtige?"),
        pick="words",
        creates=True,
    ),
    Form("close_comment_round", "lene", stages.asked, solbakken("comment_round")),
    Form("add_comment", "mia", stages.asked, solbakken("add_comment"), given(text="Skriv om haven."), creates=True),
    Form("edit_comment", "mia", stages.asked, _comment("edit_comment"), given(text="Skriv om haven.")),
    Form("remove_comment", "mia", stages.asked, _comment("remove_comment")),
    Form("answer_comment", "lene", stages.asked, _comment("answer_comment"), given(answer="Det gør vi.")),
    Form("add_task", "lene", stages.drafted, solbakken("add_task"), _own_task, creates=True),
    Form("task_details", "lene", stages.drafted, _task_details, given(responsibility="Arne viser, hvor værktøjet er.")),
    Form(
        "covered_places",
        "lene",
        stages.with_a_site,
        solbakken("covered_places"),
        lambda scene: {f"place_{scene.at_hand['site'].pk}": "on", f"note_{scene.at_hand['site'].pk}": "Kun om dagen."},
        creates=True,
    ),
    Form("add_principle", "lene", stages.drafted, solbakken("add_principle"), _own_principle, creates=True),
    Form("take_back_agreement", "lene", stages.at_the_table, solbakken("take_back_agreement"), given(reason="Vent.")),
    Form("withdraw_agreement", "lene", stages.drafted, solbakken("withdraw_agreement"), given(reason="Ikke nu.")),
    Form("decide_doubt", "lene", stages.recorded, solbakken("agreement"), _doubt, creates=True),
    Form("adopt_agreement", "lene", stages.confirmed, solbakken("agreement"), creates=True),
    Form("put_agreement_in_force", "lene", stages.adopted, solbakken("agreement"), creates=True),
    Form("contact_persons", "lene", stages.drafted, solbakken("contact_persons")),
    Form("state_no_volunteers", "lene", stages.published, solbakken("state_no_volunteers"), creates=True),
    Form(
        "existing_window",
        "hanne",
        stages.published,
        at("existing_window"),
        given(opens="2026-11-23", closes="2026-12-23"),
        pick="closes",
        creates=True,
    ),
    Form("enter_existing", "lene", stages.window_open, solbakken("enter_existing"), _existing, creates=True),
    Form("attached_files", "lene", stages.at_the_table, solbakken("attached_files"), creates=True),
    Form("remove_attached_file", "lene", stages.with_file, solbakken("attached_files")),
    Form("file_agreement", "lene", stages.in_force, _filing, given(case_number="26/1234")),
    Form("end_no_volunteers", "lene", stages.without, solbakken("end_no_volunteers")),
    Form(
        "leading",
        "lene",
        stages.in_force,
        solbakken("leading"),
        lambda scene: {"person": str(scene.cast.mia.user_id), "from_date": "2026-11-23", "until": "2026-12-23"},
        creates=True,
    ),
    Form(
        "end_stand_in",
        "lene",
        stages.stood_in_for,
        lambda scene: reverse("end_stand_in", args=[scene.cast.solbakken.slug, scene.at_hand["stand_in"].pk]),
    ),
    Form("take_over_agreement", "lene", stages.left, solbakken("agreement"), creates=True),
]

every_form = [form.label for form in FORMS]
BY_LABEL = {form.label: form for form in FORMS}
