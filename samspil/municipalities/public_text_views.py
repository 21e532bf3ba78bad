# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's accessibility statement and privacy text, written by the secretariat."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Conflict, StaleRevisionError
from samspil.foundation.views import PermissionView
from samspil.municipalities import actions
from samspil.municipalities.models import Municipality, PublicText
from samspil.municipalities.permissions import EDIT_PUBLIC_TEXTS
from samspil.municipalities.public_text_forms import AccessibilityForm, PublicTextForm
from samspil.municipalities.public_texts import KINDS, draft_of, text_of

_PAGES = {
    PublicText.Kind.ACCESSIBILITY: "accessibility_statement",
    PublicText.Kind.PRIVACY: "privacy_policy",
}


class PublicTextView(PermissionView):
    """One of the two texts: the municipality's own words, begun from the product's draft."""

    permission = EDIT_PUBLIC_TEXTS
    subject: PublicText.Kind

    def load(self, **kwargs: Any) -> PublicText.Kind:
        """Return which text it is, by the word in the address."""
        if kwargs["word"] not in KINDS:
            raise Http404
        return KINDS[kwargs["word"]]

    @property
    def form_class(self) -> type[PublicTextForm]:
        """The form of this text."""
        return AccessibilityForm if self.subject == PublicText.Kind.ACCESSIBILITY else PublicTextForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, with the draft where there are no own words."""
        del request, kwargs
        own = text_of(self.subject)
        municipality = Municipality.objects.get(pk=self.capacity.municipality_id)
        text = own.text if own and own.text else draft_of(self.subject, municipality)
        initial = {
            "text": text,
            "statement_url": own.statement_url if own else "",
            "revision": own.revision if own else 0,
        }
        return self.show(self.form_class(initial=initial))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save the text; both texts are shown where somebody else wrote meanwhile."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        sent = dict(form.cleaned_data)
        expected = sent.pop("revision")
        try:
            actions.edit_public_text(
                kind=self.subject, expected_revision=expected, **sent, actor=self.capacity, at=timezone.now()
            )
        except StaleRevisionError as stale:
            data = request.POST.copy()
            data["revision"] = str(stale.conflicts[0].revision)
            return self.show(self.form_class(data), conflicts=stale.conflicts, status=HTTPStatus.CONFLICT)
        messages.success(request, _("Saved. Everybody can read it now."))
        return redirect("public_text", kwargs["word"])

    def show(
        self, form: PublicTextForm, *, conflicts: Sequence[Conflict] = (), status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        """Show the page."""
        own = text_of(self.subject)
        context = {
            "form": form,
            "title": self.subject.label,
            "word": self.kwargs["word"],
            "page_url": reverse(_PAGES[self.subject]),
            "is_own": own is not None and own.text != "",
            "conflicts": conflicts,
        }
        return render(self.request, "municipalities/public_text_form.html", context, status=status)


class UseDraftAgainView(PublicTextView):
    """Give the own words up, and let the product's draft stand."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask first."""
        return render(
            request,
            "foundation/confirm.html",
            {
                "question": _("Use the draft again?"),
                "consequences": [
                    _("The words you have written here are taken away. Copy them first if you want to keep them."),
                    _("The page shows the draft that comes with Samspil, also when it is changed in a new version."),
                ],
                "action_label": _("Use the draft again"),
                "back_url": reverse("public_text", args=[kwargs["word"]]),
                "is_final": True,
            },
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Let the draft stand; the address of the statement elsewhere stays."""
        own = text_of(self.subject)
        actions.edit_public_text(
            kind=self.subject,
            text="",
            statement_url=own.statement_url if own else "",
            expected_revision=own.revision if own else 0,
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("The draft stands again."))
        return redirect("public_text", kwargs["word"])
