# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How the municipality and its bodies arrange MED: levels, forms that count, the four numbers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.body_models import NUMBERS, CommitteeRhythm, FormRule, MedSettings
from samspil.med.models import Committee, Dialogue, Form
from samspil.med.permissions import CHANGE_SETTINGS, PLAN
from samspil.med.queries import municipal_forms, newest_forms
from samspil.med.wheel import Rhythm

MOST = {"meetings_a_year": 12, "paper_days": 60, "evaluation_months": 60, "review_months": 120}
LEAST = {"meetings_a_year": 0, "paper_days": 0, "evaluation_months": 1, "review_months": 1}
_ONE_DAY = timedelta(days=1)


def refuse_number(name: str, value: int) -> None:
    """Raise ``Refusal`` for a number that makes no year."""
    if not LEAST[name] <= value <= MOST[name]:
        raise Refusal(_("Write a number between %(least)d and %(most)d.") % {"least": LEAST[name], "most": MOST[name]})


CHOSEN_OCCASIONS = (Dialogue.Occasion.NEW_AGREEMENT, Dialogue.Occasion.CHANGE)
"""What the municipality chooses forms for; the framework can be discussed in any form, since nothing waits for it (R5)."""


@transaction.atomic
def change_settings(
    *,
    levels: Sequence[str],
    rhythm: Rhythm,
    forms: Mapping[str, Collection[str]],
    actor: Capacity,
    on: date,
    at: datetime,
) -> MedSettings:
    """Save the municipality's settings; ``forms`` is by occasion.

    A form that is let in counts from today, one that is taken out until the end of today: what was held
    in it keeps its worth.
    """
    CHANGE_SETTINGS.require(actor)
    for name in NUMBERS:
        refuse_number(name, getattr(rhythm, name))
    for occasion in CHOSEN_OCCASIONS:
        if not set(forms.get(occasion, ())) & set(Form):
            raise Refusal(_("Choose at least one form that counts."))
    saved, _is_new = MedSettings.objects.select_for_update().update_or_create(
        defaults={
            "levels": [level for level in dict.fromkeys(level.strip() for level in levels) if level],
            **{name: getattr(rhythm, name) for name in NUMBERS},
            "changed_at": at,
        }
    )
    for occasion in CHOSEN_OCCASIONS:
        _let_count(occasion, set(forms[occasion]), actor, on, at)
    audit.record(
        name="med.settings.change",
        subject=saved,
        actor=actor,
        at=at,
        changes={
            "levels": saved.levels,
            **{name: getattr(saved, name) for name in NUMBERS},
            "forms": {str(occasion): sorted(str(form) for form in forms[occasion]) for occasion in CHOSEN_OCCASIONS},
        },
    )
    return saved


def _let_count(occasion: str, wanted: set[str], actor: Capacity, on: date, at: datetime) -> None:
    today = {str(form) for form in municipal_forms(occasion, on)}
    steps = [(on, today | wanted)] if wanted - today else []
    if steps or {str(form) for form in newest_forms(occasion)} != wanted:
        steps.append((on + _ONE_DAY, wanted))
    for from_date, forms in steps:
        FormRule.objects.create(
            occasion=occasion, forms=sorted(forms), from_date=from_date, set_at=at, set_by_id=actor.user_id
        )


@transaction.atomic
def change_rhythm(
    *, committee: Committee, numbers: Mapping[str, int | None], actor: Capacity, at: datetime
) -> CommitteeRhythm:
    """Give a body numbers of its own; None follows the municipality. Nothing that is planned moves by it."""
    PLAN.require(actor, committee)
    for name in NUMBERS:
        value = numbers.get(name)
        if value is not None:
            refuse_number(name, value)
    chosen = {name: numbers.get(name) for name in NUMBERS}
    saved, _is_new = CommitteeRhythm.objects.select_for_update().update_or_create(committee=committee, defaults=chosen)
    audit.record(name="med.committee.change_rhythm", subject=saved, actor=actor, at=at, changes=chosen)
    return saved
