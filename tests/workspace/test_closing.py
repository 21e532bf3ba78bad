# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What follows when a workplace closes or becomes a part of another: its history stands, and old addresses lead on."""

from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from samspil.agreements import actions as agreements
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import todo_for, workplaces_in_force
from samspil.agreements.reminders import round_of_reminders
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from samspil.foundation.errors import Refusal
from samspil.municipalities import actions
from samspil.municipalities.models import Sector, Unit
from samspil.people.models import RoleAssignment
from tests.cast import outside_scope

MUNICIPALITY = "eksempelby"


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def body(cast, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    return set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)


@pytest.fixture
def in_force(cast, body, on, at):
    return put_agreement_in_force(
        workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
    )


@pytest.fixture
def new_home(cast, at):
    return actions.create_unit(
        name="Plejecenter Møllen",
        parent=cast.elderly,
        sector=Sector.CARE_HOME,
        is_workplace=True,
        actor=cast.hanne,
        at=at,
    )


@pytest.fixture
def close(cast, on, at):
    def do(into=None, days=0):
        return actions.close_unit(
            unit=cast.solbakken, closed_from=on + timedelta(days=days), succeeded_by=into, actor=cast.hanne, at=at
        )

    return do


@pytest.fixture
def open_page(cast):
    return reverse("open_workplace", args=[MUNICIPALITY, cast.solbakken.slug])


def read(response):
    return unescape(response.content.decode())


@pytest.mark.requirement("R26.closing")
def test_the_question_says_what_follows_and_who_has_a_role_there(cast, in_force, client_as, on):
    client = client_as(cast.hanne)
    url = reverse("close_unit", args=[cast.solbakken.slug])
    page = read(client.get(url))
    for words in ("Aftalen gælder indtil da.", "LokalMED Solbakken beholder alt", "Lene Holm", "Karim Aziz"):
        assert words in page
    assert reverse("close_unit", args=[cast.solbakken.slug]) in read(
        client.get(reverse("edit_unit", args=[cast.solbakken.slug]))
    )

    answer = client.post(url, {"closed_from": "2026-12-31", "succeeded_by": str(cast.nordre_skole.pk)})

    assert answer.url == reverse("edit_unit", args=[cast.solbakken.slug])
    unit = Unit.objects.get(pk=cast.solbakken.pk)
    assert (unit.closed_from.isoformat(), unit.succeeded_by) == ("2026-12-31", cast.nordre_skole)
    assert RoleAssignment.objects.filter(unit=unit).count() == RoleAssignment.objects.on(on).filter(unit=unit).count()
    assert client.post(reverse("reopen_unit", args=[unit.slug])).status_code == 302
    assert Unit.objects.get(pk=unit.pk).closed_from is None


def test_what_the_rules_refuse_is_said_above_the_form(cast, client_as):
    answer = client_as(cast.hanne).post(
        reverse("close_unit", args=[cast.elderly.slug]), {"closed_from": "2026-12-31", "succeeded_by": ""}
    )
    assert answer.status_code == 422
    assert "Der hører noget under den: Plejecenter Solbakken." in read(answer)


@pytest.mark.requirement("R26.closing")
def test_a_closed_workplace_leaves_lists_overview_and_reminders(cast, body, new_home, close, client_as, at):
    client = client_as(cast.hanne)
    pages = {
        "workplaces": reverse("workplaces"),
        "tree": reverse("overview_branch", args=["aeldre-og-sundhed"]),
        "list": reverse("overview") + "?vis=liste",
        "export": reverse("export_overview", args=["csv"]),
    }
    close(days=1)
    assert [name for name, url in pages.items() if "Solbakken" in read(client.get(url))] == list(pages)
    actions.reopen_unit(unit=cast.solbakken, actor=cast.hanne, at=at)

    close()

    assert [name for name, url in pages.items() if "Solbakken" in read(client.get(url))] == []
    assert client.get(reverse("overview_why", args=[cast.solbakken.slug])).status_code == 404
    assert round_of_reminders([cast.solbakken.pk], at).reminders == ()
    assert todo_for(cast.lene) == []


@pytest.mark.requirement("R26.closing")
def test_nothing_is_begun_sent_or_decided_at_a_closed_workplace(cast, body, close, client_as, on, at):
    draft = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    close()
    with translation.override("en"), pytest.raises(Refusal, match="has been closed since 23 November 2026"):
        agreements.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    with pytest.raises(Refusal):
        agreements.set_covered(version=draft, notes={}, actor=cast.lene, on=on, at=at)
    page = read(client_as(cast.lene).get(reverse("agreement", args=[cast.solbakken.slug])))
    assert "Denne udgave venter." in page

    agreements.withdraw(version=draft, reason="Vi lukker.", actor=cast.lene, at=at)

    for begin in (agreements.open_draft, agreements.state_no_volunteers):
        with translation.override("en"), pytest.raises(Refusal, match="has been closed since"):
            begin(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)


@pytest.mark.requirement("R26.closing")
def test_an_adopted_version_waits_while_the_workplace_is_closed(cast, in_force, close, on, at):
    AgreementVersion.objects.filter(pk=in_force.pk).update(state="adopted")
    close()
    with pytest.raises(Refusal):
        agreements.put_in_force(version=in_force, actor=cast.lene, on=on, at=at)
    said = StringIO()
    with outside_scope():
        call_command("hourly", stderr=said)
    assert (said.getvalue(), AgreementVersion.objects.get(pk=in_force.pk).state) == ("", "adopted")

    actions.reopen_unit(unit=cast.solbakken, actor=cast.hanne, at=at)
    with outside_scope():
        call_command("hourly")

    assert AgreementVersion.objects.get(pk=in_force.pk).state == "in_force"


@pytest.mark.requirement("R26.closing")
@pytest.mark.requirement("R46.page")
def test_old_addresses_lead_to_the_place_it_became_a_part_of(
    cast, in_force, new_home, close, client_as, anonymous, open_page
):
    close(new_home)
    hanne = client_as(cast.hanne)
    old = reverse("workplace", args=[cast.solbakken.slug])

    assert (hanne.get(old).status_code, hanne.get(old).url) == (302, reverse("workplace", args=[new_home.slug]))
    answer = anonymous.get(open_page)
    assert (answer.status_code, answer.url) == (302, reverse("open_workplace", args=[MUNICIPALITY, new_home.slug]))

    # Its own leader does not reach the new place, and is told.
    assert "og er blevet en del af Plejecenter Møllen." in read(client_as(cast.lene).get(old))


@pytest.mark.requirement("R26.closing")
def test_what_a_closed_workplace_had_agreed_stays_readable(cast, in_force, new_home, close, client_as, anonymous):
    close(new_home)
    hanne = client_as(cast.hanne)
    link = reverse("workplace", args=[cast.solbakken.slug]) + "?vis=historik"

    assert link in read(hanne.get(reverse("workplace", args=[new_home.slug])))
    assert "Aftalen trådte i kraft" in read(hanne.get(link))
    page = read(hanne.get(reverse("agreement", args=[cast.solbakken.slug])))
    assert "gælder ikke længere fra 23. november 2026" in page
    assert reverse("begin_agreement", args=[cast.solbakken.slug]) not in page
    for name, args in (
        ("agreement_pdf", (cast.solbakken.slug, 1)),
        ("open_agreement_pdf", (MUNICIPALITY, cast.solbakken.slug)),
    ):
        assert (hanne if name == "agreement_pdf" else anonymous).get(reverse(name, args=args)).status_code == 200


@pytest.mark.requirement("R46.page")
def test_the_open_page_says_since_when_the_place_is_closed(cast, in_force, close, anonymous, open_page, at):
    close(days=7)
    page = anonymous.get(open_page)
    assert (page.status_code, "Plejecenter Solbakken lukker 30. november 2026." in read(page)) == (200, True)
    actions.reopen_unit(unit=cast.solbakken, actor=cast.hanne, at=at)

    close()

    page = anonymous.get(open_page)
    assert page.status_code == 410
    assert "Plejecenter Solbakken har været lukket siden 23. november 2026." in read(page)
    assert not workplaces_in_force().exists()


def test_a_withheld_successor_is_not_given_away(cast, in_force, new_home, close, anonymous, open_page, at):
    actions.withhold_unit(unit=new_home, is_withheld=True, actor=cast.hanne, at=at)
    close(new_home)

    page = anonymous.get(open_page)

    assert (page.status_code, "Møllen" in read(page)) == (410, False)


@pytest.mark.requirement("R46.page")
def test_the_successors_open_page_says_what_became_a_part_of_it(cast, body, in_force, close, anonymous, on, at):
    close(cast.nordre_skole)
    answer = anonymous.get(reverse("open_workplace", args=[MUNICIPALITY, cast.nordre_skole.slug]))
    assert "Plejecenter Solbakken blev en del af dette sted 23. november 2026." in read(answer)
