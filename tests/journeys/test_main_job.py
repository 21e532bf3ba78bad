# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""From a framework document to an open page: what a newcomer does, in the order it is done."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, Visitor

pytestmark = pytest.mark.browser

SEED = ROOT.parent / "shared" / "seed" / "vaerdiramme.docx"
OWN = ROOT / "tests" / "frameworks" / "documents" / "bold-lines.docx"
AGREEMENT = "/arbejdspladser/plejecenter-solbakken/aftale/"
MOST_CLICKS = 12
MOST_FIELDS = 12


def publish(visitor: Visitor, document: Path) -> None:
    page = visitor.page
    visitor.be("Hanne")
    visitor.look()
    visitor.open("/vaerdiramme/import/")
    visitor.look()
    page.locator("input[type=file]").set_input_files(document)
    page.get_by_role("button", name="Læs dokumentet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Udkast")
    visitor.look()
    page.get_by_role("link", name="Gå videre til udgivelse").click()
    visitor.look()
    page.get_by_role("button", name="Udgiv").click()
    expect(page.get_by_role("heading", name="Fælles principper").first).to_be_visible()
    visitor.look()


def set_up_the_body(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/med/udvalg/nyt/")
    visitor.look()
    page.get_by_label("Navn").fill("LokalMED Solbakken")
    page.get_by_label("Plejecenter Solbakken").check()
    page.get_by_role("button", name="Opret").click()
    for name, side, function in (
        ("Lene Holm", "Ledelsesside", "Formand"),
        ("Tove Krag", "Medarbejderside", "Næstformand"),
        ("Arne Bech", "Medarbejderside", "AMR"),
    ):
        visitor.open("/med/udvalg/lokalmed-solbakken/medlemmer/")
        page.get_by_label("Hvem?").select_option(name)
        page.get_by_label(side, exact=True).check()
        page.get_by_label("Hverv").select_option(function)
        page.get_by_role("button", name="Gem").click()
    visitor.look()


def make_the_agreement(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Lene")
    visitor.look()
    visitor.clicks = visitor.fields = 0
    visitor.click(page.get_by_role("link", name=re.compile("^Begynd")))
    visitor.look()
    visitor.click(page.get_by_role("button", name="Begynd"))
    visitor.look()
    visitor.fill(
        page.get_by_label("Hvad giver det borgeren?"), "Beboerne får selskab, også på dage, hvor vi har travlt."
    )
    for task in ("Højtlæsning", "Sang og musik"):
        visitor.click(page.get_by_role("checkbox", name=re.compile(f"^{task}")))
    visitor.click(page.get_by_role("checkbox", name=re.compile("Mia Lund")))
    visitor.click(page.get_by_role("button", name="Send til drøftelse"))
    expect(page.get_by_text("LokalMED Solbakken").first).to_be_visible()
    visitor.look()


def correct_at_the_table(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Ret ved bordet").click()
    visitor.look()
    page.get_by_label("Vores skikke").fill("Vi banker på, før vi går ind.")
    page.get_by_role("button", name=re.compile("forelæg igen", re.IGNORECASE)).click()
    expect(page.get_by_text("Vi banker på, før vi går ind.").first).to_be_visible()


def write_down_what_was_said(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Gå til drøftelsen").click()
    visitor.look()
    page.get_by_role("link", name=re.compile("Skriv, hvad I kom frem til")).first.click()
    visitor.look()
    page.get_by_label("Møde", exact=True).check()
    page.get_by_role("group", name="Hvad sagde ledelsessiden?").get_by_label("Enig", exact=True).check()
    employees = page.get_by_role("group", name="Hvad sagde medarbejdersiden?")
    employees.get_by_label("Enig med bemærkninger").check()
    page.get_by_label("Medarbejdersidens egne ord").fill("Ture aftales med afdelingen samme dag.")
    page.get_by_label("Hvor ligger referatet").fill("FirstAgenda, punkt 4")
    page.get_by_role("button", name="Bed medarbejdersiden bekræfte").click()
    expect(page.get_by_text("Tove").first).to_be_visible()
    visitor.look()


def confirm_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Tove")
    visitor.look()
    page.get_by_role("link", name=re.compile("Bekræft|Svar")).first.click()
    visitor.look()
    page.get_by_role("button", name=re.compile("^Ja")).click()
    visitor.look()


def decide(visitor: Visitor) -> None:
    page = visitor.page
    visitor.be("Lene")
    page.get_by_role("link", name=re.compile("^Beslut")).click()
    visitor.look()
    page.get_by_role("button", name="Beslut aftalen").click()
    expect(page.get_by_text("Besluttet af lederen").first).to_be_visible()
    visitor.look()


@pytest.mark.requirement("R43.adoption")
@pytest.mark.requirement("R46.page")
@pytest.mark.requirement("R61.agreement")
def test_from_a_document_to_an_agreement_in_force(towns, visitor):
    publish(visitor, SEED if SEED.exists() else OWN)
    set_up_the_body(visitor)
    make_the_agreement(visitor)
    assert visitor.clicks <= MOST_CLICKS
    assert visitor.fields <= MOST_FIELDS
    correct_at_the_table(visitor)
    write_down_what_was_said(visitor)
    confirm_it(visitor)
    decide(visitor)

    visitor.page.context.clear_cookies()
    visitor.open("/aaben/eksempelby/plejecenter-solbakken/frivillige-hos-os/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Frivillige hos os")
    expect(visitor.page.get_by_text("Højtlæsning").first).to_be_visible()
    visitor.look()
    visitor.open("/aaben/eksempelby/vaerdiramme/")
    visitor.look()
