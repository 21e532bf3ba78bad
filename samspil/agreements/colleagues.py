# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Beginning from a colleague's agreement: whose can be chosen, and which words are still theirs (R47)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.models import AgreementVersion, Section
from samspil.agreements.states import State
from samspil.foundation.text import sort_key
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open


def colleagues_of(workplace: Unit, search: str = "") -> models.QuerySet[AgreementVersion]:
    """Return the agreements in force of other workplaces, the same sector first; none of a withheld place.

    One from before the framework is left out: it has no parts that could be taken over.
    """
    found = AgreementVersion.objects.filter(
        still_open(timezone.localdate(), "agreement__workplace__"),
        state=State.IN_FORCE,
        origin=AgreementVersion.Origin.WRITTEN,
        agreement__workplace__is_workplace=True,
        agreement__workplace__is_withheld=False,
    ).exclude(agreement__workplace=workplace)
    if search:
        found = found.filter(agreement__workplace__sort_key__contains=sort_key(search))
    is_same_sector = models.Case(models.When(agreement__workplace__sector=workplace.sector, then=0), default=1)
    return found.select_related("agreement__workplace").order_by(is_same_sector, "agreement__workplace__sort_key", "pk")


def is_still_theirs(section: Section) -> bool:
    """Say whether a text is still word for word the template's or the colleague's that it began with."""
    return bool(section.text) and section.text == section.origin_text


def whose_words(version: AgreementVersion) -> str:
    """Return the mark of a text that is still somebody else's: the template's, or a colleague's by name."""
    if version.begun_from is None:
        return _("Still the template's words")
    colleague = version.begun_from.agreement.workplace
    if colleague.is_withheld:
        return _("Still a colleague's words")
    return _("Still a colleague's words (%(workplace)s)") % {"workplace": colleague.name}
