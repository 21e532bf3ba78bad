# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who leads here: the leader, the stand-in and their days (R19)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.leading import candidates, leading
from samspil.agreements.permissions import NAME_STAND_IN
from samspil.agreements.stand_in_forms import StandInForm
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.people.models import RoleAssignment
from samspil.people.queries import stand_ins_from


class LeadingView(WorkplaceView):
    """Who leads the workplace, who stands in, and naming a stand-in."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it; the form for those who may name somebody."""
        del request, kwargs
        may_name = NAME_STAND_IN.allows(self.capacity, self.subject)
        return self._page(self._form() if may_name else None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Name the stand-in."""
        del kwargs
        if not NAME_STAND_IN.allows(self.capacity, self.subject):
            return self.not_yours(NAME_STAND_IN)
        form = self._form(request.POST)
        if form.is_valid():
            try:
                row = actions.name_stand_in(
                    workplace=self.subject,
                    user=form.user,
                    from_date=form.cleaned_data["from_date"],
                    until=form.cleaned_data["until"],
                    actor=self.capacity,
                    on=self.on,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                words = {"name": row.user.name, "from": danish_date(row.from_date), "until": danish_date(row.until)}
                messages.success(request, _("%(name)s stands in from %(from)s until %(until)s.") % words)
                return redirect("leading", self.subject.slug)
        return self._page(form)

    def _form(self, sent: Any = None) -> StandInForm:
        return StandInForm(candidates(self.subject.pk, self.on), self.subject.pk, sent)

    def _page(self, form: StandInForm | None) -> HttpResponse:
        context = {"workplace": self.subject, "who": leading(self.subject, self.on), "form": form, "today": self.on}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
        return render(self.request, "agreements/leading.html", context, status=status)


class EndStandInView(WorkplaceView):
    """Ask, then let today be the stand-in's last day."""

    permission = NAME_STAND_IN

    def _row(self, pk: int) -> RoleAssignment:
        row: RoleAssignment | None = stand_ins_from(self.subject.pk, self.on).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        row = self._row(kwargs["pk"])
        name = {"name": row.user.name}
        follows = [_("%(name)s does not come to stand in.")]
        if row.from_date <= self.on:
            follows = [
                _("Today is the last day on which %(name)s can decide and write in the leader’s place."),
                _("What has been done in the leader’s place stays as it is."),
            ]
        context = {
            "question": _("Does %(name)s no longer stand in?") % name,
            "consequences": [said % name for said in follows],
            "action_label": _("Yes, end it"),
            "back_url": reverse("leading", args=[self.subject.slug]),
            "lead": self.subject.name,
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End it."""
        row = self._row(kwargs["pk"])
        actions.end_stand_in(stand_in=row, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It ends. You can name somebody else."))
        return redirect("leading", self.subject.slug)
