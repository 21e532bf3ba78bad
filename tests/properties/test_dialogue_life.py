# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Random steps with one matter before two bodies: it lies before one of them, and no record is lost on the way."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from samspil.audit.queries import breaks
from samspil.config.cast import build_cast, grant
from samspil.config.story import set_up_body
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.med import actions as med
from samspil.med.models import Dialogue, Form, Membership, Side
from samspil.med.papers import PaperContent, Record, Said
from samspil.med.queries import conclusion_gaps, latest
from samspil.med.states import State
from samspil.people.models import Role
from tests.cast import NOW, TODAY

ACTORS = ("lene", "tove", "arne", "mia", "hanne", "ole", "bo", "pia")
TEXTS = ("a" * 64, "b" * 64)
anybody, any_text = st.sampled_from(ACTORS), st.sampled_from(TEXTS)
somewhere = st.integers(0, 1)


def paper(sha256):
    return PaperContent("Aftale", "/aftale/", "Sag", "Drøft den.", (), sha256)


class Matter(RuleBasedStateMachine):
    """LokalMED below, OmrådeMED above, and one matter that begins below."""

    @initialize()
    def build(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        cast = build_cast(on=TODAY, at=NOW)
        self.scope = tenancy.scope(cast.municipality.pk)
        self.scope.__enter__()
        self.people = {name: getattr(cast, name) for name in ACTORS[:6]}
        for name, whole, role in (("bo", "Bo Lund", Role.LEADER), ("pia", "Pia Dahl", Role.EMPLOYEE)):
            self.people[name] = grant(whole, role, cast.elderly, "konsulent", actor=cast.hanne, at=NOW)
        when = {"on": TODAY, "at": NOW, "administrator": cast.hanne}
        sides = {"leader": self.people["bo"], "deputy": self.people["pia"], "safety": None}
        set_up_body(name="OmrådeMED", units=[cast.elderly], **sides, **when)
        sides = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne}
        body = set_up_body(name="LokalMED", units=[cast.solbakken], **sides, **when)
        self.workplace = cast.solbakken
        self.first = med.open_dialogue(
            committee=body, occasion="new_agreement", paper=paper(TEXTS[0]), actor=cast.lene, at=NOW
        )
        self.kept = {}
        self.relied = None

    def teardown(self):
        if not hasattr(self, "scope"):
            return
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def dialogue(self, where):
        rows = list(Dialogue.objects.order_by("pk"))
        return rows[min(where, len(rows) - 1)]

    def attempt(self, step, *, who, **arguments):
        """Try a step; a refusal is an answer like any other, and leaves nothing behind."""
        with suppress(Refusal), transaction.atomic():
            return step(actor=self.people[who], at=NOW, **arguments)

    @rule(who=anybody, where=somewhere)
    def put_off(self, who, where):
        self.attempt(med.defer, who=who, dialogue=self.dialogue(where), reason="Syg", until=None, on=TODAY)

    @rule(who=anybody, where=somewhere)
    def take_up(self, who, where):
        self.attempt(med.take_up, who=who, dialogue=self.dialogue(where))

    @rule(who=anybody, where=somewhere)
    def send_on(self, who, where):
        self.attempt(med.send_on, who=who, dialogue=self.dialogue(where), reason="Det gælder alle.")

    @rule(who=anybody, where=somewhere)
    def reopen(self, who, where):
        self.attempt(med.reopen, who=who, dialogue=self.dialogue(where), reason="Igen")

    @rule(where=somewhere, text=any_text)
    def present_again(self, where, text):
        self.attempt(med.present_again, who="lene", dialogue=self.dialogue(where), paper=paper(text))

    @rule(who=anybody, where=somewhere, is_whole=st.booleans())
    def write_down(self, who, where, is_whole):
        dialogue = self.dialogue(where)
        seats = Membership.objects.filter(committee=dialogue.committee_id).order_by("pk")
        there = tuple(seats.values_list("pk", flat=True))
        agree = Said("agree")
        said = Record(
            held_on=TODAY,
            form=Form.MEETING,
            positions={Side.MANAGEMENT: agree, Side.EMPLOYEES: agree},
            participants=there if is_whole else there[:1],
            conclusion="Drøftet",
        )
        sha256 = dialogue.current_paper.sha256
        self.attempt(med.record, who=who, dialogue=dialogue, record=said, expected_sha256=sha256, on=TODAY)

    @rule(who=anybody, where=somewhere)
    def confirm(self, who, where):
        self.attempt(med.confirm, who=who, dialogue=self.dialogue(where), on=TODAY)

    @rule(where=somewhere, text=any_text)
    def decide(self, where, text):
        dialogue = self.dialogue(where)
        last = latest(dialogue)
        relied = self.attempt(med.rely_on, who="lene", dialogue=dialogue, sha256=text, unit=self.workplace, on=TODAY)
        if relied is not None:
            assert relied.pk == last.pk
            assert (relied.state, relied.current_paper.sha256) == (State.CONCLUDED, text)
            self.relied = self.relied or (relied.pk, text)

    @invariant()
    def it_lies_before_one_body(self):
        states = list(Dialogue.objects.order_by("pk").values_list("state", flat=True))
        assert [state == State.SENT_ON for state in states[:-1]] == [True] * (len(states) - 1)
        assert states[-1] != State.SENT_ON
        assert len(states) <= 2

    @invariant()
    def the_first_and_the_last_say_the_same(self):
        first = Dialogue.objects.order_by("pk").first()
        for text in TEXTS:
            gaps = [conclusion_gaps(one, text, TODAY) for one in (first, latest(first))]
            assert gaps[0] == gaps[1]

    @invariant()
    def what_was_said_below_is_kept(self):
        for row in Dialogue.objects.filter(state=State.SENT_ON):
            said = sorted(row.positions.values_list("side", "stand", "sha256"))
            record = (row.held_on, row.conclusion, row.sent_on_reason, said)
            assert self.kept.setdefault(row.pk, record) == record

    @invariant()
    def what_a_decision_rests_on_stays(self):
        rows = Dialogue.objects.exclude(relied_upon_at=None).values_list("pk", "relied_upon_sha256")
        assert list(rows) == ([self.relied] if self.relied else [])
        assert all(row.state == State.CONCLUDED for row in Dialogue.objects.exclude(relied_upon_at=None))

    @invariant()
    def the_audit_verifies(self):
        assert list(breaks()) == []


def _run(examples, steps):
    run_state_machine_as_test(
        Matter,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.requirement("R43.adoption")
def test_whatever_becomes_of_a_matter_one_body_has_it_and_no_record_is_lost():
    _run(examples=10, steps=25)


@pytest.mark.long
@pytest.mark.django_db
def test_the_same_for_long():
    _run(examples=200, steps=50)
