# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Volunteers in a real browser: one who writes, one who comes for coffee, and forty-five who were there before."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.foundation import tenancy
from samspil.volunteering.spam import AT_LEAST

pytestmark = pytest.mark.browser
OPEN = "/aaben/eksempelby/plejecenter-solbakken/frivillige-hos-os/"


@pytest.fixture
def solbakken(towns: Any, on: Any, at: Any) -> Any:
    """Solbakken's agreement in force; Mia is its contact person."""
    cast, _other = towns
    cache.clear()
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)
        people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
        set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)
        put_agreement_in_force(
            workplace=cast.solbakken, leader=cast.lene, employee=cast.tove, contact=cast.mia, on=on, at=at
        )
    return cast.solbakken


@pytest.mark.requirement("R23")
def test_aase_who_is_71_and_has_no_email_comes_for_coffee_and_begins(solbakken: Any, visitor: Any) -> None:
    page = visitor.page
    visitor.be("Mia")
    visitor.open("/frivillige/")
    visitor.look()
    page.get_by_role("link", name="Skriv en frivillig ind").first.click()
    visitor.look()
    page.get_by_role("textbox", name="Navn").fill("Aase Holm")
    page.get_by_role("textbox", name="Telefon").fill("20 30 40 50")
    page.get_by_label("Af lyst, uden løn").check()
    page.get_by_label("Højtlæsning").check()
    page.get_by_role("button", name="Skriv ind").click()
    expect(page.get_by_role("heading", name="Aase Holm")).to_be_visible()
    visitor.look()
    page.get_by_role("button", name="Kan begynde").click()
    visitor.look()


@pytest.mark.requirement("R17.door")
def test_somebody_writes_at_the_open_door_and_reads_the_answer(solbakken: Any, visitor: Any) -> None:
    page = visitor.page
    visitor.open(OPEN)
    page.get_by_role("link", name="Jeg vil gerne være frivillig").click()
    visitor.look()
    page.get_by_label("Hvad hedder du?").fill("Poul Winther")
    page.get_by_label("Hvordan får vi fat i dig?").fill("60 70 80 90")
    page.get_by_label("Hvad kunne du tænke dig at være med til?").fill("Gå ture.")
    page.wait_for_timeout(AT_LEAST.total_seconds() * 1000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Tak, vi har fået dine ord")).to_be_visible()
    visitor.look()
    receipt = page.url.removeprefix(visitor.base)
    visitor.be("Mia")
    page.get_by_role("link", name="Svar").first.click()
    visitor.look()
    page.get_by_role("link", name="Sig pænt nej").click()
    visitor.look()
    page.get_by_role("button", name="Svar").click()
    expect(page.get_by_text("Der er ikke sendt en mail")).to_be_visible()
    page.context.clear_cookies()
    visitor.open(receipt)
    expect(page.get_by_text("Kære Poul")).to_be_visible()
    visitor.look()


@pytest.mark.requirement("R39")
def test_forty_five_who_were_there_before_are_read_in_and_gone_through(solbakken: Any, visitor: Any) -> None:
    rows = [f"Frivillig {n:02};20 30 40 {n:02};;Højtlæsning;;01-03-2019" for n in range(45)]
    table = "\r\n".join(["Navn;Telefon;Mail;Opgaver;Kontaktpersons mail;Frivillig siden", *rows]).encode()
    page = visitor.page
    visitor.be("Karim")
    visitor.open("/frivillige/liste/")
    visitor.look()
    page.locator("input[type=file]").set_input_files(
        {"name": "frivillige.csv", "mimeType": "text/csv", "buffer": table}
    )
    page.get_by_role("button", name="Se filen igennem").click()
    visitor.look()
    page.get_by_role("button", name="Ja, indlæs").click()
    expect(page.get_by_role("heading", name="Gennemgå med dem, der er her")).to_be_visible()
    visitor.look()
    page.get_by_role("link", name="Sæt kryds ved alle").click()
    page.get_by_role("button", name="Gennemgået i dag med de valgte").click()
    expect(page.get_by_text("Gennemgået med 45.")).to_be_visible()
    visitor.look()
