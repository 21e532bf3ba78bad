# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.workspace import calendar_views, closing_views, framework_views, help_views, views

urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("arbejdspladser/", views.WorkplacesView.as_view(), name="workplaces"),
    path("arbejdspladser/<slug:slug>/", views.WorkplaceView.as_view(), name="workplace"),
    path("kommune/enheder/<slug:slug>/luk/", closing_views.CloseUnitView.as_view(), name="close_unit"),
    path("kommune/", views.AdministrationView.as_view(), name="administration"),
    path("vaerdiramme/udkast/udgiv/hvem/", framework_views.FrameworkReachView.as_view(), name="framework_reach"),
    path("tilgaengelighed/", views.AccessibilityStatementView.as_view(), name="accessibility_statement"),
    path("privatliv/", views.PrivacyPolicyView.as_view(), name="privacy_policy"),
    path(
        "aaben/<slug:municipality>/med/kalender/<str:token>.ics",
        calendar_views.CalendarFeedView.as_view(),
        name="calendar_feed",
    ),
    path("hjaelp/", help_views.HelpView.as_view(), name="help"),
    path("hjaelp/<slug:page>/", help_views.HelpView.as_view(), name="help_page"),
]
