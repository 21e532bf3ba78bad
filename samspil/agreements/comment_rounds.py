# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Comment rounds as they are read: is one running, what was said about what, and when it is forgotten (R55)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from samspil.agreements.comment_models import Comment, CommentRound
from samspil.agreements.happenings import Happening
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import COMMENT, comments_are_visible, leads_the_workplace
from samspil.agreements.queries import local_principles, tasks_of
from samspil.agreements.rare_parts import may_have
from samspil.agreements.sections import REGISTRY
from samspil.agreements.states import State
from samspil.audit.queries import events_about
from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page
from samspil.foundation.months import months_later

USUAL_DAYS = 7
MOST_DAYS = 60
KEPT_MONTHS = 6
"""How long comments are kept once their version has left draft."""
_KEPT_WITH_A_DRAFT_MONTHS = 12
_LEAVES_DRAFT = ("agreements.version.send_to_dialogue", "agreements.version.withdraw")
_SHOWN_IN = (State.DRAFT, State.IN_DIALOGUE)
_TITLE = 160


@once_a_page
def round_of(version: AgreementVersion) -> CommentRound | None:
    """Return the version's comment round, running or over, or None."""
    return CommentRound.objects.filter(version=version).first() if may_have(version, CommentRound) else None


def is_running(found: CommentRound, version: AgreementVersion, on: date) -> bool:
    """Say whether colleagues can comment on ``on``: the round ends by itself, or when the draft leaves draft."""
    return found.closed_at is None and on <= found.last_day and version.state == State.DRAFT


def clauses_of(version: AgreementVersion) -> dict[str, str]:
    """Return what can be commented on, by its key, with its name in the agreement's own language."""
    with override(settings.LANGUAGE_CODE):
        sections = {f"section:{kind}": str(section.label) for kind, section in REGISTRY.items()}
    tasks = {f"task:{task.lineage}": task.title for task in tasks_of(version)}
    own = {f"principle:{row.lineage}": row.text[:_TITLE] for row in local_principles(version)}
    return sections | tasks | own


@dataclass(frozen=True)
class Commenting:
    """A comment round as one person's page shows it."""

    round: CommentRound | None
    comments: tuple[Comment, ...] = ()
    is_running: bool = False
    may_write: bool = False
    leads: bool = False
    user_id: int | None = None
    clauses: frozenset[str] = frozenset()
    is_draft: bool = True

    def about(self, clause: str) -> list[Comment]:
        """Return the comments on one clause; on the whole also those whose clause has been taken out."""
        if clause:
            return [comment for comment in self.comments if comment.clause == clause]
        return [comment for comment in self.comments if comment.clause not in self.clauses]

    @property
    def count(self) -> int:
        """How many comments there are."""
        return len(self.comments)

    @property
    def waiting(self) -> int:
        """How many the leader has not looked at."""
        return sum(comment.outcome == Comment.Outcome.NOT_YET for comment in self.comments)


def commenting_for(version: AgreementVersion, capacity: Capacity, on: date) -> Commenting | None:
    """Return the round for whoever may see its comments: the workplace's own staff, and its leader who may begin one."""
    workplace = version.agreement.workplace
    if version.state not in _SHOWN_IN or not comments_are_visible(capacity, workplace):
        return None
    leads = leads_the_workplace(capacity, workplace)
    found = round_of(version)
    if found is None:
        return Commenting(None, leads=True) if leads and version.state == State.DRAFT else None
    comments = tuple(Comment.objects.filter(round=found).select_related("author"))
    running = is_running(found, version, on)
    return Commenting(
        round=found,
        comments=comments,
        is_running=running,
        may_write=running and COMMENT.allows(capacity, workplace),
        leads=leads,
        user_id=capacity.user_id,
        is_draft=version.state == State.DRAFT,
        clauses=frozenset(clauses_of(version)) if comments else frozenset(),
    )


def round_in_words(comments: Iterable[Comment]) -> str:
    """Return what came of a round in one line: numbers, no names."""
    rows = list(comments)
    if not rows:
        return _("Comment round: no comments.")
    people = len({row.author_id for row in rows})
    taken = sum(row.outcome == Comment.Outcome.TAKEN_IN for row in rows)
    said = ngettext("one comment", "%(count)d comments", len(rows)) % {"count": len(rows)}
    whom = ngettext("one colleague", "%(count)d colleagues", people) % {"count": people}
    words = {"comments": said, "colleagues": whom, "taken": taken}
    return _("Comment round: %(comments)s from %(colleagues)s, of which %(taken)d taken in.") % words


def with_comment_round(version: AgreementVersion, happened: list[Happening]) -> list[Happening]:
    """Return what happened to the version, with the day the colleagues were asked in its place."""
    found = round_of(version)
    if found is None:
        return happened
    asked = Happening(timezone.localdate(found.opened_at), _("The colleagues were asked for comments"))
    return sorted([*happened, asked], key=lambda line: line.at)


def rounds_to_forget(on: date) -> list[CommentRound]:
    """Return the rounds whose comments have been kept long enough."""
    rows = list(
        CommentRound.objects.filter(
            models.Exists(Comment.objects.filter(round=models.OuterRef("pk"))),
            opened_at__date__lt=on - timedelta(days=150),
        ).select_related("version")
    )
    left = _left_draft([row.version_id for row in rows])
    return [row for row in rows if forgotten_from(row, left.get(row.version_id)) <= on]


def forgotten_from(found: CommentRound, left_draft: date | None) -> date:
    """Return the day from which the comments are deleted; a draft that is left lying keeps them for a year."""
    if found.version.state == State.DRAFT or left_draft is None:
        return months_later(found.last_day, _KEPT_WITH_A_DRAFT_MONTHS)
    return months_later(left_draft, KEPT_MONTHS)


def _left_draft(version_ids: list[Any]) -> dict[int, date]:
    events = events_about({"agreements.agreementversion": version_ids}).filter(name__in=_LEAVES_DRAFT)
    return {int(event.subject_id): timezone.localdate(event.at) for event in events}
