# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The lists, one volunteer, and the door."""

from django.urls import path

from samspil.volunteering.views import people, volunteer

urlpatterns = [
    path("frivillige/", people.VolunteersView.as_view(), name="volunteers"),
    path("frivillige/liste.<str:kind>", people.ExportVolunteersView.as_view(), name="export_volunteers"),
    path("frivillige/ny/", volunteer.NewVolunteerView.as_view(), name="new_volunteer"),
    path("frivillige/<int:pk>/", volunteer.VolunteerView.as_view(), name="volunteer"),
    path("frivillige/<int:pk>/ret/", volunteer.EditVolunteerView.as_view(), name="edit_volunteer"),
    path("frivillige/<int:pk>/begynd/", volunteer.StartView.as_view(), name="start_volunteer"),
    path("frivillige/<int:pk>/pause/", volunteer.PauseView.as_view(), name="pause_volunteer"),
    path("frivillige/<int:pk>/stop/", volunteer.EndView.as_view(), name="end_volunteer"),
]
