# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.reports.views import framework_dialogues, framework_updates, overview, reminding

urlpatterns = [
    path("overblik/", overview.OverviewView.as_view(), name="overview"),
    path("overblik/arbejdspladser.<slug:kind>", overview.ExportView.as_view(), name="export_overview"),
    path("overblik/under/<slug:slug>/", overview.BranchView.as_view(), name="overview_branch"),
    path("overblik/hvorfor/<slug:slug>/", overview.WhyView.as_view(), name="overview_why"),
    path("overblik/sket/", overview.ChangesView.as_view(), name="overview_changes"),
    path("overblik/vaerdiramme/", framework_dialogues.FrameworkDialoguesView.as_view(), name="framework_dialogues"),
    path(
        "overblik/aftaler-og-vaerdiramme/",
        framework_updates.FrameworkUpdatesView.as_view(),
        name="framework_updates",
    ),
    path("overblik/mind/", reminding.RemindView.as_view(), name="remind_not_begun"),
]
