# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import uuid

import pytest

from samspil.agreements import actions as agreements
from samspil.foundation.errors import Refusal
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.guards import missing_before_start
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.models.engagements import EndedBy, PausedBy


def _enter(cast, on, at, **changes):
    given = {
        "workplace": cast.solbakken,
        "who": NewVolunteer(name="Aase Holm"),
        "tasks": [],
        "contact_person_id": cast.mia.person,
        "actor": cast.lene,
    } | changes
    return actions.enter_volunteer(**given, on=on, at=at)


@pytest.mark.requirement("R28")
@pytest.mark.requirement("R32")
def test_nobody_is_registered_where_no_agreement_is_in_force(cast, on, at):
    with pytest.raises(Refusal, match="ingen aftale i kraft"):
        _enter(cast, on, at)
    assert Volunteer.objects.count() == 0


def test_somebody_is_entered_once(cast, aase, on, at):
    with pytest.raises(Refusal, match="her på arbejdspladsen"):
        _enter(cast, on, at, who=aase.volunteer)


@pytest.mark.parametrize("who", ["tove", "ole", "hanne"])
def test_volunteers_are_received_by_leader_coordinator_and_contact_persons(cast, in_force, who, on, at):
    with pytest.raises(Refusal, match="Siden er for"):
        _enter(cast, on, at, actor=getattr(cast, who))


def test_a_task_that_the_agreement_does_not_offer_cannot_be_chosen(cast, in_force, on, at):
    with pytest.raises(Refusal, match="står ikke i aftalen"):
        _enter(cast, on, at, tasks=[uuid.uuid4()])


@pytest.mark.requirement("R23")
def test_without_a_task_and_a_contact_person_nobody_starts(cast, in_force, on, at):
    entered = _enter(cast, on, at, contact_person_id=None)

    with pytest.raises(Refusal):
        actions.activate(engagement=entered, actor=cast.lene, on=on, at=at)

    assert {missing.code for missing in missing_before_start(entered, on)} >= {"task", "contact_person"}
    assert Engagement.objects.get().state == "in_clearance"


@pytest.mark.requirement("R21")
def test_a_break_needs_no_reason_and_an_end_says_by_whom_only(cast, aase, on, at):
    Engagement.objects.filter(pk=aase.pk).update(state="active", started_on=on)

    actions.pause(engagement=aase, by=PausedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    ended = actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    assert (ended.state, ended.ended_on, ended.ended_by) == ("ended", on, "volunteer")


def test_a_task_is_kept_by_its_lineage(aase, task):
    assert EngagementTask.objects.get().lineage == task.lineage


@pytest.mark.requirement("R53.stop")
def test_a_task_that_was_stopped_is_offered_to_nobody(cast, in_force, task, on, at):
    agreements.stop_task(
        agreement=in_force.agreement,
        task_lineage=task.lineage,
        reason="Der mangler plads.",
        actor=cast.lene,
        on=on,
        at=at,
    )

    with pytest.raises(Refusal, match="står ikke i aftalen"):
        _enter(cast, on, at, tasks=[task.lineage])
