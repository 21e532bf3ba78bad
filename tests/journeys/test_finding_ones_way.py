# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Signing in, home, workplaces, messages and administration, in a real browser."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_somebody_logs_in_with_a_code(towns, visitor):
    page = visitor.page
    visitor.open("/")
    visitor.look()
    page.get_by_role("link", name="Log ind").last.click()
    visitor.look()
    page.get_by_role("button", name="Send mig en kode").click()
    expect(page.get_by_text("Skriv din e-mail.").first).to_be_visible()
    visitor.look()
    page.get_by_label("Din e-mail på arbejdet").fill("lene@example.dk")
    page.get_by_role("button", name="Send mig en kode").click()
    visitor.look()
    found = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    page.get_by_label("Koden fra mailen").fill(found[0])
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Goddag, Lene")
    visitor.look()
    for path in ("/rolle/", "/sessioner/", "/log-ud/"):
        visitor.open(path)
        visitor.look()


def test_the_pages_of_everybody(towns, visitor):
    for path in ("/tilgaengelighed/", "/privatliv/", "/demo/"):
        visitor.open(path)
        visitor.look()
    visitor.be("Mia")
    for path in ("/", "/beskeder/", "/arbejdspladser/", "/arbejdspladser/plejecenter-solbakken/"):
        visitor.open(path)
        visitor.look()
    visitor.be("Frida")
    for path in ("/", "/arbejdspladser/plejecenter-solbakken/"):
        visitor.open(path)
        visitor.look()


def test_a_leader_enters_an_employee(towns, visitor):
    page = visitor.page
    visitor.be("Lene")
    visitor.open("/arbejdspladser/plejecenter-solbakken/")
    visitor.look()
    page.get_by_role("link", name="Tilføj ansatte").click()
    visitor.look()
    page.get_by_role("link", name="Tilføj en ansat").click()
    page.get_by_role("button", name="Gem").click()
    visitor.look()
    page.get_by_label("Navn").fill("Ida Krogh")
    page.get_by_label("E-mail").fill("ida@example.dk")
    page.get_by_label("Rolle").select_option(label="Medarbejder")
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Ida Krogh er nu medarbejder")).to_be_visible()
    visitor.look()
    page.get_by_role("row", name="Ida Krogh").get_by_role("link", name="Er stoppet").click(timeout=3000)
    visitor.look()


def test_the_secretariat_administers(towns, visitor):
    visitor.be("Hanne")
    paths = ["", "enheder/", "enheder/ny/", "enheder/plejecenter-solbakken/", "personer/", "personer/ny/"]
    for path in [*paths, "lukkedage/", "kontakt/"]:
        visitor.open(f"/kommune/{path}")
        visitor.look()
    visitor.page.get_by_label("Kontor").fill("")
    visitor.page.get_by_role("button", name="Gem").click()
    visitor.look()
    visitor.open("/arbejdspladser/")
    visitor.look()
    visitor.open("/")
    visitor.look()
