# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How many times a page reads from the database, counted alike on both databases."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def reads(client: Client, url: str) -> int:
    """Return how many rows-reading queries one GET takes: no savepoints, no settings, no noting of the session."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    statements = [query["sql"].lstrip("( ") for query in captured.captured_queries]
    return sum(
        sql.startswith(("SELECT", "WITH")) and "set_config" not in sql and "current_setting" not in sql
        for sql in statements
    )
