# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whatever people do in whatever order: nobody becomes active with something open that stops, or is stopped untold."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from samspil.config.cast import build_cast, grant
from samspil.config.story import publish_model_framework, put_agreement_in_force, set_up_body
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.people.models import Role
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.actions.reevaluating import begin_reevaluation, reevaluate_some
from samspil.volunteering.formality_items import items_for
from samspil.volunteering.formality_rules import RuleContent
from samspil.volunteering.models import Engagement, Formality, FormalityDate, FormalityRule
from samspil.volunteering.models.engagements import PausedBy
from samspil.volunteering.models.formalities import WHOSE_WORD_COUNTS, Decider, DuePoint, How, Outcome
from samspil.volunteering.queries import room_at
from tests.cast import NOW, TODAY

CODES = ("confidentiality", "whom_to_ask", "safety", "child_certificate", "driving_licence")
somebody = st.sampled_from(("ole", "pia", "rikke", "mia", "hanne"))
some_codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True)


class School(RuleBasedStateMachine):
    """A volunteer among the children of a school, its people, the secretariat that changes rules, and time."""

    @initialize()
    def build(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        cast = build_cast(on=TODAY, at=NOW)
        self.scope = tenancy.scope(cast.municipality.pk)
        self.scope.__enter__()
        pia = grant("Pia Lau", Role.EMPLOYEE, cast.nordre_skole, "lærer", actor=cast.hanne, at=NOW)
        rikke = grant("Rikke Bang", Role.CERTIFICATE_ORDERER, cast.top, "HR", actor=cast.hanne, at=NOW)
        self.people = {"ole": cast.ole, "pia": pia, "rikke": rikke, "mia": cast.mia, "hanne": cast.hanne}
        publish_model_framework(administrator=cast.hanne, on=TODAY, at=NOW)
        sides = {"leader": cast.ole, "deputy": pia, "safety": None, "administrator": cast.hanne}
        set_up_body(name="LokalMED", units=[cast.nordre_skole], on=TODAY, at=NOW, **sides)
        there = {"workplace": cast.nordre_skole, "leader": cast.ole, "employee": pia, "contact": pia}
        put_agreement_in_force(**there, on=TODAY, at=NOW)
        self.engagement = actions.enter_volunteer(
            workplace=cast.nordre_skole,
            who=NewVolunteer(name="Jonas Lind"),
            tasks=[room_at(cast.nordre_skole.pk).tasks[0].lineage],
            contact_person_id=pia.person,
            actor=pia,
            on=TODAY,
            at=NOW,
        )
        self.day = TODAY

    def teardown(self):
        if not hasattr(self, "scope"):
            return
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def attempt(self, step, *, who, **arguments):
        """Try a step; a refusal is an answer like any other, and leaves nothing behind."""
        with suppress(Refusal), transaction.atomic():
            return step(actor=self.people[who], at=NOW, **arguments)

    def now(self):
        return Engagement.objects.select_related("workplace", "volunteer").prefetch_related("tasks").get()

    @rule(who=somebody, codes=some_codes, outcome=st.sampled_from(Outcome), back=st.integers(0, 400))
    def note(self, who, codes, outcome, back):
        noted = {"outcome": outcome, "how": How.ALOUD, "decided_on": self.day - timedelta(days=back)}
        self.attempt(actions.decide, who=who, engagement=self.engagement, codes=codes, on=self.day, **noted)

    @rule(who=st.sampled_from(("pia", "rikke")))
    def note_all_that_is_theirs(self, who):
        mine = Decider.WORKPLACE if who == "pia" else Decider.CERTIFICATE_ORDERER
        items = items_for(self.now(), self.day)
        codes = [one.code for one in items if one.rule.decided_by == mine and not one.is_in_place]
        noted = {"outcome": Outcome.IN_PLACE, "how": How.PAPER, "decided_on": self.day}
        self.attempt(actions.decide, who=who, engagement=self.engagement, codes=codes, on=self.day, **noted)

    @rule(who=somebody, code=st.sampled_from(CODES))
    def a_row_from_elsewhere(self, who, code):
        """What a faulty import might leave: somebody's word, whether it counts or not."""
        standing = FormalityRule.objects.filter(code=code).order_by("-valid_from").first()
        if standing is not None and not Formality.objects.filter(code=code).exists():
            person = self.people[who]
            Formality.objects.create(
                engagement=self.engagement,
                code=code,
                rule=standing,
                is_certificate=bool(standing.certificate),
                outcome=Outcome.IN_PLACE,
                how=How.PAPER,
                decided_on=self.day,
                decided_by_id=person.person,
                decided_role=person.role,
            )

    @rule(who=somebody, fact=st.sampled_from(("children_under_15", "is_lasting", "drives_citizens")), so=st.booleans())
    def answer(self, who, fact, so):
        self.attempt(actions.answer_facts, who=who, engagement=self.engagement, answers={fact: so}, on=self.day)

    @rule(who=somebody)
    def start(self, who):
        before = self.now()
        started = self.attempt(actions.activate, who=who, engagement=self.engagement, on=self.day)
        if started is not None:
            for item in items_for(before, self.day):
                opened = item.opens_on is None or item.opens_on <= self.day
                if item.rule.due_point == DuePoint.BEFORE_START and opened:
                    assert item.noted is not None
                    assert item.noted.outcome == Outcome.IN_PLACE
                    assert item.noted.decided_role in WHOSE_WORD_COUNTS[Decider(item.rule.decided_by)]
                    assert item.expires_on is None or item.expires_on > self.day

    @rule(who=somebody)
    def rest(self, who):
        by = PausedBy.VOLUNTEER
        self.attempt(actions.pause, who=who, engagement=self.engagement, by=by, on=self.day)

    @rule(
        who=st.sampled_from(("hanne", "ole")),
        code=st.sampled_from((*CODES, "")),
        point=st.sampled_from(DuePoint),
        renewal=st.sampled_from((None, 1, 24)),
        asks_again=st.booleans(),
    )
    def change_a_rule(self, who, code, point, renewal, asks_again):
        is_certificate = code == "child_certificate"
        content = RuleContent(
            title=f"Regel {code}",
            text="Tekst",
            due_point=point.value,
            level="must",
            trigger={},
            decided_by="certificate_orderer" if is_certificate else "workplace",
            certificate="child" if is_certificate else "",
            renewal_months=renewal,
            anew_after_pause_months=1,
        )
        self.attempt(
            actions.save_rule,
            who=who,
            code=code,
            content=content,
            valid_from=self.day,
            asks_again=asks_again,
            on=self.day,
        )

    @rule(days=st.sampled_from((1, 7, 20, 31, 70)))
    def time_passes(self, days):
        self.day += timedelta(days=days)
        before = self.now()
        row = begin_reevaluation(on=self.day, at=NOW)
        told = set(FormalityDate.objects.filter(closed_on=None, stops_on__lte=self.day).values_list("code", flat=True))
        while reevaluate_some(reevaluation_id=row.pk, on=self.day, at=NOW):
            pass
        after = self.now()
        if before.state == "active" and after.state == "paused":
            assert after.paused_by == PausedBy.FORMALITY
            assert told != set()

    @invariant()
    def whoever_is_stopped_was_told_three_weeks_before(self):
        for row in FormalityDate.objects.all():
            assert row.stops_on - row.told_on >= timedelta(days=21)

    @invariant()
    def nothing_negative_is_kept_of_a_certificate(self):
        assert not Formality.objects.filter(is_certificate=True).exclude(outcome=Outcome.IN_PLACE).exists()

    @invariant()
    def two_wordings_of_a_rule_never_hold_on_one_day(self):
        rows = [row.code for row in FormalityRule.objects.all() if row.holds_on(self.day)]
        assert len(rows) == len(set(rows))


def _run(examples, steps):
    run_state_machine_as_test(
        School,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.django_db
@pytest.mark.requirement("R39")
def test_nobody_becomes_active_with_something_open_and_nobody_is_stopped_untold():
    _run(examples=10, steps=20)


@pytest.mark.long
@pytest.mark.django_db
def test_the_same_for_long():
    _run(examples=150, steps=40)
