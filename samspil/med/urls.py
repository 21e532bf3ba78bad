# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.med.views import (
    calendars,
    committees,
    confirmations,
    consents,
    dialogues,
    framework_dialogues,
    importing,
    life,
    settings,
    wheel,
)

urlpatterns = [
    path("med/", dialogues.DialoguesView.as_view(), name="dialogues"),
    path("med/udvalg/", committees.CommitteesView.as_view(), name="committees"),
    path("med/udvalg/nyt/", committees.CreateCommitteeView.as_view(), name="create_committee"),
    path("med/udvalg/<slug:slug>/", committees.CommitteeView.as_view(), name="committee"),
    path("med/udvalg/<slug:slug>/ret/", committees.EditCommitteeView.as_view(), name="edit_committee"),
    path("med/udvalg/<slug:slug>/medlemmer/", committees.AddMemberView.as_view(), name="add_member"),
    path(
        "med/udvalg/<slug:slug>/medlemmer/<int:pk>/slut/", committees.EndMembershipView.as_view(), name="end_membership"
    ),
    path("med/udvalg/<slug:slug>/aarshjul/", wheel.WheelView.as_view(), name="year_wheel"),
    path("med/udvalg/<slug:slug>/aarshjul/forslag/", wheel.PlanYearView.as_view(), name="plan_year"),
    path("med/udvalg/<slug:slug>/aarshjul/ny/", wheel.AddEntryView.as_view(), name="add_entry"),
    path("med/udvalg/<slug:slug>/aarshjul/tal/", settings.RhythmView.as_view(), name="committee_rhythm"),
    path("med/udvalg/<slug:slug>/aarshjul/<int:pk>/", wheel.ChangeEntryView.as_view(), name="change_entry"),
    path("med/udvalg/<slug:slug>/aarshjul/<int:pk>/aflys/", wheel.CancelEntryView.as_view(), name="cancel_entry"),
    path("med/udvalg/<slug:slug>/kalender.ics", wheel.WheelFileView.as_view(), name="wheel_file"),
    path("med/udvalg/<slug:slug>/rammebeslutning/", consents.ProposeConsentView.as_view(), name="propose_consent"),
    path(
        "med/udvalg/<slug:slug>/rammebeslutning/<int:pk>/",
        consents.CorrectConsentView.as_view(),
        name="correct_consent",
    ),
    path(
        "med/udvalg/<slug:slug>/rammebeslutning/<int:pk>/tilbage/",
        consents.WithdrawConsentView.as_view(),
        name="withdraw_consent",
    ),
    path("med/kalender/", calendars.CalendarsView.as_view(), name="calendars"),
    path("med/kalender/<int:pk>/luk/", calendars.RevokeCalendarView.as_view(), name="revoke_calendar"),
    path(
        "aaben/<slug:municipality>/med/kalender/<str:token>.ics",
        calendars.CalendarFeedView.as_view(),
        name="calendar_feed",
    ),
    path("kommune/med/", settings.MedSettingsView.as_view(), name="med_settings"),
    path(
        "med/udvalg/<slug:slug>/vaerdiramme/",
        framework_dialogues.FrameworkDialogueView.as_view(),
        name="framework_dialogue",
    ),
    path(
        "med/udvalg/<slug:slug>/vaerdiramme/hent/",
        framework_dialogues.OpenFrameworkDialogueView.as_view(),
        name="open_framework_dialogue",
    ),
    path(
        "med/udvalg/<slug:slug>/huskeliste/",
        framework_dialogues.GuidelineStancesView.as_view(),
        name="guideline_stances",
    ),
    path("med/udvalg/<slug:slug>/huskeliste/ret/", framework_dialogues.TakeStancesView.as_view(), name="take_stances"),
    path("med/droeftelser/<int:pk>/udsaet/", life.DeferView.as_view(), name="defer_dialogue"),
    path("med/droeftelser/<int:pk>/tag-op/", life.TakeUpView.as_view(), name="take_up_dialogue"),
    path("med/droeftelser/<int:pk>/send-videre/", life.SendOnView.as_view(), name="send_on_dialogue"),
    path("kommune/import/med/", importing.ImportMembersView.as_view(), name="import_members"),
    path(
        "kommune/import/med/eksempel.<str:ending>",
        importing.ExampleMembersView.as_view(),
        name="import_members_example",
    ),
    path("med/droeftelser/<int:pk>/", dialogues.DialogueView.as_view(), name="dialogue"),
    path("med/droeftelser/<int:pk>/sag.pdf", dialogues.PaperPdfView.as_view(), name="paper_pdf"),
    path("med/droeftelser/<int:pk>/referer/", dialogues.RecordView.as_view(), name="record_dialogue"),
    path("med/droeftelser/<int:pk>/genoptag/", dialogues.ReopenView.as_view(), name="reopen_dialogue"),
    path("med/droeftelser/<int:pk>/bekraeft/", confirmations.ConfirmView.as_view(), name="confirm_dialogue"),
    path("med/droeftelser/<int:pk>/afgoer/", confirmations.SettleView.as_view(), name="settle_dialogue"),
    path(
        "aaben/<slug:municipality>/bekraeft/<str:token>/",
        confirmations.ConfirmByLinkView.as_view(),
        name="confirm_by_link",
    ),
]
