# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Every tenant table is behind both walls, and only a few places look across municipalities."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from samspil.foundation.tenancy import MunicipalityManager, MunicipalityModel, NoMunicipalityError, scope
from samspil.municipalities.models import Unit
from tests.cast import outside_scope

PACKAGE = Path(apps.get_app_config("foundation").path).parent
GLOBAL_MODELS = {"foundation.Heartbeat", "foundation.Submission", "municipalities.Municipality", "people.User"}
WRITES = {"bulk_create", "create", "get_or_create", "update_or_create", "bulk_update", "delete"}
LOOKS_ACROSS = {"people/queries.py"}


def _own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("samspil.")]


def test_every_model_of_ours_belongs_to_a_municipality_or_is_listed_as_global():
    without = {model._meta.label for model in _own_models() if not issubclass(model, MunicipalityModel)}

    assert without == GLOBAL_MODELS


@pytest.mark.parametrize("model", [m for m in _own_models() if issubclass(m, MunicipalityModel)], ids=str)
def test_a_tenant_model_is_scoped_by_its_default_and_its_base_manager(model):
    assert isinstance(model._default_manager, MunicipalityManager)
    assert isinstance(model._base_manager, MunicipalityManager)


def test_a_query_without_a_municipality_is_refused(cast):
    with outside_scope(), pytest.raises(NoMunicipalityError):
        Unit.objects.count()


def test_related_rows_are_scoped_too(cast, other_municipality):
    unit = Unit.objects.get(pk=cast.top.pk)

    with outside_scope(), scope(other_municipality.municipality.pk):
        assert list(unit.children.all()) == []


@pytest.mark.parametrize("word", ["_base_manager", ".raw(", "across_municipalities", "RawSQL", ".extra("])
def test_only_listed_files_step_around_the_scope(word):
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.parent.name not in {"foundation", "migrations"} and word in path.read_text()
    }

    assert found <= LOOKS_ACROSS


def test_every_tenant_table_has_row_level_security_forced(cast):
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid "
            "WHERE relrowsecurity AND relforcerowsecurity AND polname = 'municipality'"
        )
        secured = {name for (name,) in cursor.fetchall()}

    assert secured == {m._meta.db_table for m in _own_models() if issubclass(m, MunicipalityModel)}


def test_the_database_itself_hides_the_rows_of_another_municipality(cast, other_municipality):
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM municipalities_unit WHERE municipality_id <> %s", [cast.municipality.pk])

        assert cursor.fetchone() == (0,)


def test_the_database_itself_refuses_a_row_for_another_municipality(cast, other_municipality):
    if connection.vendor != "postgresql":
        pytest.skip("row-level security is PostgreSQL's")
    stranger = Unit(name="x", slug="x", sort_key="x", municipality_id=other_municipality.municipality.pk)

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        stranger.save()


def test_no_view_or_template_writes(cast):
    """Views call actions; rows are made, changed and removed in actions alone."""
    offenders = []
    for path in PACKAGE.rglob("*.py"):
        if "views" not in str(path.relative_to(PACKAGE)) or path.parent.name == "foundation":
            continue
        offenders += [
            f"{path.relative_to(PACKAGE)}:{node.lineno} .{node.attr}"
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute) and node.attr in WRITES
        ]

    assert offenders == []
