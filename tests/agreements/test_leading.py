# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Leaders who are away or gone: the stand-in, nobody there, and taking over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samspil.agreements import actions
from samspil.agreements.actions.putting_in_force import DialogueMissingError
from samspil.agreements.guards import missing_before_dialogue
from samspil.agreements.leading import agreements_without_leader, leading, todo_for, without_leader
from samspil.agreements.models import AgreementPerson, AgreementVersion
from samspil.agreements.permissions import DECIDE, EDIT, NAME_STAND_IN, TAKE_OVER
from samspil.agreements.queries import accountable_leader, open_version
from samspil.audit.models import Event
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.med import actions as med
from samspil.med.queries import employee_side, may_answer
from samspil.municipalities.models import Unit
from samspil.notifications.models import Message
from samspil.people.actions import end_role, grant_role
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import capacity_of, leaders_of, stand_in_of


@pytest.fixture
def named(cast, on, at):
    """Name somebody as stand-in at Solbakken and return their capacity then."""

    def name(who, *, by=None, starts=0, days=30):
        row = actions.name_stand_in(
            workplace=cast.solbakken,
            user=User.objects.get(pk=who.person),
            from_date=on + timedelta(days=starts),
            until=on + timedelta(days=starts + days),
            actor=by or cast.lene,
            on=on,
            at=at,
        )
        return capacity_of(row, row.from_date)

    return name


@pytest.fixture
def gone(cast, at, on):
    """Let Lene have left yesterday."""

    def leave():
        lene = RoleAssignment.objects.get(pk=cast.lene.assignment_id)
        end_role(assignment=lene, on=on - timedelta(days=1), actor=cast.hanne, at=at)

    return leave


@pytest.fixture
def nina(cast, on, at):
    """A new leader of Solbakken."""
    row = grant_role(
        email="nina@example.dk",
        name="Nina Bro",
        role=Role.LEADER,
        unit=cast.solbakken,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    return capacity_of(row, on)


def above(cast, on, at):
    row = grant_role(
        email="dir@example.dk",
        name="Ditte Rask",
        role=Role.LEADER,
        unit=cast.elderly,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    return capacity_of(row, on)


# The stand-in ---------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R19.leader")
def test_the_stand_in_decides_in_their_own_capacity_and_the_leader_stays_accountable(cast, discussed, named, on, at):
    mia = named(cast.mia)

    actions.adopt(version=discussed, in_force_from=on, actor=mia, on=on, at=at)

    decided = Event.objects.filter(name="agreements.version.adopt").latest("sequence")
    assert AgreementVersion.objects.get(pk=discussed.pk).state == "in_force"
    assert (decided.capacity["person"], decided.capacity["title"]) == ("Mia Lund", "stedfortræder")
    assert decided.capacity["assignment"] == mia.assignment_id
    assert accountable_leader(discussed.agreement, on).name == "Lene Holm"


@pytest.mark.requirement("R19.leader")
def test_the_stand_in_writes_sends_and_records(cast, draft, named, on, at):
    mia = named(cast.mia)

    sent = actions.send_to_dialogue(version=draft, actor=mia, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=mia, employee=cast.tove, on=on, at=at)

    assert actions.adopt(version=sent, in_force_from=on, actor=mia, on=on, at=at).state == "in_force"


@pytest.mark.parametrize("day", [-1, 31])
def test_outside_their_days_the_stand_in_does_nothing(cast, discussed, named, on, at, day):
    mia = replace(named(cast.mia), on=on + timedelta(days=day))

    assert not DECIDE.allows(mia, cast.solbakken)
    assert not EDIT.allows(mia, cast.solbakken)
    with pytest.raises(Refusal):
        actions.adopt(version=discussed, in_force_from=mia.on, actor=mia, on=mia.on, at=at)


def test_as_an_employee_the_stand_in_gains_nothing(cast, draft, named):
    named(cast.mia)

    assert not EDIT.allows(cast.mia, cast.solbakken)
    assert not DECIDE.allows(cast.mia, cast.solbakken)


def test_a_stand_in_neither_takes_over_nor_names_another(cast, draft, named, gone):
    mia = named(cast.mia)
    gone()

    assert (TAKE_OVER.allows(mia, cast.solbakken), NAME_STAND_IN.allows(mia, cast.solbakken)) == (False, False)


def test_who_begins_as_a_stand_in_does_not_answer_for_the_agreement(cast, framework, named, on, at):
    mia = named(cast.mia)

    version = actions.open_draft(workplace=cast.solbakken, actor=mia, on=on, at=at)

    assert accountable_leader(version.agreement, on).name == "Lene Holm"


@pytest.mark.requirement("R19.leader")
def test_on_their_days_the_stand_in_does_not_speak_for_the_employees(cast, body, named, on):
    named(cast.tove)

    later = on + timedelta(days=31)
    assert cast.tove.user_id not in {seat.user_id for seat in employee_side(body, on)}
    assert cast.tove.user_id in {seat.user_id for seat in employee_side(body, later)}


def test_nobody_confirms_afterwards_what_they_wrote_as_a_stand_in(cast, at_the_table, named, on, at):
    tove = named(cast.tove, days=0)
    with pytest.raises(Refusal):
        discuss(dialogue=at_the_table.dialogue, leader=tove, employee=cast.tove, on=on, at=at)
    dialogue = open_version(cast.solbakken.pk).dialogue
    dialogue.recorded_by_id, dialogue.recorded_at = cast.tove.user_id, at

    assert may_answer(dialogue, cast.tove.user_id, on + timedelta(days=1)) is False
    dialogue.recorded_by_id = cast.lene.user_id
    assert may_answer(dialogue, cast.tove.user_id, on + timedelta(days=1)) is True
    with pytest.raises(Refusal):
        med.confirm(dialogue=dialogue, actor=cast.tove, at=at, on=on)


def test_days_of_two_stand_ins_do_not_overlap(cast, draft, named):
    named(cast.mia, starts=10, days=10)

    with pytest.raises(Refusal, match="Mia Lund"):
        named(cast.karim, starts=20, days=5)
    with pytest.raises(Refusal, match="Mia Lund"):
        named(cast.karim, starts=0, days=40)
    assert named(cast.karim, starts=21).person == cast.karim.person


@pytest.mark.parametrize(("starts", "days"), [(-1, 5), (5, -2), (0, 366)])
def test_days_that_make_no_sense_are_refused(draft, cast, named, starts, days):
    with pytest.raises(Refusal):
        named(cast.mia, starts=starts, days=days)


def test_a_year_is_the_most(cast, draft, named):
    assert named(cast.mia, days=365).person == cast.mia.person


def test_only_staff_and_leaders_elsewhere_stand_in(cast, draft, named):
    for who in (cast.lene, cast.frida, cast.hanne):
        with pytest.raises(Refusal):
            named(who)

    assert named(cast.ole).person == cast.ole.person


def test_the_leader_the_leaders_above_and_the_secretariat_name_the_stand_in(cast, draft, nina, on, at):
    ditte = above(cast, on, at)

    may = ("lene", "ole", "tove", "mia", "karim", "hanne", "dorte", "frida")
    assert [who for who in may if NAME_STAND_IN.allows(getattr(cast, who), cast.solbakken)] == ["lene", "hanne"]
    assert NAME_STAND_IN.allows(ditte, cast.solbakken)
    assert not NAME_STAND_IN.allows(nina, cast.solbakken)


def test_the_rule_holds_for_the_action_too(cast, draft, named):
    with pytest.raises(Refusal):
        named(cast.karim, by=cast.mia)


def test_today_is_the_last_day_when_it_is_ended_and_what_is_to_come_is_called_off(cast, draft, named, on, at):
    now, later = named(cast.mia, days=3), named(cast.karim, starts=10)
    for capacity in (now, later):
        row = RoleAssignment.objects.get(pk=capacity.assignment_id)
        actions.end_stand_in(stand_in=row, actor=cast.hanne, on=on, at=at)

    assert stand_in_of(cast.solbakken.pk, on).user.name == "Mia Lund"
    assert stand_in_of(cast.solbakken.pk, on + timedelta(days=1)) is None
    assert leading(cast.solbakken, on + timedelta(days=1)).stand_ins == ()


def test_who_has_left_stands_in_no_longer(cast, draft, named, on, at):
    named(cast.mia)
    mia = RoleAssignment.objects.get(pk=cast.mia.assignment_id)

    end_role(assignment=mia, on=on, actor=cast.hanne, at=at)

    assert stand_in_of(cast.solbakken.pk, on + timedelta(days=1)) is None


def test_the_database_refuses_a_stand_in_without_a_last_day(cast, on):
    with pytest.raises(IntegrityError, match=r"stand_in|CHECK"), transaction.atomic():
        RoleAssignment.objects.create(
            user_id=cast.mia.person, role=Role.LEADER, unit=cast.solbakken, from_date=on, is_stand_in=True
        )


def test_both_are_told(cast, draft, named):
    named(cast.mia, by=cast.hanne)

    told = Message.objects.filter(key__startswith="people.stand_in.").values_list("recipient_id", flat=True)
    assert set(told) == {cast.mia.person, cast.lene.person}


# Its pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(cast):
    return reverse("leading", args=[cast.solbakken.slug])


@pytest.mark.requirement("R19.leader")
def test_the_page_names_the_leader_and_the_stand_in(cast, draft, client_as, page, url, on):
    sent = {"person": cast.mia.person, "from_date": on.isoformat(), "until": (on + timedelta(days=9)).isoformat()}

    answer = client_as(cast.lene).post(page, sent, follow=True).content.decode()

    assert "Lene Holm" in answer
    assert "Mia Lund" in answer
    for address in (url(), reverse("workplace", args=[cast.solbakken.slug])):
        seen = client_as(cast.tove).get(address).content.decode()
        assert "Lene Holm" in seen
        assert "Mia Lund" in seen


def test_others_read_the_page_and_find_no_form(cast, draft, client_as, page, on):
    sent = {"person": cast.karim.person, "from_date": on.isoformat(), "until": on.isoformat()}

    assert client_as(cast.mia).get(page).context["form"] is None
    assert client_as(cast.mia).post(page, sent).status_code == 403
    assert client_as(cast.ole).get(page).status_code == 404
    assert stand_in_of(cast.solbakken.pk, on) is None


def test_faults_are_told_on_the_page(cast, draft, client_as, page, on):
    answer = client_as(cast.lene).post(page, {"person": "", "from_date": "x", "until": ""})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["from_date", "person", "until"])

    backwards = {"person": cast.mia.person, "from_date": "2026-12-24", "until": "2026-12-01"}
    assert client_as(cast.lene).post(page, backwards).status_code == 422


def test_a_stand_in_is_ended_on_a_page_that_asks(cast, draft, named, client_as, page, on):
    mia = named(cast.mia, starts=2)
    address = reverse("end_stand_in", args=[cast.solbakken.slug, mia.assignment_id])
    client = client_as(cast.lene)
    assert "Mia Lund" in client.get(address).content.decode()

    assert client.post(address).status_code == 302

    assert leading(cast.solbakken, on).stand_ins == ()
    assert client.get(address).status_code == 404


def test_the_stand_in_sees_what_the_leader_can_do(cast, discussed, named, client_as, url):
    client = client_as(named(cast.mia))

    assert client.get(url()).context["decides"] is True
    assert "Beslut" in client.get(reverse("home")).content.decode()


# Nobody there ---------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R19.without_leader")
def test_what_is_in_force_goes_on_and_the_agreement_is_among_those_without_a_leader(cast, in_force, gone, on):
    assert list(agreements_without_leader(on)) == []
    gone()

    assert list(agreements_without_leader(on)) == [in_force.agreement]
    assert AgreementVersion.objects.get(pk=in_force.pk).state == "in_force"


def test_a_stand_in_does_not_make_it_led(cast, in_force, named, gone, on):
    named(cast.mia)
    gone()

    assert list(agreements_without_leader(on)) == [in_force.agreement]
    assert not leaders_of(cast.solbakken.pk, on).exists()


@pytest.mark.requirement("R19.without_leader")
def test_a_draft_waits_and_nobody_decides(cast, discussed, named, gone, on, at):
    mia = named(cast.mia)
    gone()

    assert "leader" in [item.code for item in missing_before_dialogue(discussed, on)]
    with pytest.raises(DialogueMissingError) as refused:
        actions.adopt(version=discussed, in_force_from=on, actor=mia, on=on, at=at)
    assert [item.code for item in refused.value.missing] == ["leader"]


@pytest.mark.requirement("R19.without_leader")
def test_what_was_decided_enters_into_force_though_the_leader_has_left(cast, discussed, on, at, monkeypatch):
    actions.adopt(version=discussed, in_force_from=on + timedelta(days=3), actor=cast.lene, on=on, at=at)
    lene = RoleAssignment.objects.get(pk=cast.lene.assignment_id)
    end_role(assignment=lene, on=on, actor=cast.hanne, at=at)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(days=3))

    call_command("hourly")

    assert AgreementVersion.objects.get(pk=discussed.pk).state == "in_force"


@pytest.mark.requirement("R19.without_leader")
def test_the_secretariat_and_the_leaders_above_see_how_many(cast, in_force, gone, client_as, on, at):
    ditte = above(cast, on, at)
    assert [todo for who in (cast.hanne, ditte) for todo in todo_for(who)] == []
    gone()

    lines = [todo_for(who) for who in (cast.hanne, ditte)]
    assert [[str(todo.title) for todo in todos] for todos in lines] == [["1 arbejdsplads: leder ikke angivet"]] * 2
    assert todo_for(cast.ole) == []
    listed = client_as(cast.hanne).get(lines[0][0].url)
    assert [line.unit.name for line in listed.context["lines"]] == ["Plejecenter Solbakken"]
    why = client_as(cast.hanne).get(reverse("overview_why", args=[cast.solbakken.slug]))
    assert [item.code for item in why.context["why"].missing] == ["leader"]


def test_a_workplace_with_neither_agreement_nor_leader_is_counted_too(cast, gone, on):
    gone()

    assert [unit.name for unit in without_leader(Unit.objects.filter(is_workplace=True), on)] == [
        "Plejecenter Solbakken"
    ]


@pytest.mark.parametrize(
    ("who", "said"),
    [("lene", "ingen leder angivet for aftalen på Plejecenter Solbakken"), ("mia", "")],
)
@pytest.mark.requirement("R19.without_leader")
def test_the_page_that_ends_a_role_says_what_follows(cast, in_force, client_as, who, said):
    address = reverse("end_role", args=[getattr(cast, who).assignment_id])

    answer = client_as(cast.hanne).get(address).content.decode()

    assert ("ingen leder angivet" in answer) is bool(said)
    assert said in " ".join(answer.split())


# Taking over ----------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R19.takeover")
def test_a_new_leader_finds_it_at_home_and_takes_over_with_one_press(cast, in_force, gone, nina, client_as, url, on):
    gone()
    client = client_as(nina)
    assert [todo.key for todo in todo_for(nina)] == ["agreements.take_over"]
    assert 'id="leader"' in client.get(url()).content.decode()

    client.post(url("take_over_agreement"))

    assert accountable_leader(in_force.agreement, on).name == "Nina Bro"
    assert todo_for(nina) == []
    rows = AgreementPerson.objects.filter(agreement=in_force.agreement, part="leader", until=None)
    assert rows.count() == 1
    told = Message.objects.filter(key__startswith="agreements.take_over.").values_list("recipient_id", flat=True)
    assert set(told) == {cast.tove.person, cast.lene.person}
