# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The Danish guide says what stands on the pages, and what it points to exists."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from samspil.med import importing as bodies
from samspil.municipalities import importing as units
from samspil.people import importing as people
from scripts.docs import dead_links

PACKAGE = Path(apps.get_app_config("foundation").path).parent
DOCS = PACKAGE.parent / "docs"
GUIDE = sorted((DOCS / "da").glob("*.md"))
PICTURES = sorted((DOCS / "pictures").glob("*.png"))
QUOTED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LARGEST = 150_000
FEWEST_LETTERS = 4
"""What must be left of a sentence besides its placeholders, so that it does not match everything."""


@pytest.fixture(scope="module")
def shown():
    """Every text of the Danish catalogue as a pattern."""
    with (PACKAGE / "locale" / "da" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    patterns = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts if message.id and not message.fuzzy else ():
            literal = PLACEHOLDER.split(" ".join(text.split()))
            if len(literal) == 1 or len("".join(literal)) >= FEWEST_LETTERS:
                patterns.append(".+".join(re.escape(part) for part in literal))
    return re.compile("|".join(patterns), re.IGNORECASE)


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_what_the_guide_quotes_stands_in_the_product(page, shown):
    quoted = {" ".join(words.split()) for words in QUOTED.findall(page.read_text())}
    assert sorted(words for words in quoted if not shown.fullmatch(words)) == []


@pytest.mark.parametrize("page", [*GUIDE, PACKAGE.parent / "README.md"], ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page):
    assert list(dead_links(page)) == []
    assert [target for text, target in PICTURE.findall(page.read_text()) if not text.strip()] == []


@pytest.mark.parametrize("columns", [units.COLUMNS, people.COLUMNS, bodies.COLUMNS], ids=["units", "people", "bodies"])
def test_the_guide_names_the_columns_of_the_spreadsheets(columns):
    text = (DOCS / "da" / "sekretariatet.md").read_text()
    assert [column.heading for column in columns if not re.search(rf"\b{column.heading}\b", text)] == []


def test_the_first_page_leads_to_every_other():
    start = (DOCS / "da" / "README.md").read_text()
    assert [page.name for page in GUIDE if page.name != "README.md" and f"({page.name})" not in start] == []


def test_every_picture_is_small_and_in_use():
    texts = "".join(page.read_text() for page in [*GUIDE, PACKAGE.parent / "README.md"])
    assert [picture.name for picture in PICTURES if f"pictures/{picture.name})" not in texts] == []
    assert [picture.name for picture in PICTURES if picture.stat().st_size > LARGEST] == []
