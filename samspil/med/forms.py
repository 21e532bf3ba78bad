# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.foundation.errors import Missing
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.foundation.text import clean_text
from samspil.med.meeting_together import Together, bodies_together
from samspil.med.models import Committee, CoveredByCommittee, Dialogue, Form, Function, Membership, Position, Side
from samspil.med.papers import CONFIRM_BY_LOGIN, CONFIRM_BY_MINUTES, Record, Said, whole_sha256
from samspil.med.queries import employee_side, forms_to_choose, positions, seats_between, spokespersons
from samspil.municipalities.forms import CleanCharField
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.forms import refuse_personal_number
from samspil.people.models import Role, RoleAssignment, User

MAX_WORDS = 5_000


class WordsField(forms.CharField):
    """Sentences that somebody wrote, made safe to store; never a CPR number."""

    widget = LongTextarea

    def clean(self, value: Any) -> str:
        """Return the text, or say what is wrong with it."""
        return refuse_personal_number(super().clean(clean_text(str(value or ""), limit=MAX_WORDS)))


def show_missing(form: forms.Form, missing: Iterable[Missing]) -> None:
    """Put what an action found missing at the fields it is about."""
    for item in missing:
        name = item.anchor.removeprefix("id_").removesuffix("_0")
        form.add_error(name if name in form.fields else None, item.text)


# Bodies -------------------------------------------------------------------------------------------


class UnitsField(forms.ModelMultipleChoiceField[Unit]):
    """Units to tick, shown with what they stand under."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the units; a number that no row can have is refused before the database is asked."""
        for key in value if isinstance(value, list | tuple) else ():
            if str(key).isdecimal() and len(str(key)) >= len(str(2**63)):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:20]}
                )
        return super().clean(value)

    def label_from_instance(self, obj: Unit) -> str:
        """Return the name and where it stands."""
        return f"{obj.name} ({obj.parent.name})" if obj.parent else obj.name


class CommitteeForm(forms.Form):
    """A body: what it is called and whom it covers. Units that have another body cannot be chosen."""

    name = CleanCharField(
        label=_("Name"),
        max_length=120,
        help_text=_("For example: LokalMED Solbakken."),
        error_messages={"required": _("Write the name of the body.")},
    )
    level = CleanCharField(
        label=_("Level (optional)"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "levels"}),
        help_text=_("Your own word for it, such as LokalMED or arbejdspladsMED."),
    )
    is_staff_meeting = forms.BooleanField(
        label=_("It is a staff meeting with MED status"),
        required=False,
        help_text=_("It has no members. The staff elect a contact who confirms what was said."),
    )
    units = UnitsField(
        label=_("Which units does it cover?"),
        queryset=None,
        help_text=_("Units under them are covered too, unless they have a body of their own."),
        error_messages={"required": _("Choose at least one unit that the body covers.")},
    )
    parent: Any = forms.ModelChoiceField(
        label=_("The body above (optional)"), queryset=None, required=False, empty_label=_("None")
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[int],
        committees: Any,
        committee: Committee | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = committee.pk if committee else 0
        taken = CoveredByCommittee.objects.exclude(committee=own).values("unit_id")
        kept = Q(pk__in=CoveredByCommittee.objects.filter(committee=own).values("unit_id"))
        self._field("units").queryset = (
            Unit.objects.filter(Q(still_open(timezone.localdate()), pk__in=units) | kept)
            .exclude(pk__in=taken)
            .select_related("parent")
        )
        self._field("parent").queryset = committees.exclude(pk=own)
        if committee is not None:
            del self.fields["is_staff_meeting"]

    def _field(self, name: str) -> Any:
        return self.fields[name]


class MemberForm(forms.Form):
    """Who sits in the body: somebody known here, chosen from the list or found by e-mail."""

    user = forms.ModelChoiceField(
        label=_("Who?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Choose a person"),
    )
    email = forms.EmailField(
        label=_("Not on the list? Write their e-mail at work"),
        required=False,
        error_messages={"invalid": _("Write a whole e-mail address, such as name@municipality.dk.")},
    )
    side = forms.ChoiceField(
        label=_("Side"),
        choices=lambda: [(side, capfirst(side.label)) for side in Side],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a side.")},
    )
    function = forms.ChoiceField(
        label=_("Function"),
        choices=lambda: [(one, capfirst(one.label)) for one in Function if one != Function.EMPLOYEE_CONTACT],
        initial=Function.MEMBER,
    )

    def __init__(self, *args: Any, committee: Committee, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = people
        if committee.is_staff_meeting:
            del self.fields["side"]
            del self.fields["function"]

    def clean(self) -> dict[str, Any]:
        """Find the person; an e-mail that nobody here has is refused."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("email"):
            known = RoleAssignment.objects.exclude(role__in=(Role.VOLUNTEER, Role.PARTNER))
            cleaned["user"] = User.objects.filter(
                email__iexact=cleaned["email"], pk__in=known.values("user_id")
            ).first()
            if cleaned["user"] is None:
                self.add_error(
                    "email", _("Nobody here has this e-mail. Ask the HR/MED secretariat to enter the person first.")
                )
        elif not cleaned.get("user") and "user" not in self.errors:
            self.add_error("user", _("Choose who it is."))
        cleaned.setdefault("side", Side.EMPLOYEES)
        cleaned.setdefault("function", Function.EMPLOYEE_CONTACT)
        return cleaned


# What was said ------------------------------------------------------------------------------------


def _stands() -> list[tuple[str, Any]]:
    return [
        (Position.Stand.AGREE, _("Agreed")),
        (Position.Stand.AGREE_WITH_REMARKS, _("Agreed, with remarks")),
        (Position.Stand.DISAGREE, _("Disagreed, because …")),
    ]


class RecordForm(forms.Form):
    """What you arrived at: two minutes. What was written before, or is usual, stands there already."""

    form = forms.ChoiceField(
        label=_("How did you discuss it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you discussed it.")},
    )
    held_on = forms.DateField(
        label=_("When?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    participants_management = forms.MultipleChoiceField(
        label=_("Management side"), widget=forms.CheckboxSelectMultiple, required=False
    )
    participants_employees = forms.MultipleChoiceField(
        label=_("Employee side"), widget=forms.CheckboxSelectMultiple, required=False
    )
    management_count = forms.IntegerField(
        label=_("How many took part for the management side?"), min_value=0, max_value=10_000, required=False
    )
    management_name = CleanCharField(label=_("One of them"), max_length=120, required=False)
    employee_count = forms.IntegerField(
        label=_("How many employees took part?"), min_value=0, max_value=10_000, required=False
    )
    employee_name = CleanCharField(label=_("One of them, usually the contact"), max_length=120, required=False)
    management_stand = forms.ChoiceField(
        label=_("What did the management side say?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the management side said.")},
    )
    management_words = WordsField(
        label=_("The management side's own words"), required=False, help_text=_("Not needed when they simply agreed.")
    )
    employees_stand = forms.ChoiceField(
        label=_("What did the employee side say?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the employee side said.")},
    )
    employees_words = WordsField(
        label=_("The employee side's own words"), required=False, help_text=_("Not needed when they simply agreed.")
    )
    guidelines_discussed = forms.BooleanField(label=_("We have talked the reminder list through"), required=False)
    conclusion = WordsField(
        label=_("Conclusion (optional)"), required=False, help_text=_("One or two sentences are enough.")
    )
    minutes_reference = CleanCharField(
        label=_("Where do the minutes lie? (optional)"),
        max_length=300,
        required=False,
        help_text=_("For example: FirstAgenda, LokalMED 8 December 2026, item 4."),
    )
    together_with = forms.MultipleChoiceField(
        label=_("Which bodies met together with you?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It is written down once, for all of them. Somebody from both sides of each must have been there."),
    )
    members_shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1_000)
    confirm_by = forms.ChoiceField(
        label=_("How does the employee side confirm?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the employee side confirms.")},
    )
    expected_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, dialogue: Dialogue, on: date) -> None:
        self._dialogue = dialogue
        self._together = bodies_together(data, dialogue)
        self._seats = _seats(dialogue, on, self._together)
        data = self._together.with_members(data, _ticks(self._seats, self._together))
        super().__init__(data, initial=_initial(dialogue, self._seats, on, self._together))
        committee = dialogue.committee
        self._choices("together_with", [(str(body.pk), body.name) for body in self._together.choices])
        if not self._together.choices:
            del self.fields["together_with"]
        if committee.is_staff_meeting:
            del self.fields["participants_management"]
            del self.fields["participants_employees"]
        else:
            for name in ("management_count", "management_name", "employee_count", "employee_name"):
                del self.fields[name]
            self._choices("participants_management", _people(committee, self._seats, Side.MANAGEMENT))
            self._choices("participants_employees", _people(committee, self._seats, Side.EMPLOYEES))
        self._choices(
            "form",
            [(str(form), form.label) for form in forms_to_choose(committee, dialogue.occasion, _days(dialogue, on))],
        )
        self._choices("management_stand", _stands())
        self._choices("employees_stand", _stands())
        self._choices("confirm_by", _ways(committee, on))
        if not self.guidelines():
            del self.fields["guidelines_discussed"]
        for item in self.questions():
            self.fields[item["field"]] = WordsField(label=item["question"], required=False)

    def clean(self) -> dict[str, Any]:
        """Ask to look at who was there from a body that was ticked just now."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self._together.unseen:
            self.add_error(
                "together_with",
                _("Look at who took part from %(bodies)s: they are ticked above now. Then press the button again.")
                % {"bodies": self._together.names_unseen},
            )
        return cleaned

    def _choices(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def questions(self) -> list[dict[str, str]]:
        """Return the standing questions with the names of their fields."""
        paper = self._dialogue.current_paper
        return [{**item, "field": f"answer_{item['lineage']}"} for item in (paper.standing_questions if paper else [])]

    def guidelines(self) -> list[str]:
        """Return the reminder list that the paper carries."""
        paper = self._dialogue.current_paper
        return list(paper.body.get("guidelines", ())) if paper else []

    def answers(self) -> list[forms.BoundField]:
        """Return the fields of the standing questions, for the template."""
        return [self[item["field"]] for item in self.questions()]

    def record(self) -> Record:
        """Return what was written, for the action."""
        data: Mapping[str, Any] = self.cleaned_data
        ticked = [*data.get("participants_management", ()), *data.get("participants_employees", ())]
        return Record(
            held_on=data["held_on"],
            form=data["form"],
            positions={
                Side.MANAGEMENT: Said(data["management_stand"], data["management_words"]),
                Side.EMPLOYEES: Said(data["employees_stand"], data["employees_words"]),
            },
            participants=tuple(int(pk) for pk in ticked),
            management_count=data.get("management_count"),
            employee_count=data.get("employee_count"),
            management_name=data.get("management_name", ""),
            employee_name=data.get("employee_name", ""),
            answers={item["lineage"]: data[item["field"]] for item in self.questions()},
            conclusion=data["conclusion"],
            minutes_reference=data["minutes_reference"],
            confirm_by=data["confirm_by"],
            guidelines_discussed=data.get("guidelines_discussed", False),
            together_with=tuple(int(pk) for pk in data.get("together_with", ())),
        )


def _days(dialogue: Dialogue, on: date) -> tuple[date, ...]:
    return (on, dialogue.held_on or timezone.localdate(dialogue.opened_at))


def _seats(dialogue: Dialogue, on: date, together: Together) -> list[Membership]:
    """Return every seat that somebody has had in the bodies that met since the matter was put in."""
    since = min(dialogue.opened_at.date(), dialogue.held_on or on)
    seats = seats_between((dialogue.committee_id, *(body.pk for body in together.chosen)), since, on)
    return sorted(seats, key=lambda seat: seat.committee_id != dialogue.committee_id)


def _ticks(seats: Sequence[Membership], together: Together) -> list[tuple[str, str]]:
    """Return the fields and values by which the members of the bodies ticked just now are ticked."""
    new = {body.pk for body in together.unseen}
    people = [(side, own) for side in Side for own in _by_person(seats, side)]
    return [
        (f"participants_{side}", str(own[0].pk))
        for side, own in people
        if any(seat.committee_id in new for seat in own)
    ]


def _by_person(seats: Sequence[Membership], side: Side) -> list[list[Membership]]:
    people: dict[int, list[Membership]] = {}
    for seat in seats:
        if seat.side == side:
            people.setdefault(seat.user_id, []).append(seat)
    return list(people.values())


def _people(committee: Committee, seats: Sequence[Membership], side: Side) -> list[tuple[str, str]]:
    """Return one choice a person, with all their functions; the first seat stands for the others."""
    return [
        (str(own[0].pk), f"{own[0].user.name} ({', '.join(_function(committee, seat) for seat in own)})")
        for own in _by_person(seats, side)
    ]


def _function(committee: Committee, seat: Membership) -> str:
    function = str(seat.get_function_display())
    return function if seat.committee_id == committee.pk else f"{function}, {seat.committee.name}"


def _initial(dialogue: Dialogue, seats: Sequence[Membership], on: date, together: Together) -> dict[str, Any]:
    paper = dialogue.current_paper
    said = positions(dialogue)
    rows = list(dialogue.participants.all()) if dialogue.held_on else []
    there = {(row.user_id, row.side) for row in rows}
    names = {row.side: row.name for row in rows}
    contact = next(iter(employee_side(dialogue.committee, on)), None) if dialogue.committee.is_staff_meeting else None

    def ticked(side: Side) -> list[str]:
        # Nothing recorded yet: everybody was there until somebody says otherwise.
        firsts = [own[0] for own in _by_person(seats, side)]
        return [str(seat.pk) for seat in firsts if not there or (seat.user_id, side) in there]

    management, employees = said.get(Side.MANAGEMENT), said.get(Side.EMPLOYEES)
    usual = Form.STAFF_MEETING if dialogue.committee.is_staff_meeting else Form.MEETING
    asked = list(dialogue.confirmations.all())[-1:] if dialogue.held_on else []
    by_minutes = bool(asked) and asked[0].how == CONFIRM_BY_MINUTES
    return {
        "form": dialogue.form or usual,
        "held_on": dialogue.held_on or on,
        "participants_management": ticked(Side.MANAGEMENT),
        "participants_employees": ticked(Side.EMPLOYEES),
        "management_count": dialogue.management_count or 1,
        "management_name": names.get(Side.MANAGEMENT, ""),
        "employee_count": dialogue.employee_count,
        "employee_name": names.get(Side.EMPLOYEES, contact.user.name if contact else ""),
        "management_stand": management.stand if management else Position.Stand.AGREE,
        "management_words": management.words if management else "",
        "employees_stand": employees.stand if employees else None,
        "employees_words": employees.words if employees else "",
        "guidelines_discussed": dialogue.guidelines_discussed,
        "together_with": [str(body.pk) for body in together.chosen],
        "members_shown": together.shown,
        "conclusion": dialogue.conclusion,
        "minutes_reference": dialogue.minutes_reference,
        "confirm_by": CONFIRM_BY_MINUTES if by_minutes else CONFIRM_BY_LOGIN,
        "expected_sha256": whole_sha256(paper.sha256, paper.body) if paper else "",
        **{f"answer_{row.lineage}": row.answer for row in (dialogue.answers.all() if dialogue.held_on else ())},
    }


def first_names(seats: Iterable[Membership]) -> str:
    """Return "Tove", "Tove or Arne", "Tove, Arne or Mia"."""
    names = [seat.user.get_short_name() for seat in seats]
    if len(names) < 2:  # noqa: PLR2004 - one name needs no "or"
        return "".join(names)
    return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _ways(committee: Committee, on: date) -> list[tuple[str, Any]]:
    everybody = first_names(employee_side(committee, on)) or _("The employee side")
    speakers = first_names(spokespersons(committee, on)) or _("The employee side")
    return [
        (CONFIRM_BY_LOGIN, _("%(names)s gets a link and confirms") % {"names": everybody}),
        (
            CONFIRM_BY_MINUTES,
            _(
                "The minutes are approved somewhere else: %(names)s is told, "
                "and it counts after 10 working days without objection"
            )
            % {"names": speakers},
        ),
    ]


# Answers ------------------------------------------------------------------------------------------


class AnswerForm(forms.Form):
    """Yes, this is what was said; or no, and what is wrong. ``revision`` says what was read."""

    YES, NO = "yes", "no"

    answer = forms.ChoiceField(
        choices=[(YES, YES), (NO, NO)], error_messages={"required": _("Press one of the two buttons.")}
    )
    reason = WordsField(label=_("What is not right?"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for words with a no."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == self.NO and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write what is not right, so that it can be put right."))
        return cleaned


class SettleForm(forms.Form):
    """Why the secretariat settles it."""

    reason = WordsField(
        label=_("Why is it settled so?"),
        help_text=_("The reason stands on the agreement, where everybody can read it."),
        error_messages={"required": _("Write why it is settled so.")},
    )


class ReopenForm(forms.Form):
    """Why a discussion is taken up again."""

    reason = WordsField(
        label=_("Why is it taken up again?"),
        help_text=_("Both sides can read it. The employee side is asked to confirm anew."),
        error_messages={"required": _("Write why the discussion is taken up again.")},
    )
