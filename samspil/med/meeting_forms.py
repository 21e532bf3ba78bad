# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Forms of a body's meetings, for one that writes its agenda and minutes here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput
from samspil.med.actions import There
from samspil.med.actions.meetings import MEETING_FORMS
from samspil.med.body_forms import TimeInput
from samspil.med.forms import RecordForm, WordsField
from samspil.med.models import AgendaItem, Attendance, Committee, Dialogue, Form, Meeting, Membership
from samspil.med.papers import CONFIRM_BY_LOGIN
from samspil.med.queries import attendance_of, reference, seats
from samspil.med.sides import Side
from samspil.municipalities.forms import CleanCharField
from samspil.people.forms import refuse_personal_number


class CleanLine(CleanCharField):
    """One line that somebody wrote; never a CPR number."""

    def clean(self, value: Any) -> str:
        """Return the line, or say what is wrong with it."""
        return refuse_personal_number(super().clean(value))


class MeetingForm(forms.Form):
    """A meeting that stands in no year wheel."""

    day = forms.DateField(
        label=_("Which day?"),
        widget=DateInput,
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a date that exists.")},
    )
    time = forms.TimeField(
        label=_("At what time? (optional)"),
        widget=TimeInput,
        required=False,
        error_messages={"invalid": _("Write a time of day, such as 13:30.")},
    )
    place = CleanLine(label=_("Where? (optional)"), max_length=120, required=False)
    form = forms.ChoiceField(
        label=_("What kind of meeting is it?"),
        choices=[(form, form.label) for form in MEETING_FORMS],
        widget=forms.RadioSelect,
        initial=Form.MEETING,
        error_messages={"required": _("Choose what kind of meeting it is.")},
    )

    def __init__(self, *args: Any, committee: Committee) -> None:
        super().__init__(*args)
        if committee.is_staff_meeting:
            del self.fields["form"]

    def clean(self) -> dict[str, Any]:
        """Let a staff meeting be one."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned.setdefault("form", "" if "form" in self.fields else Form.STAFF_MEETING)
        return cleaned


class PointForm(forms.Form):
    """A point in one's own words."""

    title = CleanLine(
        label=_("What is the point called?"),
        max_length=200,
        error_messages={"required": _("Write what the point is called.")},
    )
    text = WordsField(label=_("What is it about? (optional)"), required=False)


class ConclusionForm(PointForm):
    """The same, with what the body arrived at."""

    conclusion = WordsField(
        label=_("Conclusion (optional)"),
        required=False,
        help_text=_("Write it so that somebody who was not there understands it."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, item: AgendaItem) -> "ConclusionForm":
        """Return the form with what stands in the point now."""
        names = ("title", "text", "conclusion", "revision")
        return cls(initial={name: getattr(item, name) for name in names})


class AttendanceForm(forms.Form):
    """Who was at the meeting; everybody, until somebody says otherwise."""

    management = forms.MultipleChoiceField(
        label=_("Management side"), widget=forms.CheckboxSelectMultiple, required=False
    )
    employees = forms.MultipleChoiceField(label=_("Employee side"), widget=forms.CheckboxSelectMultiple, required=False)
    management_count = forms.IntegerField(
        label=_("How many took part for the management side?"), min_value=0, max_value=10_000, required=False
    )
    management_name = CleanLine(label=_("One of them"), max_length=120, required=False)
    employee_count = forms.IntegerField(
        label=_("How many employees took part?"), min_value=0, max_value=10_000, required=False
    )
    employee_name = CleanLine(label=_("One of them, usually the contact"), max_length=120, required=False)
    guests = CleanLine(
        label=_("Others who were there (optional)"),
        max_length=300,
        required=False,
        help_text=_("For example whoever took the minutes, or a guest for one point."),
    )

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial=_as_noted(meeting))
        counted = ("management_count", "management_name", "employee_count", "employee_name")
        for name in ("management", "employees") if meeting.committee.is_staff_meeting else counted:
            del self.fields[name]
        if not meeting.committee.is_staff_meeting:
            members = seats(meeting.committee, meeting.on)
            for side in Side:
                field: Any = self.fields[str(side)]
                field.choices = _people(members, side)

    def there(self) -> There:
        """Return what was written, for the action."""
        data = self.cleaned_data
        people = [*data.get("management", ()), *data.get("employees", ())]
        return There(
            people=[int(pk) for pk in people],
            guests=data["guests"],
            management_count=data.get("management_count"),
            management_name=data.get("management_name", ""),
            employee_count=data.get("employee_count"),
            employee_name=data.get("employee_name", ""),
        )


def _people(members: tuple[Membership, ...], side: Side) -> list[tuple[str, str]]:
    """Return one choice a person, with all that they are in the body."""
    names: dict[int, tuple[str, list[str]]] = {}
    for seat in members:
        if seat.side == side:
            functions = names.setdefault(seat.user_id, (seat.user.name, []))[1]
            functions.append(str(seat.get_function_display()))
    return [(str(pk), f"{name} ({', '.join(functions)})") for pk, (name, functions) in names.items()]


def _as_noted(meeting: Meeting) -> dict[str, Any]:
    rows = list(Attendance.objects.filter(meeting=meeting))
    members = [] if rows or meeting.committee.is_staff_meeting else seats(meeting.committee, meeting.on)
    there = [(row.side, row.user_id) for row in (rows or members)]
    names = {row.side: row.name for row in rows}
    return {
        **{str(side): [str(user) for one, user in there if one == side] for side in Side},
        "guests": meeting.guests,
        "management_count": meeting.management_count or 1,
        "management_name": names.get(Side.MANAGEMENT, ""),
        "employee_count": meeting.employee_count,
        "employee_name": names.get(Side.EMPLOYEES, ""),
    }


class RecordAtMeetingForm(RecordForm):
    """What the body arrived at in a matter on its agenda: day, form and minutes are the meeting's.

    Who was there is taken from the attendance; somebody who left for this point is taken away.
    """

    OF_THE_MEETING = ("held_on", "form", "minutes_reference", "confirm_by", "together_with")

    def __init__(self, data: Any = None, *, dialogue: Dialogue, meeting: Meeting, **when: Any) -> None:
        super().__init__(data, dialogue=dialogue, **when)
        self._meeting = meeting
        for name in self.OF_THE_MEETING:
            self.fields.pop(name, None)
        if dialogue.held_on is None:
            self._begin_with(attendance_of(meeting), seats(dialogue.committee, meeting.on))

    def _begin_with(self, sides: list[dict[str, Any]], members: tuple[Membership, ...]) -> None:
        rows = Attendance.objects.filter(meeting=self._meeting)
        there = {(row.user_id, row.side) for row in rows}
        if self._meeting.committee.is_staff_meeting:
            names = {
                "management": ("management_count", "management_name"),
                "employees": ("employee_count", "employee_name"),
            }
            for present in sides:
                count, name = names[present["side"]]
                if present["count"]:
                    self.initial[count] = present["count"]
                if present["people"]:
                    self.initial[name] = present["people"][0]["name"]
        elif there:
            for one in Side:
                ticked = {str(seat.pk) for seat in members if (seat.user_id, seat.side) in there and seat.side == one}
                choices: Any = self.fields[f"participants_{one}"]
                self.initial[f"participants_{one}"] = [key for key, _label in choices.choices if key in ticked]

    def clean(self) -> dict[str, Any]:
        """Say of the meeting what the record says of it."""
        cleaned = super().clean()
        meeting = self._meeting
        return cleaned | {
            "held_on": meeting.on,
            "form": meeting.form,
            "minutes_reference": reference(meeting),
            "confirm_by": CONFIRM_BY_LOGIN,
        }


class NoteForm(forms.Form):
    """What is to be put right about closed minutes."""

    text = WordsField(
        label=_("What is to be put right?"),
        help_text=_(
            "It stands beside the minutes with today's date and your name. The minutes themselves do not change."
        ),
        error_messages={"required": _("Write what is to be put right.")},
    )
