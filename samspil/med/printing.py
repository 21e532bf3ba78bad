# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The paper of a dialogue as a PDF."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.pdf import Block, Document, bullets, facts, heading, numbered, paragraph, render_pdf
from samspil.med.models import Dialogue, Paper


def paper_pdf(dialogue: Dialogue, paper: Paper, municipality: str) -> bytes:
    """Return *sagsfremstilling, indstilling, bilag* as they were presented."""
    blocks = [heading(_("Presentation of the case")), paragraph(paper.body.get("presentation", ""))]
    if paper.body.get("recommendation"):
        blocks += [heading(_("Recommendation")), paragraph(paper.body["recommendation"])]
    if paper.standing_questions:
        blocks += [
            heading(_("Questions to answer")),
            numbered(*(item["question"] for item in paper.standing_questions)),
        ]
    if paper.body.get("guidelines"):
        blocks += [heading(_("Reminder list")), bullets(*paper.body["guidelines"])]
    for number, (title, annex) in enumerate(annexes(paper), start=1):
        blocks.append(heading(_("Annex %(number)d: %(title)s") % {"number": number, "title": title}))
        blocks += [replace(block, level=block.level + 1) for block in annex]
    if paper.body.get("files"):
        pairs = tuple((str(file["name"]), f"SHA-256: {file['sha256']}") for file in paper.body["files"])
        blocks += [heading(_("Attached files")), facts(pairs)]
    return render_pdf(
        Document(
            title=paper.title,
            subtitle=_("To be discussed in %(body)s") % {"body": dialogue.committee.name},
            municipality=municipality,
            date=timezone.localdate(paper.presented_at),
            blocks=tuple(blocks),
            control_code=paper.sha256,
        )
    )


def annexes(paper: Paper) -> list[tuple[str, list[Block]]]:
    """Return title and blocks of each *bilag*, the same for page and PDF."""
    return [
        (attachment["title"], [_block(block) for block in attachment["blocks"]])
        for attachment in paper.body.get("attachments", ())
    ]


def _block(block: Mapping[str, Any]) -> Block:
    return Block(
        kind=block["kind"],
        text=str(block.get("text", "")),
        level=int(block.get("level", 1)),
        items=tuple(str(item) for item in block.get("items", ())),
        pairs=tuple((str(name), str(value)) for name, value in block.get("pairs", ())),
        label=str(block.get("label", "")),
        numbered=bool(block.get("numbered")),
    )
