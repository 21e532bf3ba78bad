# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must be in place before somebody helps: derived, explained, and a hard stop on every path (R39)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samspil.audit.models import Event
from samspil.config.cast import grant
from samspil.config.story import put_agreement_in_force, set_up_body
from samspil.foundation.errors import Refusal
from samspil.people.models import Role
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.formality_facts import Facts, applies, because
from samspil.volunteering.formality_items import ItemState, items_for, missing_formalities
from samspil.volunteering.formality_list import shipped_rules
from samspil.volunteering.models import CertificateOrder, Engagement, Formality, FormalityRule
from samspil.volunteering.models.engagements import PausedBy
from samspil.volunteering.models.formalities import How, Outcome
from samspil.volunteering.queries import room_at
from tests.volunteering.clearing import orderer_at, put_in_place

BEFORE_START = ["confidentiality", "whom_to_ask", "safety"]
A_CARE_HOME = Facts(sector="care_home", task=frozenset({"care_home.singing"}))
A_SCHOOL = Facts(sector="school", task=frozenset({"school.garden"}), children_under_15=True)


@pytest.fixture
def school(cast, framework, on, at):
    """Nordre Skole's agreement in force; Pia, a teacher, is its contact person."""
    pia = grant("Pia Lau", Role.EMPLOYEE, cast.nordre_skole, "lærer", actor=cast.hanne, at=at)
    people = {"leader": cast.ole, "deputy": pia, "safety": None, "administrator": cast.hanne}
    set_up_body(name="LokalMED Nordre Skole", units=[cast.nordre_skole], on=on, at=at, **people)
    put_agreement_in_force(workplace=cast.nordre_skole, leader=cast.ole, employee=pia, contact=pia, on=on, at=at)
    return pia


@pytest.fixture
def rikke(cast, at):
    """An orderer of certificates for the whole municipality."""
    return orderer_at(cast.top, cast=cast, at=at)


@pytest.fixture
def jonas(cast, school, on, at):
    """A volunteer at the school, with a task among the children."""
    return actions.enter_volunteer(
        workplace=cast.nordre_skole,
        who=NewVolunteer(name="Jonas Lind"),
        tasks=[room_at(cast.nordre_skole.pk).tasks[0].lineage],
        contact_person_id=school.person,
        actor=school,
        on=on,
        at=at,
    )


def decide(engagement, codes, actor, on, at, outcome=Outcome.IN_PLACE):
    decided = {"outcome": outcome, "how": How.PAPER, "decided_on": on}
    return actions.decide(engagement=engagement, codes=codes, **decided, actor=actor, on=on, at=at)


def stopping(engagement, on):
    return [missing.code.removeprefix("formality.") for missing in missing_formalities(engagement, on)]


@pytest.mark.parametrize(
    ("code", "facts", "asked"),
    [
        ("confidentiality", A_CARE_HOME, True),
        ("child_certificate", A_CARE_HOME, False),
        ("child_certificate", A_SCHOOL, True),
        ("child_certificate", Facts(sector="school", children_under_15=True, is_lasting=False), False),
        ("child_certificate", Facts(sector="school", children_under_15=True, through="association"), False),
        (
            "child_certificate_by_association",
            Facts(sector="school", children_under_15=True, through="association"),
            True,
        ),
        ("driving_licence", Facts(sector="home_care", drives_citizens=True), True),
        ("under_18_parents", Facts(sector="library", under_18=True), True),
        ("under_18_parents", Facts(sector="library"), False),
        ("citizens_home", Facts(sector="home_care", place=frozenset({"workplace", "citizens_home"})), True),
        ("lifesaving", Facts(sector="sports", task=frozenset({"sports.swimming"})), True),
    ],
)
@pytest.mark.requirement("R39")
def test_a_rule_is_asked_of_the_facts(code, facts, asked):
    rule = next(rule for rule in shipped_rules() if rule.code == code)

    assert applies(rule.trigger, facts) == asked


def test_a_rule_says_why_it_is_asked():
    rule = next(rule for rule in shipped_rules() if rule.code == "child_certificate")

    assert because(rule.trigger, A_SCHOOL) == (
        "Fordi opgaven er direkte sammen med børn under 15 år, og det er meningen, at det skal vare ved."
    )
    assert because({}, A_CARE_HOME) == "Det gælder alle frivillige."


@pytest.mark.requirement("R39")
def test_nobody_starts_before_what_is_due_before_the_first_time_is_in_place(cast, aase, on, at):
    with pytest.raises(Refusal) as refused:
        actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)

    assert [missing.code for missing in refused.value.missing] == [f"formality.{code}" for code in BEFORE_START]
    assert refused.value.missing[0].text == ("”Tavshedspligt” er ikke på plads endnu. Notér det, når det er på plads")
    assert Engagement.objects.get().state == "in_clearance"


@pytest.mark.requirement("R39")
def test_what_is_due_later_stops_nobody(cast, aase, on, at):
    decide(aase, BEFORE_START, cast.mia, on, at)

    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)

    waiting = [item.code for item in items_for(aase, on) if not item.is_in_place]
    assert Engagement.objects.get().state == "active"
    assert {"privacy_notice", "badge", "benefits"} == set(waiting)


@pytest.mark.requirement("R39")
def test_one_thing_not_in_place_is_enough_to_stop(cast, aase, on, at):
    decide(aase, BEFORE_START, cast.mia, on, at)
    decide(aase, ["safety"], cast.mia, on, at, outcome=Outcome.NOT_IN_PLACE)

    with pytest.raises(Refusal, match="Sikkerhed på stedet"):
        actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)


@pytest.mark.requirement("R39")
def test_without_rules_nobody_starts(aase, on):
    FormalityRule.objects.all().delete()

    assert [missing.code for missing in missing_formalities(aase, on)] == ["formality_rules"]


@pytest.mark.requirement("R39")
def test_a_child_certificate_is_noted_by_its_orderer_only(cast, jonas, school, rikke, on, at):
    for actor in (school, cast.ole, cast.hanne, orderer_at(cast.elderly, cast=cast, at=at)):
        with pytest.raises(Refusal, match="attest"):
            decide(jonas, ["child_certificate"], actor, on, at)

    decide(jonas, ["child_certificate"], rikke, on, at)

    assert "child_certificate" not in stopping(jonas, on)


@pytest.mark.requirement("R39")
def test_an_orderer_notes_nothing_else(cast, jonas, rikke, on, at):
    with pytest.raises(Refusal, match="kontaktperson"):
        decide(jonas, ["safety"], rikke, on, at)


@pytest.mark.requirement("R39")
def test_what_was_noted_without_the_right_does_not_count(cast, jonas, school, on):
    rule = FormalityRule.objects.get(code="child_certificate")
    noted = {"outcome": "in_place", "how": "paper", "decided_on": on, "is_certificate": True}
    Formality.objects.create(
        engagement=jonas, code=rule.code, rule=rule, decided_by_id=school.person, decided_role=school.role, **noted
    )

    assert "child_certificate" in stopping(jonas, on)


@pytest.mark.requirement("R39")
def test_nothing_is_kept_of_a_certificate_that_is_not_in_place(cast, jonas, rikke, on, at):
    decide(jonas, ["child_certificate"], rikke, on, at)
    decide(jonas, ["child_certificate"], rikke, on, at, outcome=Outcome.NOT_IN_PLACE)

    last = Event.objects.latest("sequence")
    assert (Formality.objects.count(), CertificateOrder.objects.count()) == (0, 0)
    assert (last.name, last.changes) == ("volunteering.certificate.close", {})
    assert "child_certificate" in stopping(jonas, on)


def test_a_negative_outcome_of_a_certificate_cannot_be_kept(cast, jonas, rikke, on):
    rule = FormalityRule.objects.get(code="child_certificate")
    noted = {"outcome": "not_in_place", "how": "paper", "decided_on": on, "is_certificate": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Formality.objects.create(
            engagement=jonas, code=rule.code, rule=rule, decided_by_id=rikke.person, decided_role=rikke.role, **noted
        )


@pytest.mark.requirement("R39")
def test_a_certificate_is_renewed_where_the_municipality_says_so(cast, jonas, school, rikke, on, at):
    put_in_place(jonas, actor=school, orderer=rikke, on=on, at=at)
    FormalityRule.objects.filter(code="child_certificate").update(renewal_months=24)

    def state(day):
        return next(item.state for item in items_for(jonas, day) if item.code == "child_certificate")

    assert state(on.replace(year=2028) - timedelta(days=1)) == ItemState.IN_PLACE
    assert state(on.replace(year=2028)) == ItemState.EXPIRED


@pytest.mark.requirement("R39")
def test_after_a_long_break_it_is_asked_again(cast, jonas, school, rikke, on, at):
    put_in_place(jonas, actor=school, orderer=rikke, on=on, at=at)
    FormalityRule.objects.filter(code="child_certificate").update(anew_after_pause_months=6)
    actions.activate(engagement=jonas, actor=school, on=on, at=at)
    paused = actions.pause(engagement=jonas, by=PausedBy.VOLUNTEER, actor=school, on=on, at=at)

    assert stopping(paused, on + timedelta(days=150)) == []
    assert stopping(paused, on + timedelta(days=190)) == ["child_certificate"]


def test_answers_change_what_is_asked_at_once(cast, jonas, school, on, at):
    assert "child_certificate" in stopping(jonas, on)

    actions.answer_facts(
        engagement=jonas, answers={"children_under_15": False, "keys": True}, actor=school, on=on, at=at
    )

    codes = [item.code for item in items_for(jonas, on)]
    assert ("child_certificate" in codes, "keys" in codes) == (False, True)
    assert CertificateOrder.objects.count() == 0


@pytest.mark.requirement("R39")
def test_two_who_note_the_same_leave_one_row(cast, aase, on, at):
    decide(aase, ["safety"], cast.mia, on, at)
    decide(aase, ["safety"], cast.lene, on, at)

    assert list(Formality.objects.values_list("code", "decided_by__name")) == [("safety", "Lene Holm")]


@pytest.mark.parametrize(
    ("codes", "days", "words"),
    [([], 0, "Sæt kryds"), (["driving_licence"], 0, "ikke længere"), (["safety"], 1, "i dag eller")],
)
def test_what_cannot_be_noted_is_refused(cast, aase, codes, days, words, on, at):
    decided = {"outcome": Outcome.IN_PLACE, "how": How.ALOUD, "decided_on": on + timedelta(days=days)}
    with pytest.raises(Refusal, match=words):
        actions.decide(engagement=aase, codes=codes, **decided, actor=cast.mia, on=on, at=at)


@pytest.mark.requirement("R30")
def test_the_citizens_home_has_a_rule_of_its_own(cast, aase, in_force, on):
    assert "citizens_home" not in stopping(aase, on)

    in_force.places.create(type="citizens_home")

    missing = next(one for one in missing_formalities(aase, on) if one.code == "formality.citizens_home")
    assert "Fordi opgaven kan være i borgerens hjem." in missing.text


@pytest.mark.requirement("R39")
def test_a_certificate_is_ordered_and_consented_to(cast, jonas, school, rikke, on, at):
    order = CertificateOrder.objects.get()
    actions.order_certificates(orders=[order], actor=rikke, on=on, at=at)
    actions.note_consents(orders=[order], actor=rikke, on=on, at=at)
    order.refresh_from_db()
    assert (order.ordered_on, order.consent_until, order.consented_on) == (on, on + timedelta(days=14), on)

    decide(jonas, ["child_certificate"], rikke, on, at)

    assert CertificateOrder.objects.count() == 0


def test_orders_elsewhere_are_nobodys_but_their_orderers(cast, jonas, on, at):
    elsewhere = orderer_at(cast.elderly, cast=cast, at=at)
    with pytest.raises(Refusal, match="venter ikke længere"):
        actions.order_certificates(orders=[CertificateOrder.objects.get()], actor=elsewhere, on=on, at=at)
