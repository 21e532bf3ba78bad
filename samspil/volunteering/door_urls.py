# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The lists, one volunteer, and the door."""

from django.urls import path

from samspil.volunteering.views import applications, door, duplicates, guidance, messages, people, together, volunteer

_OPEN = "aaben/<slug:municipality>/<slug:slug>/frivillige-hos-os/"

urlpatterns = [
    path(f"{_OPEN}jeg-vil-gerne/", door.DoorView.as_view(), name="open_door"),
    path(f"{_OPEN}henvendelse/<slug:code>/", door.ReceiptView.as_view(), name="open_receipt"),
    path("frivillige/", people.VolunteersView.as_view(), name="volunteers"),
    path("frivillige/liste.<str:kind>", people.ExportVolunteersView.as_view(), name="export_volunteers"),
    path("frivillige/ny/", volunteer.NewVolunteerView.as_view(), name="new_volunteer"),
    path("frivillige/liste/", together.ImportVolunteersView.as_view(), name="import_volunteers"),
    path(
        "frivillige/liste/eksempel.<str:ending>",
        together.ExampleVolunteersView.as_view(),
        name="import_volunteers_example",
    ),
    path("frivillige/gennemgang/", together.GoThroughView.as_view(), name="go_through"),
    path("frivillige/beskeder/", messages.MessagesView.as_view(), name="volunteer_messages"),
    path("frivillige/beskeder/<int:pk>/", messages.MessageView.as_view(), name="volunteer_message"),
    path(
        "aaben/<slug:municipality>/besked/<slug:code>/",
        messages.OpenMessageView.as_view(),
        name="open_volunteer_message",
    ),
    path("frivillige/dubletter/", duplicates.DuplicatesView.as_view(), name="duplicates"),
    path("frivillige/dubletter/<int:pk>/<int:other>/", duplicates.MergeView.as_view(), name="merge_volunteers"),
    path("frivillige/uden-aftale/", guidance.WithoutAgreementView.as_view(), name="without_agreement"),
    path("frivillige/henvendelser/", applications.ApplicationsView.as_view(), name="applications"),
    path("frivillige/henvendelser/<int:pk>/", applications.ApplicationView.as_view(), name="application"),
    path("frivillige/henvendelser/<int:pk>/ja/", applications.AdmitView.as_view(), name="admit_application"),
    path("frivillige/henvendelser/<int:pk>/nej/", applications.DeclineView.as_view(), name="decline_application"),
    path("frivillige/<int:pk>/", volunteer.VolunteerView.as_view(), name="volunteer"),
    path("frivillige/<int:pk>/ret/", volunteer.EditVolunteerView.as_view(), name="edit_volunteer"),
    path("frivillige/<int:pk>/begynd/", volunteer.StartView.as_view(), name="start_volunteer"),
    path("frivillige/<int:pk>/pause/", volunteer.PauseView.as_view(), name="pause_volunteer"),
    path("frivillige/<int:pk>/stop/", volunteer.EndView.as_view(), name="end_volunteer"),
]
