# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Waves in a real browser: set, filled, seen by the leader, found in the overview."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from samspil.config.story import publish_model_framework
from samspil.foundation import tenancy

pytestmark = pytest.mark.browser


@pytest.mark.requirement("R5.waves")
def test_the_secretariat_sets_a_wave_and_the_leader_sees_when_it_begins(towns, visitor, on, at):
    cast, _other = towns
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)
    page, today = visitor.page, timezone.localdate()
    visitor.be("Hanne")
    visitor.open("/boelger/")
    visitor.look()
    page.get_by_role("link", name="Opret en bølge").click()
    visitor.look()
    page.get_by_label("Hvad hedder bølgen?").fill("Første bølge")
    page.get_by_label("Hvornår begynder den?").fill((today + timedelta(days=30)).isoformat())
    page.get_by_label("Hvornår skal aftalerne senest være i kraft?").fill((today + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Opret bølgen").click()
    visitor.look()
    page.get_by_label("Ældre og Sundhed").check()
    page.get_by_role("button", name="Gem valget").click()
    expect(page.get_by_role("heading", name="Én arbejdsplads er med")).to_be_visible()
    visitor.look()
    visitor.open("/overblik/")
    expect(page.get_by_role("heading", name="Bølgerne")).to_be_visible()
    visitor.look()
    page.get_by_role("link", name="Første bølge").click()
    expect(page.get_by_text("Én arbejdsplads")).to_be_visible()
    visitor.look()
    visitor.be("Lene")
    visitor.open("/")
    expect(page.get_by_text("Jeres bølge, “Første bølge”, begynder")).to_be_visible()
    visitor.look()
