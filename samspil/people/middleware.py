# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""From session to scope: which capacity was chosen, which municipality it opens."""

from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samspil.foundation import tenancy
from samspil.foundation.memory import reading
from samspil.municipalities.queries import municipality_by_slug
from samspil.people.models import RoleAssignment
from samspil.people.queries import capacity_of, chosen_assignment, municipality_of_assignment

SESSION_KEY = "capacity"
MUNICIPALITY_KEY = "municipality"
OPEN_PREFIX = "/aaben/"
READING = {"GET", "HEAD"}


def act_as(session: SessionBase, assignment: RoleAssignment) -> None:
    """Act in this capacity from the next page on; its municipality, which never changes, is noted with it."""
    session[SESSION_KEY] = assignment.pk
    session[MUNICIPALITY_KEY] = assignment.municipality_id


class CapacityMiddleware:
    """Open the scope of the chosen capacity; on open pages the address decides."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside the scope; a failed answer leaves nothing behind."""
        request.capacity = None  # type: ignore[attr-defined]
        request.municipality = None  # type: ignore[attr-defined]
        if request.path.startswith(OPEN_PREFIX):
            municipality = municipality_by_slug(request.path.removeprefix(OPEN_PREFIX).partition("/")[0])
            if municipality is None:
                return self.get_response(request)
            request.municipality = municipality  # type: ignore[attr-defined]
            return self._answer(request, municipality.pk)
        if not request.user.is_authenticated:
            return self.get_response(request)
        assignment_id = request.session.get(SESSION_KEY)
        municipality_id = request.session.get(MUNICIPALITY_KEY) if assignment_id else None
        if municipality_id is None and assignment_id:
            municipality_id = municipality_of_assignment(assignment_id, request.user.pk)
        if municipality_id is None:
            return self.get_response(request)
        return self._answer(request, municipality_id, assignment_id)

    def _answer(self, request: HttpRequest, municipality_id: int, assignment_id: int | None = None) -> HttpResponse:
        with tenancy.scope(municipality_id), reading() if request.method in READING else nullcontext():
            if assignment_id is not None:
                on = timezone.localdate()
                assignment = chosen_assignment(assignment_id, request.user.pk or 0, on)
                if assignment is not None:
                    request.capacity = capacity_of(assignment, on)  # type: ignore[attr-defined]
                    request.municipality = assignment.municipality  # type: ignore[attr-defined]
            response = self.get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            if (
                response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
                and transaction.get_connection().in_atomic_block
            ):
                transaction.set_rollback(True)
        return response
