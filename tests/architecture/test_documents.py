# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The documents say what the code does."""

import re
from pathlib import Path

from django.apps import apps

PACKAGE = Path(apps.get_app_config("foundation").path).parent
DOCS = PACKAGE.parent / "docs"


def test_every_setting_stands_in_the_table_of_settings():
    read = set(re.findall(r'"(SAMSPIL_[A-Z_]+)"', (PACKAGE / "config" / "settings.py").read_text()))
    documented = set(re.findall(r"^\| `(SAMSPIL_[A-Z_]+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))

    assert documented == read


def test_every_state_table_is_documented():
    text = (DOCS / "states.md").read_text()
    missing = []
    for area in ("frameworks", "med", "agreements", "volunteering"):
        states = __import__(f"samspil.{area}.states", fromlist=["MAY_FOLLOW"])
        for state, successors in states.MAY_FOLLOW.items():
            row = f"| {area} | `{state}` | {', '.join(f'`{successor}`' for successor in successors)} |"
            if row not in text:
                missing.append(row)

    assert missing == []
