# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.urls import reverse

from samspil.people import actions
from samspil.people.forms import PersonForm
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.permissions import END_ROLE, GRANT_ROLE, MANAGE_STAFF, VIEW_PEOPLE, VIEW_STAFF
from tests.reads import reads

SOLBAKKEN = "plejecenter-solbakken"
PERSON = {
    "name": "Ida Krogh",
    "email": "ida@example.dk",
    "role": "employee",
    "title": "lærer",
    "from_date": "2026-11-01",
}


def _role(capacity):
    return RoleAssignment.objects.get(pk=capacity.assignment_id)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("hanne", {"view", "grant", "view_staff", "manage_staff", "end"}),
        ("dorte", {"view", "view_staff"}),
        ("lene", {"view_staff", "manage_staff", "end"}),
        ("ole", set()),
        ("tove", set()),
        ("karim", set()),
        ("frida", set()),
        ("joergen", set()),
    ],
)
def test_who_may_do_what_to_the_people_of_a_workplace(cast, who, may):
    capacity = getattr(cast, who)
    asked = {
        "view": VIEW_PEOPLE.allows(capacity),
        "grant": GRANT_ROLE.allows(capacity),
        "view_staff": VIEW_STAFF.allows(capacity, cast.solbakken),
        "manage_staff": MANAGE_STAFF.allows(capacity, cast.solbakken),
        "end": END_ROLE.allows(capacity, _role(cast.mia)),
    }
    assert {name for name, allowed in asked.items() if allowed} == may


def test_the_secretariat_gives_a_role(cast, client_as):
    client = client_as(cast.hanne)
    assert client.get(reverse("grant_role")).status_code == 200
    answer = client.post(reverse("grant_role"), {**PERSON, "unit": cast.nordre_skole.pk, "role": "leader"})
    assert answer.url == reverse("people")
    given = RoleAssignment.objects.get(user__email="ida@example.dk")
    assert (given.role, given.unit_id, given.title) == ("leader", cast.nordre_skole.pk, "lærer")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Skriv personens navn."),
        ("name", "Ida 010170-1234", "Det ligner et CPR-nummer."),
        ("title", "cpr 6101701234", "Det ligner et CPR-nummer."),
        ("email", "010170-1234@example.dk", "Det ligner et CPR-nummer."),
        ("email", "ida", "Skriv en hel e-mailadresse"),
        ("unit", "", "Vælg en enhed."),
        ("unit", "999999", "999999"),
        ("role", "emperor", "emperor"),
        ("from_date", "", "Vælg fra hvilken dag."),
        ("from_date", "2026-02-31", "Vælg en dato, der findes."),
    ],
)
def test_what_is_wrong_with_a_person_is_said_in_a_sentence(cast, client_as, field, value, sentence):
    answer = client_as(cast.hanne).post(reverse("grant_role"), {**PERSON, "unit": cast.nordre_skole.pk, field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(name__startswith="Ida").exists()


def test_odd_input_is_stored_as_text_or_refused(cast, client_as):
    client = client_as(cast.hanne)
    for number, name in enumerate(["<script>alert(1)</script>", "a\x00b", "\u202eabc", "x" * 3_000]):
        sent = {**PERSON, "name": name, "email": f"p{number}@example.dk", "unit": cast.nordre_skole.pk}
        assert client.post(reverse("grant_role"), sent).status_code in {302, 422}
    assert "<script>alert" not in client.get(reverse("people")).content.decode()


def test_a_unit_of_another_municipality_cannot_be_chosen(cast, other_municipality, client_as):
    answer = client_as(cast.hanne).post(reverse("grant_role"), {**PERSON, "unit": other_municipality.anlaegget.pk})
    assert answer.status_code == 422


@pytest.mark.parametrize("text", ["010170-1234", "0101701234", "610170 1234", "mit nr. er 3112991234."])
def test_what_looks_like_a_cpr_number_is_seen(db, text):
    assert "cpr" in {e.code for e in PersonForm({**PERSON, "name": text}).errors.as_data()["name"]}


@pytest.mark.parametrize("text", ["Ida 12 34 56 78", "321370-1234", "20261123-1234", "afd. 101"])
def test_what_looks_otherwise_is_left_alone(db, text):
    assert "name" not in PersonForm({**PERSON, "name": text}).errors


def test_a_leader_enters_an_employee_and_says_when_one_has_left(cast, client_as):
    client = client_as(cast.lene)
    page = client.get(reverse("staff", args=[SOLBAKKEN])).content.decode()
    assert "Mia Lund" in page
    assert client.get(reverse("add_staff", args=[SOLBAKKEN])).status_code == 200
    assert client.post(reverse("add_staff", args=[SOLBAKKEN]), PERSON).url == reverse("staff", args=[SOLBAKKEN])

    ida = RoleAssignment.objects.get(user__email="ida@example.dk")
    assert "Stopper Ida Krogh" in client.get(reverse("end_role", args=[ida.pk])).content.decode()
    answer = client.post(reverse("end_role", args=[ida.pk]), {"on": "2026-12-31"})
    assert answer.url == reverse("staff", args=[SOLBAKKEN])
    ida.refresh_from_db()
    assert str(ida.until) == "2026-12-31"


@pytest.mark.parametrize("role", ["leader", "administrator", "volunteer", "data_protection_officer"])
def test_a_leader_gives_no_other_roles(cast, client_as, role):
    answer = client_as(cast.lene).post(reverse("add_staff", args=[SOLBAKKEN]), {**PERSON, "role": role})
    assert answer.status_code == 422


def test_a_leader_ends_neither_a_leader_nor_the_staff_of_another(cast, client_as):
    client = client_as(cast.lene)
    assert client.get(reverse("end_role", args=[cast.lene.assignment_id])).status_code == 403
    assert client.get(reverse("end_role", args=[cast.frida.assignment_id])).status_code == 403
    assert client.get(reverse("end_role", args=[cast.ole.assignment_id])).status_code == 404
    assert client.get(reverse("staff", args=["nordre-skole"])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("dorte", 403), ("lene", 403), ("mia", 403), ("frida", 403)])
def test_only_the_secretariat_gives_roles(cast, client_as, who, status):
    answer = client_as(getattr(cast, who)).post(reverse("grant_role"), {**PERSON, "unit": cast.nordre_skole.pk})
    assert answer.status_code == status
    assert "HR/MED-sekretariatet" in answer.content.decode()


@pytest.mark.requirement("R14.volunteer_rights")
@pytest.mark.parametrize("name", ["people", "staff", "add_staff", "grant_role", "administration", "units"])
def test_a_volunteer_sees_no_staff_and_no_administration(cast, client_as, name):
    arguments = [SOLBAKKEN] if name in {"staff", "add_staff"} else []
    assert client_as(cast.frida).get(reverse(name, args=arguments)).status_code == 403


def test_a_role_in_another_municipality_is_not_found(cast, other_municipality, client_as):
    kaj, hanne = client_as(other_municipality.kaj), client_as(cast.hanne)
    assert kaj.get(reverse("staff", args=[SOLBAKKEN])).status_code == 404
    assert kaj.post(reverse("end_role", args=[cast.mia.assignment_id]), {"on": "2026-11-23"}).status_code == 404
    assert hanne.get(reverse("end_role", args=[other_municipality.kaj.assignment_id])).status_code == 404
    assert "Kaj Toft" not in hanne.get(reverse("people")).content.decode()


def test_ending_the_last_administrator_is_refused_in_a_sentence(cast, client_as):
    url = reverse("end_role", args=[cast.hanne.assignment_id])
    answer = client_as(cast.hanne).post(url, {"on": "2026-11-23"})
    assert answer.status_code == 422
    assert "Giv en anden rollen først" in answer.content.decode()


def test_people_are_searched_by_name_and_unit(cast, client_as):
    client = client_as(cast.hanne)

    def found(**query):
        page = client.get(reverse("people", query=query)).content.decode()
        return {name for name in ("Lene Holm", "Ole Munk", "Mia Lund") if f"{name}<br>" in page}

    assert found(q="lene") == {"Lene Holm"}
    assert found(q="OLE@example.dk") == {"Ole Munk"}
    assert found(enhed=cast.nordre_skole.pk) == {"Ole Munk"}
    assert found(enhed="x' OR 1=1") == {"Lene Holm", "Ole Munk", "Mia Lund"}
    assert found(q="\x00nobody") == set()


def test_the_same_form_sent_twice_gives_one_role(cast, client_as):
    sent = {**PERSON, "unit": cast.nordre_skole.pk, "submission": "2f1e4a34-67a5-4b52-9f43-4d3b1b1a7f10"}
    client = client_as(cast.hanne)
    assert [client.post(reverse("grant_role"), sent).url for _ in range(2)] == [reverse("people")] * 2
    assert RoleAssignment.objects.filter(user__email="ida@example.dk").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_however_many_people_they_hold(cast, client_as, at, on, count):
    for number in range(count):
        actions.grant_role(
            email=f"n{number}@example.dk",
            name=f"N {number}",
            role=Role.EMPLOYEE,
            unit=cast.nordre_skole,
            from_date=on,
            actor=cast.hanne,
            at=at,
        )
    assert reads(client_as(cast.hanne), reverse("people")) == 7
    assert reads(client_as(cast.ole), reverse("staff", args=["nordre-skole"])) == 5
