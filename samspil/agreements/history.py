# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What has happened at workplaces, read from the audit and told in plain words."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from samspil.agreements.models import AgreementVersion
from samspil.audit.models import Event
from samspil.audit.queries import events_about
from samspil.foundation.prepared import prepared
from samspil.med.models import Dialogue

WHAT_HAPPENED = {
    "municipalities.unit.create": gettext_lazy("The workplace was entered"),
    "municipalities.unit.withhold": gettext_lazy("It was changed whether the open pages show the workplace"),
    "municipalities.unit.edit": gettext_lazy("The details of the workplace were changed"),
    "municipalities.unit.close": gettext_lazy("It was entered that the workplace closes"),
    "municipalities.unit.reopen": gettext_lazy("The workplace was opened again"),
    "agreements.version.open_draft": gettext_lazy("A draft of the agreement was begun"),
    "agreements.version.open_comment_round": gettext_lazy("The colleagues were asked for comments to the draft"),
    "agreements.version.send_to_dialogue": gettext_lazy("The draft was sent to discussion"),
    "agreements.version.take_back": gettext_lazy("The draft was taken back from discussion"),
    "med.dialogue.present_again": gettext_lazy("The draft was presented again, with changes from the discussion"),
    "med.dialogue.record": gettext_lazy("The discussion was written down"),
    "med.dialogue.defer": gettext_lazy("The discussion was put off"),
    "med.dialogue.take_up": gettext_lazy("The discussion was taken up again"),
    "med.dialogue.send_on": gettext_lazy("The discussion was sent on to the body above"),
    "med.confirmation.confirm": gettext_lazy("The employee side confirmed what was said"),
    "med.confirmation.refuse": gettext_lazy("The employee side said that the record was not right"),
    "med.confirmation.settle": gettext_lazy("The HR/MED secretariat settled the record"),
    "agreements.version.switch_edition": gettext_lazy("The draft was moved to the new edition of the framework"),
    "agreements.version.withdraw": gettext_lazy("The draft was dropped"),
    "agreements.version.announce": gettext_lazy("A change of nothing but words was announced"),
    "agreements.version.object_to": gettext_lazy("The employee side asked to discuss the change"),
    "agreements.version.adopt": gettext_lazy("The leader decided on the agreement"),
    "agreements.version.put_in_force": gettext_lazy("The agreement came into force"),
    "agreements.version.enter_existing": gettext_lazy("The agreement from before the framework was entered"),
    "agreements.agreement.set_contact_persons": gettext_lazy("The contact persons were named"),
    "agreements.version.propose_ending": gettext_lazy("The leader proposed that the agreement ends"),
    "agreements.version.give_notice": gettext_lazy("Notice was given: the agreement ends"),
    "agreements.version.decide_ending": gettext_lazy("The leader decided that the agreement ends"),
    "agreements.version.give_up_ending": gettext_lazy("The agreement goes on after all"),
    "agreements.version.end": gettext_lazy("The agreement ended"),
    "agreements.agreement.stop_task": gettext_lazy("A task was stopped"),
    "agreements.agreement.start_activity": gettext_lazy("A new activity began"),
    "agreements.agreement.take_over": gettext_lazy("A new leader took over the agreement"),
    "people.stand_in.name": gettext_lazy("A stand-in for the leader was named"),
    "people.stand_in.end": gettext_lazy("The stand-in’s time was ended"),
    "agreements.workplace.state_no_volunteers": gettext_lazy("The leader said that there are no volunteers here"),
    "agreements.workplace.end_no_volunteers": gettext_lazy("It is no longer so that there are no volunteers here"),
}
"""Events that a history tells, in plain words; what is saved on the way to them is left out."""


def happened_at(workplace_ids: Collection[int], most: int) -> list[tuple[Event, int]]:
    """Return the last things that happened at the workplaces, newest first, each with the key of its workplace."""
    places = _places(workplace_ids)
    events = events_about(places).filter(name__in=WHAT_HAPPENED).order_by("-sequence")[:most]
    return [(event, places[event.subject_type][int(event.subject_id)]) for event in events]


@prepared
def _versions_of(workplace_ids: tuple[int, ...]) -> QuerySet[AgreementVersion, tuple[int, int, int, int | None]]:
    versions = AgreementVersion.objects.filter(agreement__workplace_id__in=workplace_ids)
    return versions.values_list("pk", "agreement_id", "agreement__workplace_id", "dialogue_id")


@prepared
def _discussions(first: tuple[int, ...]) -> QuerySet[Dialogue, tuple[int, Any, int | None]]:
    """Return the discussions of matters, those they were sent on to, and what the employee side was asked in each."""
    matters = Dialogue.objects.filter(Q(pk__in=first) | Q(origin__in=first)).order_by()
    return matters.values_list("pk", "origin_id", "confirmations__pk")


def _places(workplace_ids: Collection[int]) -> dict[str, dict[int, int]]:
    """Return at which workplace each thing that a history tells of is, by the label of its model and its key."""
    versions = _versions_of(tuple(workplace_ids))
    first = {dialogue: place for _version, _agreement, place, dialogue in versions if dialogue}
    dialogues: dict[int, int] = {}
    confirmations: dict[int, int] = {}
    for dialogue, origin, confirmation in _discussions(tuple(first)) if first else ():
        dialogues[dialogue] = first[dialogue] if dialogue in first else first[origin]
        if confirmation is not None:
            confirmations[confirmation] = dialogue
    return {
        "municipalities.unit": {key: key for key in workplace_ids},
        "agreements.agreement": {agreement: place for _version, agreement, place, _dialogue in versions},
        "agreements.agreementversion": {version: place for version, _agreement, place, _dialogue in versions},
        "med.dialogue": dialogues,
        "med.confirmation": {key: dialogues[dialogue] for key, dialogue in confirmations.items()},
    }
