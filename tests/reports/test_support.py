# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The share of agreements in force that say how volunteers are supported (R35)."""

from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements.models import Section
from samspil.config.story import publish_model_framework
from tests.colleagues import engparken_in_force


@pytest.fixture
def engparken(cast, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    return engparken_in_force(cast, on, at)


def overview(client):
    return " ".join(unescape(client.get(reverse("overview")).content.decode()).split())


@pytest.mark.requirement("R35")
def test_the_overview_says_in_how_many_agreements_support_is_described(cast, engparken, client_as, at):
    client = client_as(cast.hanne)
    Section.objects.filter(version=engparken, kind="support").delete()
    assert "Støtten til de frivillige er beskrevet i 0 af 1 aftale i kraft." in overview(client)

    Section.objects.create(version=engparken, kind="support", text="Kaffe og kurser.", changed_at=at)

    assert "Støtten til de frivillige er beskrevet i 1 af 1 aftale i kraft." in overview(client)


def test_with_no_agreement_in_force_there_is_nothing_to_say(cast, client_as):
    assert "Støtten til de frivillige" not in overview(client_as(cast.hanne))
