# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What "no word lost" means, for every test that says it."""

import re
from collections import Counter

from samspil.frameworks.importing import ImportedFramework
from samspil.frameworks.importing.characters import split_marker

LINE_HYPHEN = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=\w)")


def words_of(text: str) -> Counter[str]:
    """Count the words of a text; a hyphen at the end of a line may have gone or stayed, so hyphens do not count."""
    joined = LINE_HYPHEN.sub("", text).replace("-", "").replace("\u00ad", "")
    return Counter(re.findall(r"\w+", joined.casefold()))


def letters_of(text: str) -> str:
    """Give all letters and digits in order, and nothing else."""
    return "".join(character for character in text.casefold() if character.isalnum())


def lost_paragraphs(imported: ImportedFramework) -> list[str]:
    """Give every paragraph that cannot be read, word by word in order, in a place that says it came from there."""
    lost = []
    for paragraph in imported.paragraphs:
        places = [e.whole for e in imported.elements if paragraph.number in e.sources]
        if paragraph.number in imported.title_sources:
            places.append(imported.title)
        if paragraph.number in imported.unplaced or paragraph.dropped_as:
            places.append(paragraph.text)
        forms = {_spaced(paragraph.text), _spaced(split_marker(paragraph.text)[1])}
        if not any(form in _spaced(place) for form in forms for place in places):
            lost.append(paragraph.text)
    return lost


def _spaced(text: str) -> str:
    return f" {' '.join(text.split())} "
