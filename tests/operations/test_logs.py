# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A line for each request, in JSON, that names nobody."""

import io
import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from samspil.foundation.logs import HideSecrets, JsonFormatter


@pytest.fixture
def lines():
    """Gather what is logged as it would be written, as dicts."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(HideSecrets())
    root, own = logging.getLogger(), logging.getLogger("samspil.request")
    root.addHandler(handler)
    before = own.level
    own.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    own.setLevel(before)
    root.removeHandler(handler)


def test_a_request_is_one_line_without_query_or_person(cast, client_as, lines):
    client_as(cast.hanne).get(reverse("workplaces"), {"q": "Lene"}, headers={"X-Request-ID": "proxy-number-1"})

    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert line.pop("ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "samspil.request",
        "request_id": "proxy-number-1",
        "method": "GET",
        "path": reverse("workplaces"),
        "status": 200,
        "municipality": cast.municipality.pk,
    }


def test_the_number_is_answered_and_a_strange_one_is_not_taken_over(lines):
    own = Client().get("/healthz/no", headers={"X-Request-ID": 'x"\n{}'})["X-Request-ID"]

    assert len(own) == 32
    assert [line["request_id"] for line in lines()] == [own]


def test_machines_that_ask_all_day_fill_no_log(lines):
    Client().get("/healthz")

    assert lines() == []


def test_the_secret_of_a_one_time_link_is_not_logged(cast, anonymous, lines):
    secret = "s3cret-token-of-a-one-time-link"
    anonymous.get(reverse("confirm_by_link", args=[cast.municipality.slug, secret]))
    anonymous.get(f"/aaben/{cast.municipality.slug}/bekraft/{'a' * 43}/")

    assert secret not in json.dumps(lines())
    assert "a" * 43 not in json.dumps(lines())
    assert len(lines()) == 2


def test_an_error_has_its_traceback_and_not_the_values_of_the_row(cast, client_as, lines, monkeypatch):
    def refuse():
        message = 'duplicate key value violates "one_user"\nDETAIL: Key (email)=(lene@example.org) already exists.'
        raise ValueError(message)

    def fail(*_):
        try:
            refuse()
        except ValueError as error:
            message = "it did not work"
            raise RuntimeError(message) from error

    monkeypatch.setattr("samspil.workspace.queries.workplace_lines", fail)
    client = client_as(cast.hanne)
    client.raise_request_exception = False
    client.get(reverse("workplaces"))

    error = next(line for line in lines() if "error" in line)
    assert (error["level"], error["error"], bool(error["request_id"])) == ("ERROR", "RuntimeError", True)
    assert error["traceback"].index("one_user") < error["traceback"].index("it did not work")
    assert "workspace/views.py" in error["traceback"]
    assert "lene@example.org" not in json.dumps(lines())
