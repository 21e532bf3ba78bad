# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading a version for a write: locked, in the right state, by the right person."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import is_the_accountable_leader, leads_the_workplace
from samspil.agreements.states import FROZEN, State
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.models import Dialogue
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words


class FrozenTextError(Refusal):
    """The text was agreed to or has been left behind; it never changes again."""


class NotTheLeaderError(Refusal):
    """Somebody else than the workplace's leader tried what only the leader may do."""


class ClosedWorkplaceError(Refusal):
    """The workplace is closed: what it had agreed is history."""


def locked(version: AgreementVersion) -> AgreementVersion:
    """Return the version as it is now, locked until the end of the transaction."""
    return (
        AgreementVersion.objects.select_for_update(of=("self",))
        .select_related("agreement__workplace", "framework", "dialogue")
        .get(pk=version.pk)
    )


def for_writing(version: AgreementVersion, actor: Capacity, states: Collection[State]) -> AgreementVersion:
    """Return the version locked for changing its text; refuses frozen text and anybody but the leader."""
    current = locked(version)
    if current.state in FROZEN or current.state not in states:
        raise FrozenTextError(
            _("The text can no longer be changed here, because the agreement is “%(state)s”. Reload the page.")
            % {"state": State(current.state).label}
        )
    refuse_closed(current.agreement.workplace, actor.on)
    require_leader(current, actor)
    return current


def require_leader(version: AgreementVersion, actor: Capacity) -> None:
    """Refuse anybody but the leader of the workplace."""
    if not leads_the_workplace(actor, version.agreement.workplace):
        raise NotTheLeaderError(_("Only the leader of the workplace can do this."))


def require_accountable_leader(version: AgreementVersion, actor: Capacity) -> None:
    """Refuse anybody but the one leader who answers for the agreement (R19)."""
    if not is_the_accountable_leader(actor, version.agreement.workplace):
        raise NotTheLeaderError(_("Only the leader who answers for the agreement can do this."))


def refuse_closed(workplace: Unit, on: date) -> None:
    """Refuse what makes, changes or begins an agreement where the workplace is closed, as it stands now; locks it."""
    current = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("succeeded_by")
    workplace = current.get(pk=workplace.pk)
    if workplace.is_closed(on):
        raise ClosedWorkplaceError(
            _("%(why)s Its agreement can still be read, but nothing more can be done with it.")
            % {"why": closing_in_words(workplace, on)}
        )


def dialogue_of(version: AgreementVersion) -> Dialogue:
    """Return the dialogue of a version that has been sent to one; where it was sent on, the one that goes on with it."""
    dialogue = version.discussion
    if dialogue is None:
        raise Refusal(_("Send it to be discussed with MED first."))
    return dialogue
