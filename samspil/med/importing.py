# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Bodies and their members from a table, one row for each seat.

A body is known by its name, a member by the employee number, and the side follows from the function.
A row without a number says only that the body covers the unit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Line, Plan, RowReader, difference, finder, folded, written
from samspil.foundation.tables import Column, Row, Table
from samspil.med.function_words import function_of
from samspil.med.models import Committee, CoveredByCommittee, Function, Membership, Side
from samspil.municipalities.importing import UNIT_HEADINGS
from samspil.municipalities.models import Unit
from samspil.people.models import Role, RoleAssignment, User

COLUMNS = (
    Column(
        "Udvalg",
        "body",
        is_required=True,
        also=("MED-udvalg", "Udvalgsnavn", "Navn på udvalg"),
        hint=gettext_lazy("The name of the body, alike in all its rows."),
    ),
    Column("Niveau", "level", hint=gettext_lazy("Your own word for it, for example lokaludvalg.")),
    Column(
        "Afdelingskode",
        "unit",
        is_required=True,
        also=UNIT_HEADINGS,
        hint=gettext_lazy("A unit that the body covers. Write a row for each of them; it can do without a member."),
    ),
    Column(
        "Medarbejdernummer",
        "number",
        is_required=True,
        also=("Tjenestenummer", "Tjenestenr.", "Medarbejdernr.", "Lønnummer", "Lønnr.", "Ansættelsesnummer"),
        hint=gettext_lazy("Import the employees first."),
    ),
    Column("Startdato", "start", also=("Fra",), hint=gettext_lazy("The first day, as 31-12-2026. Empty: today.")),
    Column("Slutdato", "end", also=("Til",), hint=gettext_lazy("The last day. Empty or 31-12-9999: the seat goes on.")),
    Column(
        "Hverv",
        "function",
        is_required=True,
        also=("Funktion", "Post"),
        hint=gettext_lazy("formand, næstformand, TR, FTR, AMR, leder or medlem. It decides the side."),
    ),
)
EXAMPLE = (
    ("LokalMED Solbakken", "Lokaludvalg", "2010", "10017", date(2026, 1, 1), None, "formand"),
    ("LokalMED Solbakken", "Lokaludvalg", "2010", "10020", date(2026, 1, 1), None, "næstformand"),
    ("LokalMED Solbakken", "Lokaludvalg", "2010", "10018", date(2026, 1, 1), None, "AMR"),
)
_STAFF_MEETING = "personalemøde"
_A_DAY = timedelta(days=1)

BodyRef = int | str
"""A body that is here (its key) or one that the file brings (its folded name)."""
Kind = tuple[str, str]
"""Function and side."""


@dataclass(frozen=True)
class NewBody:
    """A body to be set up."""

    ref: str
    name: str
    level: str
    is_staff_meeting: bool


@dataclass(frozen=True)
class NewLevel:
    """Another word for the level of a body."""

    body: int
    level: str


@dataclass(frozen=True)
class NewCover:
    """A unit that a body is to cover."""

    body: BodyRef
    unit_id: int


@dataclass(frozen=True)
class NewSeat:
    """A membership to be made."""

    body: BodyRef
    user_id: int
    function: str
    side: str
    from_date: date
    until: date | None


@dataclass(frozen=True)
class SeatChange:
    """New values for a membership."""

    pk: int
    fields: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class MedHere:
    """The bodies, seats, units and people of the municipality; ``importer`` is who reads the table in."""

    committees: tuple[Committee, ...]
    covered: Mapping[int, int]
    seats: tuple[Membership, ...]
    units: tuple[Unit, ...]
    people: Mapping[str, User]
    led: Mapping[int, frozenset[int]]
    importer: int | None


def med_here(on: date, importer: int | None) -> MedHere:
    """Return what is known already; people by the number of a role that holds on ``on`` or later."""
    roles = RoleAssignment.objects.filter(Q(until=None) | Q(until__gte=on))
    led: dict[int, set[int]] = {}
    # Whoever stands in for some days keeps the seat; on those days ``employee_side`` leaves them out.
    leaders = RoleAssignment.objects.on(on).filter(role=Role.LEADER, is_stand_in=False)
    for user_id, unit_id in leaders.values_list("user_id", "unit_id"):
        led.setdefault(user_id, set()).add(unit_id)
    return MedHere(
        committees=tuple(Committee.objects.order_by("id")),
        covered=dict(CoveredByCommittee.objects.values_list("unit_id", "committee_id")),
        seats=tuple(Membership.objects.select_related("user", "committee").order_by("from_date", "id")),
        units=tuple(Unit.objects.all()),
        people={row.employee_number: row.user for row in roles.exclude(employee_number="").select_related("user")},
        led={user_id: frozenset(units) for user_id, units in led.items()},
        importer=importer,
    )


def plan(table: Table, here: MedHere, on: date) -> Plan:
    """Return what the table would do on the day ``on`` to the bodies that are ``here``."""
    return _Planner(table, here, on).plan()


@dataclass
class _Body:
    name: str
    row: int
    here: Committee | None
    ref: BodyRef
    level: str = ""
    units: list[int] = field(default_factory=list)
    is_staff_meeting: bool = False


@dataclass
class _Seat:
    row: Row
    body: _Body
    user: User
    kind: Kind
    start: date | None
    end: date | None

    @property
    def label(self) -> str:
        return f"{self.user.name}, {self.body.name}"

    @property
    def function(self) -> str:
        return str(Function(self.kind[0]).label)

    @property
    def words(self) -> str:
        return f"{self.function}, {Side(self.kind[1]).label}"


class _Planner:
    def __init__(self, table: Table, here: MedHere, on: date) -> None:
        self.reader = RowReader(table, COLUMNS)
        self.rows, self.here, self.on = table.rows, here, on
        self.units = {unit.pk: unit for unit in here.units}
        self.unit_of = finder({unit.code: unit.pk for unit in here.units if unit.code})
        self.person_of = finder(here.people)
        self.bodies: dict[str, _Body] = {}
        self.covered: dict[int, BodyRef] = dict(here.covered)
        self.seats_here: dict[tuple[BodyRef, int], list[Membership]] = {}
        for seat in here.seats:
            self.seats_here.setdefault((seat.committee_id, seat.user_id), []).append(seat)
        self.wanted: dict[tuple[BodyRef, int], set[Kind]] = {}
        self.creates: list[Line] = []
        self.changes: list[Line] = []
        self.writes: list[NewBody | NewLevel | NewCover | NewSeat | SeatChange] = []
        self.touched: set[int] = set()

    def plan(self) -> Plan:
        body_of_row = {row.number: body for row in self.rows if (body := self._body(row)) is not None}
        for body in self.bodies.values():
            self._set_up(body)
        seats = [seat for row in self.rows if row.number in body_of_row and (seat := self._seat(row, body_of_row))]
        seats = self._without_doubles(seats)
        for seat in seats:
            self.wanted.setdefault((seat.body.ref, seat.user.pk), set()).add(seat.kind)
        for seat in seats:
            self._decide(seat)
        left_out = {remark.row for remark in self.reader.remarks}
        return Plan(
            creates=tuple(sorted(self.creates, key=lambda line: line.row)),
            changes=tuple(sorted(self.changes, key=lambda line: line.row)),
            unchanged=len({row.number for row in self.rows} - self.touched - left_out),
            errors=tuple(self.reader.errors),
            remarks=tuple(self.reader.remarks),
            absent=tuple(self._absent(seats)),
            writes=tuple(self.writes),
        )

    # Bodies -----------------------------------------------------------------------------------------------------------

    def _body(self, row: Row) -> _Body | None:
        name = self.reader.text(row, "body", 120, required=_("Write the name of the body."))
        level = self.reader.text(row, "level", 60)
        unit = self._unit(row)
        if not name:
            return None
        key = folded(name)
        if key not in self.bodies:
            here = self._body_here(row, key)
            self.bodies[key] = _Body(name, row.number, here, here.pk if here else key)
        body = self.bodies[key]
        if level and body.level and level != body.level:
            text = _("The body has another level further up: %(level)s. Write the same in all its rows.")
            self.reader.refuse(row, "level", text % {"level": body.level})
        body.level = body.level or level
        if unit is not None and unit not in body.units:
            body.units.append(unit)
            self._cover(row, body, unit)
        return body

    def _body_here(self, row: Row, key: str) -> Committee | None:
        named = [committee for committee in self.here.committees if folded(committee.name) == key]
        if len(named) > 1:
            covering = self.here.covered.get(self.unit_of(row["unit"]) or 0)
            named = [committee for committee in named if committee.pk == covering]
            if not named:
                self.reader.refuse(row, "body", _("Several bodies here have this name. Give each a name of its own."))
        return named[0] if named else None

    def _unit(self, row: Row) -> int | None:
        if not row["unit"]:
            return None
        unit = self.unit_of(row["unit"])
        if unit is None:
            text = _("No unit has the code “%(code)s”. Put it right, or import the units first.")
            self.reader.refuse(row, "unit", text % {"code": row["unit"][:40]})
        return unit

    def _cover(self, row: Row, body: _Body, unit: int) -> None:
        other = self.covered.setdefault(unit, body.ref)
        if other == body.ref:
            if self.here.covered.get(unit) != other:
                self.touched.add(row.number)
                self.writes.append(NewCover(body.ref, unit))
            return
        named = {committee.pk: committee.name for committee in self.here.committees}
        words = {"unit": self.units[unit].name, "body": named.get(other) if isinstance(other, int) else None}
        words["body"] = words["body"] or self.bodies[str(other)].name
        text = _("%(unit)s has a body already: %(body)s. A unit has one body of its own.")
        self.reader.refuse(row, "unit", text % words)

    def _set_up(self, body: _Body) -> None:
        covers = [self.units[unit].name for unit in body.units if self.here.covered.get(unit) != body.ref]
        details = [_("Covers %(units)s") % {"units": ", ".join(covers)}] if covers else []
        if body.here is None:
            body.is_staff_meeting = _STAFF_MEETING in folded(body.level)
            if not body.units and not any(error.row == body.row for error in self.reader.errors):
                self.reader.refuse(body.row, "unit", _("Write the code of a unit that the body covers."))
            self.writes.insert(0, NewBody(str(body.ref), body.name, body.level, body.is_staff_meeting))
            details += [body.level] if body.level else []
            self.creates.append(Line(body.row, body.name, tuple(details)))
            self.touched.add(body.row)
            return
        body.is_staff_meeting = body.here.is_staff_meeting
        if body.level and body.level != body.here.level:
            self.writes.append(NewLevel(body.here.pk, body.level))
            details.append(difference(_("Level"), body.level, body.here.level))
            self.touched.add(body.row)
        if details:
            self.changes.append(Line(body.row, body.name, tuple(details)))

    # Seats ------------------------------------------------------------------------------------------------------------

    def _seat(self, row: Row, body_of_row: Mapping[int, _Body]) -> _Seat | None:
        number, word = row["number"], folded(row["function"])
        start, end = self.reader.day(row, "start"), self.reader.day(row, "end")
        if not number:
            if word:
                self.reader.refuse(row, "number", _("Write the employee number."))
            return None
        kind = function_of(word)
        if kind is None:
            self.reader.refuse(
                row,
                "function",
                _(
                    "“%(word)s” is not known. Write formand, næstformand, TR, FTR, AMR, leder or medlem, and one in "
                    "each row. Delete the row of somebody who is no member, such as a secretary or a substitute."
                )
                % {"word": row["function"][:40]},
            )
        user = self.person_of(number)
        if user is None:
            text = _(
                "Nobody with a role here has the number %(number)s. Put it right, or import the employees first. Has the "
                "person left, or no e-mail, then delete the row."
            )
            self.reader.refuse(row, "number", text % {"number": number[:40]})
        if start and end and end < start:
            self.reader.refuse(row, "end", _("The last day is before the first. Put one of them right."))
        elif kind and user and self._fits(row, body_of_row[row.number], user, kind):
            return _Seat(row, body_of_row[row.number], user, (kind[0].value, kind[1].value), start, end)
        return None

    def _fits(self, row: Row, body: _Body, user: User, kind: tuple[Function, Side]) -> bool:
        """Whether the rules for members let this person have this seat."""
        function, side = kind
        if (function == Function.EMPLOYEE_CONTACT) != body.is_staff_meeting:
            self.reader.refuse(
                row,
                "function",
                _("A staff meeting with MED status has no members, only an employee contact whom the staff elect.")
                if body.is_staff_meeting
                else _("Only a staff meeting with MED status has an employee contact. Choose another function."),
            )
            return False
        if side == Side.EMPLOYEES and self._leads(user.pk, body):
            text = _(
                "%(name)s leads a unit that the body covers, and cannot sit on the employee side. Write leder or formand, "
                "or put the number right."
            )
            self.reader.refuse(row, "function", text % {"name": user.name})
            return False
        if side == Side.EMPLOYEES and user.pk == self.here.importer:
            text = _("You cannot put yourself on the employee side. Ask the HR/MED secretariat or a colleague.")
            self.reader.refuse(row, "number", text)
            return False
        return True

    def _leads(self, user_id: int, body: _Body) -> bool:
        """``queries.leads_covered`` for the bodies as they would be, without a query for each member."""
        led = self.here.led.get(user_id)
        if not led:
            return False
        own = [unit for unit, ref in self.covered.items() if ref == body.ref]
        above = {step for unit in own for step in self._path(unit)}
        nearest = (
            next((self.covered[step] for step in self._path(unit) if step in self.covered), None) for unit in led
        )
        return bool(led & above) or body.ref in nearest

    def _path(self, unit_id: int) -> Iterable[int]:
        """Yield the unit and those above it."""
        step: int | None = unit_id
        while step is not None:
            yield step
            step = self.units[step].parent_id

    def _without_doubles(self, seats: Iterable[_Seat]) -> list[_Seat]:
        first: dict[tuple[BodyRef, int, str], _Seat] = {}
        side: dict[tuple[BodyRef, int], _Seat] = {}
        kept = []
        for seat in seats:
            same = first.setdefault((seat.body.ref, seat.user.pk, seat.kind[0]), seat)
            other = side.setdefault((seat.body.ref, seat.user.pk), seat)
            if other.kind[1] != seat.kind[1]:
                text = _("%(name)s stands on the other side in row %(row)d.")
                self.reader.refuse(seat.row, "function", text % {"name": seat.user.name, "row": other.row.number})
            elif same is not seat:
                text = _("%(name)s has this seat in row %(row)d too.")
                self.reader.refuse(seat.row, "number", text % {"name": seat.user.name, "row": same.row.number})
            else:
                kept.append(seat)
        return kept

    def _decide(self, seat: _Seat) -> None:
        theirs = self.seats_here.get((seat.body.ref, seat.user.pk), [])
        wanted = self.wanted[seat.body.ref, seat.user.pk]
        same = [s for s in theirs if _kind(s) == seat.kind]
        known = {s.from_date for s in theirs}
        latest = same[-1] if same else None
        if latest and latest.until and seat.start and seat.start > latest.until and seat.start not in known:
            latest = None
        if latest is not None:
            self._compare(seat, latest, same, known)
            return
        current = [s for s in theirs if (s.until is None or s.until >= self.on) and _kind(s) not in wanted]
        if len(current) == 1 and len(wanted) == 1:
            self._replace(seat, current[0], known)
            return
        if any(s.side != seat.kind[1] for s in current):
            text = _("%(name)s sits on the other side already. End that seat first.")
            self.reader.refuse(seat.row, "function", text % {"name": seat.user.name})
            return
        if seat.end is not None and seat.end < self.on:
            self.reader.remark(seat.row, _("The seat has ended already, and is left out."))
            return
        begins = seat.start or self.on
        self._add(seat, begins)
        words = _("%(function)s, from %(start)s") % {"function": seat.words, "start": written(begins)}
        self.creates.append(Line(seat.row.number, seat.label, (words,)))

    def _add(self, seat: _Seat, begins: date) -> None:
        self.touched.add(seat.row.number)
        self.writes.append(NewSeat(seat.body.ref, seat.user.pk, *seat.kind, begins, seat.end))

    def _change(self, seat: _Seat, pk: int, fields: Mapping[str, Any], *details: str) -> None:
        self.touched.add(seat.row.number)
        self.writes.append(SeatChange(pk, tuple(fields.items())))
        self.changes.append(Line(seat.row.number, seat.label, details))

    def _replace(self, seat: _Seat, old: Membership, known: set[date]) -> None:
        """Another function in the same body: the one until the day before, the other from today or the day said."""
        is_known = seat.start is None or seat.start in known
        begins_later = not is_known and seat.start is not None and seat.start > old.from_date
        day = seat.start if begins_later and seat.start else self.on
        if seat.end is not None and seat.end < day:
            self.reader.remark(seat.row, _("The seat has ended already, and is left out."))
            return
        # A first day that is new and no day of changing belongs to what was before.
        fields: dict[str, Any] = {} if is_known or begins_later else {"from_date": seat.start}
        was = f"{Function(old.function).label}, {Side(old.side).label}"
        if day <= old.from_date:
            until = seat.end and max(seat.end, fields.get("from_date", old.from_date))
            fields |= {"function": seat.kind[0], "side": seat.kind[1], "until": until}
        else:
            fields["until"] = day - _A_DAY
        moved = _("From %(day)s: %(now)s (before: %(was)s)") % {"day": written(day), "now": seat.words, "was": was}
        self._change(seat, old.pk, fields, moved)
        if day > old.from_date:
            self._add(seat, day)

    def _compare(self, seat: _Seat, latest: Membership, same: list[Membership], known: set[date]) -> None:
        is_leaving = seat.end is not None and seat.end < self.on
        if latest.until is not None and latest.until < self.on and not is_leaving:
            text = _("The seat was ended here on %(day)s, and stays so. Give it anew on the page if that is wrong.")
            self.reader.remark(seat.row, text % {"day": written(latest.until)})
            return
        fields: dict[str, Any] = {}
        details = []
        begins = latest.from_date
        before = same[-2].until if len(same) > 1 else None
        if seat.start and seat.start not in known and (len(same) == 1 or (before and seat.start > before)):
            begins = fields["from_date"] = seat.start
            details.append(difference(_("From"), written(begins), written(latest.from_date)))
        ends = (seat.end and max(seat.end, begins)) if self.reader.has("end") else latest.until
        if ends is not None and ends < begins:
            self.reader.refuse(seat.row, "start", _("The first day is after the last."))
            return
        if ends != latest.until:
            fields["until"] = ends
            details.append(difference(_("Until"), written(ends), written(latest.until)))
        if fields:
            self._change(seat, latest.pk, fields, *details)

    # What is not in the table -----------------------------------------------------------------------------------------

    def _absent(self, seats: Iterable[_Seat]) -> Iterable[Line]:
        named = {body.here.pk: body for body in self.bodies.values() if body.here}
        for committee in self.here.committees:
            if committee.pk not in named:
                yield Line(0, committee.name)
        for unit, ref in self.here.covered.items():
            if ref in named and named[ref].units and unit not in named[ref].units:
                yield Line(0, named[ref].name, (_("Covers %(units)s") % {"units": self.units[unit].name},))
        wanted = {(seat.body.ref, seat.user.pk, seat.kind) for seat in seats}
        changed = {write.pk for write in self.writes if isinstance(write, SeatChange)}
        for seat in self.here.seats:
            is_current = seat.until is None or seat.until >= self.on
            is_told = seat.pk in changed or (seat.committee_id, seat.user_id, _kind(seat)) in wanted
            if is_current and seat.committee_id in named and not is_told:
                yield Line(0, f"{seat.user.name}, {seat.committee.name}", (str(Function(seat.function).label),))


def _kind(seat: Membership) -> Kind:
    return (seat.function, seat.side)
