# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which new part may be an old one again, after a document was imported anew. A suggestion only; a person accepts it."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samspil.frameworks.differences import Comparison, Difference, WordDifference, word_difference, words_of
from samspil.frameworks.models import Element

_LIKE = 0.6
_MOST_PAIRS = 40_000
_ANOTHER_KIND = 0.05


@dataclass(frozen=True)
class Match:
    """An old part that is gone and a new one that says the same or nearly; ``ratio`` is 1 where the words are the same."""

    old: Element
    new: Element
    ratio: float

    @property
    def is_exact(self) -> bool:
        """Whether every word is the same."""
        return _words(self.old) == _words(self.new)

    @property
    def words(self) -> WordDifference:
        """Both with what differs marked."""
        return word_difference(words_of(self.old), words_of(self.new))


def _words(element: Element) -> list[str]:
    return re.findall(r"\w+", words_of(element).casefold())


def likely_matches(comparison: Comparison) -> tuple[Match, ...]:
    """Return at most one match for each part that is gone unexplained and each new one, the likeliest first served.

    Very long lists are searched for exactly the same words only.
    """
    taken = {element.lineage for item in comparison.removed for element in item.successors}
    gone = [item.old for item in comparison.removed if item.is_unsaid and item.old is not None]
    new = [item.new for item in comparison.added if item.new is not None and item.lineage not in taken]
    exact = _exact(gone, new)
    done = {element.lineage for match in exact for element in (match.old, match.new)}
    gone, new = ([element for element in some if element.lineage not in done] for some in (gone, new))
    near = _near(gone, new) if len(gone) * len(new) <= _MOST_PAIRS else []
    return (*exact, *near)


def _exact(gone: Sequence[Element], new: Sequence[Element]) -> list[Match]:
    waiting: dict[tuple[str, ...], list[Element]] = {}
    for element in new:
        waiting.setdefault(tuple(_words(element)), []).append(element)
    found = []
    for element in gone:
        candidates = waiting.get(tuple(_words(element)), [])
        if candidates:
            best = min(candidates, key=lambda candidate: (candidate.kind != element.kind, candidate.order))
            candidates.remove(best)
            found.append(Match(element, best, 1.0))
    return found


def _near(gone: Sequence[Element], new: Sequence[Element]) -> list[Match]:
    pairs = sorted(_pairs(gone, new), key=lambda match: -match.ratio)
    found, done = [], set()
    for match in pairs:
        if match.old.lineage in done or match.new.lineage in done:
            continue
        done |= {match.old.lineage, match.new.lineage}
        found.append(match)
    return sorted(found, key=lambda match: match.old.order)


def _pairs(gone: Sequence[Element], new: Sequence[Element]) -> Iterable[Match]:
    words = [(element, _words(element)) for element in gone]
    for theirs in new:
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(_words(theirs))
        for mine, own in words:
            matcher.set_seq1(own)
            if matcher.real_quick_ratio() < _LIKE or matcher.quick_ratio() < _LIKE:
                continue
            ratio = matcher.ratio() - (_ANOTHER_KIND if mine.kind != theirs.kind else 0)
            if ratio >= _LIKE:
                yield Match(mine, theirs, ratio)


def is_contained(difference: Difference, element: Element) -> bool:
    """Say whether every word of the part that is gone stands in ``element``, in the same order: it was merged."""
    gone = difference.old
    return gone is not None and bool(_words(gone)) and f" {' '.join(_words(gone))} " in f" {' '.join(_words(element))} "
