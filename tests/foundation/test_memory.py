# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a worker remembers from page to page: by municipality, only what cannot change, and only so much."""

import pytest

from samspil.config.story import publish_model_framework
from samspil.foundation.memory import Unchanging
from samspil.foundation.tenancy import NoMunicipalityError, scope
from samspil.frameworks.models import Element
from samspil.frameworks.queries import content_of
from tests.cast import outside_scope


def test_two_municipalities_never_share_what_is_remembered(cast, other_municipality):
    kept = Unchanging[str](most=9)

    assert kept.of(1, "code", ask=lambda: "ours") == "ours"
    assert kept.of(1, "code", ask=lambda: "asked in vain") == "ours"
    with outside_scope(), scope(other_municipality.municipality.pk):
        assert kept.of(1, "code", ask=lambda: "theirs") == "theirs"
    with outside_scope(), pytest.raises(NoMunicipalityError):
        kept.of(1, "code", ask=lambda: "nobody's")


def test_other_words_have_another_code_and_are_asked_for(cast):
    kept = Unchanging[str](most=9)

    assert [kept.of(1, code, ask=lambda code=code: code) for code in ("a", "b", "a")] == ["a", "b", "a"]


def test_what_was_used_longest_ago_goes_first(cast):
    kept = Unchanging[str](most=2)
    answers = [kept.of(key, ask=f"{key} asked at {at}".strip) for at, key in enumerate("ABACAB")]

    assert answers == ["A asked at 0", "B asked at 1", "A asked at 0", "C asked at 3", "A asked at 0", "B asked at 5"]


def test_a_published_framework_is_read_once_and_a_draft_every_time(cast, on, at, django_assert_num_queries):
    framework = publish_model_framework(administrator=cast.hanne, on=on, at=at)
    assert content_of(framework).elements
    with django_assert_num_queries(0):
        content_of(framework)

    framework.state = "draft"
    with django_assert_num_queries(2):
        content_of(framework)
        Element.objects.filter(version=framework).update(title="Reworded")
    assert {element.title for element in content_of(framework).elements} == {"Reworded"}
