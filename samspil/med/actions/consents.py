# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Standing consents: put before the body as a matter of its own, and withdrawn from a day (R53, decision 12)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.versioning import content_sha256
from samspil.med.actions.dialogues import open_dialogue, present_again, tell_members, withdraw_dialogue
from samspil.med.body_models import ConsentUnit, StandingConsent
from samspil.med.models import Committee, Dialogue
from samspil.med.papers import Attachment, PaperContent
from samspil.med.permissions import GIVE_CONSENT
from samspil.med.queries import conclusion_gaps, covered_units, has_ended, read_whole
from samspil.med.states import OPEN
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above


@dataclass(frozen=True)
class ConsentFacts:
    """What a standing consent says. No ``units``: all that the body covers. ``until`` is the last day."""

    wording: str
    task_types: tuple[str, ...]
    units: tuple[Unit, ...] = ()
    until: date | None = None

    def content(self) -> dict[str, object]:
        """Return everything that its control code covers."""
        return {
            "standing_consent": self.wording,
            "task_types": sorted(self.task_types),
            "units": sorted(unit.slug for unit in self.units),
            "until": self.until.isoformat() if self.until else "",
        }


@transaction.atomic
def propose_consent(
    *,
    committee: Committee,
    facts: ConsentFacts,
    actor: Capacity,
    on: date,
    at: datetime,
    arises_from: Dialogue | None = None,
) -> StandingConsent:
    """Put a standing consent before the body; it holds once the body has said so and its employee side confirmed it."""
    GIVE_CONSENT.require(actor, committee)
    _refuse_unfit(committee, facts, on)
    if arises_from is not None and arises_from.committee_id != committee.pk:
        raise Refusal(_("The discussion was in another body. Put it before this one without it."))
    paper = _paper(committee, facts)
    dialogue = open_dialogue(committee=committee, occasion=Dialogue.Occasion.CHANGE, paper=paper, actor=actor, at=at)
    consent = StandingConsent.objects.create(
        committee=committee,
        dialogue=dialogue,
        arises_from=arises_from,
        wording=facts.wording,
        task_types=list(facts.task_types),
        until=facts.until,
        sha256=paper.sha256,
    )
    _choose_units(consent, facts)
    audit.record(
        name="med.consent.propose",
        subject=consent,
        actor=actor,
        at=at,
        changes={"sha256": paper.sha256, "units": len(facts.units)},
    )
    return consent


@transaction.atomic
def correct_consent(
    *, consent: StandingConsent, facts: ConsentFacts, actor: Capacity, on: date, at: datetime
) -> StandingConsent:
    """Correct it as the body wants it, and present it again: what was said of other words does not count for these."""
    consent = StandingConsent.objects.select_for_update().get(pk=consent.pk)
    GIVE_CONSENT.require(actor, consent.committee)
    if not conclusion_gaps(read_whole(consent.dialogue), consent.sha256, on):
        raise Refusal(_("The body has said yes to these words. Withdraw it, and put another one before the body."))
    if consent.withdrawn_from is not None:
        raise Refusal(_("It is withdrawn. Put another one before the body."))
    _refuse_unfit(consent.committee, facts, on)
    paper = _paper(consent.committee, facts)
    present_again(dialogue=consent.dialogue, paper=paper, actor=actor, at=at)
    consent.wording, consent.task_types, consent.until = facts.wording, list(facts.task_types), facts.until
    consent.sha256 = paper.sha256
    consent.save(update_fields=["wording", "task_types", "until", "sha256"])
    _choose_units(consent, facts)
    audit.record(name="med.consent.correct", subject=consent, actor=actor, at=at, changes={"sha256": paper.sha256})
    return consent


@transaction.atomic
def withdraw_consent(
    *, consent: StandingConsent, from_date: date, reason: str, actor: Capacity, on: date, at: datetime
) -> StandingConsent:
    """Withdraw it from a day on; what began under it before goes on. Either side can, and both are told.

    Until that day has come, another day can be chosen.
    """
    consent = StandingConsent.objects.select_for_update().get(pk=consent.pk)
    GIVE_CONSENT.require(actor, consent.committee)
    if has_ended(consent, on):
        raise Refusal(_("It no longer holds, so there is nothing to withdraw."))
    if from_date < on:
        raise Refusal(_("Choose today or a day to come: what began under it before goes on."))
    if not reason.strip():
        raise Refusal(_("Write why it is withdrawn."))
    consent.withdrawn_from, consent.withdrawn_because = from_date, reason
    consent.withdrawn_by_id = actor.user_id
    consent.save(update_fields=["withdrawn_from", "withdrawn_because", "withdrawn_by"])
    dialogue = consent.dialogue
    if dialogue.state in OPEN and conclusion_gaps(read_whole(dialogue), consent.sha256, on):
        withdraw_dialogue(dialogue=dialogue, actor=actor, at=at)
    audit.record(
        name="med.consent.withdraw", subject=consent, actor=actor, at=at, changes={"from": from_date.isoformat()}
    )
    title = _("Standing consent withdrawn from %(day)s: %(types)s") % {
        "day": danish_date(from_date),
        "types": ", ".join(consent.task_types),
    }
    tell_members(dialogue, key=f"consent.{from_date.isoformat()}", title=title[:200], actor=actor, at=at)
    return consent


def _choose_units(consent: StandingConsent, facts: ConsentFacts) -> None:
    ConsentUnit.objects.filter(consent=consent).delete()
    ConsentUnit.objects.bulk_create(ConsentUnit(consent=consent, unit=unit) for unit in facts.units)


def _refuse_unfit(committee: Committee, facts: ConsentFacts, on: date) -> None:
    if not facts.task_types:
        raise Refusal(_("Choose at least one type of task."))
    if not facts.wording.strip():
        raise Refusal(_("Write what the leader may say yes to."))
    if facts.until is not None and facts.until < on:
        raise Refusal(_("Choose a last day that is still to come, or none."))
    covered = {unit.pk for unit in covered_units(committee)}
    for unit in facts.units:
        if not covered & set(ids_above(unit.pk)):
            raise Refusal(
                _("%(body)s does not cover %(unit)s. Discuss it in the body that does.")
                % {"body": committee.name, "unit": unit.name}
            )


def _paper(committee: Committee, facts: ConsentFacts) -> PaperContent:
    types = ", ".join(facts.task_types)
    units = facts.units or covered_units(committee)
    return PaperContent(
        title=_("Standing consent: %(types)s") % {"types": types},
        link="",
        presentation=_(
            "When the body has said yes, the leader may say yes at once to new activities of these types."
            " Anything else is discussed first, as always."
        ),
        recommendation=_("That the body discusses the standing consent, and says whether it is to hold."),
        attachments=(
            Attachment(
                _("The standing consent"),
                [
                    {"kind": "paragraph", "text": facts.wording},
                    {
                        "kind": "facts",
                        "pairs": [
                            [_("Types of task"), types],
                            [_("Workplaces"), ", ".join(unit.name for unit in units)],
                            [_("Holds until"), danish_date(facts.until) or _("the body withdraws it")],
                        ],
                    },
                ],
            ),
        ),
        sha256=content_sha256(facts.content()),
    )
