# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from samspil.agreements.actions import OwnTask, SentPage, SentText
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.boundary import ONLY_VOLUNTEERS, ONLY_VOLUNTEERS_TEXT, QUESTIONS
from samspil.agreements.colleagues import is_still_theirs
from samspil.agreements.models import BoundaryDecision
from samspil.agreements.pages import DraftPage, TickedTask
from samspil.agreements.sections import CHALLENGES, PURPOSE_EMPLOYEES, PURPOSE_VOLUNTEER, REGISTRY
from samspil.foundation.errors import Conflict
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.foundation.text import clean_text
from samspil.frameworks.models import Element
from samspil.people.forms import refuse_personal_number
from samspil.people.models import RoleAssignment

SECTION_LIMIT = 5000
_FIRST_WORDS = 7


class TextField(forms.CharField):
    """Text of people: cleaned before anything looks at it, and never cut."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; raises ``ValidationError`` where it is too long or holds a CPR number."""
        return refuse_personal_number(clean_text(str(super().to_python(value) or ""), limit=self.limit))


@dataclass(frozen=True)
class Shown:
    """The mark of a section as it was shown: revision and fingerprint go along with the form."""

    revision: int
    was: str


@dataclass(frozen=True)
class SectionRow:
    """One section of the form."""

    field: forms.BoundField
    shown: Shown
    is_borrowed: bool

    @property
    def has_text(self) -> bool:
        """Whether anything stands in it, so that it is not folded away."""
        return bool(self.field.value())


@dataclass(frozen=True)
class Card:
    """A task of the catalogue, ticked or not."""

    task: TickedTask
    is_ticked: bool


class PageForm(forms.Form):
    """The one page. Beside its fields it carries what was shown, so that nobody overwrites unknowingly."""

    def __init__(self, page: DraftPage, data: Mapping[str, Any] | None = None) -> None:
        texts = {kind: page.sections[kind].text for kind in REGISTRY if kind in page.sections}
        super().__init__(data, initial=texts)
        self.page = page
        self.sent = data
        self.shown = {
            kind: Shown(page.sections[kind].revision if kind in page.sections else 0, fingerprint(texts.get(kind, "")))
            for kind in REGISTRY
        }
        for kind, section in REGISTRY.items():
            self.fields[kind] = TextField(
                limit=SECTION_LIMIT,
                label=section.label,
                help_text=section.hint,
                required=False,
                widget=LongTextarea,
            )
        if data is not None:
            self.shown = {kind: self._shown_before(kind) for kind in REGISTRY}

    def _shown_before(self, kind: str) -> Shown:
        revision = str((self.sent or {}).get(f"revision_{kind}", ""))
        is_number = revision.isascii() and revision.isdigit() and len(revision) < len("1234567890")
        return Shown(int(revision) if is_number else -1, str((self.sent or {}).get(f"was_{kind}", ""))[:64])

    def _words(self, name: str) -> frozenset[str]:
        return frozenset(str((self.sent or {}).get(name, "")).split())

    def _many(self, name: str) -> frozenset[str]:
        getlist = getattr(self.sent, "getlist", None)
        return frozenset(getlist(name)) if getlist else frozenset()

    def take_in(self, conflicts: Iterable[Conflict]) -> None:
        """Note that both texts are on the page now: the next save overwrites knowingly."""
        for conflict in conflicts:
            self.shown[conflict.field] = Shown(conflict.revision, fingerprint(conflict.theirs))

    # What is shown

    def _row(self, kind: str) -> SectionRow:
        stored = self.page.sections.get(kind)
        return SectionRow(self[kind], self.shown[kind], stored is not None and is_still_theirs(stored))

    def rows(self) -> dict[str, SectionRow]:
        """Return every section by kind, for the template to place."""
        return {kind: self._row(kind) for kind in REGISTRY}

    def folded(self) -> list[SectionRow]:
        """Return what is folded away at the end; the other purposes stand by the first, the challenges by themselves."""
        beside = {PURPOSE_VOLUNTEER, PURPOSE_EMPLOYEES, CHALLENGES}
        return [self._row(kind) for kind, section in REGISTRY.items() if not section.needed and kind not in beside]

    def ticked_now(self) -> frozenset[str]:
        """Return the ticked catalogue codes: those sent, else those stored."""
        return self._many("tasks") if self.sent is not None else self.page.ticked

    def cards(self) -> list[Card]:
        """Return what is ticked and what most workplaces tick, as cards."""
        return [card for card in self._all_cards() if card.is_ticked or card.task.is_suggested]

    def more_cards(self) -> list[Card]:
        """Return the other tasks of the catalogue, which are folded away."""
        return [card for card in self._all_cards() if not (card.is_ticked or card.task.is_suggested)]

    def _all_cards(self) -> list[Card]:
        ticked = self.ticked_now()
        return [Card(task, task.code in ticked) for task in self.page.cards]

    def tasks_before(self) -> str:
        """Return what was ticked when the page was shown, as one hidden value."""
        return " ".join(sorted(self._words("tasks_before") if self.sent is not None else self.page.ticked))

    def contacts_before(self) -> str:
        """Return who was contact person when the page was shown, as one hidden value."""
        stored = {str(pk) for pk in self.page.contacts}
        return " ".join(sorted(self._words("contacts_before") if self.sent is not None else stored))

    def _contacts_now(self) -> frozenset[str]:
        return self._many("contacts") if self.sent is not None else frozenset(str(pk) for pk in self.page.contacts)

    def chosen_contacts(self) -> list[RoleAssignment]:
        """Return those who are chosen."""
        chosen = self._contacts_now()
        return [row for row in self.page.staff if str(row.user_id) in chosen]

    def other_staff(self) -> list[RoleAssignment]:
        """Return those who could be chosen."""
        chosen = self._contacts_now()
        return [row for row in self.page.staff if str(row.user_id) not in chosen]

    # What was sent

    def sent_page(self) -> SentPage:
        """Return the page as an action takes it; only after ``is_valid``."""
        return SentPage(
            texts={
                kind: SentText(self.cleaned_data[kind], self.shown[kind].revision, self.shown[kind].was)
                for kind in REGISTRY
                if self.sent is not None and kind in self.sent
            },
            ticked=self.ticked_now(),
            ticked_before=self._words("tasks_before"),
        )

    def sent_contacts(self) -> frozenset[int]:
        """Return the contact persons wanted: what was changed here on top of what stands now."""
        before, now = self._words("contacts_before"), self._many("contacts")
        added = {str(row.user_id) for row in self.page.staff} & (now - before)
        return (self.page.contacts | {int(pk) for pk in added}) - {
            row.user_id for row in self.page.staff if str(row.user_id) in before - now
        }


class OwnTaskForm(forms.Form):
    """A task of the workplace's own. Every question is answered: none is answered for the leader."""

    title = TextField(
        limit=120,
        label=_("What do the volunteers do?"),
        help_text=_("The task itself, not who has it. For example: Repairing bicycles with the pupils."),
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Write what the volunteers do.")},
    )
    not_part = TextField(
        limit=300,
        label=_("What is not part of the task?"),
        help_text=_("What stays with the employees."),
        widget=LongTextarea,
        error_messages={"required": _("Write what is not part of the task.")},
    )
    added_value = TextField(
        limit=300,
        label=_("What does it add?"),
        help_text=_("What the citizens get that they would not have had otherwise."),
        widget=LongTextarea,
        error_messages={"required": _("Write what it adds.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(question.name, question.text) for question in QUESTIONS]
        for name, text in [*asked, (ONLY_VOLUNTEERS, ONLY_VOLUNTEERS_TEXT)]:
            first_words = Truncator(str(text)).words(_FIRST_WORDS, truncate=" …")
            unanswered = _("Answer yes or no: %(question)s") % {"question": first_words}
            self.fields[name] = forms.ChoiceField(
                label=text,
                choices=[("no", _("No")), ("yes", _("Yes"))],
                widget=forms.RadioSelect,
                error_messages={"required": unanswered, "invalid_choice": unanswered},
            )

    def instead(self) -> "OwnTaskForm":
        """Return a form begun anew: what was refused is what stays with the employees; only after ``is_valid``."""
        data = self.cleaned_data
        stays = "\n".join((data["title"], data["not_part"]))
        return OwnTaskForm(initial={"not_part": stays})

    def answers(self) -> dict[str, bool]:
        """Return the answers to the boundary questions; only after ``is_valid``."""
        names = [question.name for question in QUESTIONS]
        return {name: self.cleaned_data[name] == "yes" for name in [*names, ONLY_VOLUNTEERS]}

    def task(self) -> OwnTask:
        """Return the task as an action takes it; only after ``is_valid``."""
        data = self.cleaned_data
        return OwnTask(
            title=data["title"],
            not_part=data["not_part"],
            added_value=data["added_value"],
            answers=self.answers(),
        )


class TaskDetailsForm(forms.Form):
    """What a workplace can say about any task: when and where, and who does what (R22, R40)."""

    when_and_where = TextField(
        limit=200,
        label=_("When and where?"),
        help_text=_("For example: Tuesday at 2 in the sitting room."),
        required=False,
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
    )
    responsibility = TextField(limit=300, label=_("Who does what?"), required=False, widget=LongTextarea)

    def __init__(self, derived: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsibility"].help_text = _("Leave it empty, and this stands: %(sentence)s") % {
            "sentence": derived
        }


class OwnPrincipleForm(forms.Form):
    """A principle of the workplace's own (R45)."""

    builds_on = forms.ChoiceField(
        label=_("Which common principle does it build on?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose which common principle it builds on."),
            "invalid_choice": _("Choose which common principle it builds on."),
        },
    )
    text = TextField(
        limit=1000,
        label=_("Your own principle"),
        help_text=_("One or two sentences are enough."),
        widget=LongTextarea,
        error_messages={"required": _("Write your own principle.")},
    )
    how = TextField(
        limit=1000,
        label=_("How does it build on the common one?"),
        widget=LongTextarea,
        error_messages={"required": _("Write how it builds on the common one.")},
    )

    def __init__(self, principles: Iterable[Element], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["builds_on"]
        field.choices = [(str(element.lineage), element.text) for element in principles]  # type: ignore[attr-defined]

    def builds_on_lineage(self) -> UUID:
        """Return the lineage of the chosen common principle; only after ``is_valid``."""
        return UUID(self.cleaned_data["builds_on"])


class ReasonForm(forms.Form):
    """Why: what is taken back or given up says so."""

    reason = TextField(
        limit=500, label=_("Why?"), widget=LongTextarea, error_messages={"required": _("Write why, in a sentence.")}
    )


class DoubtForm(forms.Form):
    """The leader's answer to one doubt (R16)."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (BoundaryDecision.Outcome.CONFIRM, _("It is a supplement: volunteers may do it")),
            (BoundaryDecision.Outcome.STRIKE, _("It is struck: volunteers are not offered it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: confirm or strike."), "invalid_choice": _("Choose: confirm or strike.")},
    )
    reason = TextField(
        limit=500,
        label=_("Why?"),
        help_text=_("Others can learn from it. Write no names."),
        widget=LongTextarea,
        error_messages={"required": _("Write why, in a sentence.")},
    )


class AdoptForm(forms.Form):
    """The day it begins."""

    in_force_from = forms.DateField(
        label=_("In force from"),
        widget=DateInput,
        error_messages={"required": _("Choose the day it begins."), "invalid": _("Choose a day that exists.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_force_from"].initial = timezone.localdate


class ContactPersonsForm(forms.Form):
    """Who is contact person, among the employees of today."""

    def __init__(self, staff: Iterable[RoleAssignment], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {row.user_id: ", ".join(part for part in (row.user.name, row.title) if part) for row in staff}
        self.fields["contacts"] = forms.TypedMultipleChoiceField(
            label=_("Contact person"),
            help_text=_("An employee whom volunteers and colleagues can ask."),
            choices=list(people.items()),
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Choose a contact person"),
                "invalid_choice": _("A contact person must be an employee of the workplace."),
            },
        )
