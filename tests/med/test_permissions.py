# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest

from samspil.foundation import tenancy
from samspil.med import actions, permissions
from samspil.med.models import Committee, Function, Side
from samspil.people.actions import grant_role
from samspil.people.models import Role
from tests.med.conftest import seat

EVERYBODY = ("lene", "tove", "arne", "mia", "karim", "frida", "joergen", "hanne", "dorte", "ole")


def allowed(cast, permission, subject):
    return {name for name in EVERYBODY if permission.allows(getattr(cast, name), subject)}


def test_who_sees_and_does_what_with_a_dialogue(cast, recorded):
    workplace = {"lene", "tove", "arne", "mia", "karim"}
    assert allowed(cast, permissions.SEE_DIALOGUE, recorded) == workplace | {"hanne", "dorte"}
    assert allowed(cast, permissions.RECORD, recorded) == {"lene", "tove", "arne"}
    assert allowed(cast, permissions.ANSWER, recorded) == {"tove", "arne"}
    assert allowed(cast, permissions.SETTLE, recorded) == {"hanne"}


def test_who_sees_and_sets_up_bodies(cast, body):
    workplace = {"lene", "tove", "arne", "mia", "karim"}
    assert allowed(cast, permissions.SEE, None) == workplace | {"hanne", "dorte", "ole"}
    assert allowed(cast, permissions.SEE_COMMITTEE, body) == workplace | {"hanne", "dorte"}
    assert allowed(cast, permissions.SET_UP, None) == {"lene", "ole", "hanne"}
    assert allowed(cast, permissions.EDIT, body) == {"lene", "hanne"}


def test_a_body_over_several_workplaces_is_not_one_leaders_to_change(cast, at):
    both = actions.create_committee(
        name="FællesMED", units=[cast.solbakken, cast.nordre_skole], actor=cast.hanne, at=at
    )
    assert allowed(cast, permissions.SEE_COMMITTEE, both) >= {"lene", "ole", "mia"}
    assert allowed(cast, permissions.EDIT, both) == {"hanne"}


def test_a_workplace_without_a_body_of_its_own_sees_the_one_above(cast, at):
    above = actions.create_committee(name="Hovedudvalg", units=[cast.top], actor=cast.hanne, at=at)
    assert "ole" in allowed(cast, permissions.SEE_COMMITTEE, above)
    own = actions.create_committee(name="Skolens", units=[cast.nordre_skole], actor=cast.ole, at=at)
    assert "ole" not in allowed(cast, permissions.SEE_COMMITTEE, above)
    assert "ole" in allowed(cast, permissions.SEE_COMMITTEE, own)


def test_a_member_from_elsewhere_sees_the_body_while_the_seat_lasts(cast, body, at, on):
    def sees():
        return "ole" in allowed(cast, permissions.SEE_COMMITTEE, body)

    assert not sees()
    membership = seat(body, cast.ole, Side.MANAGEMENT, Function.MEMBER, by=cast.hanne, at=at)
    assert sees()
    actions.end_membership(membership=membership, on=on - timedelta(days=1), actor=cast.hanne, at=at)
    assert not sees()


@pytest.mark.requirement("R43.adoption")
def test_a_leader_above_cannot_speak_for_the_employees_either(cast, body, recorded, at, on):
    assert "arne" in allowed(cast, permissions.ANSWER, recorded)
    grant_role(
        email="arne@example.dk",
        name="Arne Bech",
        role=Role.LEADER,
        unit=cast.elderly,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    assert allowed(cast, permissions.ANSWER, recorded) == {"tove"}


def test_the_secretariat_does_not_settle_where_it_leads(cast, recorded, at, on):
    grant_role(
        email="hanne@example.dk",
        name="Hanne Skov",
        role=Role.LEADER,
        unit=cast.elderly,
        from_date=on,
        actor=cast.dorte,
        at=at,
    )
    assert allowed(cast, permissions.SETTLE, recorded) == set()


def test_another_municipality_sees_nothing(cast, recorded, other_municipality):
    with tenancy.scope(other_municipality.municipality.pk):
        assert not permissions.visible_dialogues(other_municipality.kaj).exists()
        assert not Committee.objects.exists()
