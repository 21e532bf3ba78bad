# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Editions 2 and 3 of the framework in a real browser, until the overview says that every agreement is done."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import expect

from samspil.agreements import actions
from samspil.agreements.models import AgreementVersion
from samspil.config.story import discuss, publish_model_framework, set_up_body, write_draft
from samspil.foundation import tenancy
from tests.colleagues import engparken_in_force
from tests.editions import Editor, lineages, own_principle

pytestmark = [pytest.mark.browser, pytest.mark.requirement("R53.succession")]


@pytest.fixture
def town(towns, on, at):
    """Solbakken with own principles and Engparken without, both in force; a draft at Nordre Skole."""
    cast, _other = towns
    before = {"on": on - timedelta(days=30), "at": at - timedelta(days=30)}

    def then(who):
        return replace(who, on=before["on"])

    with tenancy.scope(cast.municipality.pk):
        framework = publish_model_framework(administrator=then(cast.hanne), **before)
        for name, unit, leader, deputy in (
            ("LokalMED Solbakken", cast.solbakken, cast.lene, cast.tove),
            ("LokalMED Nordre Skole", cast.nordre_skole, cast.ole, cast.arne),
        ):
            set_up_body(
                name=name,
                units=[unit],
                leader=leader,
                deputy=deputy,
                safety=None,
                administrator=then(cast.hanne),
                **before,
            )
        version = write_draft(workplace=cast.solbakken, leader=then(cast.lene), contact=cast.mia, tasks=2, **before)
        for number, lineage in enumerate(lineages(framework)[:2]):
            own = own_principle(lineage, f"Hos os på Solbakken: nummer {number}.")
            actions.add_local_principle(version=version, **own, actor=then(cast.lene), at=before["at"])
        sent = actions.send_to_dialogue(version=version, actor=then(cast.lene), **before)
        discuss(dialogue=sent.dialogue, leader=then(cast.lene), employee=then(cast.tove), **before)
        actions.adopt(version=sent, in_force_from=before["on"], actor=then(cast.lene), **before)
        engparken_in_force(cast, before["on"], before["at"])
        write_draft(workplace=cast.nordre_skole, leader=then(cast.ole), contact=cast.ole, tasks=1, **before)
    return cast, framework


def test_two_editions_are_followed_until_every_agreement_is_done(town, visitor, on, at):
    cast, framework = town
    page = visitor.page
    first, gone = lineages_of(cast, framework)[:2]
    with tenancy.scope(cast.municipality.pk):
        editor = Editor(cast.hanne, on, at)
        editor.reword(first, "Frivillige lægger altid noget oven i det, de ansatte gør.")
        new = editor.succeed([gone], "Vi siger til i god tid.", "Vi siger fra, når det bliver for meget.")
        editor.reword(lineages(framework, "guideline")[0], "Sæt god tid af til samarbejdet.")
        editor.publish()

    # The secretariat sees whom it waits for.
    visitor.be("Hanne")
    visitor.open("/")
    expect(page.get_by_role("heading", name="3 aftaler er ikke færdige med den nye værdiramme")).to_be_visible()
    visitor.open("/overblik/")
    page.get_by_role("link", name="Aftalerne og den nye værdiramme").click()
    expect(page.get_by_text("3 af 3 aftaler er ikke færdige med 2. udgave")).to_be_visible()
    visitor.look()

    # Lene answers as she goes.
    visitor.be("Lene")
    visitor.open("/arbejdspladser/plejecenter-solbakken/aftale/")
    expect(page.get_by_text("Værdirammens 2. udgave har været gældende siden")).to_be_visible()
    visitor.look()
    page.get_by_role("link", name="Tag stilling til det nye").click()
    expect(page.get_by_role("heading", name="3 ændringer mangler svar")).to_be_visible()
    visitor.look()
    expect(page.get_by_label("Hvorfor?").first).to_be_hidden()
    card = page.locator(f"#change-{first}")
    card.get_by_label("Vi beholder vores tekst, fordi …").check()
    expect(card.get_by_label("Hvorfor?")).to_be_visible()
    card.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("heading", name="Der er problemer")).to_be_visible()
    visitor.look()
    card.get_by_label("Hvorfor?").fill("Det står der allerede.")
    card.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Det er gemt. Der er 2 tilbage.")).to_be_visible()
    page.locator(f"#change-{gone}").get_by_label("Vi retter vores tekst").check()
    page.get_by_label("Vi har læst det. Det ændrer ikke noget hos os.").check()
    page.get_by_role("button", name="Gem", exact=True).last.click()
    expect(page.get_by_role("heading", name="Alt er besvaret")).to_be_visible()
    visitor.look()
    page.get_by_role("button", name="Lav en ny udgave").click()
    expect(page.get_by_text("Det, som princippet bygger på, står ikke længere i værdirammen.")).to_be_visible()
    page.get_by_role("button", name="Knyt det til et andet").click()
    visitor.look()
    page.get_by_label("Vi siger til i god tid.").check()
    page.get_by_role("button", name="Knyt det").click()
    expect(page.get_by_text("Jeres eget princip er igen knyttet til et fælles.")).to_be_visible()
    visitor.look()
    page.get_by_role("button", name="Send til drøftelse").first.click()
    expect(page.get_by_text("Den er sendt til drøftelse i LokalMED Solbakken.")).to_be_visible()

    # Birthe has no text to write.
    visitor.be("Birthe")
    visitor.open("/arbejdspladser/plejecenter-engparken/aftale/ny-vaerdiramme/")
    for lineage in (first, gone):
        page.locator(f"#change-{lineage}").get_by_label("Det ændrer ikke noget hos os").check()
    page.get_by_label("Vi har læst det. Det ændrer ikke noget hos os.").check()
    page.get_by_role("button", name="Gem", exact=True).last.click()
    visitor.look()
    page.get_by_role("button", name="Følg 2. udgave").click()
    expect(page.get_by_text("Medarbejdersiden har fået besked.")).to_be_visible()
    visitor.look()

    # Ole moves his draft.
    visitor.be("Ole")
    visitor.open("/arbejdspladser/nordre-skole/aftale/")
    visitor.look()
    page.get_by_role("link", name="Skift til den nye værdiramme").click()
    visitor.look()
    page.get_by_role("button", name="Flyt den til 2. udgave").click()
    expect(page.get_by_text("Den bygger nu på værdirammens 2. udgave.")).to_be_visible()

    # A third edition comes while the second is being handled, three weeks on.
    days = timedelta(days=21)
    with time_machine.travel((at + days).astimezone(UTC), tick=True):
        call_command("hourly")
        with tenancy.scope(cast.municipality.pk):
            third = Editor(cast.hanne, on + days, at + days)
            third.reword(new[1], "Vi siger fra i god tid.")
            third.publish()
        _the_third_edition(cast, visitor, on + days, at + days, new[1])


def _the_third_edition(cast, visitor, on, at, reworded):
    page = visitor.page
    visitor.be("Lene")
    visitor.open("/arbejdspladser/plejecenter-solbakken/aftale/ny-vaerdiramme/")
    expect(page.get_by_role("link", name="Skift til den nye værdiramme")).to_be_visible()
    visitor.look()
    page.get_by_role("link", name="Skift til den nye værdiramme").click()
    expect(page.get_by_text("Udvalget får aftalen forelagt igen")).to_be_visible()
    page.get_by_role("button", name="Flyt den til 3. udgave").click()
    with tenancy.scope(cast.municipality.pk):
        version = AgreementVersion.objects.select_related("dialogue").get(
            agreement__workplace=cast.solbakken, state="in_dialogue"
        )
        lene, tove = replace(cast.lene, on=on), replace(cast.tove, on=on)
        discuss(dialogue=version.dialogue, leader=lene, employee=tove, on=on, at=at)
        version.refresh_from_db()
        actions.adopt(version=version, in_force_from=on, actor=lene, on=on, at=at)

    visitor.be("Birthe")
    visitor.open("/arbejdspladser/plejecenter-engparken/aftale/ny-vaerdiramme/")
    expect(page.get_by_role("heading", name="Én ændring mangler svar")).to_be_visible()
    page.locator(f"#change-{reworded}").get_by_label("Vi er undtaget indtil …").check()
    page.get_by_label("Hvorfor?").fill("Vi flytter sammen med Solbakken til foråret.")
    page.get_by_label("Undtaget til og med").fill((on + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Gem", exact=True).last.click()
    expect(page.get_by_role("heading", name="Undtaget til og med")).to_be_visible()
    visitor.look()

    visitor.be("Ole")
    visitor.open("/arbejdspladser/nordre-skole/aftale/ny-vaerdiramme/skift/")
    page.get_by_role("button", name="Flyt den til 3. udgave").click()
    expect(page.get_by_text("Den bygger nu på værdirammens 3. udgave.")).to_be_visible()

    visitor.be("Hanne")
    visitor.open("/overblik/aftaler-og-vaerdiramme/")
    expect(page.get_by_text("Alle aftaler er færdige med 3. udgave af værdirammen.")).to_be_visible()
    expect(page.locator("tbody").get_by_text("undtaget for en tid")).to_be_visible()
    visitor.look()
    page.context.clear_cookies()
    visitor.open("/aaben/eksempelby/plejecenter-engparken/frivillige-hos-os/")
    expect(page.get_by_text("Værdirammens 3. udgave har været gældende siden")).to_be_visible()
    visitor.look()


def lineages_of(cast, framework):
    """Return the common principles of the first edition."""
    with tenancy.scope(cast.municipality.pk):
        return lineages(framework)
