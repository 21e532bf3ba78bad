# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The table of who may do what, asked of the very predicates, is the one that people can read."""

from pathlib import Path

import pytest
from django.apps import apps
from django.urls import get_resolver

from samspil.agreements import actions
from samspil.agreements.models import AgreementVersion
from samspil.config.story import publish_model_framework, set_up_body, write_draft
from samspil.foundation.permission import REGISTRY
from samspil.med import actions as med
from samspil.med.models import Form, Side
from samspil.med.papers import Record, Said, whole_sha256
from samspil.med.queries import members
from samspil.notifications.models import Message
from samspil.people.models import RoleAssignment, User
from samspil.people.queries import capacity_of
from samspil.volunteering.models import Application, Engagement, PartnerOrganisation, PartnershipAgreement, Volunteer

DOCUMENT = Path(apps.get_app_config("foundation").path).parent.parent / "docs" / "permissions.md"
COLUMNS = ("lene", "ole", "tove", "mia", "karim", "hanne", "dorte", "frida", "joergen")


@pytest.fixture
def subjects(cast, on, at):
    """What each permission is asked about: Solbakken, its agreement at the table, its body, a volunteer."""
    framework = publish_model_framework(administrator=cast.hanne, on=on, at=at)
    body = set_up_body(
        name="LokalMED",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        on=on,
        at=at,
    )
    draft = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    file = actions.attach_file(version=draft, file=actions.SentFile("Vagtplan.txt", b"Tirsdag"), actor=cast.lene, at=at)
    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    agree = Said("agree")
    record = Record(
        held_on=on,
        form=Form.MEETING,
        positions={Side.MANAGEMENT: agree, Side.EMPLOYEES: agree},
        participants=tuple(seat.pk for seat in members(body, on)),
        conclusion="Drøftet",
        minutes_reference="Referat",
    )
    paper = version.dialogue.current_paper
    sha256 = whole_sha256(paper.sha256, paper.body)
    med.record(dialogue=version.dialogue, record=record, expected_sha256=sha256, actor=cast.lene, at=at, on=on)
    volunteer = Volunteer.objects.create(name="Frida Dam", user_id=cast.frida.user_id, entered_at=at, changed_at=at)
    engagement = Engagement.objects.create(
        volunteer=volunteer, workplace=cast.solbakken, contact_person_id=cast.mia.person, entered_at=at
    )
    med.keep_minutes_here(committee=body, is_here=True, actor=cast.lene, at=at)
    meeting = med.add_meeting(committee=body, day=on, form=Form.MEETING, actor=cast.lene, on=on, at=at)
    AgreementVersion.objects.filter(pk=version.pk).update(announced_to=body)
    announced = AgreementVersion.objects.get(pk=version.pk)
    announced.state = "announced"
    application = Application.objects.create(
        workplace=cast.solbakken, name="Bent", reach_me="20 30 40 50", words="Musik", received_at=at
    )
    association = PartnerOrganisation.objects.create(name="Besøgsvennerne", reach_them="Formanden", entered_at=at)
    partnership = PartnershipAgreement.objects.create(organisation=association, workplace=cast.solbakken, created_at=at)
    return {
        "agreements": cast.solbakken,
        "agreements.object": announced,
        "agreements.read_announced": announced,
        "agreements.read_attached": file,
        "frameworks": framework,
        "frameworks.edit_policies": None,
        "frameworks.set_waves": None,
        "med.see_committee": body,
        "med.edit": body,
        "med.give_consent": body,
        "med.plan": body,
        "med.see_meeting": meeting,
        "med.hold_meeting": meeting,
        "med.approve_minutes": meeting,
        "med.hold_framework": body,
        "med.take_stance": body,
        "med.see_dialogue": version.dialogue,
        "med.record": version.dialogue,
        "med.answer": version.dialogue,
        "med.settle": version.dialogue,
        "notifications.open_message": Message.objects.filter(recipient_id=cast.tove.user_id).first(),
        "people.view_staff": cast.solbakken,
        "people.manage_staff": cast.solbakken,
        "people.end_role": RoleAssignment.objects.get(pk=cast.mia.assignment_id),
        "reports.view_unit": cast.solbakken,
        "volunteering": cast.solbakken,
        "volunteering.see_partnership": partnership,
        "volunteering.draft_partnership": partnership,
        "volunteering.decide_partnership": partnership,
        "volunteering.see": engagement,
        "volunteering.look_after": engagement,
        "volunteering.own": engagement,
        "volunteering.pause_or_stop": engagement,
        "volunteering.read_application": application,
        "volunteering.answer_application": application,
        "workspace.view_workplace": cast.solbakken,
    }


@pytest.fixture
def stand_in(cast, subjects, on, at):
    """Mia on a day on which she stands in for Lene."""
    del subjects
    row = actions.name_stand_in(
        workplace=cast.solbakken,
        user=User.objects.get(pk=cast.mia.person),
        from_date=on,
        until=on,
        actor=cast.lene,
        on=on,
        at=at,
    )
    return capacity_of(row, on)


def test_the_table_of_permissions_is_true(cast, subjects, stand_in):
    assert get_resolver().url_patterns  # the areas' permissions are registered when their addresses are read
    rows = []
    capacities = [*(getattr(cast, column) for column in COLUMNS), stand_in]
    for name in sorted(REGISTRY):
        subject = subjects.get(name, subjects.get(name.partition(".")[0]))
        answers = ["yes" if REGISTRY[name].allows(one, subject) else "" for one in capacities]
        rows.append(f"| `{name}` | {' | '.join(answers)} |")
    written = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]

    assert written == rows, "\n" + "\n".join(rows)
