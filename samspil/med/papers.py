# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the owner of a matter hands in, and what was said about it: values, no tables."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

CONFIRM_BY_LOGIN = "login"
CONFIRM_BY_MINUTES = "minutes"


@dataclass(frozen=True)
class Attachment:
    """A *bilag*; its blocks are dicts with the fields of ``foundation.pdf.Block``, so page and PDF show the same."""

    title: str
    blocks: list[dict[str, Any]]


@dataclass(frozen=True)
class AttachedFile:
    """A file that comes along: its name, its control code, and a path of ours where it is fetched."""

    name: str
    sha256: str
    link: str


@dataclass(frozen=True)
class StandingQuestion:
    """A question that the framework wants put in every dialogue (R51)."""

    lineage: str
    question: str


@dataclass(frozen=True)
class PaperContent:
    """The frozen paper: *sagsfremstilling, indstilling, bilag* and the hash of what it is about (R61).

    ``link`` is a path of ours where the owner's own page is, for correcting it at the table.
    ``guidelines`` are reminders that the body may talk through; they block nothing (R52).
    ``corrected_at`` is a path of ours where the leader of the unit ``corrected_by`` corrects it at the table.
    """

    title: str
    link: str
    presentation: str
    recommendation: str
    attachments: tuple[Attachment, ...]
    sha256: str
    standing_questions: tuple[StandingQuestion, ...] = ()
    files: tuple[AttachedFile, ...] = ()
    guidelines: tuple[str, ...] = ()
    corrected_at: str = ""
    corrected_by: int | None = None

    def body(self) -> dict[str, Any]:
        """Return what is stored as ``Paper.body``."""
        return {
            "presentation": self.presentation,
            "recommendation": self.recommendation,
            "attachments": [{"title": item.title, "blocks": list(item.blocks)} for item in self.attachments],
            "files": [{"name": file.name, "sha256": file.sha256, "link": file.link} for file in self.files],
            "guidelines": list(self.guidelines),
            **({"corrected_at": self.corrected_at, "corrected_by": self.corrected_by} if self.corrected_at else {}),
        }

    def questions(self) -> list[dict[str, str]]:
        """Return what is stored as ``Paper.standing_questions``."""
        return [{"lineage": item.lineage, "question": item.question} for item in self.standing_questions]


@dataclass(frozen=True)
class Said:
    """What one side thought; ``stand`` is a value of ``Position.Stand``, and all but *agree* takes words."""

    stand: str
    words: str = ""


@dataclass(frozen=True)
class Record:
    """What was said at the table.

    ``positions`` is by side. ``participants`` are ids of memberships; a staff meeting with MED
    status has head-counts and two names instead. ``confirm_by`` is ``login`` (a one-time link comes
    along) or ``minutes``: approved minutes lie elsewhere, and 10 working days without objection count.
    ``together_with`` are ids of bodies that met together with the one that holds the dialogue.
    """

    held_on: date
    form: str
    positions: Mapping[str, Said]
    participants: tuple[int, ...] = ()
    management_count: int | None = None
    employee_count: int | None = None
    management_name: str = ""
    employee_name: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    conclusion: str = ""
    minutes_reference: str = ""
    confirm_by: str = CONFIRM_BY_LOGIN
    guidelines_discussed: bool = False
    together_with: tuple[int, ...] = ()


def whole_sha256(sha256: str, body: Mapping[str, Any]) -> str:
    """Return the code of all that lies before the body: that of the text alone where no file comes along."""
    files = [f"{file['name']}\n{file['sha256']}" for file in body.get("files", ())]
    return hashlib.sha256("\n".join([sha256, *files]).encode()).hexdigest() if files else sha256


def plain_text(*, title: str, body: Mapping[str, Any], questions: Iterable[Mapping[str, str]]) -> str:
    """Return the paper as text without mark-up, to be put into the system where the minutes are written."""
    parts = [title]
    if body.get("presentation"):
        parts += [_("Presentation of the case").upper(), str(body["presentation"])]
    if body.get("recommendation"):
        parts += [_("Recommendation").upper(), str(body["recommendation"])]
    asked = [f"- {item['question']}" for item in questions]
    if asked:
        parts += [_("Questions to answer").upper(), "\n".join(asked)]
    if body.get("guidelines"):
        parts += [_("Reminder list").upper(), "\n".join(f"- {item}" for item in body["guidelines"])]
    for number, attachment in enumerate(body.get("attachments", ()), start=1):
        parts.append(_("Annex %(number)d: %(title)s") % {"number": number, "title": attachment["title"]})
        parts += [text for block in attachment["blocks"] if (text := _block_text(block))]
    files = [f"- {file['name']} (SHA-256: {file['sha256']})" for file in body.get("files", ())]
    if files:
        parts += [_("Attached files").upper(), "\n".join(files)]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _block_text(block: Mapping[str, Any]) -> str:
    lines = [str(block[key]) for key in ("label", "text") if block.get(key)]
    if block.get("numbered"):
        lines += [f"{number}. {item}" for number, item in enumerate(block.get("items", ()), start=1)]
    else:
        lines += [f"- {item}" for item in block.get("items", ())]
    lines += [f"{name}: {value}" for name, value in block.get("pairs", ()) if value]
    return "\n".join(lines)
