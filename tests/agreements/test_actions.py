# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from samspil.agreements import actions
from samspil.agreements.actions import OwnTask, SentPage, SentText
from samspil.agreements.actions.discussing import MissingBeforeDialogueError
from samspil.agreements.actions.drafting import CoreTaskError, fingerprint
from samspil.agreements.actions.locking import FrozenTextError, NotTheLeaderError
from samspil.agreements.actions.putting_in_force import DialogueMissingError, NotYetError
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import template_for
from samspil.agreements.content import version_sha256
from samspil.agreements.guards import missing_before_adoption, missing_before_dialogue
from samspil.agreements.models import AgreementVersion, BoundaryDecision, InForce, Section, Task
from samspil.agreements.queries import accountable_leader, coverage, offered_tasks, version_in_force
from samspil.audit.queries import events_of
from samspil.config.story import discuss, put_agreement_in_force
from samspil.foundation.errors import Refusal, StaleRevisionError, TransitionError
from samspil.frameworks.models import Element
from samspil.med import actions as med
from samspil.med.models import Confirmation, Function, Side
from samspil.municipalities.models import Unit
from samspil.notifications.models import Message
from samspil.people.actions import end_role, grant_role
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import capacity_of

NO = dict.fromkeys(QUESTION_NAMES, False)


def text_of(version, kind):
    return Section.objects.get(version=version, kind=kind).text


def sent(version, kind, text):
    section = Section.objects.filter(version=version, kind=kind).first()
    shown, revision = (section.text, section.revision) if section else ("", 0)
    return SentPage({kind: SentText(text, revision, fingerprint(shown))})


# Beginning ------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R42.agreement")
def test_a_draft_is_pinned_to_the_framework_in_force(cast, framework, on, at):
    version = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert (version.number, version.state, version.framework) == (1, "draft", framework)
    assert text_of(version, "purpose") == template_for("care_home").texts["purpose"]


@pytest.mark.requirement("R1.in_force")
def test_without_a_framework_there_is_no_draft(cast, on, at):
    with pytest.raises(Refusal, match=r"framework|værdiramme"):
        actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "frida", "dorte"])
def test_only_the_workplaces_own_leader_begins(cast, framework, on, at, who):
    with pytest.raises(Refusal):
        actions.open_draft(workplace=cast.solbakken, actor=getattr(cast, who), on=on, at=at)

    assert AgreementVersion.objects.count() == 0


def test_a_second_draft_is_refused_and_the_database_refuses_it_too(cast, draft, on, at):
    with pytest.raises(Refusal):
        actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    with pytest.raises(IntegrityError, match=r"one_open_version_per_agreement|agreement_id"), transaction.atomic():
        AgreementVersion.objects.create(
            agreement=draft.agreement, number=2, framework=draft.framework, created_at=at, changed_at=at
        )


@pytest.mark.requirement("R19.leader")
def test_who_begins_answers_for_the_agreement(cast, draft, on):
    assert accountable_leader(draft.agreement, on) == User.objects.get(pk=cast.lene.user_id)


@pytest.mark.requirement("R19.without_leader")
@pytest.mark.requirement("R19.takeover")
def test_when_the_leader_leaves_a_draft_waits_until_the_next_leader_takes_over(cast, draft, on, at):
    end_role(assignment=RoleAssignment.objects.get(pk=cast.lene.assignment_id), on=on, actor=cast.hanne, at=at)
    later = on + timedelta(days=1)
    nina = capacity_of(
        grant_role(
            email="nina@example.dk",
            name="Nina Bro",
            role=Role.LEADER,
            unit=cast.solbakken,
            from_date=later,
            actor=cast.hanne,
            at=at,
        ),
        later,
    )
    assert [item.code for item in missing_before_dialogue(draft, later)] == ["leader"]

    actions.take_over(agreement=draft.agreement, actor=nina, on=later, at=at)

    assert accountable_leader(draft.agreement, later).name == "Nina Bro"
    assert missing_before_dialogue(draft, later) == []


# Writing --------------------------------------------------------------------------------------------------------------


def test_what_is_written_is_saved_with_an_event(cast, draft, at):
    actions.save_page(version=draft, page=sent(draft, "purpose", "Glæde"), actor=cast.lene, at=at)

    assert text_of(draft, "purpose") == "Glæde"
    assert events_of(draft).last().changes == {"sections": ["purpose"], "tasks": []}


def test_an_autosave_leaves_no_event(cast, draft, at):
    before = events_of(draft).count()

    actions.save_page(version=draft, page=sent(draft, "purpose", "Glæde"), actor=cast.lene, at=at, is_autosave=True)

    assert (text_of(draft, "purpose"), events_of(draft).count()) == ("Glæde", before)


def test_two_people_in_one_section_lose_nothing(cast, draft, at):
    first, second = sent(draft, "purpose", "Den ene tekst"), sent(draft, "purpose", "Den anden tekst")
    actions.save_page(version=draft, page=first, actor=cast.lene, at=at)

    with pytest.raises(StaleRevisionError) as caught:
        actions.save_page(version=draft, page=second, actor=cast.lene, at=at)

    conflict = caught.value.conflicts[0]
    assert (conflict.mine, conflict.theirs) == ("Den anden tekst", "Den ene tekst")
    assert text_of(draft, "purpose") == "Den ene tekst"


def test_two_people_in_two_sections_do_not_disturb_each_other(cast, draft, at):
    first, second = sent(draft, "purpose", "Den ene"), sent(draft, "customs", "Den anden")

    actions.save_page(version=draft, page=first, actor=cast.lene, at=at)
    actions.save_page(version=draft, page=second, actor=cast.lene, at=at)

    assert (text_of(draft, "purpose"), text_of(draft, "customs")) == ("Den ene", "Den anden")


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "frida"])
def test_nobody_else_writes(cast, draft, at, who):
    with pytest.raises(NotTheLeaderError):
        actions.save_page(version=draft, page=sent(draft, "purpose", "Andet"), actor=getattr(cast, who), at=at)


@pytest.mark.requirement("R16.added_value")
def test_a_ticked_task_brings_its_boundary_and_what_it_adds(cast, draft):
    entry = template_for("care_home").task(Task.objects.filter(version=draft).first().catalogue_code)

    task = Task.objects.filter(version=draft).first()

    assert (task.boundary, task.added_value, task.not_part) == ("supplement", entry.added_value, entry.not_part)


def test_a_tick_taken_away_takes_the_task_out(cast, draft, at):
    code = Task.objects.filter(version=draft).first().catalogue_code

    actions.save_page(version=draft, page=SentPage(ticked_before=frozenset({code})), actor=cast.lene, at=at)

    assert not Task.objects.filter(version=draft, catalogue_code=code).exists()


@pytest.mark.requirement("R15.agreement")
@pytest.mark.requirement("R48.agreement")
def test_a_core_task_is_refused_with_why_and_what_instead(cast, draft, at):
    task = OwnTask("Give medicin", "-", "-", {**NO, "medicine_or_case_file": True})

    with pytest.raises(CoreTaskError) as caught:
        actions.add_task(version=draft, task=task, actor=cast.lene, at=at)

    assert len(str(caught.value)) > 80
    assert not Task.objects.filter(title="Give medicin").exists()


@pytest.mark.requirement("R15.agreement")
@pytest.mark.parametrize(
    ("title", "expected"),
    [("Give medicinen om aftenen", "doubt"), ("Hjælpe i bad", "doubt"), ("Badminton i haven", "supplement")],
)
def test_a_task_whose_words_resemble_a_core_task_is_a_doubt_whatever_was_answered(cast, draft, at, title, expected):
    added = actions.add_task(version=draft, task=OwnTask(title, "-", "-", NO), actor=cast.lene, at=at)

    assert added.boundary == expected


@pytest.mark.requirement("R15.agreement")
def test_the_database_refuses_a_core_task_too(draft):
    with pytest.raises(IntegrityError, match="core_is_never_offered"), transaction.atomic():
        Task.objects.create(
            version=draft, title="x", not_part="x", added_value="x", boundary="core", boundary_answers=NO
        )


@pytest.mark.requirement("R44.agreement")
def test_a_local_principle_cannot_replace_a_common_one(cast, draft, at):
    common = Element.objects.filter(version=draft.framework, kind="principle")
    before = [element.text for element in common]
    value = Element.objects.filter(version=draft.framework, kind="value").first()

    with pytest.raises(Refusal):
        actions.add_local_principle(
            version=draft, builds_on=value.lineage, text="Vores", how="Sådan", actor=cast.lene, at=at
        )
    actions.add_local_principle(
        version=draft, builds_on=common[0].lineage, text="Vores", how="Sådan", actor=cast.lene, at=at
    )

    assert [element.text for element in common.all()] == before


@pytest.mark.requirement("R22.contact")
@pytest.mark.parametrize(("who", "is_allowed"), [("mia", True), ("karim", True), ("frida", False), ("ole", False)])
def test_a_contact_person_works_there(cast, draft, on, at, who, is_allowed):
    users = [User.objects.get(pk=getattr(cast, who).user_id)]

    if is_allowed:
        actions.set_contact_persons(version=draft, users=users, actor=cast.lene, on=on, at=at)
    else:
        with pytest.raises(Refusal):
            actions.set_contact_persons(version=draft, users=users, actor=cast.lene, on=on, at=at)


# To the table ---------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R13.agreement")
@pytest.mark.requirement("R50.agreement")
@pytest.mark.parametrize("kind", ["purpose", "professional_judgement", "recognition", "customs"])
def test_an_empty_needed_section_stops_the_draft_and_says_so(cast, draft, on, at, kind):
    actions.save_page(version=draft, page=sent(draft, kind, ""), actor=cast.lene, at=at)

    with pytest.raises(MissingBeforeDialogueError) as caught:
        actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    assert [item.code for item in caught.value.missing] == [kind]
    assert [item.anchor for item in caught.value.missing] == [f"id_{kind}"]


def test_a_draft_with_nothing_in_it_is_told_everything_at_once(cast, framework, on, at):
    version = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    Section.objects.filter(version=version).update(text="")

    codes = [item.code for item in missing_before_dialogue(version, on)]

    needed = ["purpose", "professional_judgement", "recognition", "customs"]
    assert codes == [*needed, "task", "contact_person", "body"]


@pytest.mark.requirement("R61.agreement")
def test_a_draft_goes_to_the_body_with_a_paper_on_exactly_its_words(cast, body, at_the_table):
    paper = at_the_table.dialogue.current_paper

    assert (at_the_table.state, at_the_table.dialogue.committee) == ("in_dialogue", body)
    assert paper.sha256 == at_the_table.content_sha256 == version_sha256(at_the_table)
    assert all(paper.body[part] for part in ("presentation", "recommendation", "attachments"))


@pytest.mark.requirement("R38.agreement")
def test_the_paper_says_what_has_not_been_written(cast, draft, on, at):
    actions.save_page(version=draft, page=sent(draft, "purpose_volunteer", ""), actor=cast.lene, at=at)

    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    unwritten = gettext("What it gives the volunteers has not been written.")
    assert unwritten in version.dialogue.current_paper.body["presentation"]


@pytest.mark.requirement("R43.adoption")
def test_a_correction_at_the_table_voids_what_was_confirmed(cast, discussed, on, at):
    assert missing_before_adoption(discussed, on) == []

    actions.save_page(version=discussed, page=sent(discussed, "purpose", "Rettet ved bordet"), actor=cast.lene, at=at)
    discussed.refresh_from_db()

    papers = [paper.sha256 for paper in discussed.dialogue.papers.all()]
    assert (len(papers), papers[-1]) == (2, version_sha256(discussed))
    with pytest.raises(DialogueMissingError):
        actions.adopt(version=discussed, in_force_from=on, actor=cast.lene, on=on, at=at)


def test_an_autosave_cannot_reach_a_text_at_the_table(cast, at_the_table, at):
    page = sent(at_the_table, "purpose", "Stille ændret")

    with pytest.raises(FrozenTextError):
        actions.save_page(version=at_the_table, page=page, actor=cast.lene, at=at, is_autosave=True)


def test_taken_back_it_is_a_draft_again_and_the_body_is_rid_of_it(cast, at_the_table, at):
    version = actions.take_back(version=at_the_table, reason="Vi mangler en opgave", actor=cast.lene, at=at)

    version.dialogue.refresh_from_db()
    assert (version.state, version.dialogue.state) == ("draft", "withdrawn")


@pytest.mark.parametrize("step", ["take_back", "withdraw"])
def test_taking_back_says_why(cast, at_the_table, at, step):
    with pytest.raises(Refusal):
        getattr(actions, step)(version=at_the_table, reason="", actor=cast.lene, at=at)


# Doubt ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def doubtful(cast, draft, on, at):
    task = OwnTask("Følge til lægen", "At tage imod besked", "Selskab", {**NO, "must_be_done": True})
    added = actions.add_task(version=draft, task=task, actor=cast.lene, at=at)
    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return added


@pytest.mark.requirement("R16.decision")
def test_a_doubt_stops_the_decision_until_it_is_decided(cast, doubtful, on, at):
    version = doubtful.version
    version.refresh_from_db()
    assert [item.code for item in missing_before_adoption(version, on)] == ["doubt"]

    actions.decide_boundary(
        task=doubtful, outcome=BoundaryDecision.Outcome.CONFIRM, reason="Oven i", actor=cast.lene, at=at
    )

    assert missing_before_adoption(version, on) == []


@pytest.mark.requirement("R16.decision")
def test_a_struck_task_is_not_offered_and_the_words_discussed_stand(cast, doubtful, on, at):
    before = version_sha256(doubtful.version)

    actions.decide_boundary(
        task=doubtful, outcome=BoundaryDecision.Outcome.STRIKE, reason="Det er vores", actor=cast.lene, at=at
    )

    assert doubtful not in offered_tasks(doubtful.version)
    assert version_sha256(doubtful.version) == before


@pytest.mark.parametrize("who", ["tove", "hanne", "ole"])
def test_nobody_but_the_accountable_leader_decides_a_doubt(cast, doubtful, at, who):
    with pytest.raises(Refusal):
        actions.decide_boundary(
            task=doubtful,
            outcome=BoundaryDecision.Outcome.CONFIRM,
            reason="x",
            actor=getattr(cast, who),
            at=at,
        )


# In force -------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R43.adoption")
def test_discussed_and_confirmed_it_is_decided_and_in_force_the_same_day(cast, discussed, on, at):
    version = actions.adopt(version=discussed, in_force_from=on, actor=cast.lene, on=on, at=at)

    assert (version.state, version_in_force(cast.solbakken.pk)) == ("in_force", version)
    assert coverage([cast.solbakken.pk])[cast.solbakken.pk].status == "in_force"


@pytest.mark.requirement("R43.adoption")
@pytest.mark.parametrize("how_far", ["draft", "at_the_table"])
def test_without_a_dialogue_nothing_is_adopted(request, cast, on, at, how_far):
    version = request.getfixturevalue(how_far)

    with pytest.raises((DialogueMissingError, TransitionError)):
        actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)

    assert InForce.objects.count() == 0


@pytest.mark.requirement("R43.adoption")
def test_the_database_refuses_an_adopted_version_without_a_dialogue(draft, on):
    with pytest.raises(IntegrityError, match="adopted_rests_on_a_dialogue"), transaction.atomic():
        AgreementVersion.objects.filter(pk=draft.pk).update(state="adopted", in_force_from=on)


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "frida"])
def test_nobody_but_the_accountable_leader_adopts(cast, discussed, on, at, who):
    with pytest.raises(NotTheLeaderError):
        actions.adopt(version=discussed, in_force_from=on, actor=getattr(cast, who), on=on, at=at)


@pytest.mark.requirement("R43.basis")
@pytest.mark.parametrize(("stand", "is_allowed"), [("agree", True), ("disagree", False)])
def test_under_section_8_both_sides_agree(cast, draft, on, at, stand, is_allowed):
    AgreementVersion.objects.filter(pk=draft.pk).update(basis="section_8")
    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    discuss(dialogue=version.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    version = AgreementVersion.objects.get(pk=version.pk)
    version.dialogue.positions.filter(side="employees").update(stand=stand, words="Ord")

    assert (missing_before_adoption(version, on) == []) is is_allowed


def test_a_later_day_waits_and_the_past_is_refused(cast, discussed, on, at):
    with pytest.raises(Refusal):
        actions.adopt(version=discussed, in_force_from=on - timedelta(days=1), actor=cast.lene, on=on, at=at)
    later = on + timedelta(days=7)
    version = actions.adopt(version=discussed, in_force_from=later, actor=cast.lene, on=on, at=at)
    assert version.state == "adopted"

    with pytest.raises(NotYetError):
        actions.put_in_force(version=version, actor=cast.lene, on=on, at=at)
    version = actions.put_in_force(version=version, actor=replace(cast.lene, on=later), on=later, at=at)

    assert (version.state, version.in_force_from) == ("in_force", later)


@pytest.mark.requirement("R46.in_force")
def test_a_new_version_supersedes_the_one_before_with_the_same_words(cast, framework, body, on, at):
    story = {"workplace": cast.solbakken, "leader": cast.lene, "employee": cast.tove}
    first = put_agreement_in_force(**story, contact=cast.mia, on=on, at=at)
    later = on + timedelta(days=30)
    lene, tove = replace(cast.lene, on=later), replace(cast.tove, on=later)

    second = actions.open_draft(workplace=cast.solbakken, actor=lene, on=later, at=at)
    assert [task.title for task in offered_tasks(second)] == [task.title for task in offered_tasks(first)]
    assert text_of(second, "purpose") == text_of(first, "purpose")
    actions.save_page(version=second, page=sent(second, "purpose", "Ny tekst"), actor=lene, at=at)
    second = actions.send_to_dialogue(version=second, actor=lene, on=later, at=at)
    discuss(dialogue=second.dialogue, leader=lene, employee=tove, on=later, at=at)
    assert version_in_force(cast.solbakken.pk) == first
    second = actions.adopt(version=second, in_force_from=later, actor=lene, on=later, at=at)

    first.refresh_from_db()
    assert (first.state, first.in_force_until) == ("superseded", later - timedelta(days=1))
    assert (second.number, version_in_force(cast.solbakken.pk)) == (2, second)
    assert version_sha256(first) == first.content_sha256


@pytest.mark.parametrize("step", ["save_page", "add_task"])
def test_frozen_text_never_changes(cast, framework, body, on, at, step):
    version = put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )
    what = {"page": sent(version, "purpose", "Andet")} if step == "save_page" else {"task": OwnTask("a", "b", "c", NO)}

    with pytest.raises(FrozenTextError):
        getattr(actions, step)(version=version, actor=cast.lene, at=at, **what)


@pytest.mark.requirement("R27.told")
def test_everybody_concerned_is_told_once_with_a_page_that_they_can_see(cast, framework, body, on, at, client_as):
    ole = User.objects.get(pk=cast.ole.user_id)
    sits = {"side": Side.EMPLOYEES, "function": Function.MEMBER, "from_date": on}
    med.add_member(committee=body, user=ole, **sits, actor=cast.hanne, at=at)
    put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )

    told = Message.objects.filter(key__startswith="agreements.in_force")
    staff = {"Tove Krag", "Arne Bech", "Mia Lund", "Karim Aziz"}
    assert set(told.values_list("recipient__name", flat=True)) == {*staff, "Frida Dam", "Jørgen Vest", "Ole Munk"}
    for capacity in (cast.tove, cast.karim, cast.frida, cast.joergen, cast.ole):
        link = told.get(recipient=capacity.user_id).link
        assert client_as(capacity).get(link).status_code == 200


@pytest.mark.requirement("R43.adoption")
def test_a_confirmation_of_other_words_does_not_count(cast, discussed, on, at):
    Confirmation.objects.filter(dialogue=discussed.dialogue).update(sha256="0" * 64)

    with pytest.raises(DialogueMissingError):
        actions.adopt(version=discussed, in_force_from=on, actor=cast.lene, on=on, at=at)


def test_the_other_municipality_reaches_nothing(cast, draft, other_municipality, on, at):
    kaj = other_municipality.kaj

    with pytest.raises(Refusal):
        actions.save_page(version=draft, page=sent(draft, "purpose", "Kaj var her"), actor=kaj, at=at)
    with pytest.raises(Refusal):
        actions.open_draft(workplace=Unit.objects.get(pk=cast.nordre_skole.pk), actor=kaj, on=on, at=at)
