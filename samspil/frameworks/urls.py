# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.frameworks import views
from samspil.frameworks.views import waves

urlpatterns = [
    path("vaerdiramme/", views.FrameworksView.as_view(), name="frameworks"),
    path("vaerdiramme/udgaver/", views.VersionsView.as_view(), name="framework_versions"),
    path("vaerdiramme/udgaver/<int:number>/", views.VersionView.as_view(), name="framework_version"),
    path("vaerdiramme/udgaver/<int:number>/vaerdiramme.pdf", views.VersionPdfView.as_view(), name="framework_pdf"),
    path(
        "vaerdiramme/udgaver/<int:number>/aendringer/",
        views.VersionChangesView.as_view(),
        name="framework_version_changes",
    ),
    path("vaerdiramme/import/", views.ImportView.as_view(), name="import_framework"),
    path("vaerdiramme/udkast/", views.DraftView.as_view(), name="framework_draft"),
    path("vaerdiramme/udkast/dele/ny/", views.NewElementView.as_view(), name="framework_element_new"),
    path("vaerdiramme/udkast/dele/<int:pk>/", views.ElementView.as_view(), name="framework_element"),
    path("vaerdiramme/udkast/afsnit/<int:number>/", views.ParagraphView.as_view(), name="framework_paragraph"),
    path("vaerdiramme/udkast/hent-tilbage/<uuid:lineage>/", views.BringBackView.as_view(), name="framework_bring_back"),
    path("vaerdiramme/udkast/aendringer/", views.ChangesView.as_view(), name="framework_changes"),
    path("vaerdiramme/udkast/aendringer/<uuid:lineage>/", views.ChangeView.as_view(), name="framework_change"),
    path("vaerdiramme/udkast/udgiv/", views.PublishView.as_view(), name="publish_framework"),
    path("vaerdiramme/udkast/traek-tilbage/", views.WithdrawView.as_view(), name="withdraw_framework"),
    path("vaerdiramme/politikker/", views.PoliciesView.as_view(), name="policies"),
    path("vaerdiramme/politikker/ny/", views.AddPolicyView.as_view(), name="add_policy"),
    path("vaerdiramme/politikker/<int:pk>/ret/", views.EditPolicyView.as_view(), name="edit_policy"),
    path("vaerdiramme/politikker/<int:pk>/afslut/", views.EndPolicyView.as_view(), name="end_policy"),
    path("boelger/", waves.WavesView.as_view(), name="waves"),
    path("boelger/ny/", waves.AddWaveView.as_view(), name="add_wave"),
    path("boelger/<int:pk>/", waves.WaveView.as_view(), name="wave"),
    path("boelger/<int:pk>/ret/", waves.EditWaveView.as_view(), name="edit_wave"),
    path("boelger/<int:pk>/hvem/", waves.ChooseWaveUnitsView.as_view(), name="choose_wave_units"),
    path("boelger/<int:pk>/afslut/", waves.EndWaveView.as_view(), name="end_wave"),
]
