# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Put off, taken up again, sent on to the body above: one step each, told to everybody it concerns."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samspil.audit.models import Event
from samspil.config.cast import grant
from samspil.foundation.errors import Refusal, TransitionError
from samspil.med import actions
from samspil.med.models import Dialogue, Function, Side
from samspil.med.permissions import RECORD, visible_dialogues
from samspil.med.queries import body_above, latest, may_answer, standing, todo_for
from samspil.med.states import State
from samspil.notifications.models import Message
from samspil.people.models import Role
from tests.med.conftest import A, fresh, gaps, seat, what_was_said


@pytest.fixture
def bo(cast, at):
    return grant("Bo Lund", Role.LEADER, cast.elderly, "ældrechef", actor=cast.hanne, at=at)


@pytest.fixture
def pia(cast, at):
    return grant("Pia Dahl", Role.EMPLOYEE, cast.elderly, "konsulent", actor=cast.hanne, at=at)


@pytest.fixture
def above(cast, body, bo, pia, at):
    """OmrådeMED over Ældre og Sundhed, with Bo in the chair and Pia on the employee side."""
    upper = actions.create_committee(name="OmrådeMED", units=[cast.elderly], actor=cast.hanne, at=at)
    seat(upper, bo, Side.MANAGEMENT, Function.CHAIR, by=cast.hanne, at=at)
    seat(upper, pia, Side.EMPLOYEES, Function.DEPUTY, by=cast.hanne, at=at)
    return upper


@pytest.fixture
def further(cast, above, dialogue, at):
    return actions.send_on(dialogue=dialogue, reason="Det gælder hele området.", actor=cast.lene, at=at)


def told(dialogue, key):
    rows = Message.objects.filter(key=f"med.dialogue.{dialogue.pk}.{key}")
    return set(rows.values_list("recipient__name", flat=True))


@pytest.mark.requirement("R27.conclusion")
def test_a_conclusion_is_told_to_the_leader_and_both_sides(cast, recorded, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    rows = Message.objects.filter(key__startswith="med.confirmation.", key__endswith=".confirmed")
    assert set(rows.values_list("recipient__name", flat=True)) == {"Lene Holm", "Arne Bech"}


@pytest.mark.requirement("R27.conclusion")
def test_a_settlement_is_told_to_both_sides_as_well(cast, recorded, at, on):
    actions.refuse_confirmation(dialogue=recorded, reason="Nej.", actor=cast.tove, at=at, on=on)
    actions.settle(dialogue=recorded, reason="Talt med begge.", actor=cast.hanne, at=at, on=on)
    rows = Message.objects.filter(key__startswith="med.confirmation.", key__endswith=".settled")
    assert set(rows.values_list("recipient__name", flat=True)) == {"Lene Holm", "Arne Bech", "Tove Krag"}


# Put off ------------------------------------------------------------------------------------------


def test_put_off_it_still_waits_and_says_why_and_until_when(cast, dialogue, at, on):
    until = on + timedelta(days=20)

    put_off = actions.defer(dialogue=dialogue, reason="AMR er syg.", until=until, actor=cast.tove, at=at, on=on)

    assert put_off.state == State.DEFERRED
    shown = standing(fresh(dialogue), on)
    assert (shown.label, shown.counts) == ("Udsat", False)
    assert str(shown.next) == (
        "LokalMED Solbakken har udsat det til 13. december 2026: AMR er syg. Det skal stadig drøftes."
    )
    assert gaps(dialogue, on) == ["record"]
    assert told(dialogue, f"deferred.{put_off.revision}") == {"Lene Holm", "Arne Bech"}
    assert Event.objects.filter(name="med.dialogue.defer").get().changes["until"] == until.isoformat()


@pytest.mark.parametrize(("days", "is_quiet"), [(20, True), (None, False)])
def test_what_is_put_off_stays_on_the_list_quietly_until_its_day(cast, dialogue, at, on, days, is_quiet):
    until = on + timedelta(days=days) if days else None
    actions.defer(dialogue=dialogue, reason="AMR er syg.", until=until, actor=cast.tove, at=at, on=on)

    found = [(todo.key, todo.is_quiet) for todo in todo_for(cast.arne)]
    assert found == [(f"med.put_off.{dialogue.pk}", is_quiet)]
    later = replace(cast.arne, on=on + timedelta(days=20))
    assert [todo.is_quiet for todo in todo_for(later)] == [False]


@pytest.mark.parametrize(("reason", "days"), [("", None), ("  ", 3), ("Syg", 0), ("Syg", -1)])
def test_putting_off_takes_a_reason_and_a_day_to_come(cast, dialogue, at, on, reason, days):
    until = None if days is None else on + timedelta(days=days)
    with pytest.raises(Refusal):
        actions.defer(dialogue=dialogue, reason=reason, until=until, actor=cast.tove, at=at, on=on)
    assert fresh(dialogue).state == State.WAITING


def test_it_is_taken_up_again_or_written_down_directly(cast, dialogue, said, at, on):
    actions.defer(dialogue=dialogue, reason="Syg", until=None, actor=cast.tove, at=at, on=on)
    taken = actions.take_up(dialogue=dialogue, actor=cast.arne, at=at)
    assert (taken.state, told(dialogue, f"taken_up.{taken.revision}")) == (State.WAITING, {"Lene Holm", "Tove Krag"})
    with pytest.raises(Refusal, match="ikke udsat"):
        actions.take_up(dialogue=dialogue, actor=cast.arne, at=at)

    actions.defer(dialogue=dialogue, reason="Stadig syg", until=None, actor=cast.tove, at=at, on=on)
    actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on)
    assert fresh(dialogue).state == State.RECORDED


def test_only_the_body_and_the_leader_put_off_and_send_on(cast, dialogue, above, at, on):
    for stranger in (cast.mia, cast.hanne, cast.frida):
        with pytest.raises(Refusal):
            actions.defer(dialogue=dialogue, reason="Nej", until=None, actor=stranger, at=at, on=on)
        with pytest.raises(Refusal):
            actions.send_on(dialogue=dialogue, reason="Nej", actor=stranger, at=at)
        with pytest.raises(Refusal):
            actions.take_up(dialogue=dialogue, actor=stranger, at=at)


def test_a_decision_rests_on_it_so_it_is_neither_put_off_nor_sent_on(cast, recorded, above, at, on):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    actions.rely_on(dialogue=recorded, sha256=A, unit=cast.solbakken, on=on, actor=cast.lene, at=at)
    for step in (
        lambda: actions.defer(dialogue=recorded, reason="Nej", until=None, actor=cast.lene, at=at, on=on),
        lambda: actions.send_on(dialogue=recorded, reason="Nej", actor=cast.lene, at=at),
        lambda: actions.reopen(dialogue=recorded, reason="Nej", actor=cast.lene, at=at),
    ):
        with pytest.raises(Refusal, match="truffet en beslutning"):
            step()


# Sent on ------------------------------------------------------------------------------------------


def test_the_body_above_has_the_same_paper_and_the_first_one_keeps_its_record(cast, recorded, above, at):
    further = actions.send_on(dialogue=recorded, reason="Det gælder alle.", actor=cast.tove, at=at)

    first = fresh(recorded)
    assert (first.state, first.conclusion, first.positions.count()) == (State.SENT_ON, "Drøftet uden ændringer.", 2)
    assert (further.committee, further.origin_id, further.state) == (above, first.pk, State.WAITING)
    papers = (first.current_paper, further.current_paper)
    assert papers[0].body == papers[1].body
    assert [paper.sha256 for paper in papers] == [A, A]
    assert latest(first) == further
    assert told(first, "sent_on") == {"Lene Holm", "Arne Bech"}
    assert told(further, "opened") == {"Bo Lund", "Pia Dahl", "Lene Holm", "Arne Bech"}


def test_a_decision_rests_on_what_the_body_above_concluded(cast, dialogue, above, further, bo, pia, at, on):
    assert gaps(dialogue, on) == ["record"]
    said = replace(what_was_said(above, on), participants=tuple(above.memberships.values_list("pk", flat=True)))
    actions.record(dialogue=further, record=said, expected_sha256=A, actor=bo, at=at, on=on)
    actions.confirm(dialogue=further, actor=pia, at=at, on=on)

    relied = actions.rely_on(dialogue=dialogue, sha256=A, unit=cast.solbakken, on=on, actor=cast.lene, at=at)

    assert (relied.pk, relied.relied_upon_sha256, fresh(dialogue).relied_upon_at) == (further.pk, A, None)
    with pytest.raises(Refusal, match="OmrådeMED"):
        actions.rely_on(dialogue=further, sha256=A, unit=cast.nordre_skole, on=on, actor=cast.lene, at=at)


def test_nothing_more_happens_where_it_was_sent_on_from(cast, dialogue, further, said, at, on):
    for step in (
        lambda: actions.record(dialogue=dialogue, record=said, expected_sha256=A, actor=cast.lene, at=at, on=on),
        lambda: actions.defer(dialogue=dialogue, reason="Nej", until=None, actor=cast.lene, at=at, on=on),
        lambda: actions.send_on(dialogue=dialogue, reason="Nej", actor=cast.lene, at=at),
        lambda: actions.withdraw_dialogue(dialogue=dialogue, actor=cast.lene, at=at),
    ):
        with pytest.raises(TransitionError):
            step()


def test_there_must_be_a_body_above_and_a_reason(cast, dialogue, at):
    with pytest.raises(Refusal, match="ikke noget udvalg over"):
        actions.send_on(dialogue=dialogue, reason="Videre", actor=cast.lene, at=at)


def test_the_body_it_stands_under_comes_before_that_of_the_units_above(cast, body, above, at):
    assert body_above(body) == above
    chief = actions.create_committee(name="HovedMED", units=[cast.top], actor=cast.hanne, at=at)
    actions.edit_committee(
        committee=body, name=body.name, level="", units=[cast.solbakken], parent=chief, actor=cast.hanne, at=at
    )
    body.refresh_from_db()
    assert body_above(body) == chief


def test_the_leader_whose_matter_it_is_speaks_for_no_employee_side_above(cast, above, further, pia, on):
    assert may_answer(further, pia.user_id, on) is True
    assert may_answer(further, cast.lene.user_id, on) is False


def test_both_bodies_see_the_whole_matter(cast, dialogue, further, pia):
    for somebody in (cast.tove, pia):
        assert {row.pk for row in visible_dialogues(somebody)} >= {dialogue.pk, further.pk}
    assert RECORD.allows(cast.tove, further) is False
    assert RECORD.allows(pia, further) is True


def test_one_matter_lies_before_one_body(cast, further, above):
    with pytest.raises(IntegrityError), transaction.atomic():
        Dialogue.objects.create(
            committee=above, occasion="new_agreement", origin_id=further.origin_id, opened_at=further.opened_at
        )


# Pages --------------------------------------------------------------------------------------------


def read(response):
    return unescape(response.content.decode())


def test_the_pages_put_off_take_up_and_send_on(cast, dialogue, above, pia, client_as):
    client = client_as(cast.tove)
    page = reverse("dialogue", args=[dialogue.pk])
    shown = read(client.get(page))
    assert ("Udsæt sagen" in shown, "Send sagen videre til udvalget over jer" in shown) == (True, True)
    refused = client.post(reverse("defer_dialogue", args=[dialogue.pk]), {"reason": "", "until": ""})
    assert (refused.status_code, "Skriv, hvorfor I udsætter den." in read(refused)) == (422, True)

    client.post(reverse("defer_dialogue", args=[dialogue.pk]), {"reason": "AMR er syg.", "until": ""})
    assert "LokalMED Solbakken har udsat det: AMR er syg." in read(client.get(page))
    client.post(reverse("take_up_dialogue", args=[dialogue.pk]))
    assert fresh(dialogue).state == State.WAITING

    sent = client.post(reverse("send_on_dialogue", args=[dialogue.pk]), {"reason": "Det gælder hele området."})
    further = latest(fresh(dialogue))
    assert sent["Location"] == reverse("dialogue", args=[further.pk])
    assert "LokalMED Solbakken sendte det videre, fordi: Det gælder hele området." in read(
        client_as(pia).get(sent["Location"])
    )
    assert "Sendt videre til OmrådeMED" in read(client.get(page))
