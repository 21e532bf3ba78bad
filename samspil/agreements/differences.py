# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What differs between two versions, clause by clause: compared is exactly what the control code covers (R53, R61)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from samspil.agreements.boundary import ONLY_VOLUNTEERS, ONLY_VOLUNTEERS_TEXT, QUESTIONS, Boundary
from samspil.agreements.models import AgreementVersion, Meets, PlaceType
from samspil.agreements.sections import EXISTING, REGISTRY
from samspil.foundation.pdf import Block, heading, paragraph, task
from samspil.municipalities.models import Unit

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_ANOTHER_TEXT = 0.3
"""Where fewer words than this are shared, it is another text, and its few common words would only confuse."""
_WORD = re.compile(r"\S+\s*|\s+")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """A run of words; ``is_marked`` where the other version does not have them."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Clause:
    """One text in both versions; ``label`` is empty where the difference has a single text."""

    label: str
    old: str
    new: str

    @property
    def old_words(self) -> tuple[Words, ...]:
        """The old text, with what is gone marked."""
        return _marked(self.old, self.new)

    @property
    def new_words(self) -> tuple[Words, ...]:
        """The new text, with what has come marked."""
        return _marked(self.new, self.old)


@dataclass(frozen=True)
class Difference:
    """Something that was added, removed or changed, with its texts.

    ``words`` names a text that was there before and is there now: the leader may mark it as worded otherwise only.
    """

    how: str
    title: str
    clauses: tuple[Clause, ...]
    words: str = ""

    @property
    def label(self) -> str:
        """What happened to it, in a word."""
        return {ADDED: _("new"), REMOVED: _("gone"), CHANGED: _("changed")}[self.how]


@dataclass(frozen=True)
class Part:
    """The differences that stand under one heading."""

    heading: str
    differences: tuple[Difference, ...]


def _marked(text: str, other: str) -> tuple[Words, ...]:
    words, others = _WORD.findall(text), _WORD.findall(other)
    said, said_there = [word.strip() for word in words], [word.strip() for word in others]
    if said == said_there:
        return (Words(text, is_marked=False),) if text else ()
    # Popular words are set aside in long texts, so that no text however made takes long.
    matcher = SequenceMatcher(None, said, said_there)
    if matcher.ratio() < _ANOTHER_TEXT:
        return (Words(text, is_marked=True),) if text else ()
    return tuple(
        Words("".join(words[first:last]), tag != "equal")
        for tag, first, last, _other_first, _other_last in matcher.get_opcodes()
        if last > first
    )


def differences(old: Row, new: Row) -> tuple[Part, ...]:
    """Return what differs between two contents, as ``content.version_content`` gives them; none: they say the same."""
    common = Part(_("Common to all workplaces"), _rows(old["common"], new["common"], _one_text, "text"))
    return ((common,) if common.differences else ()) + local_differences(old, new)


def local_differences(old: Row, new: Row) -> tuple[Part, ...]:
    """Return what differs in what the workplace itself says, the common elements left out."""
    named = {row["lineage"]: row["text"] for row in (*old["common"], *new["common"])}
    own = _rows(old["local_principles"], new["local_principles"], lambda row: _principle(row, named), "text")
    parts = (
        Part(_("Texts"), _sections(old["sections"], new["sections"])),
        Part(_("Tasks"), _rows(old["tasks"], new["tasks"], _task_clauses, "title")),
        Part(_("Our own principles"), own),
        Part(_("Places, time and meetings"), _conditions(old, new)),
        Part(_("What gives it its force"), _basis(old["basis"], new["basis"])),
    )
    return tuple(part for part in parts if part.differences)


def _difference(
    title: str, clauses: Sequence[tuple[str, str, str]], how: str, words: str = ""
) -> tuple[Difference, ...]:
    found = tuple(Clause(label, old, new) for label, old, new in clauses if old != new)
    return (Difference(how, title, found, words if how == CHANGED else ""),) if found else ()


def _sections(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Difference, ...]:
    found: tuple[Difference, ...] = ()
    for kind, section in {**REGISTRY, EXISTING.kind: EXISTING}.items():
        before, now = old.get(kind, ""), new.get(kind, "")
        how = ADDED if not before else REMOVED if not now else CHANGED
        found += _difference(str(section.label), [("", before, now)], how, f"section:{kind}")
    return found


def _conditions(old: Row, new: Row) -> tuple[Difference, ...]:
    """Compare where it takes place, which other places it holds for, the time set aside and how often one meets."""
    types = {str(value): str(label).capitalize() for value, label in PlaceType.choices}
    before, now = ({row["type"]: row["words"] for row in content.get("places", ())} for content in (old, new))
    found = _named(before, now, types)
    before, now = ({row["place"]: row["note"] for row in content.get("covered", ())} for content in (old, new))
    if before != now:
        names = Unit.objects.filter(slug__in={*before, *now}).order_by("sort_key").values_list("slug", "name")
        found += _named(before, now, dict(names))
    hours = {"leader": _("Hours a month, the leader"), "coordinator": _("Hours a month, the coordinator")}
    before, now = (
        {name: str(said) for name, said in content.get("hours_a_month", {}).items() if said is not None}
        for content in (old, new)
    )
    found += _named(before, now, hours)
    meets = {str(value): str(label) for value, label in Meets.choices}
    before, now = ({"": meets[said]} if (said := content.get("staff_meets")) else {} for content in (old, new))
    return found + _named(before, now, {"": _("Staff and volunteers meet")})


def _named(before: Mapping[str, str], now: Mapping[str, str], titles: Mapping[str, str]) -> tuple[Difference, ...]:
    """Compare what is said under each of the titles; said without words it is a yes."""
    found: tuple[Difference, ...] = ()
    for name, title in titles.items():
        was, becomes = (said[name] or _("Yes") if name in said else "" for said in (before, now))
        how = ADDED if name not in before else REMOVED if name not in now else CHANGED
        found += _difference(title, [("", was, becomes)], how)
    return found


def _basis(old: str, new: str) -> tuple[Difference, ...]:
    label = {str(value): str(label) for value, label in AgreementVersion.Basis.choices}
    return _difference(_("Basis"), [("", label.get(old, old), label.get(new, new))], CHANGED)


Clauses = Callable[[Row], Mapping[str, str]]


def _rows(old: Sequence[Row], new: Sequence[Row], clauses: Clauses, title: str) -> tuple[Difference, ...]:
    """Compare rows by lineage; one that was taken out and put in again is known by its title."""
    before = {row["lineage"]: row for row in old}
    gone = [row for row in old if row["lineage"] not in {row["lineage"] for row in new}]
    found: tuple[Difference, ...] = ()
    for row in new:
        was = before.get(row["lineage"])
        if was is None:
            was = next((candidate for candidate in gone if candidate[title] == row[title]), None)
            if was is not None:
                gone.remove(was)
        then, now = (
            ({**clauses(was), **_answers(was)}, {**clauses(row), **_answers(row)}) if was else ({}, clauses(row))
        )
        texts = [
            (label, then.get(label, ""), now.get(label, ""))
            for label in {**then, **now}
            if was or now[label] != _heading(row, title)
        ]
        is_words = was is not None and title == "text" and was.get("builds_on") == row.get("builds_on")
        words = f"principle:{row['lineage']}" if is_words else ""
        found += _difference(_heading(row, title), texts, CHANGED if was else ADDED, words)
    for row in gone:
        texts = [(label, text, "") for label, text in clauses(row).items() if text != _heading(row, title)]
        found += _difference(_heading(row, title), texts, REMOVED)
    return found


def _heading(row: Row, title: str) -> str:
    """Return the title of a row that has one of its own; a sentence is no title."""
    return str(row[title]) if title == "title" else ""


def _one_text(row: Row) -> Mapping[str, str]:
    return {"": row["text"]}


def _principle(row: Row, named: Mapping[str, str]) -> Mapping[str, str]:
    builds_on = named.get(row["builds_on"], row["builds_on"])
    return {_("Our principle"): row["text"], _("How"): row["how"], _("Builds on"): builds_on}


def _task_clauses(row: Row) -> Mapping[str, str]:
    return {
        _("Task"): row["title"],
        _("Not part of the task"): row["not_part"],
        _("What it adds"): row["added_value"],
        _("When and where"): row["when_and_where"],
        _("Who does what"): row["responsibility"],
        _("Boundary"): str(Boundary(row["boundary"]).label),
    }


def _answers(row: Row) -> Mapping[str, str]:
    asked = {question.name: str(question.text) for question in QUESTIONS} | {ONLY_VOLUNTEERS: str(ONLY_VOLUNTEERS_TEXT)}
    answers = row.get("answers", {})
    return {text: _("Yes") if answers[name] else _("No") for name, text in asked.items() if name in answers}


def difference_blocks(parts: Sequence[Part], number: int) -> tuple[Block, ...]:
    """Return the differences for the paper, as against version ``number``."""
    if not parts:
        return (paragraph(_("Nothing has been changed since version %(number)d.") % {"number": number}),)
    blocks: list[Block] = []
    for part in parts:
        blocks.append(heading(part.heading))
        blocks += [task(found.title or part.heading, _pairs(found), found.label) for found in part.differences]
    return tuple(blocks)


def _pairs(found: Difference) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for clause in found.clauses:
        if found.how != CHANGED:
            pairs.append((clause.label or _("Text"), clause.new or clause.old))
            continue
        before = _("%(what)s, before") % {"what": clause.label} if clause.label else _("Before")
        now = _("%(what)s, now") % {"what": clause.label} if clause.label else _("Now")
        pairs += [(before, clause.old or _("(nothing)")), (now, clause.new or _("(nothing)"))]
    return tuple(pairs)
