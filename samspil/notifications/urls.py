# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.urls import path

from samspil.notifications import views

urlpatterns = [
    path("beskeder/", views.MessagesView.as_view(), name="messages"),
    path("beskeder/mails/", views.ChooseMailView.as_view(), name="choose_mail"),
    path("beskeder/<int:pk>/", views.OpenMessageView.as_view(), name="open_message"),
]
