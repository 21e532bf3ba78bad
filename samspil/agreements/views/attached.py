# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Files beside the text: the leader puts them there, the workplace and the body fetch them."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.actions.attaching import MOST_FILES
from samspil.agreements.file_models import AttachedFile
from samspil.agreements.files import download
from samspil.agreements.paper_forms import AttachForm
from samspil.agreements.permissions import READ_ATTACHED, visible_attached_files
from samspil.agreements.queries import attached_files
from samspil.agreements.states import State
from samspil.agreements.views.parts import PartView
from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView


class AttachedFilesView(PartView):
    """The files of the version that is on its way."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them, and the form for one more."""
        del request, kwargs
        return self.show(AttachForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Attach one."""
        del kwargs
        version = self.writable()
        form = AttachForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            attached = actions.attach_file(
                version=version, file=form.cleaned_data["file"], actor=self.capacity, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _("“%(name)s” is attached.") % {"name": attached.name})
        return redirect("attached_files", self.subject.slug)

    def show(self, form: AttachForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the page."""
        version = self.writable()
        files = attached_files(version)
        context = {
            "workplace": self.subject,
            "version": version,
            "files": files,
            "form": form,
            "has_room": len(files) < MOST_FILES,
            "is_table": version.state == State.IN_DIALOGUE,
            "back_url": self.back(version),
        }
        return render(self.request, "agreements/attached_files.html", context, status=status)


class RemoveFileView(PartView):
    """Taking a file away again."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the files instead."""
        del request, kwargs
        return redirect("attached_files", self.subject.slug)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        found = AttachedFile.objects.filter(version=self.writable(), pk=kwargs["pk"]).defer("content").first()
        if found is None:
            raise Refusal(_("The file is gone already. Go back, and see which there are."))
        actions.remove_file(file=found, actor=self.capacity, at=timezone.now())
        messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
        return redirect("attached_files", self.subject.slug)


class AttachedFileView(PermissionView):
    """One file, for those who see the agreement or the paper."""

    permission = READ_ATTACHED
    subject: AttachedFile

    def load(self, **kwargs: Any) -> AttachedFile:
        """Find it, or raise ``Http404``."""
        files = visible_attached_files(self.capacity).filter(
            version__agreement__workplace__slug=kwargs["slug"], pk=kwargs["pk"]
        )
        found = files.first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it as a download, never shown in the browser."""
        del request, kwargs
        return download(bytes(self.subject.content), self.subject.media_type, self.subject.name)
