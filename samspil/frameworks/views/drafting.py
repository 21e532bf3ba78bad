# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The draft: begun in one of three ways, and edited part by part."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.foundation.views import PermissionView
from samspil.frameworks import actions, queries
from samspil.frameworks.forms import ElementForm, ImportForm, PlacementForm, SplitForm, TitleForm, initial_of
from samspil.frameworks.importing import DocumentError
from samspil.frameworks.models import Element, FrameworkVersion, Kind, SourceParagraph
from samspil.frameworks.permissions import EDIT, visible_versions
from samspil.frameworks.states import State


class ImportView(PermissionView):
    """Three ways to begin: a document of one's own, the model framework, a copy of the newest edition."""

    permission = EDIT

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show the three."""
        return self._page(ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin in the way that was chosen."""
        way = request.POST.get("way", "file")
        at = timezone.now()
        if way == "model":
            actions.use_model_framework(actor=self.capacity, at=at)
        elif way == "copy":
            latest = queries.latest_published()
            if latest is None:
                raise Refusal(_("There is no published edition to copy yet."))
            actions.copy_version(version=latest, actor=self.capacity, at=at)
        else:
            return self._read_document(request)
        messages.success(request, _("The draft is ready. Read it through, and change what does not fit."))
        return redirect("framework_draft")

    def _read_document(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                actions.import_framework(
                    content=file.read(), filename=file.name, actor=self.capacity, at=timezone.now()
                )
            except DocumentError as error:
                form.add_error("file", str(error.message))
            else:
                messages.success(request, _("The document has been read. See below how it was understood."))
                return redirect("framework_draft")
        return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _page(self, form: ImportForm, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {"form": form, "draft": queries.draft(), "latest": queries.latest_published()}
        return render(self.request, "frameworks/import.html", context, status=status)


class DraftPage(PermissionView):
    """A page about the one draft."""

    permission = EDIT

    def load(self, **_kwargs: Any) -> FrameworkVersion | Element | None:
        """Find the draft, if there is one and one may see it."""
        drafts = visible_versions(self.capacity).filter(state=State.DRAFT)
        return drafts.select_related("predecessor").first()

    @property
    def draft(self) -> FrameworkVersion:
        """The draft; raises ``Refusal`` where somebody else has just published or withdrawn it."""
        if isinstance(self.subject, Element):
            return self.subject.version
        if self.subject is None:
            raise Refusal(_("There is no draft now. Somebody may just have published or withdrawn it."))
        version: FrameworkVersion = self.subject
        return version

    @property
    def revision(self) -> int:
        """The revision of the draft that the person saw."""
        try:
            return int(self.request.POST.get("revision", ""))
        except ValueError:
            return 0

    def refuse(self, refusal: Refusal) -> HttpResponse:
        """Lead back to the framework from a page whose draft is gone; else answer as every page does."""
        if self.subject is None and self.request.method == "GET":
            messages.warning(self.request, str(refusal))
            return redirect("frameworks")
        return super().refuse(refusal)

    def back_to(self, element: Element) -> HttpResponse:
        """Lead back to the draft, to the part that was changed."""
        return redirect(f"{reverse('framework_draft')}#{queries.element_anchor(element)}")


class DraftView(DraftPage):
    """How the document was understood, and every paragraph of it: where it went, and what is not placed."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show the draft."""
        return self._page(TitleForm(initial={"title": self.draft.title}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Name the draft."""
        form = TitleForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.set_title(
            version=self.draft,
            title=form.cleaned_data["title"],
            expected_revision=self.revision,
            actor=self.capacity,
            at=timezone.now(),
        )
        return redirect("framework_draft")

    def _page(self, form: TitleForm, status: int = HTTPStatus.OK) -> HttpResponse:
        draft = self.draft
        content = queries.content_of(draft)
        lines = queries.source_lines(draft, content.elements)
        comparison = queries.comparison_of(draft, elements=content.elements)
        context = {
            "version": draft,
            "content": content,
            "form": form,
            "lines": lines,
            "unplaced": [line for line in lines if line.is_unplaced],
            "placement": PlacementForm(auto_id=""),
            "comparison": comparison,
            "unexplained": queries.unexplained(comparison),
            "missing": queries.missing_among(content.elements),
        }
        return render(self.request, "frameworks/draft.html", context, status=status)


class NewElementView(DraftPage):
    """A part that stands in no source."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for it."""
        return self._page(ElementForm(initial={"placement": request.GET.get("som", Kind.PASSAGE.value)}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add it to the draft."""
        form = ElementForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        element = actions.add_element(
            version=self.draft,
            wording=form.wording(),
            expected_revision=self.revision,
            actor=self.capacity,
            at=timezone.now(),
        )
        return self.back_to(element)

    def _page(self, form: ElementForm, status: int = HTTPStatus.OK) -> HttpResponse:
        return render(self.request, "frameworks/element_new.html", {"form": form, "version": self.draft}, status=status)


class ElementView(DraftPage):
    """One part of the draft: its words, its place, merge, split, remove."""

    def load(self, **kwargs: Any) -> Element:
        """Find the part in the draft that one may see."""
        drafts = visible_versions(self.capacity).filter(state=State.DRAFT)
        element: Element | None = (
            Element.objects.filter(version__in=drafts, pk=kwargs["pk"]).select_related("version").first()
        )
        if element is None:
            raise Http404
        return element

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show the part with its forms."""
        return self._page(ElementForm(initial=initial_of(self.subject)))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Take the step whose button was pressed; saving is the first."""
        step = request.POST.get("step", "save")
        given: dict[str, Any] = {
            "element": self.subject,
            "expected_revision": self.revision,
            "actor": self.capacity,
            "at": timezone.now(),
        }
        if step == "split":
            return self._split(request, given)
        if step in {"up", "down"}:
            return self.back_to(actions.move_element(direction="up" if step == "up" else "down", **given))
        if step == "merge":
            return self.back_to(actions.merge_with_next(**given))
        if step == "remove":
            actions.remove_element(**given)
            messages.success(
                request,
                _("The part is taken out. Words of the document that now stand nowhere are listed under “Not placed”."),
            )
            return redirect("framework_draft")
        return self._save(request, given)

    def _save(self, request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
        form = ElementForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            return self.back_to(actions.edit_element(wording=form.wording(), **given))
        except StaleRevisionError as stale:
            self.subject.version.refresh_from_db()
            return self._page(form, stale=stale, status=HTTPStatus.CONFLICT)

    def _split(self, request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
        form = SplitForm(request.POST, text=self.subject.text)
        if not form.is_valid():
            return self._page(
                ElementForm(initial=initial_of(self.subject)), split=form, status=HTTPStatus.UNPROCESSABLE_ENTITY
            )
        first, _second = actions.split_element(place=int(form.cleaned_data["place"]), **given)
        return self.back_to(first)

    def _page(
        self,
        form: ElementForm,
        *,
        split: SplitForm | None = None,
        stale: StaleRevisionError | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        element: Element = self.subject
        sources = SourceParagraph.objects.filter(version=element.version, number__in=element.sources)
        context = {
            "element": element,
            "version": element.version,
            "form": form,
            "split": split or SplitForm(text=element.text),
            "stale": stale,
            "sources": sources,
            "anchor": queries.element_anchor(element),
        }
        return render(self.request, "frameworks/element.html", context, status=status)


class ParagraphView(DraftPage):
    """A paragraph of the source that is to become a part."""

    def get(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what it is."""
        return self._page(PlacementForm(), kwargs["number"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Place it."""
        form = PlacementForm(request.POST)
        if not form.is_valid():
            return self._page(form, kwargs["number"], status=HTTPStatus.UNPROCESSABLE_ENTITY)
        kind, audience = form.kind_and_audience()
        element = actions.place_paragraph(
            version=self.draft,
            number=kwargs["number"],
            kind=kind,
            audience=audience,
            expected_revision=self.revision,
            actor=self.capacity,
            at=timezone.now(),
        )
        return self.back_to(element)

    def _page(self, form: PlacementForm, number: int, status: int = HTTPStatus.OK) -> HttpResponse:
        paragraph = SourceParagraph.objects.filter(version=self.draft, number=number).first()
        if paragraph is None:
            raise Http404
        context = {"form": form, "version": self.draft, "paragraph": paragraph}
        return render(self.request, "frameworks/paragraph.html", context, status=status)


class BringBackView(DraftPage):
    """A part of the edition before, taken into the draft again."""

    def _gone(self, lineage: UUID) -> Element:
        gone = next((item for item in queries.parts_no_longer_there(self.draft) if item.lineage == lineage), None)
        if gone is None:
            raise Http404
        return gone

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask first."""
        context = {
            "question": _("Take this part into the draft again?"),
            "lead": self._gone(kwargs["lineage"]).text,
            "action_label": _("Take it in again"),
            "back_url": reverse("framework_changes"),
            "version": self.draft,
        }
        return render(request, "frameworks/confirm.html", context)

    def post(self, _request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it in."""
        element = actions.bring_back_element(
            version=self.draft,
            lineage=kwargs["lineage"],
            expected_revision=self.revision,
            actor=self.capacity,
            at=timezone.now(),
        )
        return self.back_to(element)
