# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A year of two bodies: one that writes agenda and minutes here, and one that writes them somewhere else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import expect

from samspil.foundation import tenancy
from samspil.med import actions as med
from tests.faults import scene as stages
from tests.faults.scene import Scene
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser

BODY = "/med/udvalg/lokalmed-solbakken/"


@pytest.fixture
def scene(towns: Any, on: Any, at: Any) -> Scene:
    """LokalMED Solbakken with Lene's agreement before it, and a meeting and an evaluation in its year."""
    cast, _other = towns
    with tenancy.scope(cast.municipality.pk):
        found = stages.at_the_table(Scene(cast, on, at))
        for kind, days in (("meeting", 15), ("evaluation", 45), ("evaluation", 410)):
            med.add_entry(committee=found.body, kind=kind, day=on + timedelta(days=days), actor=cast.lene, on=on, at=at)
    return found


@contextmanager
def days_later(at: datetime, days: int) -> Iterator[None]:
    """Let the pages' clock stand some days later."""
    with time_machine.travel((at + timedelta(days=days)).astimezone(UTC), tick=True):
        yield


def make_the_agenda(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Lene")
    visitor.open(BODY)
    page.locator("summary", has_text="Mere, som udvalget kan bruge").click()
    page.get_by_role("link", name="Dagsorden og referat").click()
    visitor.look()
    page.get_by_role("button", name="Vi skriver dagsorden og referat her").click()
    visitor.look()
    page.get_by_role("button", name=re.compile("^Begynd dagsordenen")).click()
    visitor.look()
    page.get_by_role("link", name="Sæt et punkt på dagsordenen").click()
    visitor.look()
    page.get_by_label("Hvad skal punktet hedde?").fill("Sommerfest")
    page.get_by_role("button", name="Sæt det på dagsordenen").click()
    page.get_by_role("button", name=re.compile("^Op.*Sommerfest")).click()
    expect(page.locator(".agenda h3").first).to_contain_text("Sommerfest")
    page.get_by_role("button", name="Send dagsordenen").click()
    expect(page.get_by_text("Medlemmerne fik besked")).to_be_visible()
    visitor.look()


def hold_the_meeting(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Lene")
    visitor.open(f"{BODY}moeder/")
    page.get_by_role("link", name="8. december 2026").click()
    visitor.look()
    page.get_by_role("link", name="Skriv, hvem der var med", exact=True).click()
    visitor.look()
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("link", name=re.compile("^Skriv konklusionen")).click()
    page.get_by_label("Konklusion").fill("Vi holder den i haven.")
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("link", name=re.compile("^Skriv, hvad I kom frem til")).first.click()
    visitor.look()
    page.get_by_role("group", name="Hvad sagde medarbejdersiden?").get_by_label("Enig", exact=True).check()
    page.get_by_role("button", name="Bed medarbejdersiden bekræfte").click()
    visitor.look()
    page.get_by_role("link", name="Afslut referatet").click()
    visitor.look()
    page.get_by_role("button", name="Afslut referatet").click()
    page.get_by_role("button", name="Godkend referatet").click()
    expect(page.get_by_text("Ikke godkendt af medarbejdersiden endnu.")).to_be_visible()
    visitor.look()


def approve_and_correct(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Tove")
    page.get_by_role("link", name=re.compile("^Læs referatet")).first.click()
    visitor.look()
    page.get_by_role("button", name="Godkend referatet").click()
    expect(page.get_by_text("Godkendt af begge sider").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Skriv en rettelse")).click()
    visitor.look()
    page.get_by_label("Hvad skal rettes?").fill("Arne gik kl. 14.")
    page.get_by_role("button", name="Sæt den ved referatet").click()
    visitor.look()
    page.get_by_role("link", name=re.compile("^Se sagen")).click()
    expect(page.get_by_text("Tove Krag bekræftede det for medarbejdersiden")).to_be_visible()
    visitor.be("Mia")
    visitor.open("/med/udvalg/")
    page.get_by_role("link", name="Læs udvalgenes referater").click()
    visitor.look()
    page.get_by_role("link", name=re.compile("LokalMED Solbakken")).click()
    expect(page.get_by_text("Vi holder den i haven.")).to_be_visible()
    visitor.look()


@pytest.mark.requirement("R62.wheel")
def test_a_year_of_a_body_that_writes_its_minutes_here(scene: Scene, visitor: Visitor) -> None:
    make_the_agenda(visitor)
    with days_later(scene.at, 15):
        hold_the_meeting(visitor)
        approve_and_correct(visitor)
    with days_later(scene.at, 80):
        visitor.be("Tove")
        visitor.open(f"{BODY}aarshjul/?aar=2027")
        expect(visitor.page.get_by_text("Intet her viser")).to_have_count(0)


def write_down_with_minutes_elsewhere(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Lene")
    visitor.open("/med/")
    page.get_by_role("link", name=re.compile("Aftale for frivillighed")).first.click()
    page.get_by_role("link", name=re.compile("Skriv, hvad I kom frem til")).first.click()
    page.get_by_role("group", name="Hvad sagde medarbejdersiden?").get_by_label("Enig", exact=True).check()
    page.get_by_label("Hvor ligger referatet").fill("FirstAgenda, punkt 4")
    page.get_by_label(re.compile("Referatet bliver godkendt|Referatet er godkendt|et andet sted")).check()
    page.get_by_role("button", name="Bed medarbejdersiden bekræfte").click()
    visitor.look()


@pytest.mark.requirement("R62.flagged")
def test_a_year_of_a_body_that_writes_its_minutes_elsewhere(scene: Scene, visitor: Visitor) -> None:
    page = visitor.page
    write_down_with_minutes_elsewhere(visitor)
    with days_later(scene.at, 20):
        call_command("hourly")
        visitor.be("Lene")
        expect(page.get_by_text("ingen gjorde indsigelse mod referatet").first).to_be_visible()
        visitor.look()
    with days_later(scene.at, 80):
        visitor.be("Tove")
        visitor.open(BODY)
        expect(page.get_by_text("Dagsordener og referater")).to_have_count(0)
        expect(page.get_by_text("Intet her viser").first).to_be_visible()
        visitor.look()
        visitor.open(f"{BODY}aarshjul/?aar=2027")
        page.get_by_role("link", name=re.compile("Flyt eller aflys.*Evaluering")).first.click()
        visitor.look()
        page.get_by_role("button", name="Ja, den blev holdt").click()
        expect(page.get_by_text("Intet her viser")).to_have_count(0)
        visitor.look()
