# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every address of the product, put together from the areas."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samspil.foundation.health import HealthView, ReadyView
from samspil.foundation.patterns import PatternsView

_AREAS = (
    "workspace.urls",
    "transparency.workplace_urls",
    "transparency.urls",
    "reports.urls",
    "volunteering.urls",
    "agreements.urls",
    "med.urls",
    "frameworks.urls",
    "people.urls",
    "municipalities.urls",
    "notifications.urls",
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"samspil.{area}")) for area in _AREAS if find_spec(f"samspil.{area}")),
    path("sprog/", include("django.conf.urls.i18n")),
    path("healthz", HealthView.as_view(), name="healthz"),
    path("readyz", ReadyView.as_view(), name="readyz"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/byggeklodser/", PatternsView.as_view(), name="patterns"))

handler400 = "samspil.foundation.errors_views.bad_request"
handler403 = "samspil.foundation.errors_views.permission_denied"
handler404 = "samspil.foundation.errors_views.page_not_found"
handler500 = "samspil.foundation.errors_views.server_error"
