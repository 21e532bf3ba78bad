# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The overview says how far the agreements are with a new edition of the framework (R53, R60)."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.disposition_models import Stand
from samspil.agreements.models import AgreementVersion
from samspil.agreements.updates import update_of
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from tests.editions import Editor
from tests.reads import reads

pytestmark = pytest.mark.requirement("R53.succession")


@pytest.fixture
def second(cast, on, at):
    """Solbakken has an agreement in force on edition 1, Nordre Skole a draft; edition 2 came today."""
    before = {"on": on - timedelta(days=20), "at": at - timedelta(days=20)}
    publish_model_framework(administrator=replace(cast.hanne, on=before["on"]), **before)
    set_up_body(
        name="LokalMED Solbakken",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        **before,
    )
    lene, tove, ole = (replace(who, on=before["on"]) for who in (cast.lene, cast.tove, cast.ole))
    put_agreement_in_force(workplace=cast.solbakken, leader=lene, employee=tove, contact=cast.mia, **before)
    write_draft(workplace=cast.nordre_skole, leader=ole, contact=cast.ole, tasks=1, **before)
    editor = Editor(cast.hanne, on, at)
    editor.add("Vi siger tak hver gang.")
    return editor.publish()


def read(client, query=""):
    page = unescape(client.get(f"{reverse('framework_updates')}{query}").content.decode())
    return " ".join(page[page.index("<main") :].split())


def answer_all(cast, stand, on, at, **more):
    version = update_of(AgreementVersion.objects.get(state="in_force").agreement, on)
    for here in version.waiting:
        actions.take_stand(
            agreement=version.agreement, lineage=here.change.lineage, stand=stand, actor=cast.lene, at=at, **more
        )


def test_the_secretariat_sees_how_many_are_how_far(cast, second, client_as, on, at):
    client = client_as(cast.hanne)
    page = read(client)
    assert "2 af 2 aftaler er ikke færdige med 2. udgave af værdirammen." in page
    assert "Skal tage stilling (1)" in page
    assert "Udkast på den forrige værdiramme (1)" in page
    assert ("Solbakken" in read(client, "?vis=stilling"), "Solbakken" in read(client, "?vis=udkast")) == (True, False)
    assert "Ingen aftaler passer" in read(client, "?vis=foelger")

    answer_all(cast, Stand.EXEMPTED, on, at, reason="Vi flytter.", until=on + timedelta(days=30))
    page = read(client, "?vis=undtaget")
    assert "Undtaget for en tid (1)" in page
    assert "til og med 23. december 2026" in page
    actions.switch_edition(version=AgreementVersion.objects.get(state="draft"), actor=cast.ole, on=on, at=at)
    assert "Alle aftaler er færdige med 2. udgave af værdirammen." in read(client)


def test_a_leader_sees_only_what_is_within_reach(cast, second, client_as):
    page = read(client_as(cast.ole))
    assert ("Nordre Skole" in page, "Solbakken" in page) == (True, False)


def test_the_list_of_workplaces_can_be_limited_to_them(cast, second, client_as, on, at):
    url = reverse("overview") + "?status=ny-udgave"
    assert "2 arbejdspladser" in unescape(client_as(cast.hanne).get(url).content.decode())
    answer_all(cast, Stand.EXEMPTED, on, at, reason="Vi flytter.", until=on + timedelta(days=30))
    assert "Én arbejdsplads" in unescape(client_as(cast.hanne).get(url).content.decode())


def test_the_page_costs_the_same_with_more_agreements(cast, second, client_as, on, at):
    client = client_as(cast.hanne)
    assert reads(client, reverse("framework_updates")) == 11
    assert reads(client, reverse("home")) <= 20
