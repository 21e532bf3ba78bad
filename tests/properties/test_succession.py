# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""However editions come and leaders answer: nothing is lost, nothing is skipped, and what was agreed reads as it did."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from samspil.agreements import actions
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.disposition_models import Disposition, Stand
from samspil.agreements.models import AgreementVersion, LocalPrinciple
from samspil.agreements.states import FROZEN, OPEN, State
from samspil.agreements.update_stages import stages
from samspil.agreements.updates import update_of
from samspil.config.cast import build_cast
from samspil.config.story import discuss, publish_model_framework, set_up_body, write_draft
from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import Element
from samspil.frameworks.queries import changes_between, version_in_force
from tests.cast import NOW, TODAY
from tests.editions import Editor, lineages, own_principle

MOST_EDITIONS = 4


class Succession(RuleBasedStateMachine):
    """One agreement in force with own principles, a secretariat that publishes, and a leader who tries everything."""

    @initialize()
    def build(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.on, self.at = TODAY, NOW
        self.frozen, self.taken_out, self.editions = {}, set(), 1
        self.cast = build_cast(on=TODAY, at=NOW)
        self.scope = tenancy.scope(self.cast.municipality.pk)
        self.scope.__enter__()
        cast, given = self.cast, {"on": self.on, "at": self.at}
        framework = publish_model_framework(administrator=cast.hanne, **given)
        set_up_body(
            name="LokalMED",
            units=[cast.solbakken],
            leader=cast.lene,
            deputy=cast.tove,
            safety=cast.arne,
            administrator=cast.hanne,
            **given,
        )
        version = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, **given)
        for number, lineage in enumerate(lineages(framework)[:2]):
            own = own_principle(lineage, f"Vores eget {number}.")
            actions.add_local_principle(version=version, **own, actor=cast.lene, at=self.at)
        self.agreement = version.agreement
        self.first = {row.lineage: (row.text, row.how) for row in LocalPrinciple.objects.filter(version=version)}
        self._decide(actions.send_to_dialogue(version=version, actor=cast.lene, **given))

    def teardown(self):
        if not hasattr(self, "scope"):
            return
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def who(self, name):
        return replace(getattr(self.cast, name), on=self.on)

    @property
    def given(self):
        return {"actor": self.who("lene"), "on": self.on, "at": self.at}

    def attempt(self, step, **arguments):
        """Try a step; a refusal is an answer like any other."""
        with suppress(Refusal), transaction.atomic():
            return step(**arguments)
        return None

    def open_version(self):
        return AgreementVersion.objects.filter(state__in=OPEN).first()

    def own(self, index):
        version = self.open_version()
        rows = list(LocalPrinciple.objects.filter(version=version)) if version else []
        return rows[index % len(rows)] if rows else None

    def _decide(self, version):
        discuss(dialogue=version.dialogue, leader=self.who("lene"), employee=self.who("tove"), on=self.on, at=self.at)
        actions.adopt(version=version, in_force_from=self.on, **self.given)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.on += timedelta(days=days)
        self.at += timedelta(days=days)

    @precondition(lambda self: self.editions < MOST_EDITIONS)
    @rule(
        what=st.lists(st.sampled_from(["reword", "spell", "remove", "split", "merge", "add"]), min_size=1, max_size=3)
    )
    def publish(self, what):
        self.on += timedelta(days=1)
        self.at += timedelta(days=1)
        editor = Editor(self.cast.hanne, self.on, self.at)
        number, before = editor.draft.number, set(lineages(editor.draft))
        self.editions += 1
        for step in dict.fromkeys(what):
            left = [lineage for lineage in lineages(editor.draft) if lineage in before]
            if step in {"reword", "spell"}:
                fate = "substantive" if step == "reword" else "editorial"
                editor.reword(left[0 if step == "reword" else -1], f"Ord nummer {number} {step}.", fate)
            elif step == "remove":
                editor.remove(left[0])
            elif step == "split":
                editor.succeed(left[1:2], f"Den ene halvdel {number}.", f"Den anden halvdel {number}.")
            elif step == "merge":
                editor.succeed(left[:2], f"Det hele i ét {number}.")
            else:
                editor.add(f"Noget nyt {number}.")
        editor.publish()

    @rule(
        stand=st.sampled_from([Stand.NO_EFFECT, Stand.NO_EFFECT, *Stand]),
        index=st.integers(0, 9),
        reason=st.sampled_from(["", "Sådan gør vi.", "Sådan gør vi."]),
        days=st.integers(-1, 40),
    )
    def take_a_stand(self, stand, index, reason, days):
        update = update_of(self.agreement, self.on)
        if update is None or not update.changes:
            return
        here = update.changes[index % len(update.changes)]
        self.attempt(
            actions.take_stand,
            agreement=self.agreement,
            lineage=here.change.lineage,
            stand=stand,
            reason=reason,
            until=self.on + timedelta(days=days),
            actor=self.who("lene"),
            at=self.at,
        )

    @rule()
    def answer_the_rest(self):
        update = update_of(self.agreement, self.on)
        for here in update.waiting if update else ():
            self.attempt(
                actions.take_stand,
                agreement=self.agreement,
                lineage=here.change.lineage,
                stand=here.choices[0],
                actor=self.who("lene"),
                at=self.at,
            )

    @rule()
    def follow(self):
        update = update_of(self.agreement, self.on)
        announced = self.attempt(actions.follow_edition, agreement=self.agreement, **self.given)
        if announced is not None:
            assert (update.waiting, update.needs_new_text, update.exempted_until) == ((), False, None)
            assert all(here.stand is not None for here in update.changes)
            assert announced.framework == version_in_force(self.on)

    @rule()
    def open_a_draft(self):
        self.attempt(actions.open_draft, workplace=self.cast.solbakken, **self.given)

    @rule()
    def announce_past_the_page(self):
        version = self.open_version()
        if version is None:
            return
        announced = self.attempt(
            actions.announce, version=version, reason="Kun ordene.", actor=self.who("lene"), at=self.at
        )
        if announced is not None:
            before = announced.copied_from
            changed = [c for c in changes_between(before.framework, announced.framework) if c.is_substantive]
            stood = set(
                Disposition.objects.filter(replaced_at=None)
                .exclude(stand=Stand.REVISED)
                .values_list("lineage", "new_text_sha256")
            )
            assert {(change.lineage, change.new_text_sha256) for change in changed} <= stood

    @rule()
    def switch(self):
        version = self.open_version()
        if version is not None:
            self.attempt(actions.switch_edition, version=version, **self.given)

    @rule(index=st.integers(0, 3))
    def take_out(self, index):
        row = self.own(index)
        if row is not None:
            lineage = row.lineage
            self.attempt(actions.remove_local_principle, principle=row, actor=self.who("lene"), at=self.at)
            if not LocalPrinciple.objects.filter(version=row.version, lineage=lineage).exists():
                self.taken_out.add((row.version_id, lineage))

    @rule(index=st.integers(0, 3), to=st.integers(0, 9))
    def retie(self, index, to):
        row = self.own(index)
        if row is not None:
            common = lineages(row.version.framework)
            chosen = {"builds_on": common[to % len(common)], "actor": self.who("lene"), "at": self.at}
            self.attempt(actions.retie_local_principle, principle=row, **chosen)

    @rule()
    def discuss_and_decide(self):
        version = self.open_version()
        if version is None or version.state != State.DRAFT:
            return
        sent = self.attempt(actions.send_to_dialogue, version=version, **self.given)
        if sent is not None:
            with suppress(Refusal), transaction.atomic():
                self._decide(sent)

    @rule()
    def object(self):
        version = self.open_version()
        if version is not None and version.state == State.ANNOUNCED:
            self.attempt(
                actions.object_to, version=version, reason="Vi vil tale om det.", actor=self.who("tove"), at=self.at
            )

    @rule()
    def the_hour_comes(self):
        version = self.open_version()
        if version is not None and version.state == State.ANNOUNCED:
            system = system_capacity(municipality_id=self.cast.municipality.pk, on=self.on, name="samspil hourly")
            self.attempt(actions.adopt, version=version, in_force_from=self.on, actor=system, on=self.on, at=self.at)

    @rule()
    def give_up(self):
        version = self.open_version()
        if version is not None:
            self.attempt(actions.withdraw, version=version, reason="Ikke nu.", actor=self.who("lene"), at=self.at)

    @invariant()
    def every_lineage_is_accounted_for(self):
        update = update_of(self.agreement, self.on)
        if update is None:
            return
        old, new = (
            {row.lineage: row.text for row in Element.objects.filter(version=version)}
            for version in (update.version.framework, update.edition)
        )
        told = {here.change.lineage for here in update.changes} | {change.lineage for change in update.editorial}
        went_into = {lineage for here in update.changes for lineage in here.change.successors}
        went_into |= {lineage for change in update.editorial for lineage in change.successors}
        assert {lineage for lineage in old if new.get(lineage) != old[lineage]} <= told
        assert new.keys() - old.keys() <= told | went_into

    @invariant()
    def the_list_says_what_the_page_says(self):
        found, update = stages(self.on)[self.cast.solbakken.pk], update_of(self.agreement, self.on)
        assert found.stage == (update.stage if update else "follows")
        assert found.waiting in {0, len(update.waiting) if update else 0}

    @invariant()
    def no_own_text_disappears(self):
        for version in AgreementVersion.objects.exclude(state=State.WITHDRAWN):
            here = {row.lineage: (row.text, row.how) for row in LocalPrinciple.objects.filter(version=version)}
            before = (
                self.first
                if version.copied_from is None
                else {
                    row.lineage: (row.text, row.how)
                    for row in LocalPrinciple.objects.filter(version=version.copied_from)
                }
            )
            gone = {lineage for number, lineage in self.taken_out if number == version.pk}
            assert here == {lineage: words for lineage, words in before.items() if lineage not in gone}

    @invariant()
    def what_was_agreed_reads_as_it_did(self):
        for version in AgreementVersion.objects.filter(state__in=FROZEN):
            content = version_content(version)
            assert self.frozen.setdefault(version.pk, content) == content
            if version.state != State.WITHDRAWN:
                assert version.content_sha256 == version_sha256(version)

    @invariant()
    def what_is_decided_builds_on_what_is_there(self):
        for version in AgreementVersion.objects.filter(state__in=(State.ANNOUNCED, State.ADOPTED, State.IN_FORCE)):
            tied = set(LocalPrinciple.objects.filter(version=version).values_list("builds_on", flat=True))
            assert tied <= set(lineages(version.framework))


def _run(examples, steps):
    run_state_machine_as_test(
        Succession,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.django_db
@pytest.mark.requirement("R53.succession")
def test_whatever_editions_come_nothing_is_lost_and_nothing_skipped():
    _run(examples=8, steps=20)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_editions_come_for_long_nothing_is_lost_and_nothing_skipped():
    _run(examples=150, steps=40)
