# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The guide, read in a real browser."""

import pytest
from playwright.sync_api import expect

from samspil.workspace.guide import FIRST, FOLDER

pytestmark = pytest.mark.browser


def test_somebody_finds_the_page_for_their_role(towns, visitor):
    page = visitor.page
    visitor.open("/")
    page.get_by_role("contentinfo").locator("a[href='/hjaelp/']").click()
    visitor.look()
    page.get_by_role("link", name="Aftalen på et kvarter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aftalen på et kvarter")
    page.get_by_role("link", name="Drøftelsen i MED").click()
    expect(page.get_by_role("heading", name="Skriv ned, hvad der blev sagt")).to_be_in_viewport()


def test_every_page_of_the_guide(towns, visitor):
    for file in sorted(FOLDER.glob("*.md")):
        visitor.open("/hjaelp/" if file.stem == FIRST else f"/hjaelp/{file.stem}/")
        visitor.look()
        broken = visitor.page.evaluate(
            "async () => { const all = [...document.images];"
            "await Promise.all(all.map(one => one.decode().catch(() => null)));"
            "return all.filter(one => !one.naturalWidth).map(one => one.src) }"
        )
        assert broken == []
