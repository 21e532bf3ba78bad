# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The rules that a municipality begins with, and what follows from workplaces and tasks; a list to be checked and changed.

``given_facts`` says what is true of a task before anybody has answered. A list that says nonsense stops the program.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samspil.volunteering.formality_facts import FACTS, Trigger, unknown_in

_FILE = Path(__file__).parent / "rules.toml"


@dataclass(frozen=True)
class ShippedRule:
    """A rule as it comes with the product; nobody has looked it up for this municipality yet."""

    code: str
    title: str
    text: str
    due_point: str
    level: str
    trigger: Trigger
    decided_by: str = "workplace"
    certificate: str = ""
    law: str = ""
    source: str = ""


def shipped_rules() -> tuple[ShippedRule, ...]:
    """Return the rules of the list, in its order."""
    return _read()[0]


def given_facts(sector: str, tasks: Collection[str]) -> dict[str, bool]:
    """Return what follows from the workplace and the chosen tasks, by the name of the fact."""
    return {
        name: (bool(tasks) and sector in given.get("sectors", ())) or not given["tasks"].isdisjoint(tasks)
        for name, given in _read()[1].items()
    }


@cache
def _read() -> tuple[tuple[ShippedRule, ...], Mapping[str, Mapping[str, Any]]]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    rules = tuple(ShippedRule(**entry) for entry in data["rules"])
    given = {name: {**entry, "tasks": frozenset(entry["tasks"])} for name, entry in data["given"].items()}
    asked: list[Trigger] = [rule.trigger for rule in rules]
    asked += [{"task": list(entry["tasks"])} for entry in given.values()]
    unknown = [found for trigger in asked for found in unknown_in(trigger)] + [
        name for name in given if name not in FACTS
    ]
    if unknown:
        message = f"{_FILE.name}: nobody can answer {', '.join(unknown)}"
        raise ValueError(message)
    return rules, given
