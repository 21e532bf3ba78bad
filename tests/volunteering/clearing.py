# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Bringing everything in place that stops a volunteer, as whoever looks after them would."""

from samspil.config.cast import grant
from samspil.people.models import Role
from samspil.volunteering import actions
from samspil.volunteering.formality_items import items_for
from samspil.volunteering.models.formalities import Decider, How, Outcome


def put_in_place(engagement, *, actor, on, at, orderer=None, leave_out=()):
    """Note everything as in place that stops on the day; certificates by ``orderer``, or not at all."""
    for decider, who in ((Decider.WORKPLACE, actor), (Decider.CERTIFICATE_ORDERER, orderer)):
        codes = [
            item.code
            for item in items_for(engagement, on)
            if item.stops(on) and item.rule.decided_by == decider and item.code not in leave_out
        ]
        if codes and who is not None:
            decided = {"outcome": Outcome.IN_PLACE, "how": How.ALOUD, "decided_on": on}
            actions.decide(engagement=engagement, codes=codes, **decided, actor=who, on=on, at=at)


def orderer_at(unit, *, cast, at):
    """Give Rikke the role of orderer of certificates at a unit."""
    return grant("Rikke Bang", Role.CERTIFICATE_ORDERER, unit, "HR-assistent", actor=cast.hanne, at=at)
