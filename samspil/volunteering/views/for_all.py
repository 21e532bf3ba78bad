# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What holds for all volunteers of the municipality, and who has looked at their records."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.audit.models import ReadEvent
from samspil.foundation.views import PermissionView
from samspil.volunteering import actions
from samspil.volunteering.actions import SaidToAll
from samspil.volunteering.models import Volunteer
from samspil.volunteering.permissions import EDIT_COMMON_TERMS, SEE_READERS
from samspil.volunteering.terms import common_terms
from samspil.volunteering.terms_forms import CommonTermsForm

PAGE_SIZE = 25
FIELDS = ("confidentiality", "forget_after_months", "keep_reads_months")


class CommonTermsView(PermissionView):
    """The sentences of every volunteer agreement, and the months until forgetting."""

    permission = EDIT_COMMON_TERMS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        del request
        said = common_terms()
        return self._page(CommonTermsForm(initial={field: getattr(said, field) for field in FIELDS}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it."""
        form = CommonTermsForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        actions.set_common_terms(said=SaidToAll(**form.cleaned_data), actor=self.capacity, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("common_terms")

    def _page(self, form: CommonTermsForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/common_terms.html", {"form": form}, status=status)


class ReadersView(PermissionView):
    """Who has looked at which volunteer's record: for security, and for the data protection officer alone."""

    permission = SEE_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the newest first, 25 a page."""
        page = Paginator(ReadEvent.objects.select_related("reader"), PAGE_SIZE).get_page(request.GET.get("side"))
        keys = [int(row.subject_id) for row in page]
        names = dict(Volunteer.objects.filter(pk__in=keys).values_list("pk", "name"))
        rows = [(row, names.get(int(row.subject_id), "")) for row in page]
        context = {"page": page, "rows": rows, "months": common_terms().keep_reads_months}
        return render(request, "volunteering/readers.html", context)
