# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.workspace.guide import FIRST, guide_page


class HelpView(PermissionView):
    """The guide, a page for each role; the first leads to the others."""

    permission = OPEN

    def get(self, request: HttpRequest, page: str = FIRST) -> HttpResponse:
        """Show a page of the guide."""
        shown = guide_page(page)
        if shown is None:
            raise Http404
        return render(request, "workspace/help.html", {"guide": shown, "is_first": page == FIRST})
