# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A volunteer in a real browser: the agreement, a page of her own, a good goodbye, and forgotten on the date."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.foundation import tenancy
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.queries import room_at
from tests.volunteering.clearing import put_in_place

pytestmark = pytest.mark.browser


@pytest.fixture
def aase(towns, on, at):
    """Aase has begun at Solbakken; Mia looks after her."""
    cast, _other = towns
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)
        people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
        set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)
        put_agreement_in_force(
            workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
        )
        room = room_at(cast.solbakken.pk)
        assert room is not None
        entered = actions.enter_volunteer(
            workplace=cast.solbakken,
            who=NewVolunteer(name="Aase Holm", phone="20 30 40 50"),
            tasks=[task.lineage for task in room.tasks[:2]],
            contact_person_id=cast.mia.person,
            actor=cast.mia,
            on=on,
            at=at,
        )
        put_in_place(entered, actor=cast.mia, on=on, at=at)
        actions.activate(engagement=entered, actor=cast.mia, on=on, at=at)
    return entered


@pytest.mark.requirement("R6.volunteers", "R21", "R56", "R57", "R65")
def test_she_says_yes_declines_a_task_stops_and_is_forgotten_on_the_date(towns, visitor, aase):
    cast, _other = towns
    page = visitor.page
    visitor.be("Mia")
    visitor.open(f"/frivillige/{aase.pk}/")
    page.get_by_role("button", name="Lav frivilligaftalen").click()
    visitor.look()
    page.get_by_role("link", name="Giv Aase en egen side").click()
    visitor.look()
    page.get_by_label("Den frivilliges egen e-mail").fill("aase@example.dk")
    page.get_by_role("button", name="Ja, lad Aase Holm logge ind").click()

    visitor.be("Aase")
    expect(page.get_by_role("heading", name="Din aftale er klar")).to_be_visible()
    visitor.look()
    visitor.open("/min-side/")
    visitor.look()
    page.get_by_role("button", name="Ja, det har vi aftalt").click()
    expect(page.get_by_text("på skærmen")).to_be_visible()
    page.get_by_role("button", name="Nej tak til den").first.click()
    expect(page.get_by_text("Du har ikke længere den opgave.")).to_be_visible()
    visitor.look()
    visitor.open("/min-side/oplysninger/")
    page.get_by_text("Se alle").click()
    expect(page.get_by_text("Mia Lund, medarbejder").first).to_be_visible()
    visitor.look()
    visitor.open("/min-side/slet/")
    visitor.look()
    visitor.open("/min-side/")
    page.get_by_role("link", name="Jeg vil gerne stoppe").click()
    visitor.look()
    page.get_by_role("button", name="Ja, jeg stopper").click()
    expect(page.get_by_role("link", name="Mit bevis (PDF)")).to_be_visible()
    visitor.look()

    visitor.be("Mia")
    visitor.open(f"/frivillige/{aase.pk}/")
    expect(page.get_by_role("heading", name="En god afsked")).to_be_visible()
    page.get_by_label("Vi har sagt tak").check()
    page.get_by_role("button", name="Gem").click()
    visitor.look()

    with time_machine.travel(timezone.now() + timedelta(days=367), tick=True):
        call_command("hourly")
    with tenancy.scope(cast.municipality.pk):
        assert Volunteer.objects.count() == 0
        assert Engagement.objects.filter(volunteer=None).count() == 1
    visitor.open(f"/frivillige/{aase.pk}/")
    expect(page.get_by_text("Aase")).to_have_count(0)


def test_what_holds_for_all_and_who_has_looked(visitor, aase):
    visitor.be("Lene")
    visitor.open(f"/frivillige/{aase.pk}/")
    visitor.look()
    visitor.be("Hanne")
    visitor.open("/kommune/frivillige/")
    visitor.look()
    visitor.be("Dorte")
    visitor.open("/kommune/hvem-har-set/")
    expect(visitor.page.get_by_text("Lene Holm, leder").first).to_be_visible()
    visitor.look()
