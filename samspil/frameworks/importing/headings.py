# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Headings by form: bold lines, capitals, short lines without an end mark, numbered titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from samspil.frameworks.importing.characters import is_number, words_in
from samspil.frameworks.importing.joining import ends_sentence
from samspil.frameworks.importing.structure import Block, Kind
from samspil.frameworks.importing.vocabulary import meaning_of

CAPITALS = 20
NUMBERED = 24
BOLD = 30
PLAIN = 40
MOST_WORDS = 12
MOST_LETTERS = 200
SHORTEST_CAPITALS = 3


@dataclass(frozen=True)
class Candidate:
    """A block with the level of heading that it has, 0 for none. Styles give 1 to 10, form 20 and more."""

    block: Block
    level: int


def with_headings(blocks: Sequence[Block]) -> list[Candidate]:
    """Give every block its level of heading; the blocks are those that were neither dropped nor loose."""
    styled = any(block.level > 1 for block in blocks)
    levels = [_level_by_form(block) for block in blocks]
    result: list[Candidate] = []
    within_guidelines = False
    for index, block in enumerate(blocks):
        level = levels[index]
        after = index + 1
        context = Kind.GUIDELINE if within_guidelines else None
        if level == PLAIN and not _is_plain_heading(block, blocks, levels, after, context, styled=styled):
            level = 0
        if level >= NUMBERED and block.marker and not _is_numbered_heading(block, blocks, after, context):
            level = 0
        if level:
            meaning = meaning_of(block.text, context, firm=level != PLAIN)
            within_guidelines = (meaning is not None and meaning.kind is Kind.GUIDELINE) or (
                within_guidelines and level == PLAIN
            )
        result.append(Candidate(block, level))
    return result


def _level_by_form(block: Block) -> int:
    """Return the level that the block's own look gives it."""
    text = block.text
    if block.level:
        return block.level
    if is_sentence(text) or (block.marker and not is_number(block.marker)):
        return 0
    if block.marker:
        return NUMBERED + min(block.marker.rstrip(".)").count("."), 3)
    if text.isupper() and len(text) > SHORTEST_CAPITALS:
        return CAPITALS
    return BOLD if block.bold else PLAIN


def is_sentence(text: str) -> bool:
    """Tell what reads as a sentence, or as no words at all, from what could be a heading."""
    return (
        len(words_in(text)) > MOST_WORDS
        or len(text) > MOST_LETTERS
        or not any(character.isalpha() for character in text)
        or text.rstrip('"”’»)').endswith((".", ";", ","))
        or text[0].islower()
    )


def _is_plain_heading(
    block: Block, blocks: Sequence[Block], levels: Sequence[int], after: int, context: Kind | None, *, styled: bool
) -> bool:
    """Tell a short line that heads the text below it from a short line among others."""
    if after >= len(blocks):
        return False
    following = blocks[after]
    named = meaning_of(block.text, context, firm=False) is not None
    if block.text.endswith(":"):
        return bool(following.marker) or named or not styled
    if block.text.endswith(("!", "?")) and styled:
        return False
    if styled:
        return named and (bool(following.marker) or levels[after] == 0)
    return named or levels[after] == 0 or bool(following.marker)


def _is_numbered_heading(block: Block, blocks: Sequence[Block], after: int, context: Kind | None) -> bool:
    """Tell "2. Baggrund" from the second item of a list: text follows that is not itself the next item."""
    if after >= len(blocks):
        return False
    following = blocks[after]
    if block.bold and not following.bold:
        return True
    if ends_sentence(block.text) and not block.text.endswith(":"):
        return False
    if meaning_of(block.text, context, firm=False) is not None:
        return True
    goes_on = after > 1 and _is_next_number(blocks[after - 2].marker, block.marker)
    return not goes_on and not following.marker and not following.level


def _is_next_number(before: str, marker: str) -> bool:
    """Tell 3 after 2, or c after b."""
    first, second = before.strip("().").split(".")[-1], marker.strip("().").split(".")[-1]
    if first.isdecimal() and second.isdecimal():
        return int(second) == int(first) + 1
    return len(first) == len(second) == 1 and ord(second) == ord(first) + 1
