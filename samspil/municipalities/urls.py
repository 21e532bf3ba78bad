# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.municipalities import (
    bulk_views,
    journal_views,
    operations_views,
    public_text_views,
    reopening_views,
    views,
    withholding_views,
)

urlpatterns = [
    path("kommune/enheder/", views.UnitsView.as_view(), name="units"),
    path("kommune/enheder/ny/", views.CreateUnitView.as_view(), name="create_unit"),
    path("kommune/enheder/samlet/", bulk_views.SetUnitsView.as_view(), name="set_units"),
    path("kommune/enheder/<slug:slug>/skjul/", withholding_views.WithholdUnitView.as_view(), name="withhold_unit"),
    path(
        "kommune/enheder/<slug:slug>/vis/",
        withholding_views.WithholdUnitView.as_view(is_withheld=False),
        name="show_unit",
    ),
    path("kommune/enheder/<slug:slug>/genaabn/", reopening_views.ReopenUnitView.as_view(), name="reopen_unit"),
    path("kommune/enheder/<slug:slug>/", views.EditUnitView.as_view(), name="edit_unit"),
    path("kommune/import/enheder/", bulk_views.ImportUnitsView.as_view(), name="import_units"),
    path(
        "kommune/import/enheder/eksempel.<str:ending>",
        bulk_views.ExampleUnitsView.as_view(),
        name="import_units_example",
    ),
    path("kommune/lukkedage/", views.ClosedDaysView.as_view(), name="closed_days"),
    path("kommune/lukkedage/<int:pk>/fjern/", views.RemoveClosedDayView.as_view(), name="remove_closed_day"),
    path("kommune/tekster/<slug:word>/", public_text_views.PublicTextView.as_view(), name="public_text"),
    path("kommune/tekster/<slug:word>/udkast/", public_text_views.UseDraftAgainView.as_view(), name="use_draft_again"),
    path("kommune/journal/", journal_views.JournalView.as_view(), name="journal"),
    path("kommune/kontakt/", views.ContactView.as_view(), name="contact"),
    path("kommune/drift/", operations_views.OperationsView.as_view(), name="operations"),
    path("kommune/drift/mails/fra/", operations_views.SwitchMailView.as_view(), name="switch_mail_off"),
    path("kommune/drift/mails/til/", operations_views.SwitchMailView.as_view(is_on=True), name="switch_mail_on"),
    path("kommune/drift/mails/<int:pk>/igen/", operations_views.TryMailAgainView.as_view(), name="try_mail_again"),
]
