# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import include, path

from samspil.agreements.views import contacts, existing, no_volunteers, page, parts, places, reading, steps

_pages = [
    path("", page.AgreementView.as_view(), name="agreement"),
    path("begynd/", page.BeginView.as_view(), name="begin_agreement"),
    path("gem-undervejs/", page.AutosaveView.as_view(), name="autosave_agreement"),
    path("vis/", page.PreviewView.as_view(), name="agreement_preview"),
    path("ret/", page.AmendView.as_view(), name="amend_agreement"),
    path("opgaver/ny/", parts.AddTaskView.as_view(), name="add_task"),
    path("opgaver/<int:pk>/", parts.TaskDetailsView.as_view(), name="task_details"),
    path("principper/nyt/", parts.AddPrincipleView.as_view(), name="add_principle"),
    path("andre-steder/", places.CoveredPlacesView.as_view(), name="covered_places"),
    path("tag-tilbage/", steps.TakeBackView.as_view(), name="take_back_agreement"),
    path("opgiv/", steps.WithdrawView.as_view(), name="withdraw_agreement"),
    path("tvivl/<int:pk>/", steps.DecideDoubtView.as_view(), name="decide_doubt"),
    path("beslut/", steps.AdoptView.as_view(), name="adopt_agreement"),
    path("kontaktperson/", contacts.ContactPersonsView.as_view(), name="contact_persons"),
    path("begynder/", steps.PutInForceView.as_view(), name="put_agreement_in_force"),
    path("overtag/", steps.TakeOverView.as_view(), name="take_over_agreement"),
    path("fra-foer/", existing.EnterExistingView.as_view(), name="enter_existing"),
    path("udgaver/<int:number>/fra-foer/", existing.ExistingFileView.as_view(), name="existing_file"),
    path("ingen-frivillige/", no_volunteers.StateNoVolunteersView.as_view(), name="state_no_volunteers"),
    path("ingen-frivillige/slut/", no_volunteers.EndNoVolunteersView.as_view(), name="end_no_volunteers"),
    path("udgaver/<int:number>/", reading.VersionView.as_view(), name="agreement_version"),
    path("udgaver/<int:number>/aftale.pdf", reading.PdfView.as_view(), name="agreement_pdf"),
]

urlpatterns = [
    path("arbejdspladser/<slug:slug>/aftale/", include(_pages)),
    path("kommune/eksisterende-aftaler/", existing.ExistingWindowView.as_view(), name="existing_window"),
]
