# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The volunteer agreement (*frivilligaftale*): what it says, where it stands, and the paper it becomes (R56, R18).

Its words come from the workplace's agreement and are Danish whatever language the pages are read in, as a paper is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from samspil.agreements import questions
from samspil.agreements.between import TaskOffered
from samspil.agreements.conditions import conditions_of
from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import common_of
from samspil.agreements.queries import accountable_leader
from samspil.foundation.memory import once_a_page
from samspil.foundation.pdf import Block, Document, bullets, facts, heading, paragraph, small, task
from samspil.foundation.templatetags.samspil import control_code, danish_date
from samspil.foundation.versioning import content_sha256
from samspil.volunteering.insurance import insurance_sentence
from samspil.volunteering.models import CommonTerms, Engagement, VolunteerAgreement
from samspil.volunteering.models.terms import How
from samspil.volunteering.queries import Room, chosen_lineages, may_have, room_at, task_titles
from samspil.volunteering.states import HERE

FORMAT = "samspil-volunteer-agreement-1"
EXPENSES = "expenses"


class Standing(models.TextChoices):
    """Where a volunteer's agreement stands; derived."""

    NONE = "none", gettext_lazy("not made yet")
    WAITS = "waits", gettext_lazy("waits for the volunteer’s yes")
    AGREED = "agreed", pgettext_lazy("a volunteer agreement", "said yes to")
    CHANGED = "changed", gettext_lazy("to be said yes to again: the tasks have changed")


@once_a_page
def common_terms() -> CommonTerms:
    """Return what the municipality says to all; the product's own where it has said nothing."""
    return CommonTerms.objects.first() or CommonTerms()


def insurance_words(task_types: Iterable[str] = ()) -> str:
    """Return how a volunteer with these types of task is insured; an honest sentence where the municipality has not said."""
    return insurance_sentence(task_types) or _("Ask your contact person how you are insured before you begin.")


def confidentiality_words() -> str:
    """Return what stays at the workplace."""
    return common_terms().confidentiality or _(
        "What you see and hear about citizens, relatives and employees, you keep to yourself. That holds after you have "
        "stopped, too."
    )


@once_a_page
def texts_of(version: AgreementVersion) -> dict[str, str]:
    """Return the texts of a version by their kind, without the empty ones."""
    return {section.kind: section.text for section in questions.sections((version.pk,)) if section.text}


def _expenses(version: AgreementVersion) -> str:
    return texts_of(version).get(EXPENSES) or _(
        "Expenses are not covered, unless we have agreed on it beforehand and you have a receipt."
    )


def terms_of(version: AgreementVersion, tasks: Iterable[TaskOffered], workplace: str) -> dict[str, Any]:
    """Return the words for a volunteer with these tasks: ``own`` is theirs, ``common`` is the same for everybody."""
    rows = list(tasks)
    with override(settings.LANGUAGE_CODE):
        common = common_of(version.framework)
        return {
            "format": FORMAT,
            "workplace": workplace,
            "own": own_of(version, rows),
            "common": {
                "definition": common.definition.text,
                "supplement": common.supplement.text,
                "confidentiality": confidentiality_words(),
                "insurance": insurance_words(row.type for row in rows),
                "keys": _(
                    "If you get a badge, keys or access, you lend them to nobody, and you hand them in when you stop."
                ),
                "stopping": [
                    _("You can say no to a task, take a break or stop whenever you like. You need not say why."),
                    _("The workplace can stop the cooperation, too. You are told so in a talk."),
                ],
                "doubt": _(
                    "Ask your contact person, or whoever is on duty. The employees decide what takes a professional judgement."
                ),
            },
        }


def own_sha256(content: dict[str, Any]) -> str:
    """Return the code of what is this volunteer's own."""
    return content_sha256(content["own"])


def own_of(version: AgreementVersion, tasks: Iterable[TaskOffered]) -> dict[str, Any]:
    """Return the words that are only about a volunteer with these tasks."""
    with override(settings.LANGUAGE_CODE):
        return {
            "tasks": [
                {
                    "lineage": str(row.lineage),
                    "title": row.title,
                    "not_part": row.not_part,
                    "when_and_where": row.when_and_where,
                }
                for row in tasks
            ],
            "expenses": _expenses(version),
            "at_home": conditions_of(version).at_home,
        }


def _tasks_in(room: Room | None, engagement: Engagement) -> list[TaskOffered]:
    chosen = chosen_lineages(engagement)
    return [row for row in room.tasks if row.lineage in chosen] if room else []


def terms_now(engagement: Engagement) -> dict[str, Any] | None:
    """Return what the agreement would say today; None without an agreement in force, or without a task."""
    room = room_at(engagement.workplace_id)
    tasks = _tasks_in(room, engagement)
    return terms_of(room.version, tasks, engagement.workplace.name) if room and tasks else None


def newest_terms(engagement: Engagement) -> VolunteerAgreement | None:
    """Return the newest agreement with a volunteer at a workplace."""
    if not may_have(engagement, "terms"):
        return None
    return engagement.terms.select_related("made_by", "noted_by").order_by("-number").first()


def standing_of(newest: VolunteerAgreement | None, now: dict[str, Any] | None) -> Standing:
    """Return where an agreement stands, given what it would say today."""
    if newest is None:
        return Standing.NONE
    if now is not None and own_sha256(now) != newest.own_sha256:
        return Standing.CHANGED
    return Standing.AGREED if newest.accepted_how else Standing.WAITS


def standing_now(engagement: Engagement, newest: VolunteerAgreement | None) -> Standing:
    """Return where it stands today; only what is the volunteer's own is read for it."""
    if newest is None or engagement.state not in HERE:
        return standing_of(newest, None)
    room = room_at(engagement.workplace_id)
    tasks = _tasks_in(room, engagement)
    return standing_of(newest, {"own": own_of(room.version, tasks)} if room and tasks else None)


def to_ask_again(unit_id: int) -> list[Engagement]:
    """Return those at a workplace whose own tasks or terms are no longer what they said yes to; nobody else (R56)."""
    room = room_at(unit_id)
    if room is None:
        return []
    rows = Engagement.objects.filter(workplace_id=unit_id, state__in=HERE).prefetch_related(
        "tasks", models.Prefetch("terms", VolunteerAgreement.objects.order_by("-number"))
    )
    codes: dict[frozenset[Any], str] = {}
    found = []
    for engagement in rows.select_related("volunteer").order_by("volunteer__name", "pk"):
        chosen = frozenset(chosen_lineages(engagement)) & {row.lineage for row in room.tasks}
        newest = next(iter(engagement.terms.all()), None)
        if newest is None or not chosen:
            continue
        if chosen not in codes:
            own = own_of(room.version, [row for row in room.tasks if row.lineage in chosen])
            codes[chosen] = own_sha256({"own": own})
        if codes[chosen] != newest.own_sha256:
            found.append(engagement)
    return found


@dataclass(frozen=True)
class Yes:
    """Who has said yes, for the page and the paper."""

    workplace: str
    volunteer: str


def said_yes(terms: VolunteerAgreement) -> Yes:
    """Return both sides' yes in words; the volunteer's is empty while it waits."""
    made = _("%(name)s, %(day)s") % {"name": terms.made_by.name, "day": danish_date(terms.made_at)}
    if not terms.accepted_how:
        return Yes(made, "")
    yes = f"{danish_date(terms.accepted_on)}, {How(terms.accepted_how).label}"
    if terms.noted_by is not None:
        yes = _("%(yes)s; noted by %(name)s") % {"yes": yes, "name": terms.noted_by.name}
    return Yes(made, yes)


def terms_blocks(content: dict[str, Any]) -> tuple[Block, ...]:
    """Return the words as blocks, for the paper."""
    own, common = content["own"], content["common"]
    blocks = [paragraph(common["definition"]), paragraph(common["supplement"]), heading(_("What you help with"))]
    for row in own["tasks"]:
        about = ((_("Not part of the task"), row["not_part"]), (_("When and where"), row["when_and_where"]))
        blocks.append(task(row["title"], tuple((name, words) for name, words in about if words)))
    if own["at_home"]:
        blocks.append(paragraph(own["at_home"]))
    pairs = [
        (_("What stays here"), common["confidentiality"]),
        (_("Insurance"), common["insurance"]),
        (_("Expenses"), own["expenses"]),
        (_("Badge and keys"), common["keys"]),
        (_("In doubt"), common["doubt"]),
    ]
    for name, words in pairs:
        blocks += [heading(name, 2), paragraph(words)]
    blocks += [heading(_("If you want to stop"), 2), bullets(*common["stopping"])]
    return tuple(blocks)


def terms_document(terms: VolunteerAgreement, on: date, *, large_print: bool = False) -> Document:
    """Return the agreement as a paper, in Danish: to be printed, read aloud and put in a pocket."""
    with override(settings.LANGUAGE_CODE):
        engagement = terms.engagement
        workplace = engagement.workplace
        yes = said_yes(terms)
        return Document(
            title=_("Volunteer agreement"),
            subtitle=workplace.name,
            municipality=workplace.municipality.name,
            date=timezone.localdate(terms.made_at),
            facts=(
                (_("Volunteer"), engagement.volunteer.name if engagement.volunteer else ""),
                (_("Contact person"), engagement.contact_person.name if engagement.contact_person else ""),
                (_("Leader"), _leader(engagement, on)),
                (_("Number"), str(terms.number)),
                (_("Yes from the workplace"), yes.workplace),
                (_("Yes from the volunteer"), yes.volunteer or _("date and name: ______________________")),
            ),
            blocks=terms_blocks(terms.content),
            footer=workplace.name,
            control_code=control_code(terms.content_sha256),
            large_print=large_print,
        )


def _leader(engagement: Engagement, on: date) -> str:
    room = room_at(engagement.workplace_id)
    leader = accountable_leader(room.agreement, on) if room else None
    return leader.name if leader else ""


def titles_of(engagement: Engagement) -> list[str]:
    """Return what the tasks of a volunteer are called, also those that the agreement no longer has."""
    return sorted(task_titles(row.lineage for row in engagement.tasks.all()).values())


def certificate_document(engagement: Engagement, on: date) -> Document:
    """Return the certificate of volunteering: who, where, from when to when, with what."""
    with override(settings.LANGUAGE_CODE):
        workplace = engagement.workplace
        name = engagement.volunteer.name if engagement.volunteer else ""
        begun = engagement.here_since or engagement.started_on
        period = _("from %(first)s to %(last)s") if engagement.ended_on else _("since %(first)s")
        days = period % {"first": danish_date(begun), "last": danish_date(engagement.ended_on)}
        leader = _leader(engagement, on)
        return Document(
            title=_("Certificate of volunteering"),
            subtitle=name,
            municipality=workplace.municipality.name,
            date=engagement.ended_on or on,
            blocks=(
                paragraph(
                    _("%(name)s has been a volunteer at %(place)s %(days)s.")
                    % {"name": name, "place": workplace.name, "days": days}
                ),
                heading(_("Has helped with")),
                bullets(*titles_of(engagement)),
                paragraph(_("Thank you for the time and the joy that it gave others.")),
                facts(((_("On behalf of %(place)s") % {"place": workplace.name}, leader),)),
                small(_("A volunteer gives unpaid time for the joy of others.")),
            ),
            footer=workplace.name,
        )
