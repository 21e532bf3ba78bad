# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one way into a page: who are you, may you see it, is it yours to do."""

import hashlib
import logging
import uuid
from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.errors_views import method_not_allowed, role_lost, session_lost, words_sent
from samspil.foundation.models import Submission
from samspil.foundation.permission import OPEN, SIGNED_IN, Permission

_logger = logging.getLogger(__name__)


class PermissionView(View):
    """A page with a named permission.

    ``load`` finds the subject through the area's ``visible_…`` QuerySet: what cannot be
    seen is a 404. What can be seen but is not yours to do is a page that says who can.
    Every POST is one transaction: a refusal leaves nothing half done, and the same form
    sent twice does nothing twice.
    """

    permission: ClassVar[Permission | str]
    subject: Any = None
    token: uuid.UUID

    @property
    def capacity(self) -> Capacity:
        """The capacity chosen in the session; raises ``Http404`` where none is."""
        capacity: Capacity | None = getattr(self.request, "capacity", None)
        if capacity is None:
            raise Http404
        return capacity

    def load(self, **kwargs: Any) -> Any:
        """Return the subject of the page, or raise ``Http404``. Nothing by default."""
        del kwargs

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Check the permission, then answer."""
        permission = type(self).permission
        _refuse_nul(request)
        if permission != OPEN and not request.user.is_authenticated:
            return self._ask_to_log_in(request)
        if isinstance(permission, Permission) and getattr(request, "capacity", None) is None:
            if request.method == "POST":
                return role_lost(request)
            return redirect_to_login(request.get_full_path(), "choose_capacity")
        if request.method == "POST":
            self.token = _token(request)
            before = Submission.objects.filter(token=self.token).exclude(location="").first()
            if before is not None:
                # What it was about may be gone by now: the first sending took it away.
                return redirect(before.location)
        self.subject = self.load(**kwargs)
        if isinstance(permission, Permission) and not permission.allows(self.capacity, self.subject):
            return self.not_yours(permission)
        if permission not in (OPEN, SIGNED_IN) and not isinstance(permission, Permission):
            message = f"{type(self).__name__} names no permission"
            raise TypeError(message)
        if request.method == "POST":
            return self._answer_in_the_race(request, *args, **kwargs)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refusal as refusal:
            return self.refuse(refusal)

    def _ask_to_log_in(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST":
            # The session was lost while somebody wrote: give the words back instead of dropping them.
            return session_lost(request)
        return redirect_to_login(request.get_full_path())

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the way to whoever opens the address of a button: from the history, or after logging in again."""
        refused = super().http_method_not_allowed(request, *args, **kwargs)
        return method_not_allowed(request, refused.headers["Allow"])

    def _answer_in_the_race(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Try once more where somebody else did the same at that very moment; the rules then answer in words."""
        try:
            return self._answer_once(request, *args, **kwargs)
        except (IntegrityError, OperationalError) as error:
            if not _is_a_race(error):
                raise
            _logger.warning("%s %s was tried again: %s", request.method, request.path, error)
        again = type(self)()
        again.setup(request, *args, **kwargs)
        again.token = self.token
        again.subject = again.load(**kwargs)
        try:
            return again._answer_once(request, *args, **kwargs)  # noqa: SLF001 - the same class
        except (IntegrityError, OperationalError) as error:
            if not _is_a_race(error):
                raise
            _logger.exception("%s %s was given up", request.method, request.path)
            return self.refuse(
                Refusal(_("Somebody else has just changed the same. Go back, and see how it stands now."))
            )

    def _answer_once(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with transaction.atomic():
                submission, is_new = Submission.objects.get_or_create(
                    token=self.token, defaults={"sent_at": timezone.now()}
                )
                if not is_new and submission.location:
                    return redirect(submission.location)
                response = super().dispatch(request, *args, **kwargs)
                location = response.headers.get("Location", "")
                if location:
                    submission.location = location[:500]
                    submission.save(update_fields=["location"])
                elif response.status_code >= HTTPStatus.BAD_REQUEST:
                    transaction.set_rollback(True)
                else:
                    submission.delete()
        except Refusal as refusal:
            return self.refuse(refusal)
        return response

    def not_yours(self, permission: Permission) -> HttpResponse:
        """Answer with the page that says whose it is to do; the words sent are given back."""
        context = {"who": permission.who, "words": words_sent(self.request)}
        return render(self.request, "foundation/not_yours.html", context, status=HTTPStatus.FORBIDDEN)

    def refuse(self, refusal: Refusal) -> HttpResponse:
        """Answer a refused step with a page that says why and what to do; the words sent are given back."""
        if self.request.headers.get("X-Samspil-Autosave"):
            return JsonResponse({"message": str(refusal)}, status=HTTPStatus.CONFLICT)
        return render(
            self.request,
            "foundation/refused.html",
            {"refusal": refusal, "words": words_sent(self.request), "back": self.request.path},
            status=HTTPStatus.CONFLICT,
        )


def _refuse_nul(request: HttpRequest) -> None:
    """Raise ``Http404`` for a NUL in the address: no address of ours has one, and PostgreSQL takes none."""
    if any("\x00" in value for _name, values in request.GET.lists() for value in values):
        raise Http404


def _is_a_race(error: Exception) -> bool:
    """Whether two wrote at once: a row that must be unique, or on PostgreSQL two that waited for each other."""
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "sqlstate", "") in {"40001", "40P01"}


def _token(request: HttpRequest) -> uuid.UUID:
    """Return what tells one sending from another: the token of the page, and what was sent from it.

    Who goes back in the browser, changes something and sends it again has sent something new.
    """
    try:
        page = uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid.uuid4()
    sent = [(name, values) for name, values in sorted(request.POST.lists()) if name != "csrfmiddlewaretoken"]
    digest = hashlib.sha256(repr((request.path, sent)).encode("utf-8", "surrogatepass"))
    for name, file in [(field, file) for field in sorted(request.FILES) for file in request.FILES.getlist(field)]:
        digest.update(repr((name, file.name)).encode("utf-8", "surrogatepass"))
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    return uuid.uuid5(page, digest.hexdigest())
