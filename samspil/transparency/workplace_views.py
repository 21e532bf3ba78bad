# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Frivillige hos os*: the agreement of one workplace for everybody, without login (R46). Functions only, no names."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from samspil.agreements.covering import note_at
from samspil.agreements.document import pdf_response
from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import read
from samspil.agreements.queries import existing_of, no_volunteers, version_in_force
from samspil.foundation.pdf.poster import render_poster
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words, predecessors_of, successor_of, workplace_at
from samspil.transparency.posters import poster_of


class OpenWorkplaceView(PermissionView):
    """The page behind the QR code: its address stays the same through all versions."""

    permission = OPEN
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the workplace, unless it is withheld; without a municipality of that name there is no scope."""
        municipality: Any = getattr(self.request, "municipality", None)
        workplace = workplace_at(kwargs["slug"]) if municipality is not None else None
        if workplace is None or workplace.is_withheld:
            raise Http404
        workplace.municipality = municipality
        return workplace

    @property
    def on(self) -> date:
        """The day it is read."""
        return timezone.localdate()

    def version(self) -> AgreementVersion | None:
        """Return the version in force, with its dialogue."""
        return version_in_force(self.subject.pk)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is in force, or say that nothing is yet."""
        del kwargs
        version = self.version()
        if self.subject.is_closed(self.on):
            return self.closed(version)
        if version is None:
            return render(
                request,
                "transparency/workplace_none.html",
                {**self.moves(), "workplace": self.subject, "statement": no_volunteers(self.subject.pk)},
                status=HTTPStatus.NOT_FOUND,
            )
        holder = version.agreement.workplace
        context = {
            "workplace": self.subject,
            "version": version,
            "reading": read(version),
            "existing": existing_of(version),
            "covered_by": None if holder == self.subject else holder,
            "note": note_at(version, self.subject),
            **self.moves(),
        }
        return render(request, "transparency/workplace.html", context)

    def moves(self) -> dict[str, Any]:
        """Return that the place is about to close, and what has become a part of it."""
        merged = [unit for unit in predecessors_of(self.subject, self.on) if not unit.is_withheld]
        return {"closing": closing_in_words(self.subject, self.on, for_all=True), "merged": merged}

    def closed(self, version: AgreementVersion | None) -> HttpResponse:
        """Lead on to the place that this one became a part of, for as long as it is so; else say that it is closed."""
        successor = successor_of(self.subject, self.on)
        if successor is not None and successor.is_workplace and not successor.is_withheld:
            return redirect("open_workplace", self.subject.municipality.slug, successor.slug)
        context = {
            "workplace": self.subject,
            "closing": closing_in_words(self.subject, self.on) if successor is None else "",
            "version": version if version and version.agreement.workplace_id == self.subject.pk else None,
        }
        return render(self.request, "transparency/workplace_closed.html", context, status=HTTPStatus.GONE)


class OpenAgreementPdfView(OpenWorkplaceView):
    """The agreement in force on paper, for everybody; ``large_print`` is the copy for reading aloud."""

    large_print = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the PDF."""
        del kwargs
        version = self.version()
        if version is None or version.agreement.workplace.is_withheld:
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
