# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A new edition of the framework and the agreement of one workplace: what is new, one choice for each, what follows."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements import actions
from samspil.agreements.models import Agreement, AgreementVersion, LocalPrinciple
from samspil.agreements.permissions import DECIDE, EDIT
from samspil.agreements.queries import versions_of
from samspil.agreements.states import State
from samspil.agreements.update_forms import READ_THROUGH, RetieForm, UpdateForms
from samspil.agreements.updates import Update, named_successors, update_of
from samspil.agreements.views.base import WorkplaceView
from samspil.agreements.views.parts import PartView
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.queries import principles


class UpdatingView(WorkplaceView):
    """What the pages about a new edition have in common."""

    def agreement(self) -> Agreement:
        """Return the agreement, or raise ``Http404`` where none has been begun."""
        versions = versions_of(self.subject.pk)
        if versions:
            return versions[0].agreement
        agreement = Agreement.objects.filter(workplace=self.subject).select_related("workplace").first()
        if agreement is None:
            raise Http404
        return agreement

    def update(self, agreement: Agreement) -> Update | None:
        """Return what the edition in force asks of it."""
        return update_of(agreement, self.on)


class UpdateView(UpdatingView):
    """Every change with base, new and own text; whoever works here reads, the leader who answers for it chooses."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del request, kwargs
        update = self.update(self.agreement())
        return self.show(update, UpdateForms(update) if update else None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what has been chosen so far."""
        del kwargs
        if not DECIDE.allows(self.capacity, self.subject):
            return self.not_yours(DECIDE)
        agreement = self.agreement()
        update = self.update(agreement)
        if update is None:
            return redirect("update_agreement", self.subject.slug)
        forms = UpdateForms(update, request.POST)
        if not forms.are_valid():
            return self.show(update, forms, HTTPStatus.UNPROCESSABLE_ENTITY)
        if not forms.taken:
            messages.info(request, _("Nothing was chosen, so nothing was saved."))
            return redirect("update_agreement", self.subject.slug)
        actions.take_stands(agreement=agreement, taken=forms.taken, actor=self.capacity, at=timezone.now())
        after = self.update(agreement)
        waiting = len(after.waiting) if after else 0
        if waiting:
            messages.success(
                request,
                ngettext("It is saved. One is left.", "It is saved. %(number)d are left.", waiting)
                % {"number": waiting},
            )
            anchor = f"#{after.waiting[0].anchor}" if after else ""
            return redirect(reverse("update_agreement", args=[self.subject.slug]) + anchor)
        messages.success(request, _("It is saved. You have taken a stand on everything."))
        return redirect(reverse("update_agreement", args=[self.subject.slug]) + "#main-content")

    def show(
        self, update: Update | None, forms: UpdateForms | None, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        """Show the page."""
        decides = DECIDE.allows(self.capacity, self.subject) and not self.is_closed
        context = {
            "workplace": self.subject,
            "update": update,
            "forms": forms,
            "problems": forms.all if forms and status != HTTPStatus.OK else [],
            "decides": decides,
            "leads": self.leads and not self.is_closed,
            "read_through": READ_THROUGH,
            "rest_waiting": forms is not None and any(form.here.stand is None for form in forms.beside),
            "is_beside_open": forms is not None and any(form.errors for form in forms.beside),
        }
        return render(self.request, "agreements/update.html", context, status=status)


class FollowView(UpdatingView):
    """Let a version with the same own text follow the edition in force; only ever posted."""

    permission = DECIDE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what it is about instead."""
        del request, kwargs
        return redirect("update_agreement", self.subject.slug)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Announce it."""
        del kwargs
        announced = actions.follow_edition(
            agreement=self.agreement(), actor=self.capacity, on=self.on, at=timezone.now()
        )
        messages.success(
            request,
            _("The employee side is told. If nobody objects, it holds from %(day)s.")
            % {"day": danish_date(announced.change_from)},
        )
        return redirect("update_agreement", self.subject.slug)


class SwitchEditionView(UpdatingView):
    """Ask, then pin what is on its way to the edition in force."""

    permission = EDIT

    def possible(self) -> tuple[Update, AgreementVersion]:
        """Return what can be moved, or refuse."""
        update = self.update(self.agreement())
        if update is None or update.can_switch is None:
            raise Refusal(_("There is nothing on its way that builds on an older edition."))
        return update, update.can_switch

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del kwargs
        update, version = self.possible()
        number = {"number": update.edition.number}
        consequences = [_("The common texts become those of edition %(number)d.") % number]
        consequences.append(_("Your own text is left as it is. What builds on something that is gone is marked."))
        if version.state == State.IN_DIALOGUE:
            consequences.append(_("The body gets it put before it again, and what was confirmed no longer counts."))
        context = {
            "question": _("Move it to edition %(number)d?") % number,
            "lead": self.subject.name,
            "consequences": consequences,
            "action_label": _("Move it to edition %(number)d") % number,
            "back_url": reverse("update_agreement", args=[self.subject.slug]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it."""
        del kwargs
        update, version = self.possible()
        actions.switch_edition(version=version, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It builds on edition %(number)d now.") % {"number": update.edition.number})
        return self.to_agreement()


class RetieView(PartView):
    """Tie a principle of the workplace's own to another common one, where the one it built on is gone."""

    def principle(self, pk: int) -> LocalPrinciple:
        """Return the principle, or raise ``Http404``."""
        version = self.writable()
        row: LocalPrinciple | None = LocalPrinciple.objects.filter(version=version, pk=pk).first()
        if row is None:
            raise Http404
        row.version = version
        return row

    def form(self, row: LocalPrinciple, data: Any = None) -> RetieForm:
        """Return the form; the named successor is suggested, where there is one."""
        common = principles(row.version.framework)
        named = named_successors(row)
        return RetieForm(common, str(named[0]) if len(named) == 1 else "", data)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the choice."""
        del request
        row = self.principle(kwargs["pk"])
        return self.show(row, self.form(row))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Tie it."""
        row = self.principle(kwargs["pk"])
        form = self.form(row, request.POST)
        if not form.is_valid():
            return self.show(row, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.retie_local_principle(
            principle=row, builds_on=UUID(form.cleaned_data["builds_on"]), actor=self.capacity, at=timezone.now()
        )
        messages.success(request, _("Your own principle is tied to a common one again."))
        return redirect(f"{self.back(row.version)}#own-principles")

    def show(self, row: LocalPrinciple, form: RetieForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the page."""
        context = {
            "workplace": self.subject,
            "principle": row,
            "form": form,
            "back_url": f"{self.back(row.version)}#own-principles",
        }
        return render(self.request, "agreements/retie.html", context, status=status)
