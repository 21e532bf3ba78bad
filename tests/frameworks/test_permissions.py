# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest

from samspil.foundation import tenancy
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.permissions import EDIT, PUBLISH, READ, visible_versions
from tests.frameworks.framework_cases import begin, publish

OTHERS = ("lene", "tove", "mia", "karim", "frida", "joergen", "dorte", "ole")


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_secretariat_sees_and_edits_a_draft(cast, at, name):
    draft = begin(cast.hanne, at)
    other = getattr(cast, name)

    assert list(visible_versions(cast.hanne)) == [draft]
    assert list(visible_versions(other)) == []
    for permission in (READ, EDIT, PUBLISH):
        assert permission.allows(cast.hanne, draft)
        assert not permission.allows(other, draft)


@pytest.mark.parametrize("name", OTHERS)
def test_everybody_reads_what_is_published_and_only_the_secretariat_writes(cast, at, on, name):
    version = publish(cast.hanne, at, on)
    other = getattr(cast, name)

    assert READ.allows(other, version)
    assert not EDIT.allows(other, version)
    assert not PUBLISH.allows(other)
    assert not READ.allows(None, version)


def test_the_framework_of_another_municipality_is_not_seen(cast, other_municipality, at, on):
    version = publish(cast.hanne, at, on)

    with tenancy.scope(other_municipality.municipality.pk):
        assert list(visible_versions(other_municipality.kaj)) == []
        assert not READ.allows(other_municipality.kaj, version)
        assert FrameworkVersion.objects.count() == 0
