# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Frivillige hos os*: the agreement of one workplace for everybody, without login (R46). Functions only, no names."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.agreements.document import pdf_response
from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import read
from samspil.agreements.queries import existing_of, no_volunteers, version_in_force
from samspil.foundation.pdf.poster import render_poster
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.transparency.posters import poster_of


class OpenWorkplaceView(PermissionView):
    """The page behind the QR code: its address stays the same through all versions."""

    permission = OPEN
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the workplace, unless it is withheld; without a municipality of that name there is no scope."""
        if getattr(self.request, "municipality", None) is None:
            raise Http404
        workplace: Unit | None = (
            Unit.objects.filter(slug=kwargs["slug"], is_workplace=True, is_withheld=False)
            .select_related("municipality")
            .first()
        )
        if workplace is None:
            raise Http404
        return workplace

    def version(self) -> AgreementVersion | None:
        """Return the version in force, with its dialogue."""
        return version_in_force(self.subject.pk)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is in force, or say that nothing is yet."""
        del kwargs
        version = self.version()
        if version is None:
            return render(
                request,
                "transparency/workplace_none.html",
                {"workplace": self.subject, "statement": no_volunteers(self.subject.pk)},
                status=HTTPStatus.NOT_FOUND,
            )
        context = {
            "workplace": self.subject,
            "version": version,
            "reading": read(version),
            "existing": existing_of(version),
        }
        return render(request, "transparency/workplace.html", context)


class OpenAgreementPdfView(OpenWorkplaceView):
    """The agreement in force on paper, for everybody; ``large_print`` is the copy for reading aloud."""

    large_print = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the PDF."""
        del kwargs
        version = self.version()
        if version is None:
            raise Http404
        return pdf_response(request, version, large_print=self.large_print, is_open=True)


class PosterView(OpenWorkplaceView):
    """A poster that leads to the open page, for the wall; there while an agreement is in force."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the PDF."""
        del request, kwargs
        version = self.version()
        if version is None:
            raise Http404
        response = HttpResponse(render_poster(poster_of(self.subject, version)), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="plakat-{self.subject.slug}.pdf"'
        return response
