# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from samspil.agreements import actions
from samspil.agreements.actions import OwnTask, SentPage, SentText
from samspil.agreements.actions.announcing import MaterialChangeError, NotTheEmployeeSideError
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.actions.locking import FrozenTextError, NotTheLeaderError
from samspil.agreements.actions.putting_in_force import DialogueMissingError
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.changes import change_of
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.guards import missing_before_adoption, missing_before_announcing
from samspil.agreements.models import AgreementVersion, BoundaryDecision, InForce, Section, Task
from samspil.agreements.queries import announced_and_due, tasks_offered
from samspil.audit.queries import events_of
from samspil.foundation.errors import Refusal, TransitionError
from samspil.frameworks.models import Element
from samspil.med import actions as med
from samspil.med.models import Membership, Side
from samspil.notifications.models import Message
from samspil.people.actions import end_role
from samspil.people.models import RoleAssignment

NO = dict.fromkeys(QUESTION_NAMES, False)
WHY = "En slåfejl er rettet."
DUE = date(2026, 12, 7)
"""Ten working days after the cast's Monday."""


@pytest.fixture
def next_version(cast, in_force, on, at):
    return actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


@pytest.fixture
def rewrite(cast, at):
    """Change a text of a draft."""

    def write(version, kind, text):
        section = Section.objects.get(version=version, kind=kind)
        page = SentPage({kind: SentText(text, section.revision, fingerprint(section.text))})
        actions.save_page(version=version, page=page, actor=cast.lene, at=at)
        return version

    return write


@pytest.fixture
def reworded(next_version, rewrite):
    return rewrite(next_version, "customs", "Vi siger godmorgen, når vi kommer.")


@pytest.fixture
def announced(cast, reworded, at):
    return actions.announce(version=reworded, reason=WHY, words={"section:customs"}, actor=cast.lene, at=at)


def now(version):
    return AgreementVersion.objects.get(pk=version.pk)


def codes(missing):
    return [item.code for item in missing]


# What is a change -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.editorial")
def test_words_are_material_until_the_leader_marks_them(reworded):
    unmarked, marked = change_of(reworded), change_of(reworded, {"section:customs"})

    assert [(part.key, part.is_words) for part in unmarked.material] == [("section:customs", True)]
    assert (marked.material, [part.key for part in marked.editorial]) == ((), ["section:customs"])


@pytest.mark.requirement("R53.change")
@pytest.mark.parametrize("what", ["task", "place", "hours", "when", "gone", "emptied", "principle"])
def test_structure_is_material_whatever_is_marked(cast, next_version, rewrite, on, at, what):
    from samspil.agreements.conditions import Conditions

    task = Task.objects.filter(version=next_version).first()
    common = Element.objects.filter(version_id=next_version.framework_id, kind="principle").first()
    said = {"version": next_version, "actor": cast.lene, "at": at}
    if what == "task":
        actions.add_task(task=OwnTask("Cykle", "Gangtræning", "Luft", NO), **said)
    elif what == "place":
        actions.set_conditions(conditions=Conditions(places={"outdoors": "Skoven"}), **said)
    elif what == "hours":
        actions.set_conditions(conditions=Conditions(hours_of_leader=2), **said)
    elif what == "when":
        actions.describe_task(task=task, when_and_where="Haven", responsibility="", actor=cast.lene, at=at)
    elif what == "gone":
        actions.remove_task(task=task, actor=cast.lene, at=at)
    elif what == "emptied":
        rewrite(next_version, "customs", "")
    else:
        actions.add_local_principle(builds_on=common.lineage, text="Vi hilser", how="Sådan", **said)
    everything = {"section:customs", *(f"principle:{own.lineage}" for own in next_version.local_principles.all())}

    next_version.refresh_from_db()

    change = change_of(next_version, everything)

    assert (len(change.structure), change.editorial) == (1, ())
    assert "material" in codes(missing_before_announcing(next_version, everything, on))


@pytest.mark.requirement("R53.change")
def test_a_place_that_is_covered_too_is_material(cast, next_version, engparken, on, at):
    from samspil.agreements.changes import compare

    content = version_content(next_version)

    change = compare(content, {**content, "covered": [{"place": engparken.agreement.workplace.slug, "note": ""}]})

    assert [(part.title, part.is_words) for part in change.material] == [("Plejecenter Engparken", False)]


def test_a_task_that_was_struck_before_is_not_missing_now(cast, in_force, next_version):
    task = Task.objects.filter(version=in_force).first()
    BoundaryDecision.objects.create(
        version=in_force,
        task_lineage=task.lineage,
        task_sha256="0" * 64,
        outcome="strike",
        reason="Kerneopgave",
        decided_at=in_force.adopted_at,
        decided_by_id=cast.lene.user_id,
        decided_by_name="Lene",
    )
    Task.objects.filter(version=next_version, lineage=task.lineage).delete()

    assert change_of(next_version).is_none


# Announcing -----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.editorial")
def test_an_announced_change_stands_still_for_ten_working_days(cast, in_force, announced, at):
    assert (announced.state, announced.objection_due, announced.rests_on) == ("announced", DUE, in_force)
    assert announced.content_sha256 == version_sha256(announced)
    with pytest.raises(FrozenTextError):
        actions.save_page(version=announced, page=SentPage(), actor=cast.lene, at=at)
    assert InForce.objects.get(unit=cast.solbakken).version == in_force


@pytest.mark.requirement("R53.editorial")
def test_the_employee_side_is_told_and_nobody_else(cast, announced):
    told = Message.objects.filter(key__startswith="agreements.announced").values_list("recipient", "kind")

    assert sorted(told) == sorted([(cast.tove.user_id, "act"), (cast.arne.user_id, "act")])


def test_the_event_names_the_texts_and_not_their_words(announced):
    assert events_of(announced).last().changes == {
        "sha256": announced.content_sha256,
        "words": ["section:customs"],
        "committee": announced.announced_to_id,
        "objection_due": DUE.isoformat(),
    }


@pytest.mark.requirement("R53.editorial")
def test_without_a_reason_nothing_is_announced(cast, reworded, at):
    with pytest.raises(Refusal, match=r"why|hvorfor"):
        actions.announce(version=reworded, reason="", words={"section:customs"}, actor=cast.lene, at=at)


@pytest.mark.requirement("R53.change")
def test_what_is_not_marked_is_named_in_the_refusal(cast, reworded, at):
    with pytest.raises(MaterialChangeError) as caught:
        actions.announce(version=reworded, reason=WHY, actor=cast.lene, at=at)

    assert codes(caught.value.missing) == ["material"]


@pytest.mark.requirement("R53.editorial")
def test_a_first_agreement_cannot_be_announced(cast, draft, at):
    with pytest.raises(MaterialChangeError) as caught:
        actions.announce(version=draft, reason=WHY, actor=cast.lene, at=at)

    assert codes(caught.value.missing) == ["predecessor"]


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "mia", "frida"])
def test_only_the_accountable_leader_announces(cast, reworded, at, who):
    with pytest.raises(NotTheLeaderError):
        actions.announce(version=reworded, reason=WHY, words={"section:customs"}, actor=getattr(cast, who), at=at)


@pytest.mark.requirement("R53.editorial")
def test_a_body_without_an_employee_side_cannot_object_so_nothing_is_announced(cast, reworded, body, on, at):
    for seat in Membership.objects.filter(committee=body, side=Side.EMPLOYEES):
        med.end_membership(membership=seat, on=on, actor=cast.hanne, at=at)

    assert codes(missing_before_announcing(reworded, {"section:customs"}, on + timedelta(days=1))) == ["employee_side"]


def test_nothing_changed_is_nothing_to_announce(next_version, on):
    assert codes(missing_before_announcing(next_version, (), on)) == ["change"]


# Objecting and taking back --------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.editorial")
def test_an_objection_makes_it_a_draft_with_the_reason(cast, announced, at):
    actions.object_to(version=announced, reason="Det betyder noget andet", actor=cast.tove, at=at)

    draft = now(announced)
    assert (draft.state, draft.objected_because, draft.announced_at) == ("draft", "Det betyder noget andet", None)
    told = Message.objects.filter(key__startswith="agreements.objected").values_list("recipient", flat=True)
    assert list(told) == [cast.lene.user_id]


@pytest.mark.parametrize("who", ["lene", "hanne", "mia", "karim", "frida", "dorte"])
def test_nobody_but_the_employee_side_objects(cast, announced, at, who):
    with pytest.raises(NotTheEmployeeSideError):
        actions.object_to(version=announced, reason="Nej", actor=getattr(cast, who), at=at)


def test_an_objection_says_why(cast, announced, at):
    with pytest.raises(Refusal):
        actions.object_to(version=announced, reason="", actor=cast.tove, at=at)


def test_the_leader_takes_it_back(cast, announced, at):
    actions.take_back(version=announced, reason="Vi taler om den", actor=cast.lene, at=at)

    assert (now(announced).state, now(announced).taken_back_because) == ("draft", "Vi taler om den")


@pytest.mark.requirement("R53.change")
def test_after_an_objection_it_goes_through_a_dialogue(cast, announced, on, at):
    from samspil.config.story import discuss

    actions.object_to(version=announced, reason="Vi vil tale om den", actor=cast.arne, at=at)
    sent = actions.send_to_dialogue(version=now(announced), actor=cast.lene, on=on, at=at)
    assert "Vi vil tale om den" in sent.dialogue.current_paper.body["presentation"]
    with pytest.raises(DialogueMissingError):
        actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    adopted = actions.adopt(version=now(sent), in_force_from=on, actor=cast.lene, on=on, at=at)

    assert (adopted.state, adopted.is_editorial, adopted.dialogue) == ("in_force", False, sent.dialogue)


def test_a_body_that_had_it_cannot_object_once_it_is_in_force(cast, announced, at):
    days = {"on": DUE + timedelta(days=1), "at": at + timedelta(days=15)}
    actions.adopt(version=announced, in_force_from=days["on"], actor=replace(cast.lene, on=days["on"]), **days)

    with pytest.raises(TransitionError):
        actions.object_to(version=announced, reason="Nej", actor=replace(cast.tove, on=days["on"]), at=days["at"])


# When nobody objects --------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.editorial")
def test_on_the_last_day_it_can_still_be_objected_to(cast, announced, at):
    assert codes(missing_before_adoption(announced, DUE)) == ["period"]
    with pytest.raises(DialogueMissingError):
        actions.adopt(version=announced, in_force_from=DUE, actor=replace(cast.lene, on=DUE), on=DUE, at=at)
    assert list(announced_and_due(DUE)) == []


@pytest.mark.requirement("R53.editorial")
def test_the_hourly_job_lets_it_begin_when_nobody_objected(cast, in_force, announced, at, monkeypatch):
    from django.utils import timezone

    later = at + timedelta(days=15)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("hourly")

    begun = now(announced)
    assert (begun.state, begun.in_force_from, begun.adopted_by_id) == (
        "in_force",
        DUE + timedelta(days=1),
        cast.lene.user_id,
    )
    assert (now(in_force).state, now(in_force).in_force_until) == ("superseded", DUE)
    assert InForce.objects.get(unit=cast.solbakken).version == announced


@pytest.mark.requirement("R53.change")
def test_what_no_longer_holds_stops_it_at_the_last_step_too(cast, announced):
    Task.objects.filter(version=announced).first().delete()

    assert "material" in codes(missing_before_adoption(announced, DUE + timedelta(days=1)))


def test_it_waits_when_nobody_answers_for_the_agreement(cast, announced, on, at):
    end_role(assignment=RoleAssignment.objects.get(pk=cast.lene.assignment_id), on=on, actor=cast.hanne, at=at)

    assert codes(missing_before_adoption(announced, DUE + timedelta(days=1))) == ["leader"]


@pytest.mark.requirement("R53.editorial")
def test_the_database_wants_reason_and_time_as_well(announced):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=announced.pk).update(editorial_reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=announced.pk).update(state="adopted", in_force_from=DUE, announced_at=None)


@pytest.mark.requirement("R53.editorial")
def test_the_next_editorial_one_rests_on_the_same_dialogue(cast, in_force, announced, rewrite, at):
    on = DUE + timedelta(days=1)
    lene, later = replace(cast.lene, on=on), at + timedelta(days=15)
    first = actions.adopt(version=announced, in_force_from=on, actor=lene, on=on, at=later)
    second = actions.open_draft(workplace=cast.solbakken, actor=lene, on=on, at=later)
    rewrite(second, "purpose", "Glæde og nærvær.")
    second = actions.announce(version=second, reason=WHY, words={"section:purpose"}, actor=lene, at=later)

    assert (second.copied_from, second.rests_on) == (first, in_force)


def test_what_volunteers_may_do_is_asked_in_one_place(cast, in_force, on):
    offered = tasks_offered(in_force.agreement, on)

    assert [task.lineage for task in offered] == [task.lineage for task in Task.objects.filter(version=in_force)]
