# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The overview in a real browser: branches and reasons that are fetched when they are opened, and the reminder."""

import pytest
from playwright.sync_api import expect

from samspil.config.story import publish_model_framework
from samspil.foundation import tenancy

pytestmark = pytest.mark.browser


@pytest.fixture
def framework(towns, on, at):
    cast, _other = towns
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.mark.requirement("R4")
def test_the_secretariat_sees_who_has_not_begun_and_reminds_them(framework, visitor):
    page = visitor.page
    visitor.be("Hanne")
    visitor.open("/overblik/")
    visitor.look()
    page.get_by_text("Ældre og Sundhed", exact=True).click()
    solbakken = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Plejecenter Solbakken"))
    expect(solbakken.get_by_text("Ikke begyndt")).to_be_visible()
    solbakken.get_by_text("Hvorfor?").click()
    expect(solbakken.get_by_text("Ingen MED-udvalg dækker arbejdspladsen")).to_be_visible()
    visitor.look()
    page.get_by_role("link", name="Se alle som en liste").click()
    visitor.look()
    page.get_by_label("Arbejdspladsens navn").fill("solb")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_text("Én arbejdsplads")).to_be_visible()
    for path in (
        "/overblik/?q=findes-ikke",
        "/overblik/under/aeldre-og-sundhed/",
        "/overblik/hvorfor/nordre-skole/",
        "/overblik/sket/",
    ):
        visitor.open(path)
        visitor.look()
    visitor.open("/overblik/mind/")
    visitor.look()
    page.get_by_role("button", name="Mind 2 ledere om det").click()
    expect(page.get_by_text("2 ledere har fået besked.")).to_be_visible()
    visitor.look()


@pytest.mark.requirement("R60")
def test_a_leader_sees_the_own_area(framework, visitor):
    visitor.be("Lene")
    visitor.open("/overblik/")
    expect(visitor.page.get_by_role("link", name="Plejecenter Solbakken").first).to_be_visible()
    visitor.look()
