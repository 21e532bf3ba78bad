# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""From blocks to elements: parts under their headings, what each part is, and a place for every paragraph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from samspil.frameworks.importing.characters import is_number, numbered_by_name, one_line
from samspil.frameworks.importing.headings import PLAIN, Candidate, is_sentence, with_headings
from samspil.frameworks.importing.meaning import defines_a_volunteer, speaks_of_no_frame, values_named_in, with_purposes
from samspil.frameworks.importing.structure import (
    Block,
    ImportedElement,
    ImportedFramework,
    Kind,
    SourceParagraph,
)
from samspil.frameworks.importing.vocabulary import Meaning, meaning_of, speaks_of_itself

LISTED = {Kind.PRINCIPLE, Kind.GUIDELINE, Kind.VALUE}
LONGEST_TITLE = 300
TITLE_AMONG = 3
LONGEST_ITEM = 500
LONGEST_LONE_ITEM = 250


class Trust(IntEnum):
    """How surely the items of a part are items; only the surest sort of a kind and audience is believed."""

    BULLETS = 1
    HEADED = 2
    PARAGRAPHS = 3
    NONE = 9


@dataclass(frozen=True)
class Numbered:
    """A block with its paragraph number in the source."""

    number: int
    block: Block

    @property
    def is_item(self) -> bool:
        """Tell a list item from running text."""
        return bool(self.block.marker) or numbered_by_name(self.block.text)


@dataclass
class Part:
    """A heading and what stands below it until the next heading."""

    heading: Numbered | None
    level: int
    meaning: Meaning
    inherited: bool = False
    has_subparts: bool = False
    body: list[Numbered] = field(default_factory=list)

    @property
    def items(self) -> list[Numbered]:
        """Return the list items, in order."""
        return [paragraph for paragraph in self.body if paragraph.is_item]

    @property
    def trust(self) -> Trust:
        """Tell what the items of this part would be, if they were believed."""
        if self.meaning.kind not in LISTED:
            return Trust.NONE
        if self.items:
            return Trust.BULLETS
        if self.inherited and self.heading:
            return Trust.HEADED
        return Trust.PARAGRAPHS if self.plausible_paragraphs and not self.has_subparts else Trust.NONE

    @property
    def plausible_paragraphs(self) -> list[Numbered]:
        """Return the paragraphs that could each be an item, though no bullet says so."""
        kind = self.meaning.kind
        plausible = [
            paragraph
            for index, paragraph in enumerate(self.body)
            if len(paragraph.block.text) <= LONGEST_ITEM
            and not paragraph.block.text.endswith(":")
            and not (index == 0 and speaks_of_itself(paragraph.block.text, kind))
        ]
        if kind is Kind.VALUE and any(values_named_in(paragraph.block.text) for paragraph in self.body):
            return []
        lone = len(plausible) == 1 and len(plausible[0].block.text) > LONGEST_LONE_ITEM
        return [] if lone else plausible


def understand(blocks: Sequence[Block]) -> ImportedFramework:
    """Suggest what every paragraph is. Each one ends in an element, in the title, as dropped, or as unplaced."""
    paragraphs = [Numbered(number, block) for number, block in enumerate(blocks, start=1)]
    usable = [p for p in paragraphs if not p.block.dropped_as and not p.block.loose and _has_words(p.block)]
    candidates = with_headings([p.block for p in usable])
    title, usable, candidates = _take_title(usable, candidates)
    parts = _parts(usable, candidates)
    known: set[Kind] = {part.meaning.kind for part in parts}
    best = _surest(parts)
    elements: list[ImportedElement] = []
    unplaced = [p.number for p in paragraphs if not p.block.dropped_as and (p.block.loose or not _has_words(p.block))]
    for part in parts:
        found, left = _place(part, best, known)
        elements += found
        known |= {element.kind for element in found}
        unplaced += left
    return ImportedFramework(
        title=title.block.text if title else "",
        paragraphs=tuple(SourceParagraph(p.number, p.block.as_it_stood, p.block.dropped_as) for p in paragraphs),
        elements=tuple(with_purposes(elements)),
        unplaced=tuple(sorted(unplaced)),
        title_sources=(title.number,) if title else (),
    )


def _has_words(block: Block) -> bool:
    return any(character.isalpha() for character in block.text)


def _take_title(
    usable: list[Numbered], candidates: list[Candidate]
) -> tuple[Numbered | None, list[Numbered], list[Candidate]]:
    """Take the document's title off: a short line at the top, above the first heading or higher than all others."""
    for index, (paragraph, candidate) in enumerate(zip(usable[:-1][:TITLE_AMONG], candidates, strict=False)):
        if is_sentence(paragraph.block.text) or paragraph.block.marker:
            break
        if _is_title(candidate, candidates[index + 1 :]):
            rest = slice(index + 1, None)
            return paragraph, usable[:index] + usable[rest], candidates[:index] + candidates[rest]
    return None, usable, candidates


def _is_title(candidate: Candidate, after: Sequence[Candidate]) -> bool:
    following = after[0].level
    others = [other.level for other in after if other.level]
    if candidate.level and candidate.level < min([PLAIN, *others]) and others:
        return bool(following) or "kommune" in candidate.block.text.casefold() or _says_nothing(candidate)
    if not candidate.level and len(after) > 1 and after[1].level:
        return False
    return bool(following) and candidate.level <= following and _says_nothing(candidate)


def _says_nothing(candidate: Candidate) -> bool:
    return meaning_of(candidate.block.text) is None


def _parts(paragraphs: Sequence[Numbered], candidates: Sequence[Candidate]) -> list[Part]:
    """Cut the document at its headings, and let a part without a meaning of its own take that of the part above."""
    passage = Meaning(Kind.PASSAGE)
    parts = [Part(None, 0, passage)]
    above: list[Part] = []
    for index, (paragraph, candidate) in enumerate(zip(paragraphs, candidates, strict=True)):
        level = candidate.level
        if not level:
            lead = _lead_in(paragraph, paragraphs[index + 1 : index + 2])
            parts[-1].body.append(paragraph)
            if lead and parts[-1].meaning.kind is Kind.PASSAGE:
                parts.append(Part(None, PLAIN + 1, lead))
            elif parts[-1].heading is None and parts[-1].meaning.kind is not Kind.PASSAGE and _list_ended(parts[-1]):
                parts[-1].body.pop()
                parts.append(Part(None, PLAIN, passage, body=[paragraph]))
            continue
        context = above[-1] if above else None
        meaning = meaning_of(paragraph.block.text, context.meaning.kind if context else None, firm=level < PLAIN)
        above = _still_above(above, level, meaning)
        inherited = meaning is None and bool(above) and above[-1].meaning.kind is not Kind.PASSAGE
        part = Part(paragraph, level, meaning or (above[-1].meaning if inherited else passage), inherited=inherited)
        if inherited:
            above[-1].has_subparts = True
        else:
            above.append(part)
        parts.append(part)
    return parts


def _still_above(above: Sequence[Part], level: int, meaning: Meaning | None) -> list[Part]:
    """Return the parts that a new heading stands below. Guidelines for somebody stand below guidelines at any level."""
    kept = [part for part in above if part.level < level]
    addressed = meaning is not None and meaning.kind is Kind.GUIDELINE
    if addressed and not kept:
        return [part for part in above if part.meaning.kind is Kind.GUIDELINE][:1]
    return kept


def _lead_in(paragraph: Numbered, following: Sequence[Numbered]) -> Meaning | None:
    """Return what a sentence says of the list that it leads into ("Vores principper er disse:")."""
    text = paragraph.block.text
    if paragraph.is_item or not text.endswith(":") or not following or not following[0].is_item:
        return None
    last = text.rstrip(":").split(". ")[-1]
    return meaning_of(last)


def _list_ended(part: Part) -> bool:
    return len(part.body) > 1 and part.body[-2].is_item and not part.body[-1].is_item


def _surest(parts: Sequence[Part]) -> dict[Meaning, Trust]:
    best: dict[Meaning, Trust] = {}
    for part in parts:
        best[part.meaning] = min(best.get(part.meaning, Trust.NONE), part.trust)
    return best


def _place(part: Part, best: dict[Meaning, Trust], known: set[Kind]) -> tuple[list[ImportedElement], list[int]]:
    """Return the elements of a part, and the numbers of paragraphs that found no place."""
    kind = part.meaning.kind
    if kind is Kind.PASSAGE:
        return _passages(part, known)
    if kind in LISTED:
        return _listed_part(part, best[part.meaning]), []
    if kind is Kind.DEFINITION:
        return _definition(part), []
    return [*_narrative(part.heading, []), *_each(part, part.body)], []


def _listed_part(part: Part, best: Trust) -> list[ImportedElement]:
    """Return the items of a part, unless another part has surer ones of the same kind: then it is narrative."""
    if part.trust is not best or part.trust is Trust.NONE:
        values = _values(part.body) if part.meaning.kind is Kind.VALUE else []
        return [*_narrative(part.heading, part.body), *values]
    if part.trust is Trust.BULLETS:
        return _bulleted(part)
    if part.trust is Trust.HEADED and part.heading:
        return [_headed_item(part, part.heading)]
    return _from_paragraphs(part)


def _bulleted(part: Part) -> list[ImportedElement]:
    """Return the items; what stands before the list is narrative under the heading, what stands after it as well."""
    first = next(index for index, paragraph in enumerate(part.body) if paragraph.is_item)
    elements = _narrative(part.heading, part.body[:first])
    return [*elements, *_each(part, part.body[first:])]


def _from_paragraphs(part: Part) -> list[ImportedElement]:
    plausible = {paragraph.number for paragraph in part.plausible_paragraphs}
    first = next(index for index, paragraph in enumerate(part.body) if paragraph.number in plausible)
    elements = _narrative(part.heading, part.body[:first])
    for paragraph in part.body[first:]:
        if paragraph.number in plausible:
            elements.append(_item(part.meaning, [paragraph]))
        else:
            elements += _narrative(None, [paragraph])
    return elements


def _each(part: Part, body: Sequence[Numbered]) -> list[ImportedElement]:
    """Return an element for each item with what is nested below it; running text is one of its own where it counts."""
    elements: list[ImportedElement] = []
    for paragraphs in _with_nested(body):
        first = paragraphs[0]
        counts = first.is_item or (part.meaning.kind is Kind.COMMITMENT and not first.block.text.endswith(":"))
        elements += [_item(part.meaning, paragraphs)] if counts else _narrative(None, paragraphs)
    return elements


def _with_nested(body: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    """Give each paragraph with the items nested below it."""
    group: list[Numbered] = []
    for paragraph in body:
        if group and group[0].is_item and paragraph.is_item and paragraph.block.depth > group[0].block.depth:
            group.append(paragraph)
            continue
        if group:
            yield group
        group = [paragraph]
    if group:
        yield group


def _item(meaning: Meaning, paragraphs: Sequence[Numbered]) -> ImportedElement:
    first, *nested = paragraphs
    text = "\n".join([first.block.text, *(_listed(paragraph.block) for paragraph in nested)])
    return ImportedElement(meaning.kind, text, audience=meaning.audience, sources=_numbers(paragraphs))


def _headed_item(part: Part, heading: Numbered) -> ImportedElement:
    sources = _numbers([heading, *part.body])
    title, text = heading.block.text, _running_text(part.body)
    if not text:
        title, text = "", title
    return _fitting(ImportedElement(part.meaning.kind, text, part.meaning.audience, title, sources=sources))


def _definition(part: Part) -> list[ImportedElement]:
    """Return one definition of all that stands below the heading; a list of terms is one for each."""
    if all(paragraph.is_item for paragraph in part.body):
        return [*_narrative(part.heading, []), *_each(part, part.body)]
    return _narrative(part.heading, part.body, Kind.DEFINITION)


def _narrative(heading: Numbered | None, body: Sequence[Numbered], kind: Kind = Kind.PASSAGE) -> list[ImportedElement]:
    """Return running text as one element under its heading; a heading alone is the text itself."""
    title = heading.block.text if heading else ""
    text = _running_text(body)
    if not title and not text:
        return []
    if not text:
        kind, title, text = Kind.PASSAGE, "", title
    sources = _numbers([heading, *body] if heading else body)
    return [_fitting(ImportedElement(kind, text, title=title, sources=sources))]


def _fitting(element: ImportedElement) -> ImportedElement:
    """Move a title that is too long for one into the text."""
    if len(element.title) <= LONGEST_TITLE:
        return element
    return ImportedElement(
        element.kind, f"{element.title}\n\n{element.text}", element.audience, sources=element.sources
    )


def _passages(part: Part, known: set[Kind]) -> tuple[list[ImportedElement], list[int]]:
    """Return narrative in order: the rule for volunteers without an agreed frame, and a definition, by themselves."""
    elements: list[ImportedElement] = []
    unplaced: list[int] = []
    heading = part.heading
    run: list[Numbered] = []
    for paragraphs in _with_nested(part.body):
        special = _special(paragraphs[0], known)
        if part.heading is None and paragraphs[0].is_item and not run and not elements:
            unplaced += _numbers(paragraphs)
        elif special:
            if run:
                elements += _narrative(heading, run)
                heading, run = None, []
            elements += _narrative(heading, paragraphs, special)
            heading = None
        else:
            run += paragraphs
    elements += _narrative(heading, run)
    if Kind.VALUE not in known:
        elements += _values(part.body)
    return elements, unplaced


def _special(paragraph: Numbered, known: set[Kind]) -> Kind | None:
    """Return the kind of a narrative paragraph that must stand by itself, or None."""
    if not paragraph.is_item and Kind.DEFINITION not in known and defines_a_volunteer(paragraph.block.text):
        return Kind.DEFINITION
    return Kind.PASSAGE if speaks_of_no_frame(paragraph.block.text) else None


def _values(body: Sequence[Numbered]) -> list[ImportedElement]:
    """Return the values that a sentence counts up; the sentence itself stays where it is."""
    for paragraph in body:
        values = values_named_in(paragraph.block.text)
        if values:
            return [ImportedElement(Kind.VALUE, value, sources=(paragraph.number,)) for value in values]
    return []


def _running_text(body: Sequence[Numbered]) -> str:
    """Return paragraphs with a blank line between them; items each on a line."""
    text = ""
    before: Numbered | None = None
    for paragraph in body:
        piece = _listed(paragraph.block) if paragraph.is_item else one_line(paragraph.block.text)
        close = before is not None and before.is_item and paragraph.is_item
        text += piece if before is None else ("\n" if close else "\n\n") + piece
        before = paragraph
    return text


def _listed(block: Block) -> str:
    """Return a list item as it stands in running text: its number, or a plain bullet."""
    marker = block.marker if is_number(block.marker) else "•"
    return f"{'  ' * block.depth}{marker} {block.text}"


def _numbers(paragraphs: Sequence[Numbered]) -> tuple[int, ...]:
    return tuple(paragraph.number for paragraph in paragraphs)
