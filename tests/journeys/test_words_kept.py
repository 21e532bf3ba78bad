# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A core task on a phone, in the data of the demo: what was written waits, or is begun anew."""

import re

import pytest
from playwright.sync_api import expect

from samspil.agreements.boundary import QUESTION_NAMES
from samspil.config.demo import build_demo

pytestmark = pytest.mark.browser

PAGE = "/arbejdspladser/plejecenter-solbakken/aftale/"


@pytest.mark.requirement("R15.agreement")
def test_the_words_of_a_refused_core_task_wait_for_whoever_comes_back(transactional_db, visitor, width):
    if width == "desktop":
        pytest.skip("the same form; the phone shows it")
    build_demo()
    page = visitor.page
    visitor.be("Lene")
    visitor.open(PAGE)
    page.get_by_role("button", name="Begynd").click()
    page.get_by_role("button", name="Tilføj jeres egen opgave").click()
    visitor.look()
    page.get_by_label("Hvad gør de frivillige?").fill("Hjælpe i bad")
    page.get_by_label("Hvad er ikke en del af opgaven?").fill("Løft")
    page.get_by_label("Hvad giver det ekstra?").fill("Ro")
    for name in QUESTION_NAMES:
        page.locator(f"input[name={name}][value={'yes' if name == 'law_or_authorisation' else 'no'}]").check()
    page.get_by_role("button", name="Tilføj opgaven").click()
    visitor.look()

    page.get_by_role("link", name="Tilbage til opgaverne").click()
    expect(page).to_have_url(re.compile("#tasks$"))
    page.get_by_role("button", name="Tilføj jeres egen opgave").click()
    page.get_by_role("button", name="Hent det").click()
    expect(page.get_by_label("Hvad gør de frivillige?")).to_have_value("Hjælpe i bad")

    page.get_by_role("button", name="Tilføj opgaven").click()
    page.get_by_role("button", name="Skriv det i stedet").click()
    expect(page.get_by_label("Hvad er ikke en del af opgaven?")).to_have_value("Hjælpe i bad\nLøft")
    expect(page.get_by_label("Hvad gør de frivillige?")).to_have_value("")
    visitor.look()
