# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Beginning a draft from a colleague's agreement, or from a text that was given up (R47)."""

from contextlib import suppress
from datetime import datetime

from django.utils.translation import gettext as _

from samspil.agreements.actions.drafting import OWN_TASKS_FROM, CoreTaskError, OwnTask, own_task, task_of_catalogue
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.catalogue import Template, template_for
from samspil.agreements.colleagues import colleagues_of
from samspil.agreements.models import AgreementVersion, LocalPrinciple, Section, Task
from samspil.agreements.queries import offered_tasks
from samspil.agreements.sections import PLACES, REGISTRY
from samspil.agreements.states import State
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import Element, Kind
from samspil.municipalities.models import Unit

_NEVER_A_COLLEAGUES = {PLACES, *(kind for kind, section in REGISTRY.items() if not section.is_open)}
"""Where they come and when is each place's own; what stands on no open page is not for other workplaces."""


def refuse_wrong_beginning(
    workplace: Unit,
    current: AgreementVersion | None,
    colleague: AgreementVersion | None,
    given_up: AgreementVersion | None,
) -> None:
    """Refuse a colleague's agreement that cannot be chosen, and a text that was not given up here."""
    if colleague is not None:
        if current is not None or given_up is not None:
            raise Refusal(_("You have words of your own already. Begin from those."))
        if not colleagues_of(workplace).filter(pk=colleague.pk).exists():
            raise Refusal(_("This agreement cannot be begun from. Choose one that is in force."))
    if given_up is not None:
        own = AgreementVersion.objects.filter(agreement__workplace=workplace, state=State.WITHDRAWN)
        if not own.filter(pk=given_up.pk).exists():
            raise Refusal(_("Only a text that was given up here can be taken up again."))


def begun_with(colleague: AgreementVersion | None, given_up: AgreementVersion | None) -> dict[str, int]:
    """Return what the event says about where the words came from."""
    begun = {"colleague": colleague, "given_up": given_up}
    return {name: version.pk for name, version in begun.items() if version is not None}


def copy_from_colleague(source: AgreementVersion, target: AgreementVersion, at: datetime) -> None:
    """Take a colleague's words, tasks and principles; nothing that tells who, when or where, and no decision.

    Every task is judged anew, so that a core task never comes along.
    """
    Section.objects.bulk_create(
        Section(version=target, kind=section.kind, text=section.text, origin_text=section.text, changed_at=at)
        for section in Section.objects.filter(version=source, kind__in=set(REGISTRY) - _NEVER_A_COLLEAGUES)
        if section.text
    )
    template = template_for(target.agreement.workplace.sector)
    for number, theirs in enumerate(offered_tasks(source)):
        if set(QUESTION_NAMES) <= set(theirs.boundary_answers):
            with suppress(CoreTaskError):
                _as_ones_own(theirs, target, template, OWN_TASKS_FROM + number).save()
    common = Element.objects.filter(version_id=target.framework_id, kind=Kind.PRINCIPLE).values("lineage")
    for own in LocalPrinciple.objects.filter(version=source, builds_on__in=common):
        LocalPrinciple.objects.create(version=target, builds_on=own.builds_on, text=own.text, how=own.how)


def _as_ones_own(theirs: Task, target: AgreementVersion, template: Template, order: int) -> Task:
    entry = template.task(theirs.catalogue_code)
    if entry is not None:
        return task_of_catalogue(target, entry)
    answers = {name: theirs.boundary_answers[name] for name in QUESTION_NAMES}
    taken = own_task(target, OwnTask(theirs.title, theirs.not_part, theirs.added_value, answers), order)
    taken.type = theirs.type
    return taken
