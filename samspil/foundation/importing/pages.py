# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The page of an import, alike for every kind: choose a file, see what would happen, say yes."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.errors import Refusal
from samspil.foundation.importing.forms import TableFileForm
from samspil.foundation.importing.plan import Plan, PlanRefusedError, together
from samspil.foundation.importing.waiting import forget, keep, waiting
from samspil.foundation.tables import CSV_TYPE, XLSX_TYPE, Column, Table, read_table, write_csv, write_xlsx
from samspil.foundation.views import PermissionView

SHOWN, FOLDED = 10, 200
ERRORS_SHOWN = 20


class ImportPage(PermissionView):
    """Looking is the rule: a file is only read in when somebody has seen the plan and says so.

    ``kind`` names the import for ``foundation.WaitingFile``; ``afterwards`` and ``example`` are names of addresses.
    """

    kind: ClassVar[str]
    columns: ClassVar[Sequence[Column]]
    title: ClassVar[Any]
    lead: ClassVar[Any]
    afterwards: ClassVar[str]
    example: ClassVar[str]
    template: ClassVar[str] = "foundation/import_table.html"

    def plan(self, table: Table) -> Plan:
        """Return what would happen."""
        raise NotImplementedError

    def carry_out(self, table: Table, expected: str) -> Plan:
        """Do it, all or nothing; raises ``PlanRefusedError`` where it is no longer what was ``expected``."""
        raise NotImplementedError

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file."""
        del request
        return self._page(TableFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Look at a new file, or carry out the plan that was shown."""
        if "waiting" in request.POST:
            return self._confirmed(request)
        form = TableFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form)
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            table = read_table(content, file.name, self.columns)
            plan = self.plan(table)
        except Refusal as refusal:
            return self._page(TableFileForm(said=str(refusal)))
        if plan.errors:
            return self._refused(plan)
        kept = None
        if not plan.does_nothing:
            kept = keep(kind=self.kind, name=file.name, content=content, actor=self.capacity, at=timezone.now())
        return self._page(TableFileForm(), plan=plan, unread=table.unread, name=file.name, token=kept and kept.token)

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        try:
            file = waiting(kind=self.kind, token=request.POST["waiting"], actor=self.capacity, at=timezone.now())
            table = read_table(bytes(file.content), file.name, self.columns)
            done = self.carry_out(table, request.POST.get("fingerprint", ""))
        except PlanRefusedError as refusal:
            if refusal.plan.errors:
                return self._refused(refusal.plan)
            shown: dict[str, Any] = {
                "plan": refusal.plan,
                "unread": table.unread,
                "name": file.name,
                "token": file.token,
            }
            return self._page(TableFileForm(), HTTPStatus.CONFLICT, changed=refusal.message, **shown)
        except Refusal as refusal:
            return self._page(TableFileForm(said=str(refusal)))
        forget(file=file)
        messages.success(
            request, _("Imported: %(created)d new, %(changed)d changed, %(unchanged)d as before.") % done.counts
        )
        return redirect(self.afterwards)

    def _refused(self, plan: Plan) -> HttpResponse:
        count = len(plan.errors)
        text = ngettext(
            "There is an error in the file. Put it right, and choose the file again.",
            "There are %(count)d errors in the file. Put them right, and choose the file again.",
            count,
        ) % {"count": count}
        errors = together(plan.errors)
        context: dict[str, Any] = {
            "errors": errors[:ERRORS_SHOWN],
            "folded_errors": errors[ERRORS_SHOWN:FOLDED],
            "more_errors": sum(len(error.rows) for error in errors[FOLDED:]),
        }
        return self._page(TableFileForm(said=text), **context)

    def _page(self, form: TableFileForm, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        if form.errors:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        plan: Plan | None = context.get("plan")
        context |= {"form": form, "view": self, "groups": _groups(plan) if plan else []}
        return render(self.request, self.template, context, status=status)


class ExampleTable(PermissionView):
    """A small table to start from, as CSV or Excel."""

    columns: ClassVar[Sequence[Column]]
    filename: ClassVar[str]
    rows: ClassVar[Sequence[Sequence[Any]]]

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Hand it out."""
        del request
        write, content_type = (write_xlsx, XLSX_TYPE) if ending == "xlsx" else (write_csv, CSV_TYPE)
        content = write([column.heading for column in self.columns], self.rows)
        disposition = f'attachment; filename="{self.filename}.{ending}"'
        return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _groups(plan: Plan) -> list[dict[str, Any]]:
    """Return what a person looks through, in order; each group with its first lines and those folded away."""
    remarks = [{"row": remark.rows_in_words, "name": remark.text} for remark in together(plan.remarks)]
    absent_hint = _("They stay as they are. If somebody or something is to go, do it on its own page.")
    remarks_hint = _("This stops nothing. See whether it is as you meant.")
    groups: list[tuple[str, str, str, Sequence[Any], int]] = [
        ("remarks", _("Worth knowing"), remarks_hint, remarks, len(plan.remarks)),
        ("changed", _("Changed"), "", plan.changes, len(plan.changes)),
        ("new", _("New"), "", plan.creates, len(plan.creates)),
        ("absent", _("Not in the file"), absent_hint, plan.absent, len(plan.absent)),
    ]
    return [
        {
            "code": code,
            "heading": heading,
            "hint": hint,
            "count": count,
            "first": lines[:SHOWN],
            "folded": lines[SHOWN:FOLDED],
            "more": max(len(lines) - FOLDED, 0),
        }
        for code, heading, hint, lines, count in groups
        if lines
    ]
