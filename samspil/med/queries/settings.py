# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How the municipality and its bodies have arranged MED: levels, forms that count, and the four numbers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, QuerySet, Value, When

from samspil.foundation.memory import once_a_page
from samspil.foundation.prepared import prepared
from samspil.med.body_models import NUMBERS, CommitteeRhythm, FormRule, MedSettings
from samspil.med.models import Committee, Form
from samspil.med.wheel import Rhythm

STAFF_MEETING_FORMS = (Form.STAFF_MEETING, Form.WRITTEN)


@once_a_page
def med_settings() -> MedSettings:
    """Return the municipality's settings; where none have been saved, what the product begins with."""
    return next(iter(_saved()), None) or MedSettings()


@prepared
def _saved() -> QuerySet[MedSettings]:
    return MedSettings.objects.order_by("pk")


@prepared
def _rhythm_at(committee_id: int) -> QuerySet[CommitteeRhythm]:
    return CommitteeRhythm.objects.filter(committee=committee_id)


@prepared
def _rules(occasion: str, on: date) -> QuerySet[FormRule]:
    return FormRule.objects.filter(occasion=occasion, from_date__lte=on).order_by("-from_date", "-id")


@once_a_page
def own_rhythm(committee: Committee) -> CommitteeRhythm:
    """Return the numbers that the body has of its own, perhaps none."""
    return next(iter(_rhythm_at(committee.pk)), None) or CommitteeRhythm(committee=committee)


def municipal_rhythm() -> Rhythm:
    """Return the municipality's four numbers."""
    common = med_settings()
    return Rhythm(**{name: getattr(common, name) for name in NUMBERS})


def rhythm_of(committee: Committee) -> Rhythm:
    """Return the four numbers of a body: its own where it has some, else the municipality's."""
    own, common = own_rhythm(committee), municipal_rhythm()
    chosen = {name: getattr(own, name) for name in NUMBERS}
    return Rhythm(**{name: getattr(common, name) if one is None else one for name, one in chosen.items()})


@once_a_page
def municipal_forms(occasion: str, on: date) -> tuple[Form, ...]:
    """Return the forms that the municipality lets count on a day: all, until it has chosen."""
    rule = next(iter(_rules(str(occasion), on)), None)
    return tuple(Form) if rule is None else tuple(form for form in Form if form in rule.forms)


def newest_forms(occasion: str) -> tuple[Form, ...]:
    """Return the forms chosen last, those that begin to count tomorrow included."""
    return municipal_forms(occasion, date.max)


def allowed_forms(committee: Committee, occasion: str, on: date) -> tuple[Form, ...]:
    """Return the forms that count here for a discussion held on a day (R53).

    The day decides: what was discussed in a form that counted then goes on counting when the municipality chooses
    otherwise, and what is chosen today undoes nothing that was held this morning. A staff meeting with MED
    status has no members, so it can only meet, which always counts, or write.
    """
    forms = municipal_forms(occasion, on)
    if not committee.is_staff_meeting:
        return forms
    return tuple(form for form in STAFF_MEETING_FORMS if form == Form.STAFF_MEETING or form in forms)


def forms_to_choose(committee: Committee, occasion: str, days: Iterable[date]) -> tuple[Form, ...]:
    """Return the forms that counted on one of the days: which day it was is chosen on the same page."""
    counted = {form for day in days for form in allowed_forms(committee, occasion, day)}
    return tuple(form for form in Form if form in counted)


def by_level(committees: QuerySet[Committee]) -> QuerySet[Committee]:
    """Return the bodies from the top level down, as the municipality has named them; by name where it has not."""
    levels = med_settings().levels
    if not levels:
        return committees.order_by("name")
    ranks = [When(level__iexact=level, then=Value(rank)) for rank, level in enumerate(levels)]
    return committees.annotate(rank=Case(*ranks, default=Value(len(levels)))).order_by("rank", "name")
