# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What was understood, for a person at a terminal."""

from django.utils.translation import gettext as _

from samspil.frameworks.importing.structure import Audience, ImportedFramework, Kind

FIRST_LETTERS = 70


def describe(imported: ImportedFramework) -> str:
    """Return a listing of all that was understood: how many of each kind, their first words, what has no place."""
    groups = [
        (_("Values"), Kind.VALUE, Audience.NONE),
        (_("What we want"), Kind.COMMITMENT, Audience.NONE),
        (_("Definitions"), Kind.DEFINITION, Audience.NONE),
        (_("Common principles"), Kind.PRINCIPLE, Audience.NONE),
        (_("Guidelines for leaders"), Kind.GUIDELINE, Audience.LEADER),
        (_("Guidelines for MED bodies"), Kind.GUIDELINE, Audience.COMMITTEE),
        (_("Guidelines for employees"), Kind.GUIDELINE, Audience.EMPLOYEE),
        (_("Guidelines for others"), Kind.GUIDELINE, Audience.OTHER),
        (_("Text"), Kind.PASSAGE, Audience.NONE),
    ]
    lines = [imported.title or _("(the document has no title)")]
    for label, kind, audience in groups:
        lines += _group(label, [e.whole for e in imported.elements if e.kind is kind and e.audience is audience])
    texts = {paragraph.number: paragraph.text for paragraph in imported.paragraphs}
    lines += _group(_("Without a place yet"), [texts[number] for number in imported.unplaced])
    dropped = [paragraph.text for paragraph in imported.paragraphs if paragraph.dropped_as]
    lines += _group(_("Left out (page headers, page numbers, table of contents)"), list(dict.fromkeys(dropped)))
    return "\n".join(lines)


def _group(label: str, texts: list[str]) -> list[str]:
    return ["", f"{label}: {len(texts)}", *(f"  - {_first_words(text)}" for text in texts)]


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= FIRST_LETTERS else line[:FIRST_LETTERS].rsplit(" ", 1)[0] + " …"
