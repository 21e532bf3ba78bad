# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a version changes, what the publisher has said about it, and what adds up over several versions (R1, R2)."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from samspil.foundation.errors import Missing
from samspil.frameworks.accumulation import Change, accumulate
from samspil.frameworks.differences import Comparison, Difference, Nature, compare
from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion
from samspil.frameworks.queries.versions import missing_among

_SHOWN = 60


def comparison_of(version: FrameworkVersion, *, elements: Sequence[Element] | None = None) -> Comparison:
    """Compare a version with its predecessor, together with what was said about it; nothing for the first one.

    Three queries; ``elements`` saves one where the page has those of ``version`` already.
    """
    if version.predecessor_id is None:
        return Comparison()
    new = list(Element.objects.filter(version=version)) if elements is None else elements
    old = list(Element.objects.filter(version_id=version.predecessor_id))
    return compare(old, new, list(FrameworkChange.objects.filter(version=version)))


def parts_no_longer_there(version: FrameworkVersion) -> list[Element]:
    """Return the parts of the version before that this one does not have, whatever is said about them."""
    if version.predecessor_id is None:
        return []
    kept = Element.objects.filter(version=version).values("lineage")
    return list(Element.objects.filter(version_id=version.predecessor_id).exclude(lineage__in=kept))


def unexplained(comparison: Comparison) -> list[Missing]:
    """Return which lineages somebody must say something about before publication, each with what to do."""
    return [_unexplained(difference) for difference in comparison.unsaid]


def _unexplained(difference: Difference) -> Missing:
    text = {"text": Truncator(str(difference.element.text)).chars(_SHOWN)}
    if difference.is_outdated:
        words = _("Look again at “%(text)s”: the words are others than those you explained.") % text
        return Missing("explanation_outdated", words, difference.anchor)
    if difference.nature == Nature.REWORDED:
        words = _("Say whether the change in “%(text)s” is editorial or substantive.") % text
        return Missing("change_unmarked", words, difference.anchor)
    words = _("Say what became of “%(text)s”: why it is removed, or what succeeds it.") % text
    return Missing("part_unaccounted", words, difference.anchor)


def missing_before_publication(version: FrameworkVersion) -> list[Missing]:
    """Return what must be done before ``version`` can be published; the pages and the refusal say the same."""
    elements = list(Element.objects.filter(version=version))
    return [*missing_among(elements), *unexplained(comparison_of(version, elements=elements))]


def changes_between(old_version: FrameworkVersion, new_version: FrameworkVersion) -> tuple[Change, ...]:
    """Return every change from one version to a later one, however many lie between, in the order of reading.

    What was changed and changed back is no change. The same two versions always give the same answer once both are
    published; ``new_version`` may be the draft. Three queries, whatever lies between. Raises ``ValueError`` where the one does
    not follow from the other.
    """
    return changes_since([old_version.pk], new_version)[old_version.pk]


def changes_since(old_version_ids: Collection[int], new_version: FrameworkVersion) -> dict[int, tuple[Change, ...]]:
    """Return what ``changes_between`` gives for each of the older versions, by their ids; three queries in all."""
    before = dict(FrameworkVersion.objects.filter(number__lte=new_version.number).values_list("pk", "predecessor_id"))
    chains = {pk: _chain(pk, new_version, before) for pk in old_version_ids}
    needed = {pk for chain in chains.values() for pk in chain}
    contents: dict[int, list[Element]] = {pk: [] for pk in needed}
    for element in Element.objects.filter(version__in=needed):
        contents[element.version_id].append(element)
    said: dict[int, list[FrameworkChange]] = {pk: [] for pk in needed}
    for mark in FrameworkChange.objects.filter(version__in=needed):
        said[mark.version_id].append(mark)
    return {
        old: accumulate([contents[pk] for pk in chain], [said[pk] for pk in chain[1:]]) for old, chain in chains.items()
    }


def _chain(old_version_id: int, new_version: FrameworkVersion, before: Mapping[int, int | None]) -> list[int]:
    """Return the versions from the older to the newer one, both included."""
    chain = [new_version.pk]
    while chain[-1] != old_version_id:
        predecessor = before.get(chain[-1])
        if predecessor is None:
            message = f"version {new_version.number} does not follow from version {old_version_id}"
            raise ValueError(message)
        chain.append(predecessor)
    return chain[::-1]


def substantive_changes(old_version: FrameworkVersion, new_version: FrameworkVersion) -> tuple[Change, ...]:
    """Return what an agreement that is pinned to ``old_version`` must take a stand on before it follows ``new_version``.

    These are: parts with other words (fate ``substantive``), parts that are gone (``removed``, or ``succeeded`` with its
    ``successors``) and new parts (``added``), of every kind; the caller chooses the kinds that concern it. A change counts
    as substantive when one step on the way did, and everything that nobody marked editorial does. A stand counts for
    ``lineage`` as long as ``new_text_sha256`` is the same: so it can be carried on when a third version leaves the part alone.
    """
    return tuple(change for change in changes_between(old_version, new_version) if change.is_substantive)


def editorial_changes(old_version: FrameworkVersion, new_version: FrameworkVersion) -> tuple[Change, ...]:
    """Return what is worded otherwise without meaning anything else: shown to whoever follows, asked of nobody."""
    return tuple(change for change in changes_between(old_version, new_version) if not change.is_substantive)
