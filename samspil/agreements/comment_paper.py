# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What MED is told of a comment round: numbers in the presentation, the comments as an annex, no names (R55, R61)."""

from dataclasses import asdict

from django.utils.translation import gettext as _

from samspil.agreements.comment_models import Comment
from samspil.agreements.comment_rounds import round_in_words, round_of
from samspil.agreements.models import AgreementVersion
from samspil.foundation.pdf import Block, facts, heading
from samspil.med.papers import Attachment


def comment_line(version: AgreementVersion) -> str:
    """Return the line of the presentation; empty where no colleagues were asked."""
    return round_in_words(_comments(version)) if round_of(version) is not None else ""


def comment_annexes(version: AgreementVersion) -> tuple[Attachment, ...]:
    """Return the annex with each comment and what became of it; nothing where there are none."""
    comments = _comments(version)
    if not comments:
        return ()
    blocks: list[Block] = []
    for title in dict.fromkeys(comment.clause_title for comment in comments):
        blocks.append(heading(title or _("The whole draft")))
        blocks += [_block(comment) for comment in comments if comment.clause_title == title]
    return (Attachment(title=_("Comments from colleagues"), blocks=[asdict(block) for block in blocks]),)


def _comments(version: AgreementVersion) -> list[Comment]:
    return list(Comment.objects.filter(round__version=version).order_by("clause", "written_at", "id"))


def _block(comment: Comment) -> Block:
    became = str(Comment.Outcome(comment.outcome).label)
    return facts(
        (
            (_("Comment"), comment.text),
            (_("The leader"), comment.answer or became[:1].upper() + became[1:]),
        )
    )
