# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The addresses of demo mode, for tests; outside it they do not exist."""

from django.urls import path

from samspil.config.urls import handler400, handler403, handler404, handler500
from samspil.config.urls import urlpatterns as ordinary
from samspil.foundation.patterns import PatternsView
from samspil.people.urls import demo_urlpatterns

urlpatterns = [
    *ordinary,
    *demo_urlpatterns,
    path("demo/byggeklodser/", PatternsView.as_view(), name="patterns"),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
