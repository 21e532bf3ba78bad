# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Several bodies in one meeting: written down once, for all of them."""

from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from samspil.config.cast import grant
from samspil.config.story import publish_model_framework
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.models import Dialogue, Function, HeldFor, Membership, Side
from samspil.med.permissions import visible_dialogues
from samspil.med.queries import covers, framework_dialogues_due
from samspil.med.states import State
from samspil.notifications.models import Message
from samspil.people.models import Role
from tests.med.conftest import A, fresh, seat, what_was_said


@pytest.fixture
def pia(cast, at):
    return grant("Pia Dahl", Role.EMPLOYEE, cast.nordre_skole, "lærer", actor=cast.hanne, at=at)


@pytest.fixture
def school(cast, body, pia, at):
    """LokalMED Nordre Skole under LokalMED Solbakken, as a body above could stand."""
    other = actions.create_committee(
        name="LokalMED Nord", units=[cast.nordre_skole], parent=body, actor=cast.hanne, at=at
    )
    seat(other, cast.ole, Side.MANAGEMENT, Function.CHAIR, by=cast.hanne, at=at)
    seat(other, pia, Side.EMPLOYEES, Function.DEPUTY, by=cast.hanne, at=at)
    return other


def both(body, school, on):
    everybody = Membership.objects.filter(committee__in=[body, school]).values_list("pk", flat=True)
    return replace(what_was_said(body, on), participants=tuple(everybody), together_with=(school.pk,))


def write_down(cast, dialogue, record, on, at):
    sha256 = dialogue.current_paper.sha256
    return actions.record(dialogue=dialogue, record=record, expected_sha256=sha256, actor=cast.lene, at=at, on=on)


def test_it_names_the_bodies_covers_their_units_and_tells_them(cast, dialogue, body, school, pia, client_as, on, at):
    assert covers(dialogue, cast.nordre_skole) is False
    write_down(cast, dialogue, both(body, school, on), on, at)

    held = fresh(dialogue)
    assert [row.committee for row in held.held_for.all()] == [school]
    assert (covers(held, cast.solbakken), covers(held, cast.nordre_skole)) == (True, True)
    assert {row.name for row in held.participants.all()} >= {"Ole Munk", "Pia Dahl", "Lene Holm", "Tove Krag"}
    assert visible_dialogues(pia).filter(pk=dialogue.pk).exists()
    page = client_as(pia).get(reverse("committee", args=[school.slug])).content.decode()
    assert reverse("dialogue", args=[dialogue.pk]) in page
    told = Message.objects.filter(key__startswith=f"med.dialogue.{dialogue.pk}.together.")
    assert set(told.values_list("recipient__name", flat=True)) == {"Ole Munk", "Pia Dahl"}


@pytest.mark.parametrize("absent", ["management", "employees"])
def test_both_sides_of_every_body_must_have_been_there(cast, dialogue, body, school, on, at, absent):
    said = both(body, school, on)
    there = Membership.objects.filter(pk__in=said.participants).exclude(committee=school, side=absent)
    said = replace(said, participants=tuple(there.values_list("pk", flat=True)))
    with pytest.raises(Refusal) as refused:
        write_down(cast, dialogue, said, on, at)
    assert [item.code for item in refused.value.missing] == [f"together_{school.pk}"]


def test_only_bodies_below_or_beside_can_have_met_with_it(cast, dialogue, body, staff_meeting, on, at):
    with pytest.raises(Refusal) as refused:
        write_down(cast, dialogue, replace(what_was_said(body, on), together_with=(staff_meeting.pk,)), on, at)
    assert [item.code for item in refused.value.missing] == ["together"]


def test_whoever_leads_one_of_them_confirms_for_nobody(cast, dialogue, body, school, on, at):
    karl = grant("Karl Lund", Role.LEADER, cast.nordre_skole, "afdelingsleder", actor=cast.hanne, at=at)
    Membership.objects.create(
        committee=body, user_id=karl.user_id, side=Side.EMPLOYEES, function=Function.MEMBER, from_date=on
    )
    write_down(cast, dialogue, both(body, school, on), on, at)
    with pytest.raises(Refusal):
        actions.confirm(dialogue=dialogue, actor=karl, at=at, on=on)


def test_written_down_again_without_it_the_other_body_is_out(cast, dialogue, body, school, on, at):
    write_down(cast, dialogue, both(body, school, on), on, at)
    write_down(cast, dialogue, what_was_said(body, on), on, at)
    assert HeldFor.objects.filter(dialogue=dialogue).count() == 0


@pytest.mark.requirement("R5.due")
def test_a_body_above_holds_the_framework_for_those_that_met_with_it(cast, body, school, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    own = actions.open_framework_dialogue(committee=school, actor=cast.ole, at=at, on=on)
    dialogue = actions.open_framework_dialogue(committee=body, actor=cast.lene, at=at, on=on)
    assert len(framework_dialogues_due(on)) == 2

    write_down(cast, dialogue, replace(both(body, school, on), answers={}), on, at)

    assert framework_dialogues_due(on) == []
    assert Dialogue.objects.get(pk=own.pk).state == State.WITHDRAWN
    again = actions.open_framework_dialogue(committee=school, actor=cast.ole, at=at, on=on)
    assert again.pk == dialogue.pk


def test_the_page_shows_the_members_of_a_body_that_is_ticked_and_asks_again(cast, dialogue, body, school, client_as):
    client, page = client_as(cast.tove), reverse("record_dialogue", args=[dialogue.pk])
    assert "Holdt sammen med andre udvalg?" in unescape(client.get(page).content.decode())
    tove, lene = (Membership.objects.filter(committee=body, user_id=who.user_id)[0] for who in (cast.tove, cast.lene))
    sent = {
        "form": "meeting",
        "held_on": "2026-11-23",
        "participants_management": [lene.pk],
        "participants_employees": [tove.pk],
        "management_stand": "agree",
        "employees_stand": "agree",
        "confirm_by": "login",
        "together_with": [school.pk],
        "members_shown": "",
        "expected_sha256": A,
    }

    asked = client.post(page, sent)
    text = unescape(asked.content.decode())
    assert (asked.status_code, "Se efter, hvem der var med fra LokalMED Nord" in text) == (422, True)
    assert "Ole Munk (formand, LokalMED Nord)" in text
    members = {side: [str(row.pk) for row in school.memberships.filter(side=side)] for side in Side.values}
    sent |= {
        "participants_management": [lene.pk, *members["management"]],
        "participants_employees": [tove.pk, *members["employees"]],
        "members_shown": str(school.pk),
    }
    assert client.post(page, sent).status_code == 302
    shown = unescape(client.get(reverse("dialogue", args=[dialogue.pk])).content.decode())
    assert ("Holdt sammen med" in shown, "LokalMED Nord" in shown) == (True, True)
