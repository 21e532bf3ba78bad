# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Employees from a table: who comes, moves and leaves. The key is the employee number.

A number stands for one employment, which may be several assignments after one another: who moves keeps
the old one, ended, so that what was done in it still has its place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Line, Plan, RowReader, difference, finder, folded, written
from samspil.foundation.tables import Column, Row, Table
from samspil.foundation.tenancy import current_municipality_id
from samspil.municipalities.importing import UNIT_HEADINGS
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words
from samspil.people.models import STAFF_ROLES, Role, RoleAssignment, User
from samspil.people.queries import municipalities_known_to
from samspil.people.role_words import words_for_roles

COLUMNS = (
    Column(
        "Medarbejdernummer",
        "number",
        is_required=True,
        also=("Tjenestenummer", "Tjenestenr.", "Medarbejdernr.", "Lønnummer", "Lønnr.", "Ansættelsesnummer"),
        hint=gettext_lazy("The employment is known by its number, whatever happens to name and e-mail."),
    ),
    Column("Fornavn", "first_name", is_required=True, hint=gettext_lazy("First name.")),
    Column("Efternavn", "last_name", is_required=True, hint=gettext_lazy("Last name.")),
    Column(
        "Mail",
        "email",
        is_required=True,
        also=("E-mail", "Mailadresse", "E-mailadresse", "E-post"),
        hint=gettext_lazy("The one the person reads at work. Without it the row is left out."),
    ),
    Column(
        "Afdelingskode",
        "unit",
        is_required=True,
        also=UNIT_HEADINGS,
        hint=gettext_lazy("The code of the unit: import the units first."),
    ),
    Column(
        "Startdato",
        "start",
        is_required=True,
        also=("Ansat fra", "Ansættelsesdato", "Ansat dato", "Tiltrædelsesdato", "Tiltrådt"),
        hint=gettext_lazy("The first day, as 31-12-2026."),
    ),
    Column(
        "Slutdato",
        "end",
        also=("Ansat til", "Fratrædelsesdato", "Fratrådt"),
        hint=gettext_lazy("The last day. Empty or 31-12-9999: the employment goes on."),
    ),
    Column("Titel", "title", also=("Stilling", "Stillingsbetegnelse"), hint=gettext_lazy("For example nurse.")),
    Column("Brugernavn", "username", hint=gettext_lazy("The person’s name in your own systems.")),
    Column(
        "Rolle",
        "role",
        hint=gettext_lazy("leder, frivilligkoordinator or medarbejder. Empty: medarbejder, or the role they have."),
    ),
)
EXAMPLE = (
    ("10017", "Lene", "Holm", "lene@example.dk", "2010", date(2019, 8, 1), None, "plejecenterleder", "LEHO", "leder"),
    (
        "10018",
        "Mia",
        "Lund",
        "mia@example.dk",
        "2010",
        date(2021, 3, 15),
        None,
        "sosu-assistent",
        "MILU",
        "medarbejder",
    ),
    ("10019", "Ole", "Munk", "ole@example.dk", "3010", date(2015, 1, 1), None, "skoleleder", "OLMU", "leder"),
)
_CHUNK = 500
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewRole:
    """An assignment to be made; ``user_id`` is None where the e-mail is new."""

    user_id: int | None
    email: str
    name: str
    role: str
    unit_id: int
    from_date: date
    until: date | None
    number: str
    title: str
    username: str


@dataclass(frozen=True)
class Change:
    """New values for a user (``model`` "user") or an assignment ("role")."""

    model: str
    pk: int
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class PeopleHere:
    """What is known already of those in the table."""

    units: Mapping[str, Unit]
    users: Mapping[str, User]
    assignments: tuple[RoleAssignment, ...]
    is_known_elsewhere: Callable[[int], bool]


def people_here(table: Table) -> PeopleHere:
    """Return the units, the staff of the municipality, and whom the e-mails of the table belong to."""
    emails = sorted({row["email"].lower() for row in table.rows if row["email"]})
    users: dict[str, User] = {}
    for at in range(0, len(emails), _CHUNK):
        found = User.objects.annotate(small=Lower("email")).filter(small__in=emails[at : at + _CHUNK])
        users |= {user.email.lower(): user for user in found}
    own = current_municipality_id()
    elsewhere: dict[int, bool] = {}

    def is_known_elsewhere(user_id: int) -> bool:
        if user_id not in elsewhere:
            elsewhere[user_id] = any(found.pk != own for found in municipalities_known_to(user_id))
        return elsewhere[user_id]

    assignments = RoleAssignment.objects.filter(role__in=STAFF_ROLES, is_stand_in=False).select_related("user", "unit")
    return PeopleHere(
        units={unit.code: unit for unit in Unit.objects.exclude(code="")},
        users=users,
        assignments=tuple(assignments.order_by("from_date", "id")),
        is_known_elsewhere=is_known_elsewhere,
    )


def plan(table: Table, here: PeopleHere, on: date) -> Plan:
    """Return what the table would do on the day ``on`` to the people who are ``here``."""
    clashing: frozenset[str] = frozenset()
    while True:
        planner = _Planner(table, here, on, last=clashing)
        found = planner.plan()
        # Who was in the way may have moved meanwhile: those who clashed are tried again after all others.
        if planner.clashing <= clashing:
            return found
        clashing |= planner.clashing


_Place = tuple[int | str, str, int]
"""A person (the key, or the e-mail of somebody new), a role, a unit."""


@dataclass
class _Wanted:
    """What a row says."""

    row: Row
    number: str
    name: str
    email: str
    unit: Unit
    role: str
    start: date | None
    end: date | None
    texts: dict[str, str]
    details: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.name} ({self.number})"


class _Planner:
    def __init__(self, table: Table, here: PeopleHere, on: date, *, last: frozenset[str]) -> None:
        self.reader = RowReader(table, COLUMNS)
        self.rows, self.here, self.on = table.rows, here, on
        self.last, self.clashing = last, set[str]()
        self.roles, self.unit_of = words_for_roles(), finder(here.units)
        self.history: dict[str, list[RoleAssignment]] = {}
        self.unnumbered: dict[tuple[int, int], list[RoleAssignment]] = {}
        self.occupied: dict[_Place, str] = {}
        self.users = dict(here.users)
        for assignment in here.assignments:
            if assignment.employee_number:
                self.history.setdefault(assignment.employee_number, []).append(assignment)
            elif assignment.until is None or assignment.until >= on:
                self.unnumbered.setdefault((assignment.user_id, assignment.unit_id), []).append(assignment)
            if assignment.until is None:
                place = (assignment.user_id, assignment.role, assignment.unit_id)
                self.occupied[place] = assignment.employee_number
        self.first_with_email: dict[str, _Wanted] = {}
        self.email_of: dict[int, str] = {}
        self.creates: list[Line] = []
        self.changes: list[Line] = []
        self.writes: list[NewRole | Change] = []
        self.renamed: set[int] = set()

    def plan(self) -> Plan:
        wanted = list(self._wanted())
        # Those that are here first, so that they keep what they have.
        for one in sorted(wanted, key=lambda one: (one.number in self.last, one.number not in self.history)):
            self._decide(one)
        numbers = {row["number"] for row in self.rows}
        absent = [
            Line(0, f"{latest.user.name} ({number})", (f"{latest.get_role_display()}, {latest.unit.name}",))
            for number, assignments in self.history.items()
            if number not in numbers and ((latest := assignments[-1]).until is None or latest.until >= self.on)
        ]
        left_out = {remark.row for remark in self.reader.remarks}
        touched = len(self.creates) + len(self.changes)
        return Plan(
            creates=tuple(sorted(self.creates, key=lambda line: line.row)),
            changes=tuple(sorted(self.changes, key=lambda line: line.row)),
            unchanged=len(self.rows) - touched - len(left_out - {line.row for line in self.changes}),
            errors=tuple(self.reader.errors),
            remarks=tuple(self.reader.remarks),
            absent=tuple(absent),
            writes=tuple(self.writes),
        )

    # What a row says --------------------------------------------------------------------------------------------------

    def _wanted(self) -> Iterable[_Wanted]:
        first_row: dict[str, int] = {}
        for row in self.rows:
            number = self.reader.text(row, "number", 40, required=_("Write the employee number."))
            if number in first_row:
                text = _("The number stands in row %(row)d too. Each employment has its own.")
                self.reader.refuse(row, "number", text % {"row": first_row[number]})
            elif number:
                first_row[number] = row.number
                one = self._read(row, number)
                if one is not None and self._is_one_person(one):
                    yield one

    def _read(self, row: Row, number: str) -> _Wanted | None:
        if not row["first_name"]:
            self.reader.refuse(row, "first_name", _("Write the person’s first name."))
        name = f"{row['first_name']} {row['last_name']}".strip()
        if len(name) > 120:  # noqa: PLR2004 - the length of User.name
            self.reader.refuse(row, "last_name", _("The name is too long; 120 signs is the most."))
        unit = self.unit_of(row["unit"])
        if unit is None:
            text = (
                _("No unit has the code “%(code)s”. Put it right, or import the units first.")
                if row["unit"]
                else _("Write the code.")
            )
            self.reader.refuse(row, "unit", text % {"code": row["unit"][:40]})
        start, end = self.reader.day(row, "start"), self.reader.day(row, "end")
        if start and end and end < start:
            self.reader.refuse(row, "end", _("The last day is before the first. Put one of them right."))
            return None
        role = self.roles.get(folded(row["role"]), "")
        if row["role"] and not role:
            self.reader.refuse(
                row,
                "role",
                _("“%(word)s” is no role here. Write leder, frivilligkoordinator or medarbejder.")
                % {"word": row["role"][:40]},
            )
        texts = {
            key: self.reader.text(row, key, limit)
            for key, limit in (("title", 80), ("username", 80))
            if self.reader.has(key)
        }
        email = self._email(row, role)
        if unit is None or not email:
            return None
        return _Wanted(row, number, name, email, unit, role, start, end, texts)

    def _email(self, row: Row, role: str) -> str:
        email = self.reader.text(row, "email", 254).lower()
        if not email and role == Role.LEADER:
            text = _(
                "A leader, but the row has no e-mail and is left out. Find the e-mail: else the unit has no leader."
            )
            self.reader.remark(row, text)
            return ""
        if not email:
            self.reader.remark(row, _("The row has no e-mail and is left out: without one nobody can log in."))
            return ""
        try:
            validate_email(email)
        except ValidationError:
            self.reader.refuse(row, "email", _("Write a whole e-mail address, such as name@municipality.dk."))
            return ""
        return email

    def _is_one_person(self, one: _Wanted) -> bool:
        """Whether an e-mail has one name in the table, and a known person one e-mail."""
        first = self.first_with_email.setdefault(one.email, one)
        if folded(first.name) != folded(one.name):
            text = _("Row %(row)d has the same e-mail and another name. Each person has an e-mail of their own.")
            self.reader.refuse(one.row, "email", text % {"row": first.row.number})
            return False
        return True

    # What it means ----------------------------------------------------------------------------------------------------

    def _decide(self, one: _Wanted) -> None:
        history = self.history.get(one.number, [])
        user = self.users.get(one.email)
        if history:
            holder = history[-1].user
            if user is not None and user.pk != holder.pk:
                text = _("The e-mail belongs to somebody else than the one who has this number here: %(name)s.")
                self.reader.refuse(one.row, "email", text % {"name": holder.name})
                return
            user = holder
        if user is not None and not self._person(one, user):
            return
        latest = history[-1] if history else None
        begins_anew = latest is not None and latest.until is not None and one.start and one.start > latest.until
        if latest is None or (begins_anew and one.start not in {entry.from_date for entry in history}):
            latest = self._adopted(one, user)
            history = [latest] if latest else []
        if latest is None:
            self._create(one, user)
        else:
            self._compare(one, history, latest)
        if one.details:
            self.changes.append(Line(one.row.number, one.label, tuple(one.details)))

    def _person(self, one: _Wanted, user: User) -> bool:
        """Bring name and e-mail up to date, unless another municipality knows the person too."""
        if self.email_of.setdefault(user.pk, one.email) != one.email:
            text = _("The same person stands with another e-mail further up: %(name)s. Write one e-mail for all rows.")
            self.reader.refuse(one.row, "email", text % {"name": user.name})
            return False
        fields: dict[str, Any] = {}
        if user.email.lower() != one.email:
            if self.here.is_known_elsewhere(user.pk):
                text = _("%(name)s logs in with another e-mail in another municipality too, so it cannot change here.")
                self.reader.refuse(one.row, "email", text % {"name": user.name})
                return False
            fields["email"] = one.email
            self.users[one.email] = user
            one.details.append(difference(_("E-mail"), one.email, user.email))
        if user.name != one.name and not self.here.is_known_elsewhere(user.pk):
            fields["name"] = one.name
            one.details.append(difference(_("Name"), one.name, user.name))
        if fields and user.pk not in self.renamed:
            self.renamed.add(user.pk)
            self.writes.append(Change("user", user.pk, tuple(fields.items())))
        return True

    def _adopted(self, one: _Wanted, user: User | None) -> RoleAssignment | None:
        """Return the role that somebody entered by hand, and that the row is about."""
        entered = self.unnumbered.get((user.pk if user else 0, one.unit.pk), [])
        fitting = [entry for entry in entered if not one.role or entry.role == one.role]
        if len(fitting) != 1 and not (fitting and one.role):
            return None
        entered.remove(fitting[0])
        self.occupied[fitting[0].user_id, fitting[0].role, fitting[0].unit_id] = one.number
        return fitting[0]

    def _create(self, one: _Wanted, user: User | None) -> None:
        if one.start is None:
            if not one.row["start"]:
                self.reader.refuse(one.row, "start", _("Write the first day."))
            return
        if one.end is not None and one.end < self.on:
            self.reader.remark(one.row, _("The person has left already, and is left out."))
            return
        if one.unit.is_closed(one.start):
            self.reader.refuse(one.row, "unit", closing_in_words(one.unit, self.on))
            return
        role = one.role or Role.EMPLOYEE.value
        if self._add(one, user, role, one.start):
            words = {"role": Role(role).label, "unit": one.unit.name, "start": written(one.start)}
            line = _("%(role)s, %(unit)s, from %(start)s") % words
            self.creates.append(Line(one.row.number, one.label, (line, *one.details)))
        one.details.clear()

    def _add(self, one: _Wanted, user: User | None, role: str, from_date: date) -> bool:
        """Write down a new assignment, unless the person has the same role there under another number."""
        if one.end is None and not self._is_free(one, (user.pk if user else one.email, role, one.unit.pk)):
            return False
        texts = {"title": "", "username": "", **one.texts}
        user_id = user.pk if user else None
        self.writes.append(
            NewRole(user_id, one.email, one.name, role, one.unit.pk, from_date, one.end, one.number, **texts)
        )
        return True

    def _is_free(self, one: _Wanted, place: _Place) -> bool:
        """Whether the person has this role here under no other number: nobody has the same role twice."""
        holder = self.occupied.setdefault(place, one.number)
        if holder != one.number:
            self.clashing.add(one.number)
            text = _("The person has this role here already under the number %(number)s. The row is left out.")
            self.reader.remark(one.row, text % {"number": holder or "–"})
        return holder == one.number

    def _compare(self, one: _Wanted, history: list[RoleAssignment], latest: RoleAssignment) -> None:
        role = one.role or latest.role
        has_left = latest.until is not None and latest.until < self.on
        is_leaving = one.end is not None and one.end < self.on
        if has_left and not is_leaving:
            text = _("The role was ended here on %(day)s, and stays so. Give it anew on the page if that is wrong.")
            self.reader.remark(one.row, text % {"day": written(latest.until)})
            return
        if not is_leaving and (latest.unit_id, latest.role) != (one.unit.pk, role):
            self._move(one, history, latest, role)
            return
        fields: dict[int, dict[str, Any]] = {}
        self._dates(one, history, latest, fields)
        own = fields.setdefault(latest.pk, {})
        for key, value in {"employee_number": one.number, **one.texts}.items():
            before = getattr(latest, key)
            if before != value:
                own[key] = value
                one.details.append(difference(_LABELS[key], value, before))
        self.writes += [Change("role", pk, tuple(new.items())) for pk, new in fields.items() if new]

    def _dates(
        self,
        one: _Wanted,
        history: list[RoleAssignment],
        latest: RoleAssignment,
        fields: dict[int, dict[str, Any]],
    ) -> None:
        corrected = _whose_start(history, one.start)
        begins = one.start if corrected is latest and one.start else latest.from_date
        # Who moved here after the day they turn out to have left, left on the day they moved.
        ends = (one.end and max(one.end, begins)) if self.reader.has("end") else latest.until
        if ends is not None and ends < begins:
            self.reader.refuse(one.row, "start", _("The first day is after the last."))
            return
        if ends is None and not self._is_free(one, (latest.user_id, latest.role, latest.unit_id)):
            return
        if corrected is not None and one.start is not None:
            fields.setdefault(corrected.pk, {})["from_date"] = one.start
            one.details.append(difference(_("From"), written(one.start), written(corrected.from_date)))
        if ends != latest.until:
            if ends is not None:
                self.occupied.pop((latest.user_id, latest.role, latest.unit_id), None)
            fields.setdefault(latest.pk, {})["until"] = ends
            one.details.append(difference(_("Until"), written(ends), written(latest.until)))

    def _move(self, one: _Wanted, history: list[RoleAssignment], latest: RoleAssignment, role: str) -> None:
        """End the assignment the day before, and begin another: from the first day said, else from today."""
        is_new_start = one.start and one.start > latest.from_date and one.start not in {e.from_date for e in history}
        day = one.start if one.start and is_new_start else self.on
        was = f"{latest.get_role_display()}, {latest.unit.name}"
        now = f"{Role(role).label}, {one.unit.name}"
        # A first day that is new and no day of moving belongs to what was before.
        corrected = None if is_new_start else _whose_start(history, one.start)
        fields: dict[int, dict[str, Any]] = {corrected.pk: {"from_date": one.start}} if corrected else {}
        if day <= latest.from_date:
            if one.end is None and not self._is_free(one, (latest.user_id, role, one.unit.pk)):
                return
            until = one.end and max(one.end, one.start if corrected is latest and one.start else latest.from_date)
            place = {"unit_id": one.unit.pk, "role": role, "until": until, "employee_number": one.number}
            fields.setdefault(latest.pk, {}).update({**place, **one.texts})
        elif self._add(one, latest.user, role, day):
            fields.setdefault(latest.pk, {})["until"] = day - _A_DAY
        else:
            return
        self.writes += [Change("role", pk, tuple(new.items())) for pk, new in fields.items()]
        self.occupied.pop((latest.user_id, latest.role, latest.unit_id), None)
        moved = _("From %(day)s: %(now)s (before: %(was)s)")
        one.details.append(moved % {"day": written(day), "now": now, "was": was})


_LABELS = {
    "employee_number": gettext_lazy("Employee number"),
    "title": gettext_lazy("Title"),
    "username": gettext_lazy("Username"),
}


def _whose_start(history: list[RoleAssignment], start: date | None) -> RoleAssignment | None:
    """Return the assignment whose first day the table puts right; None where it says nothing new."""
    if start is None or start in {entry.from_date for entry in history}:
        return None
    if len(history) == 1 or (history[-2].until is not None and start > history[-2].until):
        return history[-1]
    first = history[0]
    return first if first.until is None or start <= first.until else None
