# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The agreement's page lists the policies that hold at the workplace."""

import pytest
from django.utils import timezone

from samspil.frameworks.actions import PolicyFacts, add_policy
from samspil.frameworks.models import Policy


@pytest.fixture
def add(cast, at):
    """Enter a policy for these sectors; without sectors it is for everybody."""
    today = timezone.localdate()

    def enter(title, *sectors):
        level = Policy.Level.SECTOR if sectors else Policy.Level.CROSS_CUTTING
        facts = PolicyFacts(
            level=level, title=title, owner_body="Byrådet", approved_on=today, valid_from=today, sectors=sectors
        )
        return add_policy(facts=facts, actor=cast.hanne, at=at, on=today)

    return enter


@pytest.mark.requirement("R8")
@pytest.mark.requirement("R11")
def test_the_sectors_own_policies_and_those_for_all_reach_the_agreement(cast, in_force, add, client_as, url):
    add("Ældrepolitik", "care_home")
    add("Skolepolitik", "school")
    add("Personalepolitik")

    page = client_as(cast.mia).get(url()).text

    assert page.index("Ældrepolitik") < page.index("Personalepolitik")
    assert "Skolepolitik" not in page


@pytest.mark.requirement("R11")
def test_no_sector_policy_is_said_and_is_no_error(cast, in_force, add, client_as, url):
    add("Skolepolitik", "school")

    response = client_as(cast.mia).get(url())

    assert response.status_code == 200
    assert response.context["policies"].of_sector == ()
    assert "error" not in response.text.split('class="card')[-1]
