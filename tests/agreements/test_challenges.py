# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What may become difficult: folded away, with the sector's own examples under the field (R20)."""

import re
from html import unescape

import pytest

from samspil.agreements.catalogue import template_for
from samspil.agreements.models import Section


def folded(page: str) -> str:
    found = re.search(r'<details class="folded" id="expected-challenges">.*?</details>', page, re.DOTALL)
    assert found
    return unescape(found.group())


@pytest.mark.requirement("R20")
def test_the_sectors_challenges_are_offered_as_examples(cast, draft, client_as, url):
    shown = folded(client_as(cast.lene).get(url()).text)

    for challenge in template_for("care_home").challenges:
        assert challenge.title in shown
        assert challenge.advice in shown
    assert template_for("school").challenges[0].text not in shown
    assert not Section.objects.filter(version=draft, kind="challenges").exists()


@pytest.mark.requirement("R20")
def test_what_the_workplace_expects_is_saved_and_read(cast, draft, client_as, url, filled, text_of):
    words = "Vi tager det op i MED, hvis nogen føler sig skubbet ud."

    response = client_as(cast.lene).post(url(), filled(draft, challenges=words))

    assert response.status_code == 302
    assert text_of(draft, "challenges") == words
    preview = client_as(cast.lene).get(url("agreement_preview"))
    assert words in unescape(preview.text)


def test_nobody_has_to_expect_anything(cast, draft, client_as, url, filled):
    client_as(cast.lene).post(url(), filled(draft))

    assert not Section.objects.filter(version=draft, kind="challenges").exclude(text="").exists()
