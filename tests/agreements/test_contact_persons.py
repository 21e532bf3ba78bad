# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import re

import pytest
from django.urls import reverse

from samspil.agreements.queries import contact_persons
from samspil.people.actions import grant_role
from samspil.people.models import Role


@pytest.fixture
def address(cast):
    return reverse("contact_persons", args=[cast.solbakken.slug])


@pytest.mark.requirement("R22.contact")
def test_the_contact_person_is_changed_while_the_agreement_is_in_force(cast, in_force, client_as, address, on):
    code = in_force.content_sha256
    page = client_as(cast.lene).get(address)
    assert "Karim Aziz" in page.content.decode()

    answer = client_as(cast.lene).post(address, {"contacts": [cast.karim.user_id]})

    assert answer.status_code == 302
    in_force.refresh_from_db()
    assert [row.user.name for row in contact_persons(in_force.agreement, on)] == ["Karim Aziz"]
    assert (in_force.state, in_force.content_sha256) == ("in_force", code)


@pytest.mark.parametrize(("who", "status"), [("mia", 403), ("hanne", 403), ("ole", 404), ("frida", 404)])
def test_only_the_leader_changes_it(cast, in_force, client_as, address, who, status):
    assert client_as(getattr(cast, who)).post(address, {"contacts": [cast.karim.user_id]}).status_code == status


@pytest.mark.parametrize("contacts", [[], ["999999"], ["x"]])
def test_nobody_and_a_stranger_are_refused_in_words(cast, in_force, client_as, address, contacts, on):
    answer = client_as(cast.lene).post(address, {"contacts": contacts})

    assert answer.status_code == 422
    assert [row.user.name for row in contact_persons(in_force.agreement, on)] == ["Mia Lund"]


@pytest.mark.parametrize(("more", "is_folded"), [(3, False), (13, True)])
def test_where_many_work_the_choice_is_folded_until_it_is_asked_for(
    cast, framework, client_as, on, at, more, is_folded
):
    for number in range(more):
        grant_role(
            email=f"n{number}@example.dk",
            name=f"Navn {number}",
            role=Role.EMPLOYEE,
            unit=cast.solbakken,
            from_date=on,
            actor=cast.hanne,
            at=at,
        )
    client = client_as(cast.lene)
    client.post(reverse("begin_agreement", args=[cast.solbakken.slug]))
    address = reverse("agreement", args=[cast.solbakken.slug])

    assert ("Vælg blandt" in client.get(address).content.decode()) == is_folded
    asked = " ".join(client.get(address + "?mangler=1").content.decode().split())
    assert (re.search(r"<details[^>]* open[^>]*> ?<summary[^>]*> ?Vælg blandt", asked) is not None) == is_folded
