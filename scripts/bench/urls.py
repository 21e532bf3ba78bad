# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The product's addresses and the floor: the least that a page of that size can cost here."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from samspil.config import urls as product
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit

handler400, handler403 = product.handler400, product.handler403
handler404, handler500 = product.handler404, product.handler500


class FloorView(PermissionView):
    """The same server, middleware, session and number of bytes; one row found by its key."""

    permission = OPEN

    def get(self, request: HttpRequest, **_: object) -> HttpResponse:
        """Answer ``bytes`` bytes."""
        Unit.objects.filter(pk=request.GET["unit"]).first()
        return HttpResponse(b"x" * int(request.GET["bytes"]))


urlpatterns = [
    path("floor/", FloorView.as_view()),
    path("aaben/<slug:municipality>/floor/", FloorView.as_view()),
    *product.urlpatterns,
]
