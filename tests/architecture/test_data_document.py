# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""``docs/data.md`` says of every field that could be about a person whether it is, and if so why it is kept."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from samspil.people.models import User

DOCUMENT = Path(apps.get_app_config("foundation").path).parent.parent / "docs" / "data.md"
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField)
NOT_OURS = {"auth", "contenttypes", "django_tasks_database", "migrations"}
COLUMNS = 7


def asked_about():
    """The fields that hold words, or lead to a user: (label of the model, name of the field)."""
    return {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.app_label not in NOT_OURS
        for field in model._meta.fields
        if isinstance(field, WORDS) or field.related_model is User
    }


def rows():
    lines = (line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def listed_as_personal():
    return [(row[0].strip("`"), field) for row in rows() for field in re.findall(r"`(\w+)`", row[1])]


def listed_as_not_personal():
    lines = re.findall(r"^- `([\w.]+)`: (.+)$", DOCUMENT.read_text(), re.MULTILINE)
    return [(label, field) for label, fields in lines for field in re.findall(r"`(\w+)`", fields)]


def test_every_field_that_could_be_about_a_person_stands_in_one_list():
    personal, other = listed_as_personal(), listed_as_not_personal()

    assert set(personal) & set(other) == set()
    assert sorted([*personal, *other]) == sorted(asked_about())


def test_what_is_about_people_says_why_who_sees_it_and_how_long():
    assert [row for row in rows() if len(row) != COLUMNS or not all(row)] == []


def test_every_link_to_a_user_is_about_people():
    links = {
        (label, field)
        for label, field in listed_as_not_personal()
        if apps.get_model(label)._meta.get_field(field).is_relation
    }

    assert links == set()
