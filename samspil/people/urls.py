# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Danish paths, English names. Of allauth's names only those that signing in by code needs."""

from django.conf import settings
from django.urls import path

from samspil.people.views import administration, importing, signing_in

demo_urlpatterns = [path("demo/", signing_in.DemoCastView.as_view(), name="demo_cast")]

urlpatterns = [
    # One page under three names: allauth asks for each of them.
    path("log-ind/", signing_in.LogInView.as_view(), name="account_signup"),
    path("log-ind/", signing_in.LogInView.as_view(), name="account_request_login_code"),
    path("log-ind/", signing_in.LogInView.as_view(), name="account_login"),
    path("log-ind/kode/", signing_in.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("log-ud/", signing_in.LogOutView.as_view(), name="account_logout"),
    path("sessioner/", signing_in.SessionsView.as_view(), name="usersessions_list"),
    path("rolle/", signing_in.ChooseCapacityView.as_view(), name="choose_capacity"),
    path("kommune/personer/", administration.PeopleView.as_view(), name="people"),
    path("kommune/personer/ny/", administration.GrantRoleView.as_view(), name="grant_role"),
    path("kommune/personer/<int:pk>/afslut/", administration.EndRoleView.as_view(), name="end_role"),
    path("kommune/import/personer/", importing.ImportPeopleView.as_view(), name="import_people"),
    path(
        "kommune/import/personer/eksempel.<str:ending>",
        importing.ExamplePeopleView.as_view(),
        name="import_people_example",
    ),
    path("arbejdspladser/<slug:slug>/ansatte/", administration.StaffView.as_view(), name="staff"),
    path("arbejdspladser/<slug:slug>/ansatte/ny/", administration.AddStaffView.as_view(), name="add_staff"),
    *(demo_urlpatterns if settings.DEMO else []),
]
