# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whatever belongs to another municipality does not exist here, on any address, nor in a form; nor does a huge id."""

import uuid

import pytest
from django.apps import apps
from django.urls import reverse
from django.urls.converters import IntConverter

from samspil.foundation import tenancy
from samspil.foundation.tenancy import MunicipalityModel
from samspil.people.models import RoleAssignment
from samspil.volunteering.models import Engagement, Volunteer
from tests.architecture.test_doors import addresses
from tests.cast import CastClient, log_in, outside_scope
from tests.faults import scene as stages
from tests.faults.door_forms import door_at
from tests.faults.formality_forms import with_rules
from tests.faults.forms import FORMS
from tests.faults.lane_forms import lanes_at
from tests.faults.meeting_scene import with_meeting
from tests.faults.scene import Scene
from tests.faults.sending import client_for, read, send, undone

OF_WHAT = {
    # address: what its parameters name at Solbakken; None where the address stands open to everybody
    "workplace": "workplace",
    "open_door": None,
    "open_receipt": None,
    "open_volunteer_message": None,
    "export_volunteers": None,
    "import_volunteers_example": None,
    "application": "application",
    "admit_application": "application",
    "decline_application": "application",
    "volunteer": "engagement",
    "edit_volunteer": "engagement",
    "start_volunteer": "engagement",
    "pause_volunteer": "engagement",
    "end_volunteer": "engagement",
    "merge_volunteers": "twins",
    "volunteer_message": "volunteer_message",
    "lanes": "workplace",
    "note_trial_visit": "workplace",
    "plan_occasion": "workplace",
    "agree_with_group": "workplace",
    "draft_partnership": "workplace",
    "staff_roles": "workplace",
    "take_role": "workplace",
    "partnership": "partnership",
    "write_partnership": "partnership",
    "take_back_partnership": "partnership",
    "give_up_partnership": "partnership",
    "decide_partnership": "partnership",
    "end_partnership": "partnership",
    "confirm_partnership": "partnership",
    "count_partnership": "partnership",
    "one_of_the_association": "partnership",
    "occasion": "occasion",
    "note_occasion": "occasion",
    "cancel_occasion": "occasion",
    "count_group": "group",
    "hand_over_role": "staff_role",
    "open_workplace": None,
    "open_agreement_pdf": None,
    "open_agreement_large_pdf": None,
    "open_poster": None,
    "open_index": None,
    "open_accessibility": None,
    "open_privacy": None,
    "public_text": None,
    "use_draft_again": None,
    "open_framework": None,
    "open_framework_pdf": None,
    "open_framework_version": None,
    "open_framework_changes": None,
    "open_framework_version_pdf": None,
    "import_people_example": None,
    "import_members_example": None,
    "export_overview": None,
    "help_page": None,
    "overview_branch": "workplace",
    "overview_why": "workplace",
    "contact_persons": "workplace",
    "enter_existing": "workplace",
    "existing_file": "version",
    "agreement_word": "version",
    "agreement_differences": "version",
    "agreement_change": "workplace",
    "announced_change": "version",
    "object_to_change": "version",
    "stop_task": "task_lineage",
    "start_activity": "workplace",
    "end_agreement": "workplace",
    "decide_ending": "workplace",
    "give_up_ending": "workplace",
    "file_agreement": "version",
    "journal_package": "version",
    "attached_files": "workplace",
    "attached_file": "file",
    "remove_attached_file": "file",
    "state_no_volunteers": "workplace",
    "end_no_volunteers": "workplace",
    "show_unit": "workplace",
    "withhold_unit": "workplace",
    "close_unit": "workplace",
    "reopen_unit": "workplace",
    "covered_places": "workplace",
    "import_units_example": None,
    "agreement": "workplace",
    "begin_agreement": "workplace",
    "autosave_agreement": "workplace",
    "agreement_preview": "workplace",
    "amend_agreement": "workplace",
    "comment_round": "workplace",
    "close_comment_round": "workplace",
    "add_comment": "workplace",
    "edit_comment": "comment",
    "remove_comment": "comment",
    "answer_comment": "comment",
    "add_task": "workplace",
    "add_principle": "workplace",
    "task_details": "task",
    "retie_principle": "principle",
    "update_agreement": "workplace",
    "switch_edition": "workplace",
    "follow_edition": "workplace",
    "conditions": "workplace",
    "involvement": "workplace",
    "take_out_involvement": "heard",
    "take_back_agreement": "workplace",
    "withdraw_agreement": "workplace",
    "decide_doubt": "task",
    "adopt_agreement": "workplace",
    "put_agreement_in_force": "workplace",
    "take_over_agreement": "workplace",
    "leading": "workplace",
    "end_stand_in": "stand_in",
    "agreement_version": "version",
    "agreement_pdf": "version",
    "agreement_large_pdf": "version",
    "committee": "body",
    "edit_committee": "body",
    "add_member": "body",
    "end_membership": "seat",
    "committee_meetings": "body",
    "minutes_here": "body",
    "add_meeting": "body",
    "open_meeting": "entry",
    "say_held": "entry",
    "meeting": "meeting",
    "arrange_agenda": "meeting",
    "add_point": "meeting",
    "point": "point",
    "record_at_meeting": "matter",
    "send_agenda": "meeting",
    "call_off_meeting": "meeting",
    "attendance": "meeting",
    "close_minutes": "meeting",
    "approve_minutes": "meeting",
    "correct_minutes": "meeting",
    "meeting_pdf": "meeting",
    "year_wheel": "body",
    "plan_year": "body",
    "add_entry": "body",
    "committee_rhythm": "body",
    "change_entry": "entry",
    "cancel_entry": "entry",
    "wheel_file": "body",
    "framework_dialogue": "body",
    "open_framework_dialogue": "body",
    "guideline_stances": "body",
    "take_stances": "body",
    "defer_dialogue": "dialogue",
    "take_up_dialogue": "dialogue",
    "send_on_dialogue": "dialogue",
    "propose_consent": "body",
    "correct_consent": "consent",
    "withdraw_consent": "consent",
    "revoke_calendar": "feed",
    "calendar_feed": "calendar",
    "dialogue": "dialogue",
    "paper_pdf": "dialogue",
    "record_dialogue": "dialogue",
    "reopen_dialogue": "dialogue",
    "confirm_dialogue": "dialogue",
    "settle_dialogue": "dialogue",
    "confirm_by_link": "token",
    "framework_version": "edition",
    "framework_pdf": "edition",
    "framework_element": "element",
    "framework_paragraph": "paragraph",
    "framework_bring_back": "lineage",
    "framework_change": "lineage",
    "framework_version_changes": "edition",
    "try_mail_again": "letter",
    "wave": "wave",
    "edit_wave": "wave",
    "end_wave": "wave",
    "choose_wave_units": "wave",
    "edit_policy": "policy",
    "end_policy": "policy",
    "end_role": "role",
    "staff": "workplace",
    "add_staff": "workplace",
    "edit_unit": "workplace",
    "remove_closed_day": "closed",
    "open_message": "message",
    "make_terms": "engagement",
    "note_acceptance": "engagement",
    "terms_pdf": "engagement",
    "terms_large_pdf": "engagement",
    "note_welcome": "engagement",
    "note_ending": "engagement",
    "certificate": "engagement",
    "give_own_page": "engagement",
    "forget_volunteer": "engagement",
    "accept_terms": "engagement",
    "own_pause": "engagement",
    "own_stop": "engagement",
    "decline_task": "chosen",
    "own_terms_pdf": "engagement",
    "own_terms_large_pdf": "engagement",
    "own_certificate": "engagement",
    "own_data_file": None,
    "note_formalities": "engagement",
    "answer_facts": "engagement",
    "answer_lasting": "engagement",
    "ask_for_certificate": "engagement",
    "formality_rule": "formality_rule",
    "end_formality_rule": "formality_rule",
    "remove_insurance_line": "insurance_line",
}
SENT_TO_A_STRANGER = {"demo_cast"}


def with_parameters():
    """Yield every address of the product that takes a parameter: its name and the converters."""
    for _path, pattern in addresses():
        converters = pattern.pattern.converters
        prefix = dict(_prefix_converters(pattern))
        if converters or prefix:
            yield pattern.name, {**prefix, **converters}


def _prefix_converters(pattern):
    from django.urls import get_resolver

    for resolver in get_resolver().url_patterns:
        for inner in getattr(resolver, "url_patterns", []):
            if pattern in getattr(inner, "url_patterns", []):
                yield from inner.pattern.converters.items()


def test_every_address_with_a_parameter_stands_on_the_list():
    assert {name for name, _converters in with_parameters()} == OF_WHAT.keys()


@pytest.fixture
def theirs(scene):
    """Have all there is in this municipality; return what the addresses name."""
    full = stages.recorded_with_file(scene)
    stages.stand_in_named(full)
    with_element = stages.imported(full)
    version = full.version
    seat = full.body.memberships.first()
    slug = full.cast.solbakken.slug
    volunteer = Volunteer.objects.create(name="Aase", entered_at=full.at, changed_at=full.at)
    engagement = Engagement.objects.create(volunteer=volunteer, workplace=full.cast.solbakken, entered_at=full.at)
    return {
        "workplace": [slug],
        "task": [slug, full.at_hand["task"].pk],
        "task_lineage": [slug, full.at_hand["task"].lineage],
        "version": [slug, version.number],
        "comment": [slug, full.at_hand["comment"].pk],
        "file": [slug, full.at_hand["file"].pk],
        "body": [full.body.slug],
        "heard": [slug, stages.heard_at(full).pk],
        "principle": [slug, full.at_hand["principle"].pk],
        "seat": [full.body.slug, seat.pk],
        "entry": [full.body.slug, stages.with_a_date(full).at_hand["entry"].pk],
        "meeting": [with_meeting(full).at_hand["meeting"].pk],
        "point": [full.at_hand["meeting"].pk, full.at_hand["point"].pk],
        "matter": [full.at_hand["meeting"].pk, full.at_hand["point"].pk],
        "consent": [full.body.slug, stages.with_consent(full).at_hand["consent"].pk],
        "feed": [stages.with_calendar(full).at_hand["feed"].pk],
        "calendar": ["anderby", full.at_hand["calendar_token"]],
        "dialogue": [full.dialogue.pk],
        "token": ["anderby", full.at_hand["token"]],
        "edition": [version.framework.number + 1],
        "element": [with_element.at_hand["element"].pk],
        "paragraph": [with_element.at_hand["paragraph"].number],
        "lineage": [version.framework.elements.first().lineage],
        "letter": [stages.mail_refused(full).at_hand["delivery"].pk],
        "wave": [stages.with_wave(full).at_hand["wave"].pk],
        "policy": [stages.with_policy(full).at_hand["policy"].pk],
        "role": [full.cast.mia.assignment_id],
        "stand_in": [slug, full.at_hand["stand_in"].pk],
        "closed": [full.at_hand["closed"].pk],
        "message": [full.at_hand["message"].pk],
        "engagement": [engagement.pk],
        "chosen": [engagement.pk, uuid.uuid4()],
        **door_at(full),
        "formality_rule": ["safety"],
        "insurance_line": [with_rules(full).at_hand["line"].pk],
        **lanes_at(full),
    }


@pytest.fixture
def kaj(scene):
    """The stranger: a leader of the other municipality, made its administrator too."""
    other = scene.at_hand["other"]
    with outside_scope(), tenancy.scope(other.municipality.pk):
        row = RoleAssignment.objects.get(pk=other.kaj.assignment_id)
        row.role, row.unit_id = "administrator", other.top.pk
        row.save()
        stranger = CastClient()
        log_in(stranger, other.kaj)
    return stranger


@pytest.mark.requirement("R26.tree")
def test_what_is_another_municipalitys_is_not_found(theirs, kaj):
    # A draft that is not begun there either is told in words; nothing of ours is.
    told_in_words = {"framework_paragraph", "framework_bring_back", "framework_change"}
    wrong = []
    for name, what in OF_WHAT.items():
        if what is None:
            continue
        url = reverse(name, args=theirs[what])
        got, posted = kaj.get(url), kaj.post(url, {"reason": "Hej", "intent": "save"})
        allowed = ({302}, {409}) if name in told_in_words else ({404, 405}, {404})
        shown = any("Solbakken" in answer.content.decode() for answer in (got, posted))
        if got.status_code not in allowed[0] or posted.status_code not in allowed[1] or shown:
            wrong.append((name, got.status_code, posted.status_code, shown))

    assert wrong == []


def test_open_pages_show_nothing_of_another_municipality(theirs, anonymous):
    slug = theirs["workplace"][0]
    for name in ("open_workplace", "open_agreement_pdf"):
        answer = anonymous.get(reverse(name, args=["anderby", slug]))
        assert answer.status_code == 404
    for name in ("open_framework_version", "open_framework_version_pdf", "open_framework_changes"):
        assert anonymous.get(reverse(name, args=["anderby", 1])).status_code == 404
    assert anonymous.get(reverse("open_framework_pdf", args=["anderby"])).status_code == 404
    assert anonymous.get(reverse("open_index", args=["findes-ikke"])).status_code == 404


@pytest.mark.parametrize("number", [0, 10**18, 2**63, 10**30, int("9" * 400)])
def test_a_number_that_nothing_has_is_not_found(theirs, scene, client_as, number):
    of_bodies = {
        "end_membership",
        "open_meeting",
        "change_entry",
        "cancel_entry",
        "correct_consent",
        "withdraw_consent",
    }
    clients = [client_as(who) for who in (scene.cast.lene, scene.cast.hanne)]
    wrong = []
    for name, converters in with_parameters():
        if not any(isinstance(converter, IntConverter) for converter in converters.values()):
            continue
        slug = theirs["body" if name in of_bodies else "workplace"][0]
        known = {"slug": slug, "municipality": "eksempelby", "lineage": uuid.uuid4()}
        url = reverse(
            name,
            kwargs={key: number if isinstance(one, IntConverter) else known[key] for key, one in converters.items()},
        )
        for client in clients:
            got, posted = client.get(url).status_code, client.post(url, {}).status_code
            # A leader may not, a button's address leads to its page; nothing else is found.
            if got not in {302, 403, 404, 405} or posted not in {403, 404, 405, 409, 422}:
                wrong.append((name, got, posted))

    assert wrong == []


WITH_CHOICES = [form for form in FORMS if form.who and form.name not in {"set_language", "account_logout"}]


@pytest.mark.parametrize("form", WITH_CHOICES, ids=lambda form: form.label)
def test_ids_of_another_municipality_in_a_form_are_no_choice(form, scene, client_as, anonymous):
    other = scene.at_hand["other"]
    form.stage(scene)
    client = client_for(form, scene, client_as, anonymous)
    sheet = read(client, form, scene)
    numbers = [name for name, values in sheet.values.items() if any(value.isdigit() for value in values)]
    ours = {"revision", "management_count", "employee_count"}
    ids = {str(other.top.pk), str(other.anlaegget.pk), str(other.kaj.assignment_id), str(other.kaj.user_id)}

    for name in numbers:
        if name in ours or name.startswith("revision"):
            continue
        for pk in ids - set(sheet.values[name]):
            with undone(client):
                before = _rows_of(scene)
                answer = send(client, sheet.changed(**{name: pk}))
                assert answer.status_code < 500
                assert "Anlægget" not in answer.content.decode()
                assert "Anderby" not in answer.content.decode()
                assert _rows_of(scene) == before or _of_ours(scene), (name, pk)


def _rows_of(scene: Scene):
    return {model: model.objects.count() for model in apps.get_models() if issubclass(model, MunicipalityModel)}


def _of_ours(scene: Scene):
    """Whether every row points inside the municipality that it belongs to."""
    for model in apps.get_models():
        if not issubclass(model, MunicipalityModel):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.many_to_one or not isinstance(target, type) or not issubclass(target, MunicipalityModel):
                continue
            for row in model.objects.exclude(**{field.name: None}):
                if not target.objects.filter(pk=getattr(row, field.attname)).exists():
                    return False
    return True
