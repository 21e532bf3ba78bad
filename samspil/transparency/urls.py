# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.municipalities.models import PublicText
from samspil.transparency import views

urlpatterns = [
    path("aaben/<slug:municipality>/", views.OpenIndexView.as_view(), name="open_index"),
    path(
        "aaben/<slug:municipality>/tilgaengelighed/",
        views.OpenPublicTextView.as_view(kind=PublicText.Kind.ACCESSIBILITY),
        name="open_accessibility",
    ),
    path(
        "aaben/<slug:municipality>/privatliv/",
        views.OpenPublicTextView.as_view(kind=PublicText.Kind.PRIVACY),
        name="open_privacy",
    ),
    path("aaben/<slug:municipality>/vaerdiramme/", views.OpenFrameworkView.as_view(), name="open_framework"),
    path(
        "aaben/<slug:municipality>/vaerdiramme/<int:number>/",
        views.OpenFrameworkView.as_view(),
        name="open_framework_version",
    ),
    path(
        "aaben/<slug:municipality>/vaerdiramme/<int:number>/aendringer/",
        views.OpenChangesView.as_view(),
        name="open_framework_changes",
    ),
    path("aaben/<slug:municipality>/vaerdiramme.pdf", views.OpenFrameworkPdfView.as_view(), name="open_framework_pdf"),
    path(
        "aaben/<slug:municipality>/vaerdiramme/<int:number>/vaerdiramme.pdf",
        views.OpenFrameworkPdfView.as_view(),
        name="open_framework_version_pdf",
    ),
]
