# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whose data: every query is scoped to one municipality, or refused.

The scope is a context variable. On PostgreSQL it is also told to the database, whose
row-level security is the second wall; it lives as long as the transaction, so a
transaction pooler works.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils.encoding import force_str

ModelT_co = TypeVar("ModelT_co", bound=models.Model, covariant=True)

_municipality: ContextVar[int | None] = ContextVar("municipality", default=None)


class NoMunicipalityError(RuntimeError):
    """A query without a municipality. A programming error, never shown as data."""


def current_municipality_id() -> int:
    """Return the municipality of this scope; raises ``NoMunicipalityError`` outside one."""
    municipality_id = _municipality.get()
    if municipality_id is None:
        message = "no municipality: open tenancy.scope() first"
        raise NoMunicipalityError(message)
    return municipality_id


@contextmanager
def stand_in(municipality_id: int) -> Iterator[None]:
    """Let a question be built for a municipality that is put in when it is asked; the database is told nothing."""
    token = _municipality.set(municipality_id)
    try:
        yield
    finally:
        _municipality.reset(token)


def _tell_database(name: str, value: object) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, "" if value is None else str(value)])


@contextmanager
def scope(municipality_id: int) -> Iterator[None]:
    """Open the scope of one municipality; on PostgreSQL in a transaction.

    On SQLite there is no request-long transaction, because it would serialise even reads.
    """
    before = _municipality.get()
    token = _municipality.set(municipality_id)
    is_inner = connection.in_atomic_block
    try:
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            _tell_database("samspil.municipality", municipality_id)
            yield
            # The end of the outermost transaction forgets it by itself.
            if is_inner and not connection.needs_rollback:
                _tell_database("samspil.municipality", before)
    finally:
        _municipality.reset(token)


@contextmanager
def as_user(user_id: int) -> Iterator[None]:
    """Let the database show the user's own role assignments of every municipality."""
    is_inner = connection.in_atomic_block
    with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
        _tell_database("samspil.user", user_id)
        yield
        if is_inner and not connection.needs_rollback:
            _tell_database("samspil.user", None)


class MunicipalityManager(models.Manager[ModelT_co]):
    """The default and base manager of every tenant model: sees one municipality."""

    def get_queryset(self) -> models.QuerySet[ModelT_co]:
        """Return the rows of this scope's municipality."""
        return super().get_queryset().filter(municipality_id=current_municipality_id())


def across_municipalities(model: type[ModelT_co]) -> models.QuerySet[ModelT_co]:
    """Return unscoped rows: for finding out which municipality to open, and for nothing else.

    Who may call it stands in a list that a test holds.
    """
    return models.QuerySet(model)


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, Any]:
    """Return the labels of a field's choices, yet to be translated."""
    return dict(field.flatchoices)


class MunicipalityModel(models.Model):
    """A row that belongs to one municipality."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        default=current_municipality_id,
        editable=False,
        related_name="+",
    )

    objects: Any = MunicipalityManager()

    def _get_FIELD_display(self, field: Any) -> str:  # noqa: N802 - Django's name
        """Return the label of a choice as Django does, without gathering and hashing all of the labels each time."""
        value = getattr(self, field.attname)
        return force_str(_labels(field).get(value, value), strings_only=True)  # type: ignore[no-any-return]

    class Meta:
        abstract = True
        base_manager_name = "objects"
