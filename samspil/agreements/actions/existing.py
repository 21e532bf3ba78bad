# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agreements from before the framework, entered as they are, in a window that closes by itself (R28, R43)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.covering import hold_places
from samspil.agreements.actions.drafting import OWN_TASKS_FROM, OwnTask, own_task, task_of_catalogue
from samspil.agreements.actions.leading import make_accountable
from samspil.agreements.actions.locking import refuse_closed
from samspil.agreements.actions.no_volunteers import end_standing
from samspil.agreements.catalogue import template_for
from samspil.agreements.content import version_sha256
from samspil.agreements.files import DOCX, PDF, TEXT, media_type_of
from samspil.agreements.models import (
    Agreement,
    AgreementVersion,
    ExistingAgreement,
    ExistingAgreementsWindow,
    Section,
)
from samspil.agreements.permissions import ENTER_EXISTING, OPEN_WINDOW
from samspil.agreements.queries import existing_window, in_force_today
from samspil.agreements.sections import EXISTING
from samspil.agreements.states import OPEN, State
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.queries import version_in_force as framework_in_force
from samspil.med.models import Form
from samspil.med.queries import body_for, members
from samspil.municipalities.models import Municipality, Unit
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.models import Role
from samspil.people.queries import holders

FILE_LIMIT = 5 * 1024 * 1024
_LONGEST_WINDOW = 366
_TAKEN = (PDF, DOCX, TEXT)


@dataclass(frozen=True)
class SentFile:
    """The agreement as a file, as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class ExistingAsEntered:
    """An agreement from before the framework: its words or its file, and what is known of how it came about."""

    discussed_on: date
    form: str
    minutes_reference: str
    in_force_since: date
    review_on: date
    text: str = ""
    file: SentFile | None = None
    ticked: frozenset[str] = frozenset()
    own_tasks: tuple[OwnTask, ...] = ()


def type_of_file(content: bytes) -> str:
    """Return the media type that the bytes themselves show; empty where it is none that we take."""
    media_type = media_type_of(content)
    return media_type if media_type in _TAKEN else ""


@transaction.atomic
def set_existing_window(
    *, opens: date, closes: date, actor: Capacity, on: date, at: datetime
) -> ExistingAgreementsWindow:
    """Say in which days existing agreements can be entered; what is set last counts, and the past stands."""
    OPEN_WINDOW.require(actor)
    municipality = Municipality.objects.select_for_update(no_key=True).get(pk=actor.municipality_id)
    if closes < opens:
        raise Refusal(_("The last day comes before the first. Choose a later one."))
    if closes < on:
        raise Refusal(_("The last day has passed. Choose today or a later day."))
    if (closes - opens).days > _LONGEST_WINDOW:
        raise Refusal(_("Choose a year at most, so that the window closes by itself."))
    window = ExistingAgreementsWindow.objects.create(opens=opens, closes=closes, set_at=at, set_by_id=actor.person)
    audit.record(
        name="agreements.window.set",
        subject=municipality,
        actor=actor,
        at=at,
        changes={"opens": opens.isoformat(), "closes": closes.isoformat()},
    )
    return window


def _check(entered: ExistingAsEntered, on: date) -> str:
    """Refuse what cannot be right; return the media type of the file."""
    if existing_window(on) is None:
        raise Refusal(
            _("Existing agreements cannot be entered now. The HR/MED secretariat can open for it under Administration.")
        )
    if entered.discussed_on > on or entered.in_force_since > on:
        raise Refusal(_("The agreement must have been discussed and have begun already. Choose days that have passed."))
    if entered.review_on <= on:
        raise Refusal(_("Choose a day to come for looking at it again."))
    if entered.form not in Form.values:
        raise Refusal(_("Choose how it was discussed."))
    if not entered.minutes_reference:
        raise Refusal(_("Write where the minutes lie."))
    if not entered.text and entered.file is None:
        raise Refusal(_("Write the agreement's words, or choose its file."))
    if entered.file is None:
        return ""
    if len(entered.file.content) > FILE_LIMIT:
        raise Refusal(_("The file is too large. It may be 5 MB at most."))
    file_type = type_of_file(entered.file.content)
    if not file_type:
        raise Refusal(_("The file must be PDF, Word (.docx) or plain text."))
    return file_type


def _room_for_it(workplace: Unit, on: date, at: datetime) -> tuple[Agreement, int, FrameworkVersion]:
    """Return the agreement, the next number and the framework; refuses where an agreement is in force or under way."""
    framework = framework_in_force(on)
    if framework is None:
        raise Refusal(_("There is no common framework yet. The HR/MED secretariat must publish one first."))
    agreement, _is_new = Agreement.objects.get_or_create(workplace=workplace, defaults={"created_at": at})
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    versions = AgreementVersion.objects.filter(agreement=agreement)
    if in_force_today().filter(unit=workplace).exists() or versions.filter(state=State.IN_FORCE).exists():
        raise Refusal(
            _("An agreement is in force here already. A change to it takes a new version, discussed with MED.")
        )
    if versions.filter(state__in=OPEN).exists():
        raise Refusal(_("A draft of the agreement is on its way. Give it up first."))
    last = versions.order_by("-number").first()
    return agreement, last.number + 1 if last else 1, framework


@transaction.atomic
def enter_existing(
    *, workplace: Unit, entered: ExistingAsEntered, actor: Capacity, on: date, at: datetime
) -> AgreementVersion:
    """Enter an agreement from before the framework as it is; it is in force at once, without a dialogue (R28, R43).

    Raises ``Refusal`` outside the window, where an agreement is in force or under way, and for core tasks.
    """
    ENTER_EXISTING.require(actor, workplace)
    if not workplace.is_workplace:
        raise Refusal(_("Agreements are made at workplaces. Choose the workplace itself."))
    refuse_closed(workplace, on)
    file_type = _check(entered, on)
    agreement, number, framework = _room_for_it(workplace, on, at)
    version = AgreementVersion(
        agreement=agreement,
        origin=AgreementVersion.Origin.EXISTING,
        number=number,
        state=State.IN_FORCE,
        framework=framework,
        created_at=at,
        changed_at=at,
        in_force_from=entered.in_force_since,
        content_sha256="-",
    )
    version.save()
    _write_content(version=version, entered=entered, file_type=file_type, actor=actor, on=on, at=at)
    version.content_sha256 = version_sha256(version)
    version.save(update_fields=["content_sha256"])
    hold_places(version)
    make_accountable(agreement, actor, on)
    end_standing(workplace, on)
    audit.record(
        name="agreements.version.enter_existing",
        subject=version,
        actor=actor,
        at=at,
        changes={
            "sha256": version.content_sha256,
            "number": number,
            "framework": framework.number,
            "discussed_on": entered.discussed_on.isoformat(),
            "in_force_from": entered.in_force_since.isoformat(),
        },
    )
    _tell(version, workplace, actor, on, at)
    return version


def _write_content(
    *, version: AgreementVersion, entered: ExistingAsEntered, file_type: str, actor: Capacity, on: date, at: datetime
) -> None:
    content = entered.file.content if entered.file else b""
    ExistingAgreement.objects.create(
        version=version,
        discussed_on=entered.discussed_on,
        form=entered.form,
        minutes_reference=entered.minutes_reference[:300],
        review_on=entered.review_on,
        entered_on=on,
        entered_by_id=actor.person,
        file_name=entered.file.name[:200] if entered.file else "",
        file_type=file_type,
        file_sha256=hashlib.sha256(content).hexdigest() if content else "",
        file=content,
    )
    if entered.text:
        Section.objects.create(
            version=version, kind=EXISTING.kind, text=entered.text, changed_at=at, changed_by_id=actor.user_id
        )
    catalogue = template_for(version.agreement.workplace.sector).tasks
    tasks = [task_of_catalogue(version, entry) for entry in catalogue if entry.code in entered.ticked]
    tasks += [own_task(version, task, OWN_TASKS_FROM + place) for place, task in enumerate(entered.own_tasks)]
    if not tasks:
        raise Refusal(_("Tick at least one task, or name one of your own."))
    for task in tasks:
        task.save()


def _tell(version: AgreementVersion, workplace: Unit, actor: Capacity, on: date, at: datetime) -> None:
    body = body_for(workplace, on)
    people = set(members(body, on).values_list("user_id", flat=True)) if body else set()
    people |= {row.user_id for row in holders(Role.LEADER, workplace.pk, on)}
    tell(
        people=sorted(people - {actor.person}),
        key=f"agreements.existing.{version.pk}",
        kind=Kind.AGREEMENT,
        title=_("%(workplace)s has entered an agreement from before the framework") % {"workplace": workplace.name},
        link=reverse("workplace", args=[workplace.slug]),
        at=at,
    )
