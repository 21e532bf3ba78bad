# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The agreement with a volunteer, the welcome, the goodbye, and the volunteer's own page."""

from django.urls import path

from samspil.volunteering.views import for_all, own, terms

urlpatterns = [
    path("frivillige/<int:pk>/aftale/", terms.MakeTermsView.as_view(), name="make_terms"),
    path("frivillige/<int:pk>/aftale/ja/", terms.NoteAcceptanceView.as_view(), name="note_acceptance"),
    path("frivillige/<int:pk>/aftale.pdf", terms.TermsPdfView.as_view(), name="terms_pdf"),
    path("frivillige/<int:pk>/aftale-stor.pdf", terms.TermsPdfView.as_view(large_print=True), name="terms_large_pdf"),
    path("frivillige/<int:pk>/velkomst/", terms.NoteWelcomeView.as_view(), name="note_welcome"),
    path("frivillige/<int:pk>/farvel/", terms.NoteEndingView.as_view(), name="note_ending"),
    path("frivillige/<int:pk>/bevis.pdf", terms.CertificateView.as_view(), name="certificate"),
    path("frivillige/<int:pk>/egen-side/", terms.GiveOwnPageView.as_view(), name="give_own_page"),
    path("frivillige/<int:pk>/glem/", terms.ForgetView.as_view(), name="forget_volunteer"),
    path("min-side/", own.OwnPageView.as_view(), name="own_page"),
    path("min-side/<int:pk>/ja/", own.AcceptView.as_view(), name="accept_terms"),
    path("min-side/<int:pk>/pause/", own.OwnPauseView.as_view(), name="own_pause"),
    path("min-side/<int:pk>/stop/", own.OwnStopView.as_view(), name="own_stop"),
    path("min-side/<int:pk>/opgaver/<uuid:lineage>/nej/", own.DeclineView.as_view(), name="decline_task"),
    path("min-side/<int:pk>/aftale.pdf", own.OwnTermsPdfView.as_view(), name="own_terms_pdf"),
    path(
        "min-side/<int:pk>/aftale-stor.pdf",
        own.OwnTermsPdfView.as_view(large_print=True),
        name="own_terms_large_pdf",
    ),
    path("min-side/<int:pk>/bevis.pdf", own.OwnCertificateView.as_view(), name="own_certificate"),
    path("min-side/oplysninger/", own.OwnDataView.as_view(), name="own_data"),
    path("min-side/oplysninger.<str:kind>", own.OwnDataFileView.as_view(), name="own_data_file"),
    path("min-side/slet/", own.AskToBeForgottenView.as_view(), name="ask_to_be_forgotten"),
    path("kommune/frivillige/", for_all.CommonTermsView.as_view(), name="common_terms"),
    path("kommune/hvem-har-set/", for_all.ReadersView.as_view(), name="readers"),
]
