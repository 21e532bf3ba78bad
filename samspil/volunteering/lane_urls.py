# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import include, path

from samspil.volunteering.views import lanes, partnerships, roles

_at_workplace = [
    path("andre-veje/", lanes.LanesView.as_view(), name="lanes"),
    path("proevebesoeg/nyt/", lanes.NoteTrialVisitView.as_view(), name="note_trial_visit"),
    path("arrangementer/nyt/", lanes.PlanOccasionView.as_view(), name="plan_occasion"),
    path("grupper/ny/", lanes.AgreeWithGroupView.as_view(), name="agree_with_group"),
    path("foreninger/ny/", partnerships.DraftPartnershipView.as_view(), name="draft_partnership"),
    path("roller/", roles.StaffRolesView.as_view(), name="staff_roles"),
    path("roller/tag/", roles.TakeRoleView.as_view(), name="take_role"),
]

_partnership = [
    path("", partnerships.PartnershipView.as_view(), name="partnership"),
    path("gem/", partnerships.WritePartnershipView.as_view(), name="write_partnership"),
    path("tag-tilbage/", partnerships.TakeBackPartnershipView.as_view(), name="take_back_partnership"),
    path("opgiv/", partnerships.GiveUpPartnershipView.as_view(), name="give_up_partnership"),
    path("beslut/", partnerships.DecidePartnershipView.as_view(), name="decide_partnership"),
    path("slut/", partnerships.EndPartnershipView.as_view(), name="end_partnership"),
    path("bekraeft/", partnerships.ConfirmPartnershipView.as_view(), name="confirm_partnership"),
    path("antal/", partnerships.CountPartnershipView.as_view(), name="count_partnership"),
    path("frivillig/", partnerships.OneOfTheAssociationView.as_view(), name="one_of_the_association"),
]

urlpatterns = [
    path("arbejdspladser/<slug:slug>/frivillige/", include(_at_workplace)),
    path("arrangementer/<int:pk>/", lanes.OccasionView.as_view(), name="occasion"),
    path("arrangementer/<int:pk>/antal/", lanes.NoteOccasionView.as_view(), name="note_occasion"),
    path("arrangementer/<int:pk>/aflys/", lanes.CancelOccasionView.as_view(), name="cancel_occasion"),
    path("grupper/<int:pk>/antal/", lanes.CountGroupView.as_view(), name="count_group"),
    path("foreninger/<int:pk>/", include(_partnership)),
    path("roller/<int:pk>/giv-videre/", roles.HandOverRoleView.as_view(), name="hand_over_role"),
]
