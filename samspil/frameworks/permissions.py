# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who may do what to the framework, and which versions a person may see."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.frameworks.models import Element, FrameworkVersion, Policy, Wave
from samspil.people.models import Role


def visible_versions(capacity: Capacity) -> QuerySet[FrameworkVersion]:
    """Return the published versions; to administrators the drafts and the withdrawn too."""
    return (
        FrameworkVersion.objects.all() if capacity.role == Role.ADMINISTRATOR else FrameworkVersion.objects.published()
    )


def sees_the_version(capacity: Capacity, subject: FrameworkVersion | Element | None) -> bool:
    """Say whether ``visible_versions`` holds the version, or the element's; pages without a version are for all."""
    if subject is None:
        return True
    version_id = subject.version_id if isinstance(subject, Element) else subject.pk
    return visible_versions(capacity).filter(pk=version_id).exists()


def edits_the_framework(capacity: Capacity, subject: FrameworkVersion | Element | None) -> bool:
    """Say whether the person administers, and the version is one of this municipality."""
    return capacity.role == Role.ADMINISTRATOR and sees_the_version(capacity, subject)


def visible_policies(capacity: Capacity) -> QuerySet[Policy]:
    """Return the municipality's policies, which everybody may know; ``capacity`` is here as everywhere."""
    del capacity
    return Policy.objects.all()


def keeps_the_policies(capacity: Capacity, subject: Policy | None) -> bool:
    """Say whether the person administers, and the policy is one of this municipality (R10)."""
    return capacity.role == Role.ADMINISTRATOR and (
        subject is None or visible_policies(capacity).filter(pk=subject.pk).exists()
    )


def visible_waves(capacity: Capacity) -> QuerySet[Wave]:
    """Return the waves that can be set; what follows from them others see where they work."""
    return Wave.objects.all() if capacity.role == Role.ADMINISTRATOR else Wave.objects.none()


def sets_the_waves(capacity: Capacity, subject: Wave | None) -> bool:
    """Say whether the person administers, and the wave is one of this municipality (R5)."""
    return capacity.role == Role.ADMINISTRATOR and (
        subject is None or visible_waves(capacity).filter(pk=subject.pk).exists()
    )


READ = Permission(name="frameworks.read", predicate=sees_the_version, who=_("everybody who can log in"))
EDIT = Permission(name="frameworks.edit", predicate=edits_the_framework, who=_("the HR/MED secretariat"))
PUBLISH = Permission(name="frameworks.publish", predicate=edits_the_framework, who=_("the HR/MED secretariat"))
EDIT_POLICIES = Permission(
    name="frameworks.edit_policies", predicate=keeps_the_policies, who=_("the HR/MED secretariat")
)
SET_WAVES = Permission(name="frameworks.set_waves", predicate=sets_the_waves, who=_("the HR/MED secretariat"))
