# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest

from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from samspil.frameworks import actions as frameworks
from samspil.workspace.queries import FrameworkReach, framework_reach

pytestmark = pytest.mark.requirement("R2.changes")

URL = "/vaerdiramme/udkast/udgiv/hvem/"


@pytest.fixture
def edition(cast, at, on):
    """One agreement in force, one on its way, and the next edition begun."""
    first = publish_model_framework(administrator=cast.hanne, on=on, at=at)
    people = {"leader": cast.lene, "contact": cast.mia, "on": on, "at": at}
    set_up_body(
        name="MED Solbakken",
        units=[cast.solbakken],
        leader=cast.lene,
        deputy=cast.tove,
        safety=cast.arne,
        administrator=cast.hanne,
        on=on,
        at=at,
    )
    put_agreement_in_force(workplace=cast.solbakken, employee=cast.tove, **people)
    write_draft(workplace=cast.nordre_skole, leader=cast.ole, contact=cast.ole, tasks=1, on=on, at=at)
    return frameworks.copy_version(version=first, actor=cast.hanne, at=at)


def test_the_secretariat_sees_whom_the_new_edition_concerns(cast, client_as, edition):
    page = client_as(cast.hanne).get(URL)

    assert framework_reach() == FrameworkReach(in_force=1, under_way=1, at_the_table=0, bodies=1)
    assert [line.unit for line in page.context["lines"]] == [cast.nordre_skole, cast.solbakken]
    assert "1 MED-udvalg skal drøfte den nye udgave" in page.text
    assert "Intet er væsentligt" in page.text
    assert URL in client_as(cast.hanne).get("/vaerdiramme/udkast/udgiv/").text


def test_it_takes_the_same_queries_however_many_there_are(edition, django_assert_num_queries):
    with django_assert_num_queries(3):
        framework_reach()


def test_nobody_else_sees_it_and_without_a_draft_there_is_none(cast, client_as, at, edition):
    assert "Hvem 2. udgave" not in client_as(cast.lene).get(URL).text
    frameworks.withdraw_draft(version=edition, expected_revision=1, actor=cast.hanne, at=at)

    assert client_as(cast.hanne).get(URL).headers["Location"] == "/vaerdiramme/"
