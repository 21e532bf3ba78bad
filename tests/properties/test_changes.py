# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Random steps from an agreement in force: changes announced, objected to, stopped, begun, ended, by anybody (R53)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from samspil.agreements import actions as agreements
from samspil.agreements.actions import SentPage, SentText
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.change_models import Ending, TaskStop
from samspil.agreements.changes import change_of
from samspil.agreements.content import version_sha256
from samspil.agreements.endings import endings_due
from samspil.agreements.models import Agreement, AgreementVersion, InForce, Section
from samspil.agreements.queries import adopted_and_due, announced_and_due, tasks_offered
from samspil.agreements.states import State
from samspil.config.story import put_agreement_in_force
from samspil.foundation.capacity import system_capacity
from samspil.municipalities.queries import working_days_later
from tests.properties.test_main_job import LASTING, MainJob

KINDS = ("purpose", "recognition", "customs")
leader_mostly = st.sampled_from(("lene", "lene", "lene", "tove", "hanne", "ole", "kaj"))
employees_mostly = st.sampled_from(("tove", "arne", "lene", "mia", "kaj"))


class Changes(MainJob):
    """The same workplace and the same steps, with an agreement in force to begin with."""

    @initialize()
    def build(self):
        super().build()
        self.texts = {}
        put_agreement_in_force(
            workplace=self.cast.solbakken,
            leader=self.cast.lene,
            employee=self.cast.tove,
            contact=self.cast.mia,
            on=self.on,
            at=self.at,
        )

    def current(self):
        return AgreementVersion.objects.filter(state=State.IN_FORCE).first()

    @rule(kind=st.sampled_from(KINDS), text=st.sampled_from(("Andre ord", "Nye ord", "")))
    def begin_and_reword(self, kind, text):
        lene = self.actor("lene")
        if self.version().state in (*LASTING, State.WITHDRAWN):
            self.attempt(agreements.open_draft, workplace=self.cast.solbakken, actor=lene, on=self.on)
        section = Section.objects.filter(version=self.version(), kind=kind).first()
        was, revision = (section.text, section.revision) if section else ("", 0)
        page = SentPage({kind: SentText(text, revision, fingerprint(was))})
        self.attempt(agreements.save_page, version=self.version(), page=page, actor=lene)

    @rule(
        name=leader_mostly,
        words=st.sampled_from((frozenset(KINDS), frozenset(KINDS), frozenset(KINDS[:1]), frozenset())),
        reason=st.sampled_from(("Slåfejl", "Slåfejl", "")),
    )
    def announce(self, name, words, reason):
        keys = {f"section:{kind}" for kind in words}
        self.attempt(agreements.announce, version=self.version(), reason=reason, words=keys, actor=self.actor(name))

    @rule(name=employees_mostly)
    def object(self, name):
        self.attempt(agreements.object_to, version=self.version(), reason="Vi vil tale om det", actor=self.actor(name))

    @rule(days=st.integers(8, 25))
    def the_hour_comes(self, days):
        self.on += timedelta(days=days)
        self.at += timedelta(days=days)
        actor = system_capacity(municipality_id=self.cast.municipality.pk, on=self.on, name="samspil hourly")
        for version in announced_and_due(self.on):
            self.attempt(agreements.adopt, version=version, in_force_from=self.on, actor=actor, on=self.on)
        for ending in endings_due(self.on):
            self.attempt(agreements.end, ending=ending, actor=actor, on=self.on)
        for version in adopted_and_due(self.on):
            self.attempt(agreements.put_in_force, version=version, actor=actor, on=self.on)

    @rule(name=leader_mostly)
    def stop(self, name):
        agreement = Agreement.objects.get()
        for task in tasks_offered(agreement, self.on)[:1]:
            self.attempt(
                agreements.stop_task,
                agreement=agreement,
                task_lineage=task.lineage,
                reason="Uheld",
                actor=self.actor(name),
                on=self.on,
            )

    @rule(name=leader_mostly, days=st.sampled_from((0, 5, 30)))
    def propose_ending(self, name, days):
        if (version := self.current()) is not None:
            self.attempt(
                agreements.propose_ending,
                version=version,
                reason="Ingen flere",
                ends_on=self.on + timedelta(days=days),
                actor=self.actor(name),
                on=self.on,
            )

    @rule(name=leader_mostly, goes_on=st.sampled_from((False, False, True)))
    def settle_ending(self, name, goes_on):
        ending = Ending.objects.order_by("-pk").first()
        if ending is not None:
            step = agreements.give_up_ending if goes_on else agreements.decide_ending
            self.attempt(step, ending=ending, actor=self.actor(name), on=self.on)

    @invariant()
    def an_editorial_version_means_what_a_discussed_one_means(self):
        for version in AgreementVersion.objects.filter(state__in=LASTING, announced_at__isnull=False):
            assert (change_of(version).material, bool(version.editorial_reason)) == ((), True)
            assert version.content_sha256 == version_sha256(version)
            announced_on = version.announced_at.date()
            assert version.objection_due == working_days_later(announced_on, 10)
            assert version.in_force_from > version.objection_due
            root: Any = version
            while root.announced_at is not None:
                root = root.copied_from
            assert (version.rests_on, version.dialogue) == (root, None)
            assert root.dialogue.relied_upon_sha256 == root.content_sha256
            assert version.adopted_by_id == self.cast.lene.user_id

    @invariant()
    def no_text_disappears(self):
        for version in AgreementVersion.objects.exclude(state__in=(State.DRAFT, State.IN_DIALOGUE, State.ANNOUNCED)):
            texts = sorted(Section.objects.filter(version=version).values_list("kind", "text"))
            assert self.texts.setdefault(version.pk, texts) == texts

    @invariant()
    def what_is_stopped_is_not_offered(self):
        if not hasattr(self, "cast"):
            return
        for agreement in Agreement.objects.all():
            stopped = set(TaskStop.objects.values_list("task_lineage", flat=True))
            assert not stopped & {task.lineage for task in tasks_offered(agreement, self.on)}

    @invariant()
    def what_ended_was_discussed_and_decided(self):
        for version in AgreementVersion.objects.filter(state=State.ENDED):
            ending = Ending.objects.select_related("dialogue").get(version=version, given_up_at=None)
            assert ending.dialogue.relied_upon_sha256 == ending.content_sha256
            assert (ending.decided_by_id, ending.ends_on <= self.on) == (self.cast.lene.user_id, True)
            assert not InForce.objects.filter(version=version).exists()


def _run(examples, steps):
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.requirement("R53.editorial")
@pytest.mark.requirement("R53.change")
def test_whatever_anybody_changes_the_invariants_hold():
    _run(examples=10, steps=30)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_anybody_changes_for_long_the_invariants_hold():
    _run(examples=200, steps=60)
