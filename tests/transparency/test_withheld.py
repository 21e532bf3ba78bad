# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.urls import reverse
from django.utils import timezone

from samspil.audit.queries import events_of
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import withhold_unit
from samspil.municipalities.models import Unit


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def in_force(cast, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)
    people = {"leader": cast.lene, "employee": cast.tove, "contact": cast.mia}
    return put_agreement_in_force(workplace=cast.solbakken, on=on, at=at, **people)


@pytest.fixture
def open_pages(cast):
    """Give the addresses of Solbakken's page and PDF."""
    names = ("open_workplace", "open_agreement_pdf")
    return [reverse(name, args=[cast.municipality.slug, cast.solbakken.slug]) for name in names]


@pytest.mark.requirement("R46.page")
@pytest.mark.requirement("R60")
def test_nobody_finds_a_withheld_workplace_on_the_open_pages(cast, in_force, client_as, anonymous, open_pages, at):
    index = reverse("open_index", args=[cast.municipality.slug])
    assert [anonymous.get(page).status_code for page in open_pages] == [200, 200]
    assert cast.solbakken.name in anonymous.get(index).content.decode()

    withhold_unit(unit=cast.solbakken, is_withheld=True, actor=cast.hanne, at=at)

    for page in open_pages:
        answer = anonymous.get(page)
        assert (answer.status_code, cast.solbakken.name in answer.content.decode()) == (404, False)
    assert cast.solbakken.name not in anonymous.get(index).content.decode()
    inside = client_as(cast.tove).get(reverse("agreement", args=[cast.solbakken.slug]))
    assert (inside.status_code, open_pages[0] in inside.content.decode()) == (200, False)
    assert events_of(cast.solbakken).last().changes == {"is_withheld": True}


@pytest.mark.parametrize("who", ["lene", "tove", "ole", "dorte", "frida"])
def test_only_the_secretariat_withholds_and_shows(cast, client_as, at, who):
    actor = getattr(cast, who)
    with pytest.raises(Refusal):
        withhold_unit(unit=cast.solbakken, is_withheld=True, actor=actor, at=at)
    answer = client_as(actor).post(reverse("withhold_unit", args=[cast.solbakken.slug]))
    assert answer.status_code in {403, 404}
    assert not Unit.objects.filter(is_withheld=True).exists()


def test_the_secretariat_withholds_a_unit_and_a_page_that_is_old_never_shows_it_again(cast, client_as):
    hanne = client_as(cast.hanne)
    edit, withhold, show = (
        reverse(name, args=[cast.solbakken.slug]) for name in ("edit_unit", "withhold_unit", "show_unit")
    )
    assert withhold in hanne.get(edit).content.decode()
    assert hanne.get(withhold).status_code == 200
    hanne.post(withhold)
    assert hanne.post(withhold).status_code == 409
    assert Unit.objects.get(pk=cast.solbakken.pk).is_withheld
    assert show in hanne.get(edit).content.decode()
    assert hanne.get(show).status_code == 200
    hanne.post(show)
    assert not Unit.objects.get(pk=cast.solbakken.pk).is_withheld


def test_the_whole_municipality_cannot_be_withheld(cast, client_as):
    assert client_as(cast.hanne).get(reverse("withhold_unit", args=[cast.top.slug])).status_code == 404
