# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.transparency import workplace_views as views

_PAGE = "aaben/<slug:municipality>/<slug:slug>/frivillige-hos-os/"

urlpatterns = [
    path(_PAGE, views.OpenWorkplaceView.as_view(), name="open_workplace"),
    path(f"{_PAGE}aftale.pdf", views.OpenAgreementPdfView.as_view(), name="open_agreement_pdf"),
    path(
        f"{_PAGE}aftale-stor.pdf",
        views.OpenAgreementPdfView.as_view(large_print=True),
        name="open_agreement_large_pdf",
    ),
    path(f"{_PAGE}plakat.pdf", views.PosterView.as_view(), name="open_poster"),
]
