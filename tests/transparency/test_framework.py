# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.utils import timezone

from samspil.frameworks import actions, product_text
from tests.frameworks.framework_cases import begin, publish


@pytest.fixture
def today():
    """The day on which the pages answer, which is the real one."""
    return timezone.localdate()


@pytest.mark.requirement("R6.open")
def test_everybody_reads_the_framework_in_force_without_login(cast, anonymous, at, today):
    publish(cast.hanne, at, today)

    page = anonymous.get("/aaben/eksempelby/vaerdiramme/")

    assert page.status_code == 200
    for words in ("Åbenhed", "Vi husker at sige tak.", "Sæt tid af til samarbejdet.", "Den er til for borgerne."):
        assert words in page.text
    assert "/aaben/eksempelby/vaerdiramme/" in anonymous.get("/aaben/eksempelby/").text


@pytest.mark.requirement("R17.framework")
def test_what_a_volunteer_is_stands_there_also_where_the_framework_says_nothing(cast, anonymous, at, today):
    publish(cast.hanne, at, today)

    assert product_text.VOLUNTEER_DEFINITION in anonymous.get("/aaben/eksempelby/vaerdiramme/").text


@pytest.mark.requirement("R6.pdf")
def test_everybody_gets_the_framework_as_pdf(cast, anonymous, at, today):
    publish(cast.hanne, at, today)

    for url in ("/aaben/eksempelby/vaerdiramme.pdf", "/aaben/eksempelby/vaerdiramme/1/vaerdiramme.pdf"):
        answer = anonymous.get(url)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")


@pytest.mark.requirement("R1.older_readable")
def test_an_edition_that_was_replaced_is_still_read(cast, anonymous, at, today):
    first = publish(cast.hanne, at, today - timedelta(days=2), in_force_from=today - timedelta(days=2))
    second = actions.copy_version(version=first, actor=cast.hanne, at=at)
    actions.publish_version(
        version=second, in_force_from=today, predecessor_until=today, actor=cast.hanne, at=at, on=today
    )

    assert anonymous.get("/aaben/eksempelby/vaerdiramme/").context["version"] == second
    assert anonymous.get("/aaben/eksempelby/vaerdiramme/1/").context["version"] == first


def test_drafts_and_withdrawn_editions_are_not_open(cast, anonymous, at):
    draft = begin(cast.hanne, at)
    assert anonymous.get("/aaben/eksempelby/vaerdiramme/1/").status_code == 404
    actions.withdraw_draft(version=draft, expected_revision=1, actor=cast.hanne, at=at)

    assert anonymous.get("/aaben/eksempelby/vaerdiramme/1/").status_code == 404
    assert anonymous.get("/aaben/eksempelby/vaerdiramme/1/vaerdiramme.pdf").status_code == 404


def test_without_a_framework_the_page_says_so_and_there_is_no_pdf(cast, anonymous):
    assert anonymous.get("/aaben/eksempelby/").status_code == 200
    assert anonymous.get("/aaben/eksempelby/vaerdiramme/").status_code == 200
    assert anonymous.get("/aaben/eksempelby/vaerdiramme.pdf").status_code == 404


def test_each_municipality_shows_its_own(cast, other_municipality, anonymous, at, today):
    publish(cast.hanne, at, today)

    page = anonymous.get("/aaben/anderby/vaerdiramme/")

    assert page.status_code == 200
    assert "Vi husker at sige tak." not in page.text
    assert anonymous.get("/aaben/anderby/vaerdiramme/1/").status_code == 404


@pytest.mark.parametrize("page", ["", "vaerdiramme/", "vaerdiramme/1/", "vaerdiramme.pdf"])
def test_an_unknown_municipality_is_not_found(cast, anonymous, page):
    assert anonymous.get(f"/aaben/ingensteds/{page}").status_code == 404
