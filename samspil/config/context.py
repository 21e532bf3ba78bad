# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What every page has: who is logged in in which capacity, the municipality, the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.people.models import REACHING_ROLES, STAFF_ROLES, Role


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    capacity = getattr(request, "capacity", None)
    if capacity is None:
        return []
    links = [
        (_("Home"), reverse("home")),
        (_("Workplaces"), reverse("workplaces")),
        *([(_("Overview"), reverse("overview"))] if capacity.role in REACHING_ROLES else []),
        *([(_("Discussions"), reverse("dialogues"))] if capacity.role in {*STAFF_ROLES, *REACHING_ROLES} else []),
        *([(_("Volunteers"), reverse("volunteers"))] if capacity.role in {*STAFF_ROLES, *REACHING_ROLES} else []),
        (_("Framework"), reverse("frameworks")),
    ]
    if capacity.role == Role.ADMINISTRATOR:
        links.append((_("Administration"), reverse("administration")))
    return [
        {"label": label, "url": url, "current": request.path == url or (url != "/" and request.path.startswith(url))}
        for label, url in links
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the frame around each page; no query of its own."""
    return {
        "product_name": "Samspil",
        "demo_mode": settings.DEMO,
        "capacity": getattr(request, "capacity", None),
        "municipality": getattr(request, "municipality", None),
        "navigation": _navigation(request),
    }
