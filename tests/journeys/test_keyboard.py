# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The comment round with the keyboard alone, in the data of the demo: nothing is ever clicked."""

import re

import pytest
from playwright.sync_api import expect

from samspil.config.demo import build_demo

pytestmark = pytest.mark.browser

MOST_STEPS = 120
PAGE = "/arbejdspladser/nordre-skole/aftale/"


def go_to(page, role, name):
    """Press Tab until the focus is on it, as somebody without a mouse does, and see that it can be seen there."""
    wanted = page.get_by_role(role, name=name).first
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"{name} is not reached by Tab")


def press(page, role, name):
    go_to(page, role, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.requirement("R55.comments")
def test_colleagues_are_asked_comment_and_are_answered_by_keyboard(transactional_db, visitor, width):
    if width == "phone":
        pytest.skip("a phone has no keyboard of this kind")
    build_demo()
    page = visitor.page
    visitor.be("Ole")
    visitor.open(PAGE)
    press(page, "link", "Spørg kollegerne")
    press(page, "button", "Spørg kollegerne")
    visitor.look()

    visitor.be("Pia")
    visitor.open(PAGE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    press(page, "link", "Kommentér det hele")
    go_to(page, "textbox", "Din kommentar")
    page.keyboard.type("Godt udkast.")
    press(page, "button", "Send kommentaren")
    visitor.look()

    visitor.be("Ole")
    visitor.open(PAGE)
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.includes('1 kommentar fra en kollega')"):
            break
    page.keyboard.press("Enter")
    press(page, "button", re.compile("^Svar ?: Godt udkast"))
    go_to(page, "textbox", "Dit svar")
    page.keyboard.type("Tak.")
    visitor.look()
    press(page, "button", "Send svaret")
    expect(page.locator("main")).to_contain_text("Det er gemt")
