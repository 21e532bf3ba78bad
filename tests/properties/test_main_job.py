# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Random steps by anybody in any order: what ``docs/invariants.md`` says always holds."""

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

from samspil.agreements import actions as agreements
from samspil.agreements.actions import ExistingAsEntered, OwnTask, SentPage, SentText
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.boundary import QUESTION_NAMES, Boundary
from samspil.agreements.catalogue import template_for
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.models import AgreementVersion, BoundaryDecision, InForce, Section, Task
from samspil.agreements.queries import existing_window, standing_statements
from samspil.agreements.states import FROZEN, OPEN, State
from samspil.audit.queries import breaks
from samspil.config.cast import build_cast, build_other_cast
from samspil.config.story import publish_model_framework, set_up_body
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import Element, FrameworkVersion
from samspil.med import actions as med
from samspil.med.models import Confirmation, Dialogue, Form, Participant, Position, Side
from samspil.med.papers import CONFIRM_BY_LOGIN, CONFIRM_BY_MINUTES, Record, Said
from samspil.med.queries import members
from samspil.people.models import Role, RoleAssignment, User
from tests.cast import NOW, TODAY

ACTORS = ("lene", "tove", "arne", "mia", "karim", "frida", "hanne", "dorte", "ole", "kaj")
anybody = st.sampled_from(ACTORS)
"""Kaj belongs to the other municipality; the others have nothing to do there."""
TASKS = [task.code for task in template_for("care_home").tasks]
SECTIONS = ("purpose", "recognition", "customs", "support")
LASTING = (State.ADOPTED, State.IN_FORCE, State.SUPERSEDED, State.ENDED)


class MainJob(RuleBasedStateMachine):
    """One workplace with a body, and everybody trying everything."""

    @initialize()
    def build(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.on, self.at = TODAY, NOW
        self.frozen = {}
        self.published = {}
        self.cast = build_cast(on=TODAY, at=NOW)
        self.other = build_other_cast(on=TODAY, at=NOW)
        with tenancy.scope(self.other.municipality.pk):
            self.others_events = len(list(self.events()))
        self.scope = tenancy.scope(self.cast.municipality.pk)
        self.scope.__enter__()
        publish_model_framework(administrator=self.cast.hanne, on=self.on, at=self.at)
        set_up_body(
            name="LokalMED",
            units=[self.cast.solbakken],
            leader=self.cast.lene,
            deputy=self.cast.tove,
            safety=self.cast.arne,
            administrator=self.cast.hanne,
            on=self.on,
            at=self.at,
        )

    def teardown(self):
        if not hasattr(self, "scope"):
            return
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @staticmethod
    def events():
        from samspil.audit.models import Event

        return Event.objects.order_by("sequence")

    def actor(self, name):
        capacity = self.other.kaj if name == "kaj" else getattr(self.cast, name)
        return replace(capacity, on=self.on)

    def version(self):
        return AgreementVersion.objects.order_by("-number").first()

    def attempt(self, step, **arguments):
        """Try a step; a refusal is an answer like any other, and leaves nothing behind."""
        with suppress(Refusal), transaction.atomic():
            step(at=self.at, **arguments)

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.on += timedelta(days=days)
        self.at += timedelta(days=days)

    @rule(name=anybody)
    def begin(self, name):
        self.attempt(agreements.open_draft, workplace=self.cast.solbakken, actor=self.actor(name), on=self.on)

    @rule(
        name=anybody,
        kind=st.sampled_from(SECTIONS),
        text=st.text(max_size=12),
        ticks=st.frozensets(st.sampled_from(TASKS), max_size=3),
    )
    def write(self, name, kind, text, ticks):
        version = self.version()
        if version is None:
            return
        section = Section.objects.filter(version=version, kind=kind).first()
        before = frozenset(
            Task.objects.filter(version=version).exclude(catalogue_code="").values_list("catalogue_code", flat=True)
        )
        text = text.replace("\x00", "")
        sent = SentText(text, section.revision if section else 0, fingerprint(section.text if section else ""))
        page = SentPage({kind: sent}, ticks, before)
        self.attempt(agreements.save_page, version=version, page=page, actor=self.actor(name))

    @rule(name=anybody, yes=st.frozensets(st.sampled_from(QUESTION_NAMES), max_size=2))
    def add_own_task(self, name, yes):
        version = self.version()
        if version is not None:
            answers = {question: question in yes for question in QUESTION_NAMES}
            task = OwnTask("Egen opgave", "Pleje", "Glæde", answers)
            self.attempt(agreements.add_task, version=version, task=task, actor=self.actor(name))

    @rule(name=anybody, whom=st.sampled_from(("mia", "karim", "frida")))
    def name_contact_person(self, name, whom):
        version = self.version()
        if version is not None:
            users = [User.objects.get(pk=self.actor(whom).user_id)]
            self.attempt(
                agreements.set_contact_persons, version=version, users=users, actor=self.actor(name), on=self.on
            )

    @rule(name=st.sampled_from(("lene", "lene", "ole", "tove", "kaj")))
    def send(self, name):
        version = self.version()
        if version is None:
            return
        if version.state == State.DRAFT:
            self._make_ready(version)
        self.attempt(agreements.send_to_dialogue, version=version, actor=self.actor(name), on=self.on)

    def _make_ready(self, version):
        """Fill what is missing, so that random walks reach the table often enough."""
        lene = self.actor("lene")
        texts = {}
        for kind in ("purpose", "professional_judgement", "recognition", "customs"):
            section = Section.objects.filter(version=version, kind=kind).first()
            if section is None or not section.text:
                texts[kind] = SentText("Tekst", section.revision if section else 0, fingerprint(""))
        self.attempt(
            agreements.save_page, version=version, page=SentPage(texts, frozenset(TASKS[:2]), frozenset()), actor=lene
        )
        mia = [User.objects.get(pk=lene.user_id)]
        self.attempt(agreements.set_contact_persons, version=version, users=mia, actor=lene, on=self.on)

    @rule(name=anybody, for_good=st.booleans())
    def take_back(self, name, for_good):
        version = self.version()
        if version is not None:
            step = agreements.withdraw if for_good else agreements.take_back
            self.attempt(step, version=version, reason="Vi vil tale mere om det", actor=self.actor(name))

    @rule(
        name=st.sampled_from(("lene", "tove", "hanne", "ole", "kaj")),
        day=st.sampled_from((-3, 0, 0, 0, 2)),
        who=st.sampled_from(("both", "both", "both", "management", "employees")),
        stand=st.sampled_from(Position.Stand.values),
        how=st.sampled_from((CONFIRM_BY_LOGIN, CONFIRM_BY_MINUTES)),
        stale=st.sampled_from((False, False, False, True)),
    )
    def record(self, name, day, who, stand, how, stale):
        dialogue = Dialogue.objects.order_by("-pk").first()
        if dialogue is None:
            return
        seats = [seat for seat in members(dialogue.committee, self.on) if who in ("both", seat.side)]
        said = Record(
            held_on=self.on + timedelta(days=day),
            form=Form.MEETING,
            participants=tuple(seat.pk for seat in seats),
            positions={Side.MANAGEMENT: Said("agree"), Side.EMPLOYEES: Said(stand, "" if stand == "agree" else "Ord")},
            conclusion="Drøftet",
            minutes_reference="Referat",
            confirm_by=how,
        )
        sha256 = "0" * 64 if stale else dialogue.current_paper.sha256
        self.attempt(
            med.record, dialogue=dialogue, record=said, expected_sha256=sha256, actor=self.actor(name), on=self.on
        )

    @rule(name=anybody, answer=st.sampled_from(("yes", "yes", "no", "settle")))
    def answer_for_the_employees(self, name, answer):
        dialogue = Dialogue.objects.order_by("-pk").first()
        if dialogue is None:
            return
        actor = self.actor(name)
        if answer == "yes":
            self.attempt(med.confirm, dialogue=dialogue, actor=actor, on=self.on)
        elif answer == "no":
            self.attempt(med.refuse_confirmation, dialogue=dialogue, reason="Det passer ikke", actor=actor, on=self.on)
        else:
            self.attempt(med.settle, dialogue=dialogue, reason="Begge sider er hørt", actor=actor, on=self.on)

    @rule(name=anybody, outcome=st.sampled_from(BoundaryDecision.Outcome.values))
    def decide_on_doubts(self, name, outcome):
        for task in Task.objects.filter(version=self.version(), boundary=Boundary.DOUBT):
            self.attempt(
                agreements.decide_boundary, task=task, outcome=outcome, reason="Talt om", actor=self.actor(name)
            )

    @rule(name=st.sampled_from(("lene", "lene", "tove", "hanne", "ole", "kaj")), days=st.sampled_from((-1, 0, 0, 5)))
    def adopt(self, name, days):
        version = self.version()
        if version is not None:
            self.attempt(
                agreements.adopt,
                version=version,
                in_force_from=self.on + timedelta(days=days),
                actor=self.actor(name),
                on=self.on,
            )

    @rule(name=anybody)
    def put_in_force(self, name):
        version = self.version()
        if version is not None:
            self.attempt(agreements.put_in_force, version=version, actor=self.actor(name), on=self.on)

    @rule(name=st.sampled_from(("hanne", "hanne", "lene", "kaj")), days=st.integers(0, 15))
    def open_the_window(self, name, days):
        closes = self.on + timedelta(days=days)
        self.attempt(agreements.set_existing_window, opens=self.on, closes=closes, actor=self.actor(name), on=self.on)

    @rule(name=anybody, ticks=st.frozensets(st.sampled_from(TASKS), max_size=3), own=st.booleans())
    def enter_existing(self, name, ticks, own):
        is_open = existing_window(self.on) is not None
        in_force = InForce.objects.exists()
        before = AgreementVersion.objects.filter(origin="existing").count()
        entered = ExistingAsEntered(
            discussed_on=self.on - timedelta(days=90),
            form=Form.MEETING,
            minutes_reference="Referat",
            in_force_since=self.on - timedelta(days=60),
            review_on=self.on + timedelta(days=365),
            text="Vi læser højt.",
            ticked=ticks,
            own_tasks=(OwnTask("Egen", "Pleje", "Glæde", dict.fromkeys(QUESTION_NAMES, True)),) if own else (),
        )
        self.attempt(
            agreements.enter_existing,
            workplace=self.cast.solbakken,
            entered=entered,
            actor=self.actor(name),
            on=self.on,
        )
        if AgreementVersion.objects.filter(origin="existing").count() > before:
            assert (is_open, in_force, name in {"lene", "hanne"}, own) == (True, False, True, False)

    @rule(name=anybody)
    def state_no_volunteers(self, name):
        self.attempt(agreements.state_no_volunteers, workplace=self.cast.solbakken, actor=self.actor(name), on=self.on)

    @precondition(lambda _: FrameworkVersion.objects.count() < 3)
    @rule(name=st.sampled_from(("hanne", "lene", "kaj")))
    def publish_next_framework(self, name):
        latest = FrameworkVersion.objects.order_by("-number").first()

        def publish(at):
            actor = self.actor(name)
            draft = frameworks.copy_version(version=latest, actor=actor, at=at)
            frameworks.publish_version(version=draft, in_force_from=self.on, actor=actor, at=at, on=self.on)

        self.attempt(publish)

    @invariant()
    def adopted_rests_on_its_own_dialogue(self):
        lasting = AgreementVersion.objects.filter(state__in=LASTING, announced_at=None).exclude(origin="existing")
        for version in lasting.select_related("dialogue"):
            dialogue = version.dialogue
            assert dialogue.relied_upon_sha256 == version.content_sha256 == version_sha256(version)
            assert dialogue.current_paper.sha256 == version.content_sha256
            assert dialogue.held_on <= version.adopted_at.date()
            assert set(Participant.objects.filter(dialogue=dialogue).values_list("side", flat=True)) == set(Side.values)
            self.employee_side_confirmed(version)
            assert version.adopted_by_id == self.cast.lene.user_id

    @invariant()
    def what_was_entered_as_it_is_stands_as_it_was(self):
        for version in AgreementVersion.objects.filter(origin="existing").select_related("existing"):
            assert version.state in {State.IN_FORCE, State.SUPERSEDED, State.ENDED}
            assert (version.dialogue, version.adopted_by) == (None, None)
            assert version.content_sha256 == version_sha256(version)
            assert version.existing.entered_by_id in {self.cast.lene.user_id, self.cast.hanne.user_id}
        assert not (standing_statements().exists() and InForce.objects.exists())

    def employee_side_confirmed(self, version):
        word = Confirmation.objects.exclude(answer="voided").get(dialogue=version.dialogue)
        assert word.sha256 == version.content_sha256
        if word.answer == "confirmed":
            assert word.answered_by_id in {self.cast.tove.user_id, self.cast.arne.user_id}
        elif word.answer == "settled":
            assert (word.answered_by_id, bool(word.reason)) == (self.cast.hanne.user_id, True)
        else:
            assert (word.how, word.answer) == ("minutes", "asked")
            assert word.due_on < version.adopted_at.date()

    @invariant()
    def one_in_force_and_one_on_its_way(self):
        states = list(AgreementVersion.objects.values_list("state", flat=True))
        assert states.count(State.IN_FORCE) <= 1
        assert sum(state in OPEN for state in states) <= 1
        assert InForce.objects.count() == states.count(State.IN_FORCE)

    @invariant()
    def frozen_text_never_changes(self):
        for version in AgreementVersion.objects.filter(state__in=FROZEN):
            content = version_content(version)
            assert self.frozen.setdefault(version.pk, content) == content
        for framework in FrameworkVersion.objects.filter(state="published"):
            texts = list(Element.objects.filter(version=framework).order_by("order").values_list("text", flat=True))
            assert self.published.setdefault(framework.pk, texts) == texts

    @invariant()
    def nothing_core_is_offered(self):
        assert not Task.objects.filter(boundary=Boundary.CORE).exists()

    @invariant()
    def the_audit_verifies(self):
        assert list(breaks()) == []

    @invariant()
    def the_other_municipality_is_untouched_and_unseen(self):
        kaj = self.other.kaj.user_id
        assert not RoleAssignment.objects.filter(user_id=kaj).exists()
        assert not self.events().filter(capacity__user=kaj).exists()
        with tenancy.scope(self.other.municipality.pk):
            assert self.events().count() == self.others_events
            assert not AgreementVersion.objects.exists()
            assert RoleAssignment.objects.filter(role=Role.LEADER).count() == 1


def _run(examples, steps):
    run_state_machine_as_test(
        MainJob,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.requirement("R43.adoption")
@pytest.mark.requirement("R46.in_force")
def test_whatever_anybody_does_the_invariants_hold():
    _run(examples=12, steps=30)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_anybody_does_for_long_the_invariants_hold():
    _run(examples=300, steps=60)
