# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading the TOML files, once; a file that says nonsense stops the program, not a leader."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from samspil.agreements.boundary import QUESTION_NAMES, Boundary, judge
from samspil.agreements.sections import REGISTRY
from samspil.municipalities.models import Unit

_FOLDER = Path(__file__).parent
_WHOLE = 4


@dataclass(frozen=True)
class CatalogueTask:
    """A task that comes bounded and answered; ``why_doubt`` says what there is to talk about."""

    code: str
    order: int
    type: str
    title: str
    not_part: str
    added_value: str
    answers: Mapping[str, bool]
    boundary: Boundary
    why_doubt: str = ""
    suggested: bool = False


@dataclass(frozen=True)
class CoreExample:
    """What is always the employees', the boundary question that settles it, and what volunteers may do instead."""

    code: str
    title: str
    question: str
    why: str
    instead: str
    words: tuple[str, ...] = ()

    def is_told_by(self, said: Iterable[str]) -> bool:
        """Say whether one of the words is there; longer than four letters it may be the beginning of one."""
        return any(word == own or (len(own) > _WHOLE and word.startswith(own)) for word in said for own in self.words)


@dataclass(frozen=True)
class Challenge:
    """What may become difficult: a situation in one sentence, and in one what others have good experience with (R20)."""

    code: str
    title: str
    text: str
    advice: str


@dataclass(frozen=True)
class Template:
    """The first words of the sections, by kind, the tasks to tick, and what may become difficult."""

    sector: str
    texts: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[CatalogueTask, ...] = ()
    core_examples: tuple[CoreExample, ...] = ()
    challenges: tuple[Challenge, ...] = ()

    def resembled(self, title: str) -> CoreExample | None:
        """Return the core example that a task's title shares a telling word with, or None.

        Each example names its own telling words: "medicin" is found in "give medicinen", "bad" in "i bad" but
        not in "badminton". A likeness proves nothing, so it makes a doubt to talk about and never a refusal.
        """
        said = re.findall(r"\w+", title.casefold())
        return next((example for example in self.core_examples if example.is_told_by(said)), None)

    def task(self, code: str) -> CatalogueTask | None:
        """Return the task with this code, or None."""
        return next((task for task in self.tasks if task.code == code), None)


def template_for(sector: str) -> Template:
    """Return the template of a sector; a sector without a file has no words and no tasks to tick."""
    return _templates().get(sector) or Template(sector)


def task_types_at(units: Sequence[Unit]) -> list[str]:
    """Return the headings of the catalogue for these units' sectors, each once and in its order."""
    sectors = dict.fromkeys(unit.sector for unit in units)
    return list(dict.fromkeys(task.type for sector in sectors for task in template_for(sector).tasks))


@cache
def _templates() -> Mapping[str, Template]:
    read = [_template(tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(_FOLDER.glob("*.toml"))]
    return {template.sector: template for template in read}


def _template(data: Mapping[str, Any]) -> Template:
    texts = {kind: text.strip() for kind, text in data["sections"].items()}
    unknown = set(texts) - set(REGISTRY)
    if unknown:
        message = f"{data['sector']}: no such section: {', '.join(sorted(unknown))}"
        raise ValueError(message)
    return Template(
        sector=data["sector"],
        texts=texts,
        tasks=tuple(_task(order, entry) for order, entry in enumerate(data["tasks"], 1)),
        core_examples=tuple(CoreExample(**entry) for entry in data.get("core_examples", ())),
        challenges=tuple(Challenge(**entry) for entry in data.get("challenges", ())),
    )


def _task(order: int, entry: Mapping[str, Any]) -> CatalogueTask:
    answers = dict(entry["boundary_answers"])
    if set(answers) != set(QUESTION_NAMES):
        message = f"{entry['code']}: its answers are not those of the boundary questions"
        raise ValueError(message)
    boundary = judge(answers).boundary
    if boundary == Boundary.CORE or boundary != entry["boundary"]:
        message = f"{entry['code']}: says {entry['boundary']}, but its answers give {boundary}"
        raise ValueError(message)
    return CatalogueTask(
        code=entry["code"],
        order=order,
        type=entry["type"],
        title=entry["title"],
        not_part=entry["not_part"],
        added_value=entry["added_value"],
        answers=answers,
        boundary=boundary,
        why_doubt=entry.get("why_doubt", ""),
        suggested=bool(entry.get("suggested")),
    )
