# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Pages stay small in a big municipality, and the front page is light."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from samspil.foundation.text import sort_key
from samspil.med.models import Committee, CoveredByCommittee
from samspil.municipalities.forms import UnitNameField
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import MOST_IN_ONE_LIST, units_called
from samspil.municipalities.views import PAGE_SIZE
from tests.reads import reads


@pytest.fixture
def many(cast, at):
    """Put a hundred units under the top, each with a body."""
    made = Unit.objects.bulk_create(
        Unit(name=f"Hus {number:03}", sort_key=sort_key(f"Hus {number:03}"), slug=f"hus-{number}", parent=cast.elderly)
        for number in range(MOST_IN_ONE_LIST + PAGE_SIZE)
    )
    bodies = Committee.objects.bulk_create(
        Committee(name=f"LokalMED {unit.name}", slug=unit.slug, created_at=at) for unit in made
    )
    CoveredByCommittee.objects.bulk_create(
        CoveredByCommittee(committee=body, unit=unit) for body, unit in zip(bodies, made, strict=True)
    )
    return made


def test_a_big_tree_is_shown_branch_by_branch(cast, many, client_as):
    client = client_as(cast.hanne)
    top = client.get(reverse("units"))
    branch = client.get(reverse("units"), {"under": cast.elderly.slug, "side": 2})
    found = client.get(reverse("units"), {"q": "hus 07"})

    assert [node.unit.name for node in top.context["nodes"]] == ["Nordre Skole", "Ældre og Sundhed"]
    assert [node.unit.number_below for node in top.context["nodes"]] == [0, len(many) + 1]
    assert len(branch.context["nodes"]) == PAGE_SIZE
    assert [unit.name for unit in branch.context["path"]] == [cast.top.name, cast.elderly.name]
    assert [node.unit.name for node in found.context["nodes"]] == [f"Hus 07{number}" for number in range(10)]
    assert len(branch.content) < 60_000


def test_bodies_come_in_pages_and_can_be_searched_for(cast, many, client_as):
    client = client_as(cast.hanne)

    assert [len(client.get(reverse("committees"), {"side": side}).context["committees"]) for side in (1, 4)] == [25, 10]
    found = client.get(reverse("committees"), {"q": "hus 012"})
    assert [body.name for body in found.context["committees"]] == ["LokalMED Hus 012"]
    assert "zzz" in client.get(reverse("committees"), {"q": "zzz"}).content.decode()
    assert reads(client, reverse("committees")) == reads(client, reverse("committees") + "?side=4")


def test_every_icon_that_a_page_names_is_in_the_picture_that_is_served():
    package = Path(apps.get_app_config("foundation").path).parent
    sprite = (package / "static_vendor/dkfds/img/all-svg-icons.svg").read_text()
    named = {name for page in package.rglob("*.html") for name in re.findall(r'{% icon "([a-z-]+)"', page.read_text())}

    assert len(named) > 5
    assert {name for name in named if f'id="{name}"' not in sprite} == set(), "run make setup"


def test_an_open_page_fetches_nothing_that_only_those_who_are_logged_in_need(cast, anonymous, client_as):
    def scripts(client):
        return re.findall(r'src="[^"]*/([^/"]+)\.js"', client.get(reverse("home")).content.decode())

    assert set(scripts(client_as(cast.lene))) - set(scripts(anonymous)) == {"htmx.min"}


def test_where_there_are_many_units_one_is_named_instead_of_chosen(cast, many, client_as):
    client = client_as(cast.hanne)
    sent = {"name": "Ny Leder", "email": "ny@example.dk", "role": "leader", "from_date": "2026-11-23"}

    page = client.get(reverse("grant_role"))
    several = client.post(reverse("grant_role"), {**sent, "unit": "hus 01"})
    nothing = client.post(reverse("grant_role"), {**sent, "unit": "Borgen"})
    done = client.post(reverse("grant_role"), {**sent, "unit": "Hus 012"})

    assert b"<option" not in page.content.partition(b'name="unit"')[2].partition(b"</div>")[0]
    assert "Hus 010, Hus 011, Hus 012" in several.context["form"].errors["unit"][0]
    assert nothing.status_code == 422
    assert done.url == reverse("people")
    assert "Ny Leder" in client.get(reverse("people"), {"enhed": "hus 012"}).content.decode()
    assert "Lene Holm" not in client.get(reverse("people"), {"enhed": "hus 012"}).content.decode()


def test_two_units_of_one_name_are_told_apart_by_their_codes(cast, many):
    for number in (1, 2):
        Unit.objects.create(
            name="Skovhuset", sort_key="skovhuset", slug=f"skov-{number}", code=f"S{number}", parent=cast.top
        )

    assert [unit.code for unit in units_called("skovhuset")] == ["S1", "S2"]
    assert [unit.slug for unit in units_called("Skovhuset (S2)")] == ["skov-2"]
    assert [unit.slug for unit in units_called("S1")] == ["skov-1"]
    with pytest.raises(ValidationError, match=r"Skovhuset \(S1\), Skovhuset \(S2\)"):
        UnitNameField().clean("Skovhuset")
    assert UnitNameField().clean("Skovhuset (S1)").code == "S1"
