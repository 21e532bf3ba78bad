# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A real browser: Debian's Chromium, at the width of a desktop and of a phone, each page checked with axe-core."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from samspil.config.cast import Cast, OtherCast, build_cast, build_other_cast

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core"
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    """Offer the list of the cast, as ``make run`` does."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.people.demo_urls"


@pytest.fixture(params=WIDTHS, ids=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    """``desktop`` or ``phone``."""
    return str(request.param)


@dataclass
class Visitor:
    """Somebody at a browser. Counts what the agreement takes: clicks, fields, pages."""

    page: Page
    base: str
    clicks: int = 0
    fields: int = 0
    looked_at: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of ours."""
        self.page.goto(self.base + path)

    def be(self, name: str) -> None:
        """Log out of whoever one is, and be this one of the cast."""
        self.page.context.clear_cookies()
        self.open("/demo/")
        self.page.get_by_role("button", name=re.compile(name)).first.click()
        expect(self.page).not_to_have_url(re.compile("/demo/"))

    def click(self, target: Locator) -> None:
        """Press, and count it."""
        self.clicks += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        """Write in a field, and count it."""
        self.fields += 1
        target.fill(text)

    def look(self) -> None:
        """Find nothing wrong with the page by axe-core, and nothing wider than the screen."""
        # A press waits for the next page to begin, not for its style sheet.
        self.page.wait_for_load_state("load")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"
        self.page.evaluate((AXE / "axe.min.js").read_text())
        found: list[dict[str, Any]] = self.page.evaluate(
            "async tags => (await axe.run(document, {runOnly: tags})).violations", TAGS
        )
        told = [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found]
        assert told == [], self.page.url
        self.looked_at.append(self.page.url.removeprefix(self.base))
        folder = os.environ.get("SAMSPIL_SCREENSHOTS")
        if folder:
            name = f"{len(self.looked_at):02d}{re.sub('[^a-z0-9]+', '-', self.looked_at[-1])}"
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            self.page.screenshot(path=f"{folder}/{width}-{name}.png", full_page=True)


@pytest.fixture
def visitor(browser: Browser, width: str, live_server: Any) -> Iterator[Visitor]:
    """Somebody at a fresh browser; a page that logs an error in the console fails the journey."""
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high}, locale="da-DK", timezone_id="Europe/Copenhagen"
    )
    page = context.new_page()
    page.set_default_timeout(8_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    cache.clear()
    yield Visitor(page, live_server.url)
    # Shown by pytest where the journey failed: where it stood.
    print(page.url, page.locator("body").aria_snapshot(), sep="\n")
    context.close()
    assert problems == []


@pytest.fixture
def towns(transactional_db: None, at: Any, on: Any) -> tuple[Cast, OtherCast]:
    """Both municipalities, really in the database, with no scope open."""
    del transactional_db
    return build_cast(on=on, at=at), build_other_cast(on=on, at=at)
