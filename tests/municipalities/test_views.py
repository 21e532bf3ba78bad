# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import date

import pytest
from django.urls import reverse

from samspil.audit.models import Event
from samspil.foundation.errors import Refusal
from samspil.municipalities import actions
from samspil.municipalities.models import ClosedDay, Municipality, Sector, Unit
from samspil.municipalities.permissions import ADMINISTRATOR
from samspil.municipalities.queries import path_of, unit_tree, working_days_later
from samspil.people.models import Role
from tests.reads import reads


def _unit(cast, **changed):
    return {
        "name": "Søndre Skole",
        "parent": cast.top.pk,
        "sector": "school",
        "is_workplace": "on",
        **changed,
    }


def test_the_administrator_here_is_the_one_of_people():
    assert ADMINISTRATOR == Role.ADMINISTRATOR


def test_a_unit_is_entered_and_found_in_the_tree(cast, client_as):
    client = client_as(cast.hanne)
    assert client.get(f"{reverse('create_unit')}?under={cast.top.slug}").status_code == 200
    assert client.post(reverse("create_unit"), _unit(cast)).url == reverse("units")
    unit = Unit.objects.get(slug="soendre-skole")
    assert (unit.parent_id, unit.sector, unit.is_workplace) == (cast.top.pk, "school", True)
    assert "Søndre Skole" in client.get(reverse("units")).content.decode()


def test_a_new_unit_takes_its_sector_from_the_unit_above_or_is_asked_for_one(cast, at, client_as):
    client = client_as(cast.hanne)
    schools = actions.create_unit(
        name="Skoler", parent=cast.top, sector=Sector.SCHOOL, is_workplace=False, actor=cast.hanne, at=at
    )
    assert client.get(f"{reverse('create_unit')}?under={schools.slug}").context["form"]["sector"].value() is None

    refused = client.post(reverse("create_unit"), _unit(cast, sector=""))
    taken_over = client.post(reverse("create_unit"), _unit(cast, sector="", parent=schools.pk))

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["sector"])
    assert (taken_over.status_code, Unit.objects.get(slug="soendre-skole").sector) == (302, "school")


@pytest.mark.requirement("R26.tree")
def test_the_tree_stands_as_the_organisation_does_in_danish_order(cast, at):
    for name in ("Ådalen", "Aadum", "Østre", "Zebra", "Æblet"):
        actions.create_unit(name=name, parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at)
    (top,) = unit_tree()
    names = [node.unit.name for node in top.children]
    assert names == ["Nordre Skole", "Zebra", "Æblet", "Ældre og Sundhed", "Østre", "Ådalen", "Aadum"]
    below = next(node for node in top.children if node.unit == cast.elderly)
    assert [node.unit.name for node in below.children] == ["Plejecenter Solbakken"]


def test_two_units_of_one_name_get_two_addresses(cast, at):
    made = [
        actions.create_unit(
            name="Nordre Skole", parent=cast.top, sector=Sector.SCHOOL, is_workplace=True, actor=cast.hanne, at=at
        )
        for _ in range(2)
    ]
    assert [unit.slug for unit in made] == ["nordre-skole-2", "nordre-skole-3"]


@pytest.mark.requirement("R26.tree")
def test_a_unit_changes_name_and_place_but_not_address(cast, client_as):
    client = client_as(cast.hanne)
    url = reverse("edit_unit", args=["nordre-skole"])
    assert client.get(url).status_code == 200
    sent = _unit(cast, name="Den Nye Skole", parent=cast.elderly.pk)
    assert client.post(url, sent).url == reverse("units")
    unit = Unit.objects.get(slug="nordre-skole")
    assert [one.name for one in path_of(unit)] == ["Eksempelby Kommune", "Ældre og Sundhed", "Den Nye Skole"]
    event = Event.objects.order_by("-sequence").first()
    assert event is not None
    assert (event.name, event.changes["parent"]) == ("municipalities.unit.edit", "aeldre-og-sundhed")


@pytest.mark.parametrize("parent", ["elderly", "solbakken"])
def test_a_unit_is_never_put_under_itself(cast, client_as, parent):
    sent = _unit(cast, name="Ældre og Sundhed", parent=getattr(cast, parent).pk, sector="other")
    answer = client_as(cast.hanne).post(reverse("edit_unit", args=["aeldre-og-sundhed"]), sent)
    assert answer.status_code == 422
    assert "En enhed kan ikke høre under sig selv" in answer.content.decode()


def test_the_top_unit_stays_on_top(cast, client_as, at):
    client = client_as(cast.hanne)
    url = reverse("edit_unit", args=[cast.top.slug])
    assert 'name="parent"' not in client.get(url).content.decode()
    assert client.post(url, _unit(cast, name="Ny Kommune", sector="other")).status_code == 302
    assert Unit.objects.get(pk=cast.top.pk).parent is None
    with pytest.raises(Refusal):
        actions.edit_unit(
            unit=cast.top,
            name="x",
            parent=cast.elderly,
            sector="other",
            is_workplace=False,
            actor=cast.hanne,
            at=at,
        )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Skriv enhedens navn."),
        ("name", "x" * 121, "120"),
        ("parent", "", "Vælg, hvad enheden hører under."),
        ("parent", "999999", "999999"),
        ("sector", "moon", "moon"),
    ],
)
def test_what_is_wrong_with_a_unit_is_said_in_a_sentence(cast, client_as, field, value, sentence):
    answer = client_as(cast.hanne).post(reverse("create_unit"), _unit(cast, **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_unit_of_another_municipality_is_neither_found_nor_chosen(cast, other_municipality, client_as):
    client = client_as(cast.hanne)
    foreign = other_municipality.anlaegget
    assert client.get(reverse("edit_unit", args=[foreign.slug])).status_code == 404
    assert client.post(reverse("edit_unit", args=[foreign.slug]), _unit(cast)).status_code == 404
    assert client.post(reverse("create_unit"), _unit(cast, parent=foreign.pk)).status_code == 422
    assert "Anlægget" not in client.get(reverse("units")).content.decode()


@pytest.mark.parametrize("name", ["units", "create_unit", "closed_days", "contact", "administration"])
@pytest.mark.parametrize("who", ["lene", "mia", "dorte", "frida"])
def test_only_the_secretariat_administers(cast, client_as, anonymous, name, who):
    answer = client_as(getattr(cast, who)).get(reverse(name))
    assert answer.status_code == 403
    assert "HR/MED-sekretariatet" in answer.content.decode()
    assert anonymous.get(reverse(name)).url.startswith(reverse("account_login"))


def test_a_closed_day_counts_as_no_working_day(cast, client_as):
    client = client_as(cast.hanne)
    before = working_days_later(date(2026, 11, 23), 1)
    sent = {"day": "2026-11-24", "name": "Lukket"}
    assert client.post(reverse("closed_days"), sent).url == reverse("closed_days")
    assert (before, working_days_later(date(2026, 11, 23), 1)) == (date(2026, 11, 24), date(2026, 11, 25))
    assert "24. november 2026" in client.get(reverse("closed_days")).content.decode()

    closed = ClosedDay.objects.get()
    assert client.post(reverse("remove_closed_day", args=[closed.pk])).url == reverse("closed_days")
    assert not ClosedDay.objects.exists()


def test_the_same_closed_day_stands_once(cast, client_as):
    client = client_as(cast.hanne)
    for name in ("Lukket", "Også lukket"):
        client.post(reverse("closed_days"), {"day": "2026-11-24", "name": name})
    assert [closed.name for closed in ClosedDay.objects.all()] == ["Lukket"]


def test_a_closed_day_without_a_day_is_said_in_a_sentence(cast, client_as):
    answer = client_as(cast.hanne).post(reverse("closed_days"), {"day": "", "name": ""})
    assert answer.status_code == 422
    assert "Vælg dagen." in answer.content.decode()


def test_the_closed_day_of_another_municipality_is_not_found(cast, other_municipality, client_as, at):
    closed = actions.add_closed_day(day=date(2026, 12, 24), name="x", actor=cast.hanne, at=at)
    answer = client_as(other_municipality.kaj).post(reverse("remove_closed_day", args=[closed.pk]))
    assert answer.status_code == 404


def test_the_contact_stands_on_every_page(cast, client_as):
    client = client_as(cast.hanne)
    sent = {"contact_label": "MED-kontoret", "contact_phone": "+45 87 65 43 21", "contact_email": "ny@example.dk"}
    assert client.post(reverse("contact"), sent).url == reverse("contact")
    assert "87 65 43 21" in client.get(reverse("home")).content.decode()
    assert Municipality.objects.get(pk=cast.municipality.pk).contact_label == "MED-kontoret"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"contact_label": ""}, "Skriv kontorets navn."),
        ({"contact_phone": "ring bare"}, "Skriv et telefonnummer"),
        ({"contact_phone": "", "contact_email": ""}, "Skriv et telefonnummer eller en e-mail"),
        ({"contact_email": "x"}, "Skriv en hel e-mailadresse"),
    ],
)
def test_a_contact_that_nobody_can_reach_is_refused(cast, client_as, changed, sentence):
    sent = {"contact_label": "A", "contact_phone": "12345678", "contact_email": "a@example.dk", **changed}
    answer = client_as(cast.hanne).post(reverse("contact"), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_the_same_however_large(cast, client_as, at, count):
    for number in range(count):
        actions.create_unit(
            name=f"N {number}", parent=cast.top, sector=Sector.OTHER, is_workplace=True, actor=cast.hanne, at=at
        )
        actions.add_closed_day(day=date(2026, 12, 20 + number), name="x", actor=cast.hanne, at=at)
    client = client_as(cast.hanne)
    assert reads(client, reverse("units")) == 6
    assert reads(client, reverse("closed_days")) == 4
