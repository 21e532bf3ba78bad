# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The boundary of a task: core service, supplement or doubt (R15, R16, R48).

A product rule, whatever the municipality's framework says: core tasks are never offered to
volunteers. Asked about the concrete act, not the institution; the strictest answer wins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Boundary(models.TextChoices):
    """From strictest to mildest: core, doubt, supplement."""

    CORE = "core", _("core service")
    DOUBT = "doubt", _("doubt")
    SUPPLEMENT = "supplement", _("supplement")


_STRICTEST_FIRST = (Boundary.CORE, Boundary.DOUBT, Boundary.SUPPLEMENT)


@dataclass(frozen=True)
class Question:
    """A boundary question; ``yes`` is what a yes means, ``because`` why, ``instead`` what volunteers may do."""

    name: str
    text: Any
    yes: Boundary
    because: Any
    instead: Any


QUESTIONS = (
    Question(
        "must_be_done",
        _("If no volunteer came tomorrow, would an employee have to do it?"),
        Boundary.DOUBT,
        _("An employee would have to do it if no volunteer came."),
        _("Let volunteers do it besides what the employees do, so that nothing is missing on the day nobody comes."),
    ),
    Question(
        "law_or_authorisation",
        _(
            "Does the law or a decision require that an employee does it, or does it take authorisation, a professional "
            "assessment, notes in a journal or use of force?"
        ),
        Boundary.CORE,
        _("It takes an employee: by law, by decision or by profession."),
        _("Volunteers may be company before, during and after, while an employee does the task itself."),
    ),
    Question(
        "part_of_granted",
        _("Is it part of something that the citizen has been granted?"),
        Boundary.DOUBT,
        _("It is part of something that the citizen has been granted."),
        _("Say how the volunteer's effort comes on top of what the citizen has been granted, and not instead of it."),
    ),
    Question(
        "medicine_or_case_file",
        _("Does it need a citizen's medicine or case file?"),
        Boundary.CORE,
        _("It needs a citizen's medicine or case file."),
        _("Volunteers may do what needs neither: be company, read aloud, go for a walk."),
    ),
    Question(
        "money_or_keys",
        _("Does it need a citizen's money or the keys to their home?"),
        Boundary.DOUBT,
        _("It needs a citizen's money or the keys to their home."),
        _("Find a way without money and keys: the citizen pays, an employee lets in."),
    ),
    Question(
        "paid_staff_stop",
        _("Did employees do it during the last 12 months, and will they stop or do less of it?"),
        Boundary.DOUBT,
        _("Employees did it during the last 12 months and would stop or do less."),
        _("Let the employees go on with their part, and let volunteers add something to it."),
    ),
)

ONLY_VOLUNTEERS = "never_get_to_do"
ONLY_VOLUNTEERS_TEXT = _("Is it something that we never get to do ourselves?")
"""Kept for the dialogue; decides nothing (R51)."""

RESEMBLES_CORE = "resembles_core"
"""Kept beside the answers where a task's words resemble a core task of the sector; makes a doubt at least."""

QUESTION_NAMES = (*(question.name for question in QUESTIONS), ONLY_VOLUNTEERS)


@dataclass(frozen=True)
class Judgement:
    """Where the boundary lies and which answers put it there."""

    boundary: Boundary
    reasons: tuple[Question, ...]


def judge(answers: Mapping[str, bool]) -> Judgement:
    """Return the boundary that the answers give; raises ``KeyError`` where one is missing."""
    yes = [question for question in QUESTIONS if answers[question.name]]
    for boundary in _STRICTEST_FIRST[:-1]:
        reasons = tuple(question for question in yes if question.yes == boundary)
        if reasons:
            return Judgement(boundary, reasons)
    return Judgement(Boundary.SUPPLEMENT, ())
