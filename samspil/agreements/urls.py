# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import include, path

from samspil.agreements.views import (
    attached,
    commenting,
    conditions,
    contacts,
    differences,
    existing,
    involvement,
    journal,
    leading,
    no_volunteers,
    page,
    parts,
    places,
    reading,
    steps,
)

_pages = [
    path("", page.AgreementView.as_view(), name="agreement"),
    path("begynd/", page.BeginView.as_view(), name="begin_agreement"),
    path("gem-undervejs/", page.AutosaveView.as_view(), name="autosave_agreement"),
    path("vis/", page.PreviewView.as_view(), name="agreement_preview"),
    path("ret/", page.AmendView.as_view(), name="amend_agreement"),
    path("kommentarrunde/", commenting.CommentRoundView.as_view(), name="comment_round"),
    path("kommentarrunde/slut/", commenting.CloseCommentRoundView.as_view(), name="close_comment_round"),
    path("kommentarer/ny/", commenting.AddCommentView.as_view(), name="add_comment"),
    path("kommentarer/<int:pk>/", commenting.EditCommentView.as_view(), name="edit_comment"),
    path("kommentarer/<int:pk>/slet/", commenting.RemoveCommentView.as_view(), name="remove_comment"),
    path("kommentarer/<int:pk>/svar/", commenting.AnswerCommentView.as_view(), name="answer_comment"),
    path("opgaver/ny/", parts.AddTaskView.as_view(), name="add_task"),
    path("opgaver/<int:pk>/", parts.TaskDetailsView.as_view(), name="task_details"),
    path("principper/nyt/", parts.AddPrincipleView.as_view(), name="add_principle"),
    path("steder-og-tid/", conditions.ConditionsView.as_view(), name="conditions"),
    path("hoert/", involvement.InvolvementView.as_view(), name="involvement"),
    path("hoert/<int:pk>/fjern/", involvement.TakeOutInvolvementView.as_view(), name="take_out_involvement"),
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
    path(
        "udgaver/<int:number>/aftale-stor.pdf",
        reading.PdfView.as_view(large_print=True),
        name="agreement_large_pdf",
    ),
    path("udgaver/<int:number>/aftale.docx", reading.WordView.as_view(), name="agreement_word"),
    path("udgaver/<int:number>/aendringer/", differences.DifferencesView.as_view(), name="agreement_differences"),
    path("udgaver/<int:number>/journal/", journal.FilingView.as_view(), name="file_agreement"),
    path("udgaver/<int:number>/journal.zip", journal.PackageView.as_view(), name="journal_package"),
    path("bilag/", attached.AttachedFilesView.as_view(), name="attached_files"),
    path("bilag/<int:pk>/", attached.AttachedFileView.as_view(), name="attached_file"),
    path("bilag/<int:pk>/fjern/", attached.RemoveFileView.as_view(), name="remove_attached_file"),
]

urlpatterns = [
    path("arbejdspladser/<slug:slug>/aftale/", include(_pages)),
    path("arbejdspladser/<slug:slug>/leder/", leading.LeadingView.as_view(), name="leading"),
    path(
        "arbejdspladser/<slug:slug>/leder/stedfortraeder/<int:pk>/slut/",
        leading.EndStandInView.as_view(),
        name="end_stand_in",
    ),
    path("kommune/eksisterende-aftaler/", existing.ExistingWindowView.as_view(), name="existing_window"),
]
