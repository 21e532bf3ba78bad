# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Questions to the database whose SQL is written once in each worker, and then asked with other values.

Django builds and compiles a query anew each time it is asked; for the ones that every page asks this costs more than the
answer. What ``prepared`` marks is built with stand-ins for its arguments and for the municipality, and kept with a place for each.
Nothing that was answered is kept, so nothing can go stale and no municipality sees another's. Decision 16.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import update_wrapper
from typing import Any, ClassVar, Generic, NoReturn, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet

from samspil.foundation import tenancy

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

MOST_SHAPES = 100
"""How many forms of one question are kept: as many as it has combinations of roles and lengths of lists."""

MOST_VALUES = 80
"""A question with more values than this, by a long list, is asked the ordinary way."""

LARGEST = 2**31 - 1
"""So is one with a larger number, which a column may not hold: Django sees that, and answers that there is nothing."""

_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 2_000_000_000 + number,
    date: lambda number: date(9000, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=number),
    # With signs that a search by a part of a word escapes: such a question is seen to do more than compare.
    str: lambda number: f"stand_in-%\\{number}",
}

_FURTHER = 500
"""How far the second stand-ins are from the first: further than a question has arguments."""


class NotPreparableError(TypeError):
    """A question that cannot be asked again with other values. A programming error."""


@dataclass(frozen=True)
class _Place:
    """Where the value of this number belongs; ``kind`` is what the driver wants it as."""

    number: int
    kind: type
    around: tuple[str, str] | None = None

    def filled(self, value: Any) -> Any:
        """Return the value as it stands here: a key may stand inside a path, as the tree has it on SQLite."""
        if self.around is not None:
            return f"{self.around[0]}{value}{self.around[1]}"
        return _for_driver(value, self.kind)


@dataclass(frozen=True)
class _Shape:
    """A question with places for its values; ``compiler`` is None where it has no answer whatever they are."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str = ""
    params: tuple[Any, ...] = ()
    is_scoped: bool = False
    converters: Any = None

    def filled(self, values: list[Any]) -> tuple[Any, ...]:
        """Return the parameters with the municipality and ``values`` in their places."""
        values = [tenancy.current_municipality_id() if self.is_scoped else None, *values]
        return tuple(
            param.filled(values[param.number]) if isinstance(param, _Place) else param for param in self.params
        )


class _Asked:
    """What Django's iterables read of a QuerySet and of its query, with the SQL written already."""

    def __init__(self, shape: _Shape, params: tuple[Any, ...], ending: str) -> None:
        self.shape = shape
        self.sql = shape.sql + ending
        self.params = params
        self.query = self
        self.db = shape.queryset.db
        self.model = shape.queryset.model
        self._fields = shape.queryset._fields  # type: ignore[attr-defined]
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, using: str) -> Any:
        """Return a compiler of this thread's connection that has nothing left to compile."""
        kept = self.shape.compiler
        compiler = object.__new__(type(kept))
        compiler.__dict__.update(
            kept.__dict__,
            connection=connections[using],
            as_sql=self._as_sql,
            get_converters=self._get_converters,
            has_composite_fields=_has_none,
        )
        return compiler

    def _get_converters(self, _expressions: Any) -> Any:
        return self.shape.converters

    def _as_sql(self) -> tuple[str, tuple[Any, ...]]:
        return self.sql, self.params

    def __getattr__(self, name: str) -> Any:
        return getattr(self.shape.queryset.query, name)


class Prepared(Generic[P, R_co]):
    """A function that builds a QuerySet, called for the rows.

    Its arguments are whole numbers, days, moments and words, which may only be compared with; tuples of them; and what
    decides how the question looks: truth values, members of an enum, None. It must not look at the clock.
    """

    is_compared: ClassVar[bool] = False
    """Whether each question is built anew as well, to see that it is the same; in tests."""

    def __init__(self, build: Callable[P, QuerySet[Any, R_co]]) -> None:
        self.build = build
        self._shapes: dict[Any, _Shape] = {}
        update_wrapper(self, build)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R_co]:
        """Return the rows."""
        if kwargs:
            message = f"{self.build.__name__}: the arguments of a prepared question have no names"
            raise NotPreparableError(message)
        return self._rows(args)

    def listed(self, *args: P.args, **_kwargs: P.kwargs) -> "Listed":
        """Return the rows for a ``Paginator``, which asks how many there are and for one page of them."""
        return Listed(self, args)

    def rows_within(self, args: tuple[Any, ...], within: slice) -> list[R_co]:
        """Return some of the rows."""
        return self._rows(args, within)

    def number(self, args: tuple[Any, ...]) -> int:
        """Return how many rows there are, counted by the database."""
        found = self._shape(args, "count")
        if found is None:
            build: Any = self.build
            return int(build(*args).count())
        shape, params = found
        if shape.compiler is None:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({shape.sql}) counted", params)  # noqa: S608 - Django's own SQL
            return int(cursor.fetchone()[0])

    def _rows(self, args: tuple[Any, ...], within: slice | None = None) -> list[R_co]:
        found = self._shape(args)
        if found is None:
            build: Any = self.build
            return list(build(*args) if within is None else build(*args)[within])
        shape, params = found
        if shape.compiler is None:
            return []
        start = within.start or 0 if within else 0
        ending = f" LIMIT {within.stop - start:d} OFFSET {start:d}" if within else ""
        queryset: Any = shape.queryset
        return list(queryset._iterable_class(_Asked(shape, params, ending)))  # noqa: SLF001

    def _shape(self, args: tuple[Any, ...], use: str = "") -> tuple[_Shape, tuple[Any, ...]] | None:
        """Return the question as it was built the first time, and what to put in now; None where it is not kept."""
        asked = tuple(tuple(dict.fromkeys(arg)) if isinstance(arg, tuple) else arg for arg in args)
        key, values = _told_apart(asked)
        if len(values) > MOST_VALUES or any(type(value) is int and abs(value) > LARGEST for value in values):
            return None
        shape = self._shapes.get((use, key))
        if shape is None:
            if len(self._shapes) >= MOST_SHAPES:
                return None
            shape = self._shapes[use, key] = self._prepare(asked, use)
        if shape.compiler is None:
            return shape, ()
        params = shape.filled(values)
        if self.is_compared:
            self._compare(shape, params, asked, use)
        return shape, params

    def _prepare(self, args: tuple[Any, ...], use: str) -> _Shape:
        """Build the question twice, with other stand-ins, so that whatever follows from a value is seen."""
        once, again = self._compiled(args, use, 0), self._compiled(args, use, _FURTHER)
        if once.compiler is None:
            if self._built(args, use).compiler is not None:
                message = f"{self.build.__name__} has a column that is too small for the stand-ins"
                raise NotPreparableError(message)
            return once
        if once.sql != again.sql:
            message = f"{self.build.__name__} is not one question"
            raise NotPreparableError(message)
        stand_ins = list(zip(_with_stand_ins(args, 0)[1], _with_stand_ins(args, _FURTHER)[1], strict=True))
        params: list[Any] = []
        for param, other in zip(once.params, again.params, strict=True):
            place = _place(param, other, stand_ins)
            if place is None and param != other:
                message = f"{self.build.__name__} does more with an argument than compare with it: {param!r}"
                raise NotPreparableError(message)
            params.append(place or param)
        is_scoped = any(isinstance(param, _Place) and param.number == 0 for param in params)
        compiler = once.compiler
        fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
        if compiler.has_composite_fields(fields):
            message = f"{self.build.__name__} asks for a key of several columns"
            raise NotPreparableError(message)
        converters = compiler.get_converters(fields)
        return _Shape(once.queryset, compiler, once.sql, tuple(params), is_scoped, converters)

    def _compiled(self, args: tuple[Any, ...], use: str, first: int) -> _Shape:
        stand_ins, (municipality_id, *_) = _with_stand_ins(args, first)
        with tenancy.stand_in(municipality_id), connection.execute_wrapper(_ask_nothing):
            return self._built(stand_ins, use)

    def _built(self, args: tuple[Any, ...], use: str) -> _Shape:
        build: Any = self.build
        queryset = build(*args)
        if use == "count":
            queryset = queryset.order_by().values_list("pk")
        if queryset._prefetch_related_lookups:  # noqa: SLF001
            message = f"{self.build.__name__}: what is prefetched must be prepared on its own"
            raise NotPreparableError(message)
        compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return _Shape(queryset, None)
        return _Shape(queryset, compiler, sql, tuple(params))

    def _compare(self, shape: _Shape, params: tuple[Any, ...], args: tuple[Any, ...], use: str) -> None:
        anew = self._built(args, use)
        if (anew.sql, anew.params) != (shape.sql, params):
            message = f"{self.build.__name__} is another question now: {anew.sql} {anew.params}, not {params}"
            raise NotPreparableError(message)


prepared = Prepared


class Listed:
    """The rows of a prepared question that is shown in pages; see ``Prepared.listed``."""

    def __init__(self, question: Prepared[Any, Any], args: tuple[Any, ...]) -> None:
        self.question = question
        self.args = args

    def count(self) -> int:
        """Return how many there are."""
        return self.question.number(self.args)

    def __getitem__(self, within: slice) -> list[Any]:
        return self.question.rows_within(self.args, within)


def _told_apart(args: tuple[Any, ...]) -> tuple[tuple[Any, ...], list[Any]]:
    """Return what decides how the question looks, and the values that are put in."""
    key: list[Any] = [connection.vendor]
    values: list[Any] = []
    for arg in args:
        if isinstance(arg, tuple):
            key.append(tuple(map(type, arg)))
            values += arg
        elif type(arg) in _STAND_INS:
            key.append(type(arg))
            values.append(arg)
        elif arg is None or isinstance(arg, bool | Enum):
            key.append(arg)
        else:
            message = f"{arg!r} cannot be put into a prepared question"
            raise NotPreparableError(message)
    return tuple(key), values


def _with_stand_ins(args: tuple[Any, ...], first: int) -> tuple[tuple[Any, ...], list[Any]]:
    """Return the arguments with stand-ins for the values, and all stand-ins, the municipality's first."""
    values: list[Any] = [_STAND_INS[int](first)]

    def stand_in(arg: Any) -> Any:
        if type(arg) not in _STAND_INS:
            return arg
        values.append(_STAND_INS[type(arg)](first + len(values)))
        return values[-1]

    changed = tuple(tuple(map(stand_in, arg)) if isinstance(arg, tuple) else stand_in(arg) for arg in args)
    return changed, values


def _place(param: Any, other: Any, stand_ins: list[tuple[Any, Any]]) -> _Place | None:
    """Return which value the parameter is, seen from what it was with either stand-in; None where it is none."""
    for number, (value, another) in enumerate(stand_ins):
        if (param, other) == (_for_driver(value, type(value)), _for_driver(another, type(another))):
            return _Place(number, type(param))
        if isinstance(param, str) and isinstance(value, int) and str(value) in param:
            before, _key, after = param.partition(str(value))
            if other == f"{before}{another}{after}":
                return _Place(number, str, (before, after))
    return None


def _for_driver(value: Any, kind: type) -> Any:
    if type(value) is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    if type(value) is date:
        return connection.ops.adapt_datefield_value(value)
    return kind(value) if type(value) is int else value


def _has_none(_expressions: Any) -> bool:
    return False


def _ask_nothing(*_: Any) -> NoReturn:
    message = "a prepared question must be built without asking another"
    raise NotPreparableError(message)


class Rows(list[Any]):
    """What was read along with an object, for going through; whoever wants anything else of it asks the database."""

    def __init__(self, one: Any, field: Any) -> None:
        super().__init__()
        self._one, self._field = one, field

    def count(self) -> int:  # type: ignore[override]
        """Return how many there are, as a QuerySet does."""
        return len(self)

    def __getattr__(self, name: str) -> Any:
        rows = self._field.model._default_manager.filter(**{self._field.name: self._one})  # noqa: SLF001
        return getattr(rows, name)


def read_along(objects: Iterable[Any], relation: str, question: Prepared[[tuple[int, ...]], Any]) -> None:
    """Ask for what refers to each of the objects by ``relation``, once for all of them; ``question`` takes their keys.

    Afterwards ``object.relation.all()`` asks nothing, as with ``prefetch_related``.
    """
    wanted = {one.pk: one for one in objects if relation not in _read_of(one)}
    if not wanted:
        return
    field = next(iter(wanted.values()))._meta.get_field(relation).field  # noqa: SLF001 - public in all but name
    for one in wanted.values():
        _read_of(one)[relation] = Rows(one, field)
    for row in question(tuple(wanted)):
        one = wanted[getattr(row, field.attname)]
        field.set_cached_value(row, one)
        _read_of(one)[relation].append(row)


def _read_of(one: Any) -> dict[str, Any]:
    read: dict[str, Any] = one.__dict__.setdefault("_prefetched_objects_cache", {})
    return read
