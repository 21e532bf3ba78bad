# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The guide can be read in the product by anybody, and the product points to it."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from samspil.workspace.guide import FIRST, FOLDER, guide_page

PAGES = sorted(file.stem for file in FOLDER.glob("*.md"))


def address(name):
    return reverse("help") if name == FIRST else reverse("help_page", args=[name])


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_anybody_can_read_a_page_of_the_guide(client, name):
    page = client.get(address(name)).content.decode()

    assert f"<title>{guide_page(name).title}" in page
    assert len(re.findall("<h1[ >]", page)) == 1
    assert "**" not in page


@pytest.mark.parametrize("name", PAGES)
def test_its_links_and_pictures_lead_somewhere_in_the_product(name):
    html = guide_page(name).html
    addresses = {address(other): guide_page(other).html for other in PAGES}
    for target in re.findall(r'href="([^"]+)"', html):
        path, _, anchor = target.partition("#")
        assert not path or path in addresses
        assert not anchor or f'id="{anchor}"' in addresses.get(path, html)
    for source in re.findall(r'src="/static/([^"]+)"', html):
        assert finders.find(source), source


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_not_found(client):
    assert client.get("/hjaelp/findes-ikke/").status_code == 404


def test_every_page_has_a_link_to_the_guide(cast, client_as):
    assert f'href="{reverse("help")}"' in client_as(cast.lene).get(reverse("home")).content.decode()
