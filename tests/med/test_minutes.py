# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Minutes written here: one record of a dialogue, frozen words, both sides' yes, corrections beside them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from samspil.audit.models import Event
from samspil.config.cast import grant
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.models import Attendance, Confirmation, Function, Meeting, MinutesApproval, Side
from samspil.med.queries import approvers, attendance_of, points_of
from samspil.med.states import State
from samspil.notifications.models import Message
from samspil.people.models import Role, User
from tests.med.conftest import A, B, asked_of, fresh, gaps, seat
from tests.reads import reads


def begin(cast, body, on, at, days=0, form="meeting"):
    actions.keep_minutes_here(committee=body, is_here=True, actor=cast.hanne, at=at)
    day = on + timedelta(days=days)
    return actions.add_meeting(committee=body, day=day, form=form, actor=cast.lene, on=on, at=at)


@pytest.fixture
def meeting(cast, body, dialogue, on, at):
    """A meeting today with Lene's paper and a point of the body's own."""
    del dialogue
    held = begin(cast, body, on, at)
    actions.add_item(meeting=held, title="Sommerfest", text="Hvor?", actor=cast.arne, at=at)
    return held


def everybody(cast):
    return actions.There(people=[cast.lene.user_id, cast.tove.user_id, cast.arne.user_id], guests="Referent: Ida")


def attend(cast, meeting, at):
    return actions.note_attendance(meeting=meeting, there=everybody(cast), actor=cast.lene, at=at)


def conclude(cast, meeting, at, words="I haven."):
    item = meeting.items.get(dialogue=None)
    return actions.change_item(
        item=item,
        title=item.title,
        text=item.text,
        conclusion=words,
        expected_revision=item.revision,
        actor=cast.tove,
        at=at,
    )


def write(cast, meeting, said, on, at, sha256=A):
    item = meeting.items.get(dialogue__isnull=False)
    return actions.record_at_meeting(item=item, record=said, expected_sha256=sha256, actor=cast.lene, at=at, on=on)


@pytest.fixture
def written(cast, meeting, said, on, at):
    """The same with everything written down."""
    attend(cast, meeting, at)
    conclude(cast, meeting, at)
    write(cast, meeting, said, on, at)
    return meeting


@pytest.fixture
def closed(cast, written, on, at):
    return actions.close_minutes(meeting=written, actor=cast.lene, at=at, on=on)


def approve(meeting, capacity, on, at):
    return actions.approve_minutes(meeting=meeting, expected_sha256=meeting.sha256, actor=capacity, at=at, on=on)


@pytest.mark.requirement("R43.adoption")
def test_a_matter_is_written_down_once_held_at_the_meeting(cast, meeting, dialogue, said, on, at):
    attend(cast, meeting, at)
    elsewhere = replace(said, held_on=on - timedelta(days=3), form="trio", confirm_by="minutes")
    write(cast, meeting, elsewhere, on, at)
    found = fresh(dialogue)
    assert (found.held_on, found.form, found.state) == (on, "meeting", State.RECORDED)
    assert found.minutes_reference == "Samspil, referat af LokalMED Solbakken 23. november 2026"
    assert asked_of(dialogue).how == Confirmation.How.LOGIN


def test_attendance_keeps_the_words_of_the_day_whatever_becomes_of_the_seats(cast, body, written, on, at):
    for row in body.memberships.filter(user_id=cast.tove.user_id):
        actions.end_membership(membership=row, on=on, actor=cast.hanne, at=at)
    User.objects.filter(pk=cast.tove.user_id).update(name="Tove Nygift")
    assert [one["people"] for one in attendance_of(written)] == [
        [{"name": "Lene Holm", "function": "Formand"}],
        [
            {"name": "Tove Krag", "function": "Næstformand, TR"},
            {"name": "Arne Bech", "function": "AMR"},
        ],
    ]


def test_minutes_cannot_be_closed_while_something_is_undecided(cast, meeting, said, on, at):
    with pytest.raises(Refusal) as refused:
        actions.close_minutes(meeting=meeting, actor=cast.lene, at=at, on=on)
    assert [str(item.text) for item in refused.value.missing] == [
        "Skriv, hvem der var med. Begge sider skal være der.",
        "Punkt 1, Aftale for frivillighed, 1. udgave: Skriv, hvad I kom frem til, udsæt sagen, eller send den videre.",
        "Punkt 2, Sommerfest: Skriv konklusionen.",
    ]
    attend(cast, meeting, at)
    conclude(cast, meeting, at)
    dialogue = meeting.items.get(dialogue__isnull=False).dialogue
    actions.defer(dialogue=dialogue, reason="AMR er syg.", until=None, actor=cast.tove, at=at, on=on)
    closed = actions.close_minutes(meeting=meeting, actor=cast.lene, at=at, on=on)
    assert points_of(closed)[0].said["outcome"] == "Udsat, fordi: AMR er syg."


def test_a_meeting_to_come_has_no_minutes_to_close(cast, body, on, at):
    meeting = begin(cast, body, on, at, days=1)
    with pytest.raises(Refusal, match="ikke holdt endnu"):
        actions.close_minutes(meeting=meeting, actor=cast.lene, at=at, on=on)


def test_closed_minutes_are_frozen_whatever_becomes_of_the_dialogue(cast, closed, dialogue, said, on, at):
    before = points_of(closed)[0].said
    assert before["positions"] == [
        {"side": "Ledelsesside", "stand": "Enig", "words": ""},
        {"side": "Medarbejderside", "stand": "Enig med bemærkninger", "words": "Kun efter aftale med afdelingen."},
    ]
    actions.reopen(dialogue=dialogue, reason="Vi glemte noget.", actor=cast.lene, at=at)
    changed = replace(said, conclusion="Noget helt andet.")
    actions.record(dialogue=dialogue, record=changed, expected_sha256=A, actor=cast.lene, at=at, on=on)
    after = Meeting.objects.get(pk=closed.pk)
    assert (points_of(after)[0].said, after.sha256) == (before, closed.sha256)
    item = closed.items.get(dialogue=None)
    words = {"title": "Ny", "text": "", "conclusion": "Ny", "expected_revision": item.revision}
    for write_in in (
        lambda: actions.change_item(item=item, actor=cast.lene, at=at, **words),
        lambda: actions.add_item(meeting=closed, title="Ny", text="", actor=cast.lene, at=at),
        lambda: actions.take_off(item=item, actor=cast.lene, at=at),
        lambda: actions.move_item(item=item, is_up=True, actor=cast.lene, at=at),
        lambda: actions.note_attendance(meeting=closed, there=actions.There(), actor=cast.lene, at=at),
        lambda: write(cast, closed, said, on, at),
        lambda: actions.close_minutes(meeting=closed, actor=cast.lene, at=at, on=on),
    ):
        with pytest.raises(Refusal, match="Referatet er afsluttet"):
            write_in()


def test_both_sides_approve_and_nobody_for_the_other(cast, closed, on, at):
    for stranger in (cast.mia, cast.hanne, cast.ole, cast.arne):
        with pytest.raises(Refusal, match="næstformanden"):
            approve(closed, stranger, on, at)
    with pytest.raises(Refusal, match="et andet referat"):
        actions.approve_minutes(meeting=closed, expected_sha256=B, actor=cast.tove, at=at, on=on)
    approve(closed, cast.lene, on, at)
    approve(closed, cast.lene, on, at)
    assert list(MinutesApproval.objects.values_list("side", "name")) == [("management", "Lene Holm")]
    approve(closed, cast.tove, on, at)
    assert set(MinutesApproval.objects.values_list("side", flat=True)) == set(Side.values)
    told = Message.objects.filter(key=f"med.meeting.{closed.pk}.approved")
    assert set(told.values_list("recipient__name", flat=True)) == {"Lene Holm", "Arne Bech"}


@pytest.mark.requirement("R43.adoption")
def test_the_employee_sides_approval_confirms_its_matters_and_the_leaders_does_not(cast, closed, dialogue, on, at):
    approve(closed, cast.lene, on, at)
    assert gaps(dialogue, on) == ["confirmation"]
    approve(closed, cast.tove, on, at)
    assert gaps(dialogue, on) == []
    confirmation = asked_of(dialogue)
    assert (confirmation.how, confirmation.answer, confirmation.answered_name) == ("minutes", "confirmed", "Tove Krag")


def test_an_approval_confirms_no_words_that_were_written_after_the_minutes(cast, closed, dialogue, said, on, at):
    changed = replace(said, conclusion="Noget helt andet.")
    actions.record(dialogue=dialogue, record=changed, expected_sha256=A, actor=cast.lene, at=at, on=on)
    approve(closed, cast.tove, on, at)
    assert gaps(dialogue, on) == ["confirmation"]


def test_an_approval_does_not_undo_a_no(cast, closed, dialogue, on, at):
    actions.refuse_confirmation(dialogue=dialogue, reason="Det sagde vi ikke.", actor=cast.arne, at=at, on=on)
    approve(closed, cast.tove, on, at)
    assert asked_of(dialogue).answer == Confirmation.Answer.REFUSED


def test_whoever_leads_the_workplace_cannot_approve_for_the_employees(cast, body, closed, on, at):
    assert approvers(body, Side.EMPLOYEES, on) == [cast.tove.user_id]
    grant_role = grant("Tove Leder", Role.LEADER, cast.solbakken, "leder", actor=cast.hanne, at=at)
    body.memberships.filter(user_id=cast.tove.user_id, function=Function.DEPUTY).update(user_id=grant_role.user_id)
    assert grant_role.user_id not in approvers(body, Side.EMPLOYEES, on)


def test_silence_is_no_yes_to_a_record_in_minutes_that_lie_here(cast, written, dialogue, on):
    assert gaps(dialogue, on + timedelta(days=60)) == ["confirmation"]


@pytest.mark.parametrize("who", ["lene", "tove", "hanne"])
def test_a_correction_is_a_dated_note_beside_the_minutes(cast, closed, at, who):
    later = at + timedelta(days=3)
    note = actions.correct_minutes(meeting=closed, text="Arne gik kl. 14.", actor=getattr(cast, who), at=later)
    assert (note.name, note.written_at) == (getattr(cast, who).person_name, later)
    assert Meeting.objects.get(pk=closed.pk).sha256 == closed.sha256
    assert Message.objects.filter(key=f"med.meeting.{closed.pk}.note.{note.pk}").exists()
    with pytest.raises(Refusal):
        actions.correct_minutes(meeting=closed, text="Nej.", actor=cast.mia, at=later)
    with pytest.raises(Refusal, match="hvad der skal rettes"):
        actions.correct_minutes(meeting=closed, text=" ", actor=cast.lene, at=later)


def test_a_staff_meeting_is_counted_and_approved_by_leader_and_contact(cast, staff_meeting, on, at):
    actions.keep_minutes_here(committee=staff_meeting, is_here=True, actor=cast.ole, at=at)
    meeting = actions.add_meeting(committee=staff_meeting, day=on, form="staff_meeting", actor=cast.ole, on=on, at=at)
    there = actions.There(management_count=1, management_name="Ole Skov", employee_count=14, employee_name="Mia Lund")
    actions.note_attendance(meeting=meeting, there=there, actor=cast.ole, at=at)
    item = actions.add_item(meeting=meeting, title="Frivillige", text="", actor=cast.mia, at=at)
    actions.change_item(
        item=item, title="Frivillige", text="", conclusion="Vi prøver.", expected_revision=1, actor=cast.mia, at=at
    )
    closed = actions.close_minutes(meeting=meeting, actor=cast.ole, at=at, on=on)
    assert [one["count"] for one in attendance_of(closed)] == [1, 14]
    approve(closed, cast.ole, on, at)
    approve(closed, cast.mia, on, at)
    assert MinutesApproval.objects.filter(meeting=closed).count() == 2


def test_closed_minutes_are_open_to_employees_under_the_body_and_to_nobody_else(cast, closed, at, client_as, anonymous):
    url = reverse("meeting", args=[closed.pk])
    assert client_as(cast.mia).get(url).status_code == 200
    page = client_as(cast.mia).get(url).content.decode()
    assert ("I haven." in page, "Godkend referatet" in page, "Skriv en rettelse" in page) == (True, False, False)
    for stranger in (cast.ole, cast.frida, cast.joergen):
        assert client_as(stranger).get(url).status_code == 404
    assert anonymous.get(url).status_code == 302


def test_the_body_above_has_minutes_for_those_under_it_too(cast, body, on, at, client_as):
    upper = actions.create_committee(name="OmrådeMED", units=[cast.elderly], actor=cast.hanne, at=at)
    bo = grant("Bo Lund", Role.LEADER, cast.elderly, "ældrechef", actor=cast.hanne, at=at)
    pia = grant("Pia Dahl", Role.EMPLOYEE, cast.elderly, "konsulent", actor=cast.hanne, at=at)
    seat(upper, bo, Side.MANAGEMENT, Function.CHAIR, by=cast.hanne, at=at)
    seat(upper, pia, Side.EMPLOYEES, Function.DEPUTY, by=cast.hanne, at=at)
    actions.keep_minutes_here(committee=upper, is_here=True, actor=bo, at=at)
    meeting = actions.add_meeting(committee=upper, day=on, form="meeting", actor=bo, on=on, at=at)
    url = reverse("meeting", args=[meeting.pk])
    mia = client_as(cast.mia)
    assert mia.get(url).status_code == 404
    item = actions.add_item(meeting=meeting, title="Budget", text="", actor=bo, at=at)
    actions.change_item(item=item, title="Budget", text="", conclusion="Set.", expected_revision=1, actor=bo, at=at)
    there = actions.There(people=[bo.user_id, pia.user_id])
    actions.note_attendance(meeting=meeting, there=there, actor=bo, at=at)
    actions.close_minutes(meeting=meeting, actor=bo, at=at, on=on)
    assert "Set." in mia.get(url).content.decode()
    assert "OmrådeMED, 23. november 2026" in mia.get(reverse("minutes")).content.decode()
    assert "Læs udvalgenes referater" in mia.get(reverse("committees")).content.decode()


def test_the_pages_say_what_is_missing_and_what_a_yes_confirms(cast, written, on, at, client_as):
    lene, tove = client_as(cast.lene), client_as(cast.tove)
    url = reverse("meeting", args=[written.pk])
    assert "Alt er skrevet ned." in lene.get(url).content.decode()
    close = reverse("close_minutes", args=[written.pk])
    assert "kan ordene ikke ændres" in lene.get(close).content.decode()
    closed = actions.close_minutes(meeting=written, actor=cast.lene, at=at, on=on)
    page = tove.get(url).content.decode()
    assert "Med dit ja bekræfter du for medarbejdersiden" in page
    answer = tove.post(reverse("approve_minutes", args=[closed.pk]), {"sha256": closed.sha256}, follow=True)
    assert "Godkendt af Tove Krag for medarbejdersiden den 23. november 2026." in answer.content.decode()
    assert "Ikke godkendt af ledelsessiden endnu." in answer.content.decode()


def test_the_agenda_and_the_minutes_can_be_fetched_as_pdf(cast, written, on, at, client_as):
    url = reverse("meeting_pdf", args=[written.pk])
    client = client_as(cast.mia)
    agenda = client.get(url)
    actions.close_minutes(meeting=written, actor=cast.lene, at=at, on=on)
    minutes = client.get(url)
    assert [one.content[:5] for one in (agenda, minutes)] == [b"%PDF-", b"%PDF-"]
    assert 'filename="referat-' in minutes.headers["Content-Disposition"]
    assert 'filename="dagsorden-' in agenda.headers["Content-Disposition"]


def test_minutes_take_the_same_few_queries_for_two_points_as_for_ten(cast, written, on, at, client_as):
    for number in range(9):
        item = actions.add_item(meeting=written, title=f"Punkt {number}", text="", actor=cast.lene, at=at)
        actions.change_item(
            item=item, title=item.title, text="", conclusion="Set.", expected_revision=1, actor=cast.lene, at=at
        )
    url = reverse("meeting", args=[written.pk])
    before = reads(client_as(cast.lene), url)
    actions.close_minutes(meeting=written, actor=cast.lene, at=at, on=on)
    many = {who: reads(client_as(getattr(cast, who)), url) for who in ("lene", "tove", "mia")}
    assert max(before, *many.values()) <= 4 + 10, (before, many)


def test_every_step_is_in_the_record_without_what_was_written(cast, closed, on, at):
    approve(closed, cast.tove, on, at)
    names = set(Event.objects.filter(name__startswith="med.").values_list("name", flat=True))
    assert {"med.meeting.begin", "med.agenda.add", "med.agenda.change", "med.minutes.close"} <= names
    assert not any("haven" in str(changes) for changes in Event.objects.values_list("changes", flat=True))
    assert Attendance.objects.filter(meeting=closed).count() == 3
