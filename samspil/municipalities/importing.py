# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units from a table: what would be made, moved and renamed. The key of a unit is its code."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Line, Plan, RowReader, folded
from samspil.foundation.tables import Column, Row, Table
from samspil.municipalities.models import Sector, Unit
from samspil.municipalities.queries import closing_in_words
from samspil.municipalities.sector_words import known_words, sector_in_name, sector_of

UNIT_HEADINGS = ("Afdelingsnummer", "Afd.kode", "Afd.nr.", "Enhedskode", "Enhedsnummer", "Enhedsnr.")
"""What else the code of a unit is called; the other imports ask for it too."""
COLUMNS = (
    Column(
        "Afdelingsnavn",
        "name",
        is_required=True,
        also=("Enhed", "Enhedsnavn", "Enhedens navn", "Navn på enhed"),
        hint=gettext_lazy("The name of the unit."),
    ),
    Column(
        "Afdelingskode",
        "code",
        is_required=True,
        also=(*UNIT_HEADINGS, "Kode"),
        hint=gettext_lazy("The unit is known by its code: the same code is the same unit, whatever its name."),
    ),
    Column(
        "Forældreafdelingskode",
        "parent",
        is_required=True,
        also=(
            "Overordnet afdelingskode",
            "Overordnet enhed",
            "Overordnet enhedskode",
            "Overordnet kode",
            "Overordnet",
            "Forældrekode",
        ),
        hint=gettext_lazy("The code of the unit above. Empty: it stands right under the municipality."),
    ),
    Column("Pnummer", "p_number", also=("P-nummer", "P-nr."), holds_codes=True, hint=gettext_lazy("10 digits.")),
    Column(
        "Sektor",
        "sector",
        also=("Område", "Fagområde"),
        hint=gettext_lazy("Decides the template. You can also choose it here afterwards."),
    ),
    Column("Arbejdsplads", "is_workplace", hint=gettext_lazy("Ja or nej. You can also choose it here afterwards.")),
    Column(
        "UUID",
        "external_id",
        also=("Ekstern UUID", "Enheds-UUID"),
        holds_codes=True,
        hint=gettext_lazy("The unit’s own number in FK Organisation or OS2mo, if you have it."),
    ),
    Column(
        "Selvejende",
        "is_self_owning",
        also=("Selvejende (ja/nej)", "Selvejende institution"),
        hint=gettext_lazy("Ja or nej. Ja: a self-owning institution, which answers for its data itself."),
    ),
)
EXAMPLE = (
    ("Ældre og Sundhed", "2000", "", "", "", "nej", "", ""),
    ("Plejecenter Solbakken", "2010", "2000", "1003456789", "Plejecenter", "ja", "", "nej"),
    ("Børn og Unge", "3000", "", "", "", "nej", "", ""),
    ("Nordre Skole", "3010", "3000", "1003456790", "Skole", "ja", "", ""),
)
_P_NUMBER_DIGITS = 10
_LABELS = {
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Code"),
    "parent": gettext_lazy("Stands under"),
    "p_number": gettext_lazy("P-number"),
    "sector": gettext_lazy("Sector"),
    "is_workplace": gettext_lazy("Workplace"),
    "external_id": gettext_lazy("UUID"),
    "is_self_owning": gettext_lazy("Self-owning institution"),
    "data_protection_contact": gettext_lazy("Data protection officer"),
}

Node = int | str
"""A unit that is here (its key) or one that the file brings (its code)."""


@dataclass(frozen=True)
class NewUnit:
    """A unit to be made; ``parent`` is a unit here or a new one's code."""

    code: str
    name: str
    parent: Node
    p_number: str
    sector: str
    is_workplace: bool
    external_id: UUID | None
    is_self_owning: bool


@dataclass(frozen=True)
class ChangedUnit:
    """What changes in a unit that is here; ``parent`` among the fields is a ``Node``."""

    unit_id: int
    fields: tuple[tuple[str, Any], ...]


def units_here() -> list[Unit]:
    """Return the units of the municipality, the top one included."""
    return list(Unit.objects.select_related("succeeded_by").order_by("id"))


def plan(table: Table, here: Iterable[Unit], on: date) -> Plan:
    """Return what the table would do to the units that are ``here``; those closed on the day stay closed."""
    return _Planner(table, here, on).plan()


class _Planner:
    def __init__(self, table: Table, here: Iterable[Unit], on: date) -> None:
        self.on = on
        self.reader = RowReader(table, COLUMNS)
        self.rows = table.rows
        self.here = {unit.pk: unit for unit in here}
        self.top = next(unit for unit in self.here.values() if unit.parent_id is None)
        self.node_of_code: dict[str, Node] = {unit.code: unit.pk for unit in self.here.values() if unit.code}
        self.names: dict[Node, str] = {unit.pk: unit.name for unit in self.here.values()}
        self.taken_ids: dict[UUID, Node] = {
            unit.external_id: unit.pk for unit in self.here.values() if unit.external_id
        }
        self.sectors = known_words()

    def plan(self) -> Plan:
        nodes = self._nodes()
        parents: dict[Node, Node] = {
            unit.pk: unit.parent_id for unit in self.here.values() if unit.parent_id is not None
        }
        wanted: list[tuple[Row, Node, dict[str, Any]]] = []
        for row, node in nodes:
            if isinstance(node, int) and self.here[node].is_closed(self.on):
                self._remark_closed(row, self.here[node])
                continue
            fields = self._fields(row, node)
            if fields.get("parent") is not None:
                parents[node] = fields["parent"]
            wanted.append((row, node, fields))
        self._refuse_circles(nodes, parents)
        creates: list[Line] = []
        changes: list[Line] = []
        writes: list[NewUnit | ChangedUnit] = []
        for row, node, fields in wanted:
            if isinstance(node, str):
                new = self._new(node, fields)
                writes.append(new)
                creates.append(Line(row.number, new.name, self._described(new)))
                continue
            changed = self._changed(self.here[node], fields)
            if changed:
                writes.append(ChangedUnit(node, tuple(changed.items())))
                details = tuple(self._difference(self.here[node], key, value) for key, value in changed.items())
                changes.append(Line(row.number, self.here[node].name, details))
        seen = {node for _row, node in nodes}
        absent = [
            unit
            for unit in self.here.values()
            if unit.pk not in seen and unit.pk != self.top.pk and not unit.is_closed(self.on)
        ]
        return Plan(
            creates=tuple(creates),
            changes=tuple(changes),
            unchanged=len(wanted) - len(creates) - len(changes),
            errors=tuple(self.reader.errors),
            remarks=tuple(self.reader.remarks),
            absent=tuple(Line(0, unit.name, (unit.code,) if unit.code else ()) for unit in absent),
            writes=tuple(writes),
        )

    def _remark_closed(self, row: Row, unit: Unit) -> None:
        self.reader.remark(
            row,
            _("%(why)s The row is left out, and the unit stays closed. It can be opened again under Units.")
            % {"why": closing_in_words(unit, self.on)},
        )

    def _nodes(self) -> list[tuple[Row, Node]]:
        """Give each row its unit: by code, else one without a code that is alone in having the name."""
        first_row: dict[str, int] = {}
        rows = []
        for row in self.rows:
            code = self.reader.text(row, "code", 40, required=_("Write the unit’s code."))
            if not code:
                continue
            if code in first_row:
                self.reader.refuse(
                    row,
                    "code",
                    _("The code stands in row %(row)d too. Each unit has its own.") % {"row": first_row[code]},
                )
                continue
            first_row[code] = row.number
            rows.append((row, code))
        without_code = [unit for unit in self.here.values() if not unit.code and not unit.is_closed(self.on)]
        nameless = Counter(_plain(unit.name) for unit in without_code)
        unknown = Counter(_plain(row["name"]) for row, code in rows if code not in self.node_of_code)
        by_name = {_plain(unit.name): unit.pk for unit in without_code}
        for row, code in rows:
            name = _plain(row["name"])
            if code not in self.node_of_code:
                is_alone = nameless[name] == 1 and unknown[name] == 1
                self.node_of_code[code] = by_name[name] if is_alone else code
            self.names.setdefault(self.node_of_code[code], row["name"])
        return [(row, self.node_of_code[code]) for row, code in rows]

    def _fields(self, row: Row, node: Node) -> dict[str, Any]:
        """Return what the row says; what it does not say is not there."""
        fields: dict[str, Any] = {
            "name": self.reader.text(row, "name", 120, required=_("Write the unit’s name.")),
            "code": row["code"],
        }
        parent = self._parent(row, node)
        if parent is not None:
            fields["parent"] = parent
        if self.reader.has("p_number"):
            fields["p_number"] = self._p_number(row)
        is_workplace = self.reader.yes_or_no(row, "is_workplace")
        if sector := self._sector(row, node, is_workplace=bool(is_workplace)):
            fields["sector"] = sector
        if is_workplace is not None:
            fields["is_workplace"] = is_workplace
        if row["external_id"]:
            fields["external_id"] = self._external_id(row, node)
        is_self_owning = self.reader.yes_or_no(row, "is_self_owning")
        if is_self_owning is not None:
            fields["is_self_owning"] = is_self_owning
            if not is_self_owning:
                fields["data_protection_contact"] = ""
        return fields

    def _parent(self, row: Row, node: Node) -> Node | None:
        code = row["parent"]
        if node == self.top.pk:
            if code:
                self.reader.refuse(row, "parent", _("This is the municipality itself, and nothing stands above it."))
            return None
        if not code:
            return self.top.pk
        if code not in self.node_of_code:
            self.reader.refuse(
                row,
                "parent",
                _("No unit has the code %(code)s, neither in the file nor here.") % {"code": code[:40]},
            )
            return self.top.pk
        found = self.node_of_code[code]
        above = self.here.get(found) if isinstance(found, int) else None
        if above is not None and above.closed_from is not None and found != self._parent_now(node):
            self.reader.refuse(row, "parent", closing_in_words(above, self.on))
        return found

    def _parent_now(self, node: Node) -> int | None:
        return self.here[node].parent_id if isinstance(node, int) else None

    def _p_number(self, row: Row) -> str:
        digits = row["p_number"].replace(" ", "")
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == _P_NUMBER_DIGITS):
            self.reader.refuse(row, "p_number", _("A P-number has 10 digits."))
            return ""
        return digits

    def _sector(self, row: Row, node: Node, *, is_workplace: bool) -> str | None:
        """Return the sector: as written, or for a new workplace as its name tells.

        A word that is not known stops nothing, since a sector can be chosen here afterwards.
        """
        words = row["sector"]
        sector = sector_of(words, self.sectors)
        if sector is not None or (isinstance(node, int) and self.here[node].sector != Sector.OTHER):
            return sector
        if isinstance(node, str) and is_workplace and (sector := sector_in_name(row["name"], self.sectors)):
            text = _(
                "The sector follows from the name: %(sector)s. Choose another here afterwards, if it does not fit."
            )
            self.reader.remark(row, text % {"sector": Sector(sector).label})
        elif words:
            text = _(
                "The sector “%(words)s” is not known, and is left out. Choose one here afterwards, for many at once."
            )
            self.reader.remark(row, text % {"words": words[:60]})
        return sector

    def _external_id(self, row: Row, node: Node) -> UUID | None:
        try:
            found = UUID(row["external_id"])
        except ValueError:
            self.reader.refuse(row, "external_id", _("This is not a UUID. Copy it anew, or leave the cell empty."))
            return None
        if self.taken_ids.setdefault(found, node) != node:
            self.reader.refuse(row, "external_id", _("Another unit has this UUID."))
        return found

    def _refuse_circles(self, nodes: Iterable[tuple[Row, Node]], parents: Mapping[Node, Node]) -> None:
        reaches_the_top: set[Node] = {self.top.pk}
        for row, node in nodes:
            way: list[Node] = []
            step: Node | None = node
            while step is not None and step not in reaches_the_top and step not in way:
                way.append(step)
                step = parents.get(step)
            if step is None or step in reaches_the_top:
                reaches_the_top.update(way)
            elif step == node:
                self.reader.refuse(
                    row, "parent", _("The unit would stand under itself. See what stands above it in the file.")
                )

    def _new(self, code: str, fields: Mapping[str, Any]) -> NewUnit:
        return NewUnit(
            code=code,
            name=fields["name"],
            parent=fields["parent"],
            p_number=fields.get("p_number", ""),
            sector=fields.get("sector", Sector.OTHER.value),
            is_workplace=fields.get("is_workplace", False),
            external_id=fields.get("external_id"),
            is_self_owning=fields.get("is_self_owning", False),
        )

    @staticmethod
    def _changed(unit: Unit, fields: Mapping[str, Any]) -> dict[str, Any]:
        here = {key: unit.parent_id if key == "parent" else getattr(unit, key) for key in fields}
        return {key: value for key, value in fields.items() if here[key] != value}

    def _described(self, new: NewUnit) -> tuple[str, ...]:
        kind = [_("Workplace")] if new.is_workplace else []
        if new.sector != Sector.OTHER:
            kind.append(str(Sector(new.sector).label))
        above = _("Code %(code)s, under %(parent)s") % {"code": new.code, "parent": self.names[new.parent]}
        return (above, ", ".join(kind)) if kind else (above,)

    def _difference(self, unit: Unit, key: str, value: Any) -> str:
        before = unit.parent_id if key == "parent" else getattr(unit, key)
        return _("%(what)s: %(now)s (before: %(before)s)") % {
            "what": _LABELS[key],
            "now": self._word(key, value),
            "before": self._word(key, before),
        }

    def _word(self, key: str, value: Any) -> str:
        if key == "parent":
            return self.names.get(value, "–")
        if key == "sector":
            return str(Sector(value).label)
        if key in {"is_workplace", "is_self_owning"}:
            return (_("Yes") if value else _("No")).lower()
        return str(value or "–")


def _plain(name: str) -> str:
    """Return a name as it is compared; "Eksempelby" and "Eksempelby Kommune" are the same."""
    return folded(name).removesuffix(" kommune")
