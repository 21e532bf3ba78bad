# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Det skal vi have på plads*, on the page of one volunteer."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.templatetags.samspil import danish_date
from samspil.people.models import Role
from samspil.volunteering.formality_facts import ANSWERED, FACTS
from samspil.volunteering.formality_forms import NoteForm
from samspil.volunteering.formality_items import Item, by_due_point, facts_for, items_for
from samspil.volunteering.formality_review import is_asked_whether_lasting
from samspil.volunteering.models import Engagement
from samspil.volunteering.models.formalities import Decider, Level
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import HERE

register = template.Library()


@register.inclusion_tag("volunteering/_formality_list.html", takes_context=True)
def formality_list(context: dict[str, Any], engagement: Engagement) -> dict[str, Any]:
    """Show what must be in place for the volunteer, grouped by when, with what one can note oneself ready to tick."""
    capacity: Capacity = context["capacity"]
    if engagement.state not in HERE:
        return {"groups": ()}
    on = capacity.on
    facts = facts_for(engagement, on)
    items = items_for(engagement, on)
    waiting = [item for item in items if not item.is_in_place]
    may_note = LOOK_AFTER.allows(capacity, engagement)
    decides = {Decider.WORKPLACE.value, *([Decider.LEADER.value] if capacity.role == Role.LEADER else [])}
    for_me = decides if may_note else set()
    return {
        "engagement": engagement,
        "groups": [
            {
                **group,
                "items": [(item, item.rule.decided_by in for_me, _line(item), _tag(item)) for item in group["items"]],
            }
            for group in by_due_point(waiting)
        ],
        "can_note": any(item.rule.decided_by in for_me for item in waiting),
        "in_place": [item for item in items if item.is_in_place],
        "rules": [item.rule for item in items],
        "note_form": NoteForm(initial={"decided_on": on}),
        "asks_for_certificate": may_note and any(item.rule.certificate and item.order is None for item in waiting),
        "asks_whether_lasting": may_note and is_asked_whether_lasting(engagement, on),
        "answers": [(FACTS[name].label, getattr(facts, name)) for name in ANSWERED],
        "may_note": may_note,
        "csrf_token": context.get("csrf_token"),
    }


def _line(item: Item) -> str:
    """Return what stands on the card: why, where it is not the same for everybody, what it is, and what does not count."""
    why = item.why if item.rule.trigger else ""
    return " ".join(part for part in (item.note, why, item.rule.text) if part)


def _tag(item: Item) -> str:
    if item.opens_on is not None and item.rule.is_hard_stop:
        return _("in place by %(day)s") % {"day": danish_date(item.opens_on)}
    if item.rule.level in {Level.LAW, Level.INFORMATION}:
        return str(item.rule.get_level_display())
    if item.due_on is not None:
        return _("by %(day)s") % {"day": danish_date(item.due_on)}
    return ""
