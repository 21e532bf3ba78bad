# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""An agreement with an association: begun, written, discussed with MED, decided on, confirmed once a year, ended."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer, PartnershipWords
from samspil.volunteering.lane_forms import (
    AssociationForm,
    ConfirmationForm,
    HeadsForm,
    OneOfTheAssociationForm,
    PartnershipForm,
)
from samspil.volunteering.models import PartnershipAgreement
from samspil.volunteering.models.engagements import Through
from samspil.volunteering.partnerships import (
    confirmation_due,
    confirmations_of,
    missing_before_decision,
    missing_before_proposal,
    partnership_blocks,
    tasks_of,
    tasks_to_choose,
)
from samspil.volunteering.permissions import (
    DECIDE_PARTNERSHIP,
    DRAFT_PARTNERSHIP,
    RECEIVE,
    SEE_PARTNERSHIP,
    visible_partnerships,
)
from samspil.volunteering.states import PartnershipState
from samspil.volunteering.views.lanes import AtWorkplaceView, LaneFormView

WORDS = ("purpose", "our_contact", "their_contact", "meetings", "how_to_stop")


class DraftPartnershipView(LaneFormView):
    """Which association; the rest is written together."""

    title = gettext_lazy("Agree with an association")
    lead = gettext_lazy("The association answers for its own volunteers. You write together what they help with.")
    button = gettext_lazy("Begin the agreement")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form."""
        return AssociationForm(sent)

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Begin it."""
        partnership = actions.draft_partnership(
            workplace=self.workplace, **cleaned, actor=self.capacity, on=self.on, at=timezone.now()
        )
        return redirect("partnership", partnership.pk)


class PartnershipView(AtWorkplaceView):
    """The agreement: written on while it is a draft or at the table, read afterwards."""

    permission = SEE_PARTNERSHIP
    subject: PartnershipAgreement

    def load(self, **kwargs: Any) -> PartnershipAgreement:
        """Return the agreement, or raise ``Http404``."""
        rows = visible_partnerships(self.capacity).select_related("organisation", "workplace", "dialogue__committee")
        partnership = rows.filter(pk=kwargs["pk"]).first()
        if partnership is None:
            raise Http404
        return partnership

    @property
    def writes(self) -> bool:
        """Whether the page is a form."""
        is_open = self.subject.state in {PartnershipState.DRAFT, PartnershipState.IN_DIALOGUE}
        return is_open and DRAFT_PARTNERSHIP.allows(self.capacity, self.subject)

    def form(self, sent: Any = None) -> PartnershipForm:
        """Return the form with what stands."""
        standing = {name: getattr(self.subject, name) for name in WORDS}
        return PartnershipForm(
            tasks_to_choose(self.workplace.pk), sent, initial={**standing, "tasks": self.subject.tasks}
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del request, kwargs
        return self.show(self.form() if self.writes else None)

    def show(self, form: PartnershipForm | None, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the agreement with what can be done now."""
        partnership = self.subject
        is_draft = partnership.state == PartnershipState.DRAFT
        is_discussed = partnership.state == PartnershipState.IN_DIALOGUE
        is_in_force = partnership.state == PartnershipState.IN_FORCE
        receives = RECEIVE.allows(self.capacity, self.workplace)
        missing = missing_before_proposal(partnership, self.on) if is_draft and form else []
        missing += missing_before_decision(partnership, self.on) if is_discussed else []
        context = {
            "workplace": self.workplace,
            "partnership": partnership,
            "form": form,
            "blocks": [] if form else partnership_blocks(partnership),
            "missing": missing,
            "is_draft": is_draft,
            "is_discussed": is_discussed,
            "is_in_force": is_in_force,
            "decides": is_discussed and DECIDE_PARTNERSHIP.allows(self.capacity, partnership),
            "may_end": is_in_force and DECIDE_PARTNERSHIP.allows(self.capacity, partnership),
            "receives": receives,
            "due": confirmation_due(partnership, self.on),
            "confirmations": confirmations_of(partnership) if is_in_force else [],
            "on": self.on,
        }
        return render(self.request, "volunteering/partnership.html", context, status=status)


class WritePartnershipView(PartnershipView):
    """Save the words; at the table they are put before the body again."""

    permission = DRAFT_PARTNERSHIP

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, and go to the body where that was asked for."""
        del kwargs
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        words = PartnershipWords(
            **{name: form.cleaned_data[name] for name in WORDS},
            tasks=tuple(UUID(value) for value in form.cleaned_data["tasks"]),
        )
        at = timezone.now()
        saved = actions.write_partnership(partnership=self.subject, words=words, actor=self.capacity, at=at)
        if "send" not in request.POST:
            messages.success(request, _("It is saved."))
        elif missing_before_proposal(saved, self.on):
            messages.warning(request, _("It is saved, but not sent: something is missing."))
        else:
            actions.propose_partnership(partnership=saved, actor=self.capacity, on=self.on, at=at)
            messages.success(request, _("The agreement lies before the MED body."))
        return redirect("partnership", saved.pk)


class PartnershipStepView(PartnershipView):
    """A step that is only ever posted; whoever comes by a link is shown the agreement."""

    def step(self) -> str:
        """Do it; return what to say."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it."""
        del kwargs
        messages.success(request, self.step())
        return redirect("partnership", self.subject.pk)


class TakeBackPartnershipView(PartnershipStepView):
    """Make it a draft again."""

    permission = DRAFT_PARTNERSHIP

    def step(self) -> str:
        """Take it back."""
        actions.take_back_partnership(partnership=self.subject, actor=self.capacity, at=timezone.now())
        return _("It is a draft again.")


class GiveUpPartnershipView(PartnershipStepView):
    """Give the draft up for good."""

    permission = DRAFT_PARTNERSHIP

    def step(self) -> str:
        """Give it up."""
        actions.give_up_partnership(partnership=self.subject, actor=self.capacity, at=timezone.now())
        return _("The draft is given up. It can still be read.")


class DecidePartnershipView(PartnershipStepView):
    """The leader decides on what was discussed."""

    permission = DECIDE_PARTNERSHIP

    def step(self) -> str:
        """Decide."""
        actions.decide_partnership(partnership=self.subject, actor=self.capacity, on=self.on, at=timezone.now())
        return _("The agreement with the association is in force.")


class EndPartnershipView(PartnershipView):
    """Stop working with the association, after being asked."""

    permission = DECIDE_PARTNERSHIP

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del kwargs
        name = self.subject.organisation.name
        context = {
            "question": _("End the agreement with %(name)s?") % {"name": name},
            "consequences": [
                _("It ends today. What was agreed can still be read."),
                _("The association's volunteers here are put on a break."),
            ],
            "action_label": _("End the agreement"),
            "back_url": reverse("partnership", args=[self.subject.pk]),
            "is_final": True,
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End it."""
        del kwargs
        actions.end_partnership(partnership=self.subject, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("The agreement with the association has ended."))
        return redirect("partnership", self.subject.pk)


class _OfPartnershipView(LaneFormView):
    """A form about an agreement with an association."""

    subject: PartnershipAgreement

    def load(self, **kwargs: Any) -> Any:
        """Return the workplace that the agreement belongs to, or raise ``Http404``."""
        rows = visible_partnerships(self.capacity).select_related("organisation", "workplace")
        partnership = rows.filter(pk=kwargs["pk"]).first()
        if partnership is None:
            raise Http404
        self.partnership = partnership
        return partnership.workplace

    @property
    def lead(self) -> str:
        """Which association it is about."""
        return self.partnership.organisation.name

    def back(self) -> str:
        """Go back to the agreement."""
        return reverse("partnership", args=[self.partnership.pk])


class ConfirmPartnershipView(_OfPartnershipView):
    """The association's yearly word."""

    title = gettext_lazy("Certificates and insurance are in place")
    button = gettext_lazy("Note it")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form."""
        return ConfirmationForm(sent)

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Note it."""
        actions.confirm_partnership(
            partnership=self.partnership, **cleaned, actor=self.capacity, on=self.on, at=timezone.now()
        )
        messages.success(self.request, _("It is noted. You are asked again in a year."))
        return redirect(self.back())


class CountPartnershipView(_OfPartnershipView):
    """How many come, where they are not named one by one."""

    title = gettext_lazy("How many volunteers come from the association?")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form."""
        return HeadsForm(sent, label=_("How many?"), initial={"heads": self.partnership.heads})

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Save it."""
        actions.count_partnership(
            partnership=self.partnership, heads=cleaned["heads"], actor=self.capacity, at=timezone.now()
        )
        messages.success(self.request, _("It is saved."))
        return redirect(self.back())


class OneOfTheAssociationView(_OfPartnershipView):
    """Name one of the association's volunteers, with the association's tasks."""

    title = gettext_lazy("One of the association's volunteers")
    button = gettext_lazy("Receive")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form."""
        tasks = tasks_of(self.partnership)
        initial = {"contact": self.capacity.user_id, "tasks": [str(task.lineage) for task in tasks]}
        return OneOfTheAssociationForm(self.staff(), tasks, sent, initial=initial)

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Receive the volunteer."""
        actions.enter_volunteer(
            workplace=self.workplace,
            who=NewVolunteer(name=cleaned["name"], phone=cleaned["phone"], email=cleaned["email"]),
            tasks=[UUID(value) for value in cleaned["tasks"]],
            contact_person_id=cleaned["contact"],
            through=Through.ASSOCIATION,
            partnership_id=self.partnership.pk,
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(self.request, _("%(name)s is received.") % {"name": cleaned["name"]})
        return redirect(self.back())
