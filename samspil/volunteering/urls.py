# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The addresses about volunteers, by who owns the pages."""

from samspil.volunteering import door_urls, formality_urls, lane_urls, terms_urls

urlpatterns = [
    *door_urls.urlpatterns,
    *formality_urls.urlpatterns,
    *lane_urls.urlpatterns,
    *terms_urls.urlpatterns,
]
