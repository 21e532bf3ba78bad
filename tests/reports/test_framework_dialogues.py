# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The overview says which bodies have discussed the framework, which have not, and who is late (R5)."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspil.config.story import discuss, publish_model_framework, set_up_body
from samspil.frameworks.actions import add_wave, choose_wave_units
from samspil.med import actions as med
from samspil.reports.queries.framework_dialogues import framework_figures
from tests.reads import reads

PAGE = "framework_dialogues"


@pytest.fixture
def bodies(cast, on, at):
    """Solbakken has discussed the edition; Nord has not, and its deadline was yesterday."""
    before, day = at - timedelta(days=20), on - timedelta(days=20)
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    body = set_up_body(
        name="LokalMED Solbakken",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        on=on,
        at=at,
    )
    med.create_committee(name="LokalMED Nord", units=[cast.nordre_skole], actor=cast.hanne, at=at)
    days = {"starts_on": day, "deadline": on - timedelta(days=1)}
    wave = add_wave(name="Første", **days, actor=cast.hanne, at=before, on=day)
    choose_wave_units(
        wave=wave, add=[cast.nordre_skole], remove=[], expected_revision=1, actor=cast.hanne, at=before, on=day
    )
    dialogue = med.open_framework_dialogue(committee=body, actor=cast.lene, at=at, on=on)
    discuss(dialogue=dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return body


def read(client, query=""):
    return unescape(client.get(f"{reverse(PAGE)}{query}").content.decode())


@pytest.mark.requirement("R5.due")
def test_the_secretariat_sees_who_has_discussed_it_and_who_is_late(cast, bodies, client_as):
    client = client_as(cast.hanne)

    assert "1 af 2 MED-udvalg har drøftet 1. udgave af værdirammen." in read(client)
    shown = {
        query: ["LokalMED Nord" in page, "LokalMED Solbakken" in page]
        for query in ("", "?vis=mangler", "?vis=over-fristen", "?vis=droeftet", "?vis=vrøvl")
        if (page := read(client, query))
    }
    assert shown == {
        "": [True, True],
        "?vis=mangler": [True, False],
        "?vis=over-fristen": [True, False],
        "?vis=droeftet": [False, True],
        "?vis=vrøvl": [True, True],
    }
    assert "Én er over fristen" in read(client)
    assert reverse(PAGE) in client.get(reverse("overview")).content.decode()


def test_a_leader_sees_the_bodies_within_reach_and_an_employee_has_no_overview(cast, bodies, client_as, on):
    assert [line.committee for line in framework_figures(cast.lene, on).lines] == [bodies]
    assert client_as(cast.tove).get(reverse(PAGE)).status_code == 403


def test_before_there_is_a_framework_the_page_says_what_comes(cast, client_as):
    assert "Der er ikke noget at vise endnu." in read(client_as(cast.hanne))


def test_the_list_costs_the_same_however_many_bodies(cast, bodies, client_as, at):
    few = reads(client_as(cast.hanne), reverse(PAGE))
    med.create_committee(name="HovedMED", units=[cast.top], actor=cast.hanne, at=at)
    med.create_committee(name="OmrådeMED", units=[cast.elderly], actor=cast.hanne, at=at)
    assert reads(client_as(cast.hanne), reverse(PAGE)) == few
