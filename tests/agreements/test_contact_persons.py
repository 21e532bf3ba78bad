# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.urls import reverse

from samspil.agreements.queries import contact_persons


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
