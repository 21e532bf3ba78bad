# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.actions import ConsentFacts
from samspil.med.body_models import StandingConsent
from samspil.med.models import Dialogue
from samspil.med.queries import standing_consent_for
from samspil.med.states import State
from samspil.notifications.models import Message
from tests.med.conftest import set_up_body, what_was_said

WALKS = ConsentFacts(wording="Lederen må sige ja til nye ture.", task_types=("Ture", "Følgeskab"))


def proposed(cast, body, at, on, facts=WALKS):
    return actions.propose_consent(committee=body, facts=facts, actor=cast.lene, on=on, at=at)


def said_yes(cast, consent, at, on):
    """Write down what both sides said of it, and confirm it for the employee side."""
    said = what_was_said(consent.committee, on)
    actions.record(
        dialogue=consent.dialogue, record=said, expected_sha256=consent.sha256, actor=cast.lene, at=at, on=on
    )
    actions.confirm(dialogue=consent.dialogue, actor=cast.tove, at=at, on=on)
    return StandingConsent.objects.get(pk=consent.pk)


@pytest.fixture
def consent(cast, body, at, on):
    """A standing consent that holds."""
    return said_yes(cast, proposed(cast, body, at, on), at, on)


@pytest.mark.requirement("R53.standing_consent")
def test_a_consent_holds_when_its_discussion_counts_and_not_before(cast, body, at, on):
    consent = proposed(cast, body, at, on)
    before = standing_consent_for(cast.solbakken, "Ture", on)

    said_yes(cast, consent, at, on)

    assert before is None
    assert standing_consent_for(cast.solbakken, "ture", on) == consent
    assert standing_consent_for(cast.solbakken, "Måltider", on) is None


@pytest.mark.requirement("R53.standing_consent")
def test_the_leader_alone_gives_no_consent(cast, body, at, on):
    consent = proposed(cast, body, at, on)
    said = what_was_said(body, on)
    actions.record(
        dialogue=consent.dialogue, record=said, expected_sha256=consent.sha256, actor=cast.lene, at=at, on=on
    )

    with pytest.raises(Refusal):
        actions.confirm(dialogue=consent.dialogue, actor=cast.lene, at=at, on=on)

    assert standing_consent_for(cast.solbakken, "Ture", on) is None


def test_a_consent_speaks_for_the_units_of_its_body_only(cast, consent, on):
    assert standing_consent_for(cast.nordre_skole, "Ture", on) is None


def test_a_workplace_that_gets_a_body_of_its_own_asks_that_one(cast, at, on):
    above = set_up_body(cast, at)
    actions.edit_committee(committee=above, name="OmrådeMED", units=[cast.elderly], actor=cast.hanne, at=at)
    said_yes(cast, proposed(cast, above, at, on), at, on)
    held = standing_consent_for(cast.solbakken, "Ture", on)

    actions.create_committee(name="LokalMED", units=[cast.solbakken], actor=cast.hanne, at=at)

    assert held is not None
    assert standing_consent_for(cast.solbakken, "Ture", on) is None


def test_a_consent_for_some_workplaces_holds_there_and_below(cast, body, at, on):
    facts = ConsentFacts(wording="Ture.", task_types=("Ture",), units=(cast.solbakken,))

    said_yes(cast, proposed(cast, body, at, on, facts), at, on)

    assert standing_consent_for(cast.solbakken, "Ture", on) is not None


def test_a_consent_cannot_be_for_a_workplace_that_the_body_does_not_cover(cast, body, at, on):
    facts = ConsentFacts(wording="Ture.", task_types=("Ture",), units=(cast.nordre_skole,))

    with pytest.raises(Refusal):
        proposed(cast, body, at, on, facts)


@pytest.mark.parametrize(
    "facts",
    [
        ConsentFacts(wording=" ", task_types=("Ture",)),
        ConsentFacts(wording="Ture.", task_types=()),
    ],
)
def test_words_and_types_are_needed(cast, body, at, on, facts):
    with pytest.raises(Refusal):
        proposed(cast, body, at, on, facts)


def test_a_consent_ends_after_its_last_day(cast, body, at, on):
    last = on + timedelta(days=30)
    facts = ConsentFacts(wording="Ture.", task_types=("Ture",), until=last)

    consent = said_yes(cast, proposed(cast, body, at, on, facts), at, on)

    assert standing_consent_for(cast.solbakken, "Ture", last) == consent
    assert standing_consent_for(cast.solbakken, "Ture", last + timedelta(days=1)) is None


@pytest.mark.requirement("R53.standing_consent")
def test_either_side_can_withdraw_it_from_a_day_and_both_are_told(cast, consent, at, on):
    from_date = on + timedelta(days=7)

    actions.withdraw_consent(
        consent=consent, from_date=from_date, reason="For mange ture.", actor=cast.tove, on=on, at=at
    )

    assert standing_consent_for(cast.solbakken, "Ture", from_date - timedelta(days=1)) == consent
    assert standing_consent_for(cast.solbakken, "Ture", from_date) is None
    told = Message.objects.filter(key__endswith=f"consent.{from_date.isoformat()}")
    assert set(told.values_list("recipient_id", flat=True)) == {cast.lene.user_id, cast.arne.user_id}


def test_what_began_under_it_is_not_undone_by_a_day_that_has_passed(cast, consent, at, on):
    with pytest.raises(Refusal):
        actions.withdraw_consent(
            consent=consent, from_date=on - timedelta(days=1), reason="Nej.", actor=cast.tove, on=on, at=at
        )


def test_one_that_waits_is_taken_back_from_the_body(cast, body, at, on):
    consent = proposed(cast, body, at, on)

    actions.withdraw_consent(consent=consent, from_date=on, reason="Fortrudt.", actor=cast.lene, on=on, at=at)

    assert Dialogue.objects.get(pk=consent.dialogue_id).state == State.WITHDRAWN


def test_only_those_who_may_write_down_what_was_said_can_propose_or_withdraw(cast, consent, body, at, on):
    for who in (cast.mia, cast.hanne, cast.ole):
        with pytest.raises(Refusal):
            actions.propose_consent(committee=body, facts=WALKS, actor=who, on=on, at=at)
        with pytest.raises(Refusal):
            actions.withdraw_consent(consent=consent, from_date=on, reason="Nej.", actor=who, on=on, at=at)


@pytest.mark.requirement("R53.standing_consent")
def test_corrected_words_are_presented_again_and_need_a_yes_of_their_own(cast, body, at, on):
    consent = proposed(cast, body, at, on)
    said = what_was_said(body, on)
    actions.record(
        dialogue=consent.dialogue, record=said, expected_sha256=consent.sha256, actor=cast.lene, at=at, on=on
    )
    other = ConsentFacts(wording="Kun korte ture.", task_types=("Ture",))

    corrected = actions.correct_consent(consent=consent, facts=other, actor=cast.tove, on=on, at=at)

    assert (corrected.wording, corrected.dialogue.papers.count()) == ("Kun korte ture.", 2)
    assert standing_consent_for(cast.solbakken, "Ture", on) is None
    said_yes(cast, corrected, at, on)
    assert standing_consent_for(cast.solbakken, "Følgeskab", on) is None
    assert standing_consent_for(cast.solbakken, "Ture", on) == corrected


def test_what_the_body_has_said_yes_to_cannot_be_rewritten(cast, consent, at, on):
    with pytest.raises(Refusal):
        actions.correct_consent(consent=consent, facts=WALKS, actor=cast.lene, on=on, at=at)


def test_it_is_proposed_from_a_discussion_that_counts(cast, recorded, body, at, on, client_as):
    actions.confirm(dialogue=recorded, actor=cast.tove, at=at, on=on)
    client = client_as(cast.lene)
    address = f"{reverse('propose_consent', args=[body.slug])}?fra={recorded.pk}"

    assert address in client.get(reverse("dialogue", args=[recorded.pk])).text
    answer = client.post(address, {"task_types": ["Følgeskab"], "wording": "Ud om aftenen."})

    consent = StandingConsent.objects.get()
    assert answer.headers["Location"] == reverse("dialogue", args=[consent.dialogue_id])
    assert (consent.arises_from, consent.task_types) == (recorded, ["Følgeskab"])


def test_the_form_offers_the_headings_of_the_workplaces_catalogue(cast, body, client_as):
    page = client_as(cast.lene).get(reverse("propose_consent", args=[body.slug])).text

    assert page.count('name="task_types"') > 3
    assert 'value="Følgeskab"' in page


def test_the_page_withdraws_and_lists(cast, consent, body, client_as, on):
    client = client_as(cast.tove)
    listed = client.get(reverse("committee", args=[body.slug])).text

    answer = client.post(
        reverse("withdraw_consent", args=[body.slug, consent.pk]),
        {"from_date": on.isoformat(), "reason": "For mange ture."},
    )

    assert "Ture, Følgeskab" in listed
    assert answer.headers["Location"] == reverse("committee", args=[body.slug])
    assert "For mange ture." in client.get(reverse("committee", args=[body.slug])).text


def test_an_employee_sees_the_consents_and_cannot_change_them(cast, consent, body, client_as):
    client = client_as(cast.mia)
    address = reverse("withdraw_consent", args=[body.slug, consent.pk])

    page = client.get(reverse("committee", args=[body.slug])).text

    assert ("Ture, Følgeskab" in page, address in page) == (True, False)
    assert client.get(address).status_code == 403


def test_the_page_takes_as_many_queries_for_three_as_for_one(cast, consent, body, at, on, client_as):
    client = client_as(cast.lene)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("committee", args=[body.slug])).status_code == 200
        return len(captured)

    one = queries()
    for day in (1, 2):
        facts = ConsentFacts(
            wording="Ture.", task_types=("Ture",), units=(cast.solbakken,), until=on + timedelta(days=day)
        )
        said_yes(cast, proposed(cast, body, at, on, facts), at, on)

    assert queries() == one
