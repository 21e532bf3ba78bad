# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.urls import reverse

from samspil.foundation.todo import Todo
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind
from samspil.people.actions import end_role, grant_role
from samspil.people.models import Role, RoleAssignment
from samspil.people.queries import capacity_of
from samspil.workspace import queries
from samspil.workspace.permissions import VIEW_WORKPLACE, visible_workplaces
from tests.reads import reads

SOLBAKKEN = "plejecenter-solbakken"


def test_the_front_page_says_what_samspil_is_and_lists_the_open_pages(cast, other_municipality, anonymous):
    page = anonymous.get(reverse("home")).content.decode()
    assert "En god aftale for frivillighed på hver arbejdsplads" in page
    assert "Eksempelby Kommune" in page
    assert "Anderby Kommune" in page
    assert reverse("account_login") in page
    assert "Prøv demoen" not in page


@pytest.mark.parametrize("name", ["accessibility_statement", "privacy_policy"])
def test_the_pages_that_the_law_asks_for_are_open(cast, anonymous, client_as, name):
    assert anonymous.get(reverse(name)).status_code == 200
    assert "med@example.dk" in client_as(cast.frida).get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["workplaces", "messages", "usersessions_list", "choose_capacity"])
def test_the_rest_asks_one_to_log_in(cast, anonymous, name):
    assert anonymous.get(reverse(name)).url == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("who", ["lene", "tove", "arne", "mia", "karim", "frida", "joergen", "hanne", "dorte", "ole"])
def test_everybody_has_a_home(cast, client_as, who):
    capacity = getattr(cast, who)
    page = client_as(capacity).get(reverse("home")).content.decode()
    assert f"Goddag, {capacity.person_name.split(' ')[0]}" in page


def test_home_shows_three_things_to_do_and_all_on_asking(cast, client_as, monkeypatch):
    lines = [Todo(key=str(n), title=f"Gør {n}", detail="", url="/", label="Gør") for n in range(5)]
    monkeypatch.setattr(queries, "TODO_SOURCES", (lambda _capacity: lines,))
    client = client_as(cast.lene)
    page = client.get(reverse("home")).content.decode()
    assert "Der er fem ting, du kan gøre i dag." in page
    assert [f"Gør {n}" in page for n in range(5)] == [True, True, True, False, False]
    assert "Se 2 mere" in page
    page = client.get(reverse("home") + "?alle=ja").content.decode()
    assert [f"Gør {n}" in page for n in range(5)] == [True] * 5


def test_home_asks_for_the_same_thing_once(cast, client_as, monkeypatch, at):
    for key, link in (("asked", "/a/"), ("news", "/b/")):
        notifications.tell(people=[cast.lene.user_id], key=key, kind=Kind.MED, title=key, link=link, at=at)
    lines = [Todo(key="a", title="A", detail="", url="/a/", label="A")]
    monkeypatch.setattr(queries, "TODO_SOURCES", (lambda _capacity: lines,))

    notes = client_as(cast.lene).get(reverse("home")).context["notes"]

    assert [note.title for note in notes] == ["news"]


def test_what_is_due_first_stands_first(cast, on, monkeypatch):
    later = Todo(key="a", title="a", detail="", url="/", label="a")
    now = Todo(key="b", title="b", detail="", url="/", label="b", due=on)
    monkeypatch.setattr(queries, "TODO_SOURCES", (lambda _capacity: [later], lambda _capacity: [now]))
    assert [todo.key for todo in queries.todos(cast.lene)] == ["b", "a"]


@pytest.mark.requirement("R26.tree")
def test_the_list_holds_the_workplaces_within_reach(cast, other_municipality, client_as):
    def named(capacity):
        page = client_as(capacity).get(reverse("workplaces")).content.decode()
        return {name for name in ("Solbakken", "Nordre Skole", "Anlægget") if name in page.split("<tbody>")[-1]}

    assert named(cast.hanne) == {"Solbakken", "Nordre Skole"}
    assert named(cast.dorte) == {"Solbakken", "Nordre Skole"}
    assert named(cast.lene) == {"Solbakken"}
    assert named(cast.frida) == {"Solbakken"}
    assert named(other_municipality.kaj) == {"Anlægget"}


def test_workplaces_are_searched_as_danes_spell(cast, client_as):
    client = client_as(cast.hanne)
    assert "Plejecenter Solbakken" in client.get(reverse("workplaces") + "?q=SOLB").content.decode()
    assert "Ingen arbejdsplads har ”xyz” i navnet" in client.get(reverse("workplaces") + "?q=xyz").content.decode()
    for odd in ("%00", "%", "'", "\\", "a" * 5000):
        assert client.get(reverse("workplaces"), {"q": odd, "side": odd}).status_code == 200


def test_a_workplace_tells_who_leads_and_what_has_happened(cast, client_as):
    page = client_as(cast.mia).get(reverse("workplace", args=[SOLBAKKEN])).content.decode()
    assert "Leder: Lene Holm, plejecenterleder" in " ".join(page.split())
    assert "Arbejdspladsen blev oprettet" in page
    assert "Tilføj ansatte" not in page
    assert "Tilføj ansatte" in client_as(cast.lene).get(reverse("workplace", args=[SOLBAKKEN])).content.decode()


@pytest.mark.requirement("R19.without_leader")
def test_a_workplace_without_a_leader_says_so(cast, client_as, at):
    from datetime import date

    lene = RoleAssignment.objects.get(pk=cast.lene.assignment_id)
    end_role(assignment=lene, on=date(2021, 1, 1), actor=cast.hanne, at=at)
    page = client_as(cast.hanne).get(reverse("workplace", args=[SOLBAKKEN])).content.decode()
    assert "Leder ikke angivet" in page


@pytest.mark.requirement("R14.volunteer_rights")
def test_volunteers_see_the_workplace_but_not_how_the_work_goes_on(cast, client_as):
    for who in (cast.frida, cast.joergen):
        page = client_as(who).get(reverse("workplace", args=[SOLBAKKEN])).content.decode()
        assert "Lene Holm" in page
        assert "Det er der sket" not in page
        assert "Se drøftelserne" not in page
        assert "Åbn aftalen" not in page


def test_a_workplace_out_of_reach_is_not_found(cast, other_municipality, client_as):
    for capacity, slug in (
        (cast.lene, "nordre-skole"),
        (cast.mia, "nordre-skole"),
        (cast.hanne, "plejehjemmet-anlaegget"),
        (other_municipality.kaj, SOLBAKKEN),
        (cast.hanne, "aeldre-og-sundhed"),
        (cast.hanne, "findes-ikke"),
    ):
        assert client_as(capacity).get(reverse("workplace", args=[slug])).status_code == 404


def test_seeing_is_the_query_and_nothing_else(cast):
    for who in ("lene", "mia", "frida", "hanne", "ole"):
        capacity = getattr(cast, who)
        for unit in (cast.solbakken, cast.nordre_skole):
            seen = visible_workplaces(capacity).filter(pk=unit.pk).exists()
            assert VIEW_WORKPLACE.allows(capacity, unit) is seen


def test_a_leader_above_sees_how_many_have_come_how_far(cast, client_as, at, on):
    role = grant_role(
        email="dir@example.dk",
        name="Ditte Rask",
        role=Role.LEADER,
        unit=cast.top,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    page = client_as(capacity_of(role, on)).get(reverse("home")).content.decode()
    assert "2 arbejdspladser" in page
    assert "Ikke begyndt" in page


def test_the_hub_leads_to_everything_the_secretariat_looks_after(cast, client_as):
    page = client_as(cast.hanne).get(reverse("administration")).content.decode()
    for name in ("units", "people", "closed_days", "contact"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_workplaces(cast, client_as, at, count):
    for number in range(count):
        create_unit(
            name=f"N {number}", parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
        )
    client = client_as(cast.hanne)
    assert reads(client, reverse("workplaces")) == 7
    assert reads(client, reverse("home")) == 11
