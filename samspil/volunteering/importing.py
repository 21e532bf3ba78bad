# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Existing volunteers of one workplace from a table: who they are, what they do, who looks after them, since when.

Somebody is known by e-mail, else by phone, else by name. They are active at once, with a date by which what must be
in place is in place: nobody who has helped for years is sent home by a new program.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Line, Plan, RowReader, difference, folded, written
from samspil.foundation.tables import Column, Row, Table
from samspil.foundation.text import looks_like_personal_number
from samspil.people.queries import staff_of
from samspil.volunteering.models import Engagement
from samspil.volunteering.queries import chosen_lineages, room_at
from samspil.volunteering.states import HERE

COLUMNS = (
    Column("Navn", "name", is_required=True, also=("Frivillig", "Fulde navn"), hint=gettext_lazy("The whole name.")),
    Column("Telefon", "phone", also=("Tlf", "Tlf.", "Mobil", "Telefonnummer"), hint=gettext_lazy("If there is one.")),
    Column("Mail", "email", also=("E-mail", "Mailadresse", "E-post"), hint=gettext_lazy("If there is one.")),
    Column(
        "Opgaver",
        "tasks",
        also=("Opgave",),
        hint=gettext_lazy("As they are called in your agreement, with a comma or a semicolon between them."),
    ),
    Column(
        "Kontaktpersons mail",
        "contact",
        also=("Kontaktperson", "Kontaktpersonens mail"),
        hint=gettext_lazy("Of somebody who works here. Empty: you."),
    ),
    Column("Frivillig siden", "since", also=("Siden", "Startdato"), hint=gettext_lazy("As 31-12-2019, if you know.")),
)
EXAMPLE = (
    ("Aase Holm", "20 30 40 50", "", "Højtlæsning", "mia@example.dk", date(2014, 3, 1)),
    ("Bent Friis", "", "bent@example.dk", "Gåture; Højtlæsning", "", None),
)
DAYS_TO_DO = 90
"""How long existing volunteers have until what must be in place is in place."""


@dataclass(frozen=True)
class NewHere:
    """A volunteer to be entered."""

    name: str
    phone: str
    email: str
    tasks: tuple[UUID, ...]
    contact_id: int
    since: date | None


@dataclass(frozen=True)
class ChangeHere:
    """What is put right or added about somebody who is here."""

    engagement_id: int
    volunteer_id: int
    volunteer: tuple[tuple[str, str], ...]
    engagement: tuple[tuple[str, date | int], ...]
    tasks: tuple[UUID, ...]


@dataclass(frozen=True)
class Here:
    """What is known of the workplace: tasks by name, staff by e-mail, and who is here."""

    tasks: Mapping[str, UUID]
    staff: Mapping[str, int]
    staff_names: Mapping[int, str]
    engagements: tuple[Engagement, ...]
    me: int | None


def here_at(unit_id: int, me: int | None, on: date) -> Here:
    """Return what is known of the workplace; a few queries however many are here."""
    room = room_at(unit_id)
    staff = list(staff_of(unit_id, on))
    people = Engagement.objects.filter(workplace_id=unit_id, state__in=HERE, volunteer__isnull=False)
    return Here(
        tasks={folded(task.title): task.lineage for task in room.tasks} if room else {},
        staff={row.user.email.lower(): row.user_id for row in staff},
        staff_names={row.user_id: row.user.name for row in staff},
        engagements=tuple(people.select_related("volunteer").prefetch_related("tasks").order_by("pk")),
        me=me if me in {row.user_id for row in staff} else None,
    )


def digits(phone: str) -> str:
    """Return a Danish phone number as people compare them: without spaces and the country's code."""
    found = "".join(sign for sign in phone if sign.isdigit())
    return found[-8:] if len(found) >= 8 else ""  # noqa: PLR2004 - a Danish number has 8


@dataclass
class _Wanted:
    row: Row
    name: str
    phone: str
    email: str
    tasks: tuple[UUID, ...]
    contact_id: int | None
    since: date | None
    details: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.email or digits(self.phone) or folded(self.name)


def plan(table: Table, here: Here) -> Plan:
    """Return what the table would do to the volunteers who are ``here``."""
    return _Planner(table, here).plan()


class _Planner:
    def __init__(self, table: Table, here: Here) -> None:
        self.reader = RowReader(table, COLUMNS)
        self.rows, self.here = table.rows, here
        self.creates: list[Line] = []
        self.changes: list[Line] = []
        self.writes: list[NewHere | ChangeHere] = []
        self.met: set[int] = set()
        self.by: dict[str, dict[str, list[Engagement]]] = {
            "email": defaultdict(list),
            "phone": defaultdict(list),
            "name": defaultdict(list),
        }
        for one in here.engagements:
            if one.volunteer is not None:
                self.by["email"][one.volunteer.email.lower()].append(one)
                self.by["phone"][digits(one.volunteer.phone)].append(one)
                self.by["name"][folded(one.volunteer.name)].append(one)

    def plan(self) -> Plan:
        wanted = list(self._wanted())
        namesakes = Counter(folded(one.name) for one in wanted)
        for one in wanted:
            if namesakes[folded(one.name)] > 1 and not (one.email or digits(one.phone)):
                text = _("Several rows have this name. Write the phone or the e-mail of each.")
                self.reader.refuse(one.row, "name", text)
            else:
                self._decide(one)
        absent = [
            Line(0, one.volunteer.name)
            for one in self.here.engagements
            if one.volunteer is not None and one.pk not in self.met
        ]
        return Plan(
            creates=tuple(self.creates),
            changes=tuple(self.changes),
            unchanged=len(self.rows) - len(self.creates) - len(self.changes),
            errors=tuple(self.reader.errors),
            remarks=tuple(self.reader.remarks),
            absent=tuple(absent),
            writes=tuple(self.writes),
        )

    # What a row says --------------------------------------------------------------------------------------------------

    def _wanted(self) -> Iterable[_Wanted]:
        first_row: dict[str, int] = {}
        for row in self.rows:
            one = self._read(row)
            if one.key and one.key in first_row:
                text = _("The same person stands in row %(row)d too. Leave one of the rows out.")
                self.reader.refuse(row, "name", text % {"row": first_row[one.key]})
                continue
            first_row[one.key] = row.number
            yield one

    def _read(self, row: Row) -> _Wanted:
        name = self.reader.text(row, "name", 120, required=_("Write the name."))
        phone = self.reader.text(row, "phone", 40)
        for key in ("name", "phone", "email"):
            if looks_like_personal_number(row[key]):
                self.reader.refuse(
                    row, key, _("This looks like a CPR number. Samspil never stores those: take it out.")
                )
        since = self.reader.day(row, "since")
        return _Wanted(row, name, phone, self._email(row), self._tasks(row), self._contact(row), since)

    def _email(self, row: Row) -> str:
        email = self.reader.text(row, "email", 254).lower()
        try:
            if email:
                validate_email(email)
        except ValidationError:
            self.reader.refuse(row, "email", _("Write a whole e-mail address, such as name@mail.dk."))
        return email

    def _tasks(self, row: Row) -> tuple[UUID, ...]:
        found: list[UUID] = []
        whole = self.here.tasks.get(folded(row["tasks"]))
        for name in [] if whole else row["tasks"].replace(";", ",").replace("\n", ",").split(","):
            lineage = self.here.tasks.get(folded(name))
            if lineage is not None:
                found.append(lineage)
            elif name.strip():
                text = _("“%(task)s” stands not in your agreement. Write the task as it is called there.")
                self.reader.refuse(row, "tasks", text % {"task": name.strip()[:60]})
        return (whole,) if whole else tuple(dict.fromkeys(found))

    def _contact(self, row: Row) -> int | None:
        wanted = row["contact"].lower()
        if not wanted:
            return None
        if wanted not in self.here.staff:
            text = _("Nobody who works here has the e-mail “%(email)s”.")
            self.reader.refuse(row, "contact", text % {"email": wanted[:60]})
        return self.here.staff.get(wanted)

    # What it means ----------------------------------------------------------------------------------------------------

    def _decide(self, one: _Wanted) -> None:
        known = self._known(one)
        if len(known) > 1:
            text = _(
                "%(count)d who are here have this name. Write the phone or the e-mail, so that the right one is found."
            )
            self.reader.refuse(one.row, "name", text % {"count": len(known)})
        elif known and known[0].pk in self.met:
            text = _("Another row is about the same person: %(name)s. Leave one of them out.")
            self.reader.refuse(one.row, "name", text % {"name": one.name})
        elif known:
            self.met.add(known[0].pk)
            self._compare(one, known[0])
        else:
            self._create(one)

    def _known(self, one: _Wanted) -> list[Engagement]:
        for kind, value in (("email", one.email), ("phone", digits(one.phone))):
            found = self.by[kind].get(value, []) if value else []
            same = [row for row in found if row.volunteer and folded(row.volunteer.name) == folded(one.name)]
            if found:
                return same or found
        named = self.by["name"].get(folded(one.name), [])
        # Somebody of the same name with another phone or e-mail is somebody else.
        return [row for row in named if row.volunteer and not _differs(one, row.volunteer.phone, row.volunteer.email)]

    def _create(self, one: _Wanted) -> None:
        contact = one.contact_id or self.here.me
        if contact is None:
            self.reader.refuse(one.row, "contact", _("Write the e-mail of a contact person who works here."))
            return
        if not one.tasks:
            self.reader.remark(one.row, _("%(name)s has no task yet. Choose one afterwards.") % {"name": one.name})
        self.creates.append(Line(one.row.number, one.name, (self.here.staff_names[contact],)))
        self.writes.append(NewHere(one.name, one.phone, one.email, one.tasks, contact, one.since))

    def _compare(self, one: _Wanted, engagement: Engagement) -> None:
        volunteer = engagement.volunteer
        if volunteer is None:
            return
        texts: dict[str, str] = {}
        for name, label, now, before in (
            ("name", _("Name"), one.name, volunteer.name),
            ("phone", _("Phone"), one.phone, volunteer.phone),
            ("email", _("E-mail"), one.email, volunteer.email),
        ):
            if now and now != before:
                texts[name] = now
                one.details.append(difference(label, now, before))
        values: dict[str, date | int] = {}
        if one.contact_id and one.contact_id != engagement.contact_person_id:
            values["contact_person_id"] = one.contact_id
            one.details.append(f"{_('Contact person')}: {self.here.staff_names[one.contact_id]}")
        if one.since and one.since != engagement.here_since:
            values["here_since"] = one.since
            before = written(engagement.here_since) if engagement.here_since else ""
            one.details.append(difference(_("Volunteer since"), written(one.since), before))
        new = tuple(lineage for lineage in one.tasks if lineage not in chosen_lineages(engagement))
        if new:
            titles = {lineage: title for title, lineage in self.here.tasks.items()}
            one.details.append(f"{_('Tasks')}: {', '.join(titles[lineage] for lineage in new)}")
        if one.details:
            self.changes.append(Line(one.row.number, one.name, tuple(one.details)))
            self.writes.append(
                ChangeHere(engagement.pk, volunteer.pk, tuple(texts.items()), tuple(values.items()), new)
            )


def _differs(one: _Wanted, phone: str, email: str) -> bool:
    by_phone = bool(digits(one.phone) and digits(phone) and digits(one.phone) != digits(phone))
    by_email = bool(one.email and email and one.email != email.lower())
    return by_phone or by_email


def to_do_until(on: date) -> date:
    """Return the day by which what must be in place is in place for those who were here before."""
    return on + timedelta(days=DAYS_TO_DO)
