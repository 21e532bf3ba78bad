# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must be in place, certificates, the municipality's rules about both, and insurance."""

from django.urls import path

from samspil.volunteering.views import certificates, formalities, formality_rules, insurance

urlpatterns = [
    path("frivillige/paa-plads/", formalities.ToReviewView.as_view(), name="formalities_to_review"),
    path("frivillige/<int:pk>/paa-plads/", formalities.NoteFormalitiesView.as_view(), name="note_formalities"),
    path("frivillige/<int:pk>/paa-plads/svar/", formalities.AnswerFactsView.as_view(), name="answer_facts"),
    path("frivillige/<int:pk>/paa-plads/varer-ved/", formalities.LastingView.as_view(), name="answer_lasting"),
    path(
        "frivillige/<int:pk>/paa-plads/attest/", formalities.AskForCertificateView.as_view(), name="ask_for_certificate"
    ),
    path("attester/", certificates.CertificatesView.as_view(), name="certificates"),
    path("kommune/paa-plads/", formality_rules.RulesView.as_view(), name="formality_rules"),
    path("kommune/paa-plads/ny/", formality_rules.NewRuleView.as_view(), name="new_formality_rule"),
    path("kommune/paa-plads/runde/", formality_rules.RoundView.as_view(), name="formality_round"),
    path("kommune/paa-plads/regel/<slug:code>/", formality_rules.EditRuleView.as_view(), name="formality_rule"),
    path("kommune/paa-plads/regel/<slug:code>/slut/", formality_rules.EndRuleView.as_view(), name="end_formality_rule"),
    path("kommune/forsikring/", insurance.InsuranceView.as_view(), name="insurance"),
    path("kommune/forsikring/<int:pk>/fjern/", insurance.RemoveLineView.as_view(), name="remove_insurance_line"),
]
