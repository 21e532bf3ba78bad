# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Plejecenter Engparken: a colleague's workplace of Solbakken's sector, whose agreement is in force."""

from datetime import date, datetime

from samspil.agreements import actions as agreements
from samspil.agreements.actions import OwnTask, SentPage, SentText
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.actions.locking import dialogue_of
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.conditions import Conditions
from samspil.agreements.models import AgreementVersion, Section, Task
from samspil.config.cast import Cast, grant
from samspil.config.story import discuss, set_up_body, write_draft
from samspil.frameworks.queries import principles
from samspil.municipalities.actions import create_unit
from samspil.municipalities.models import Sector
from samspil.people.models import Role


def engparken_in_force(
    cast: Cast, on: date, at: datetime, name: str = "Plejecenter Engparken", sector: Sector = Sector.CARE_HOME
) -> AgreementVersion:
    """Return its agreement: words of its own, an own task with a decided doubt, a principle, places and hours."""
    unit = create_unit(
        name=name,
        parent=cast.elderly,
        sector=sector,
        is_workplace=True,
        actor=cast.hanne,
        at=at,
    )
    birthe = grant("Birthe Juul", Role.LEADER, unit, "plejecenterleder", actor=cast.hanne, at=at)
    ib = grant("Ib Nygaard", Role.EMPLOYEE, unit, "assistent", actor=cast.hanne, at=at)
    set_up_body(
        name=f"LokalMED {name}",
        units=[unit],
        leader=birthe,
        deputy=ib,
        safety=None,
        administrator=cast.hanne,
        on=on,
        at=at,
    )
    version = write_draft(workplace=unit, leader=birthe, contact=ib, tasks=2, on=on, at=at)
    stored = {section.kind: section for section in Section.objects.filter(version=version)}
    words = {
        "purpose": "Musik og nærvær på Engparken.",
        "places": "I haven om onsdagen.",
        "staff_agreements": "Vi siger til på tavlemødet.",
    }
    texts = {
        kind: SentText(
            text,
            stored[kind].revision if kind in stored else 0,
            fingerprint(stored[kind].text if kind in stored else ""),
        )
        for kind, text in words.items()
    }
    agreements.save_page(version=version, page=SentPage(texts=texts), actor=birthe, at=at)
    answers = dict.fromkeys(QUESTION_NAMES, False) | {"must_be_done": True}
    doubt = OwnTask("Synge i salen", "Pleje", "Flere sange", answers, "Fredag kl. 10", "Ib åbner salen.")
    task = agreements.add_task(version=version, task=doubt, actor=birthe, at=at)
    common = principles(version.framework)[0]
    agreements.add_local_principle(
        version=version, builds_on=common.lineage, text="Vi synger med.", how="Hver dag.", actor=birthe, at=at
    )
    said = Conditions(places={"outdoors": "Haven"}, hours_of_leader=4, staff_meets="monthly")
    agreements.set_conditions(version=version, conditions=said, actor=birthe, at=at)
    version = agreements.send_to_dialogue(version=version, actor=birthe, on=on, at=at)
    discuss(dialogue=dialogue_of(version), leader=birthe, employee=ib, on=on, at=at)
    for one in Task.objects.filter(version=version, pk=task.pk):
        agreements.decide_boundary(task=one, outcome="confirm", reason="Aftalt.", actor=birthe, at=at)
    return agreements.adopt(version=version, in_force_from=on, actor=birthe, on=on, at=at)
