# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agreements with associations: discussed before they count, confirmed once a year."""

from datetime import timedelta

import pytest

from samspil.agreements.boundary import Boundary
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer, PartnershipWords
from samspil.volunteering.guards import missing_before_start
from samspil.volunteering.models import Engagement, PartnershipAgreement
from samspil.volunteering.models.engagements import Through
from samspil.volunteering.partnerships import answers_for_its_own, confirmation_due, tasks_to_choose


@pytest.fixture
def draft(cast, in_force, on, at):
    begun = actions.draft_partnership(
        workplace=cast.solbakken,
        name="Besøgsvennerne",
        reach_them="Formanden, 55 66 77 88",
        actor=cast.karim,
        on=on,
        at=at,
    )
    words = PartnershipWords(
        purpose="Flere får besøg.",
        tasks=(tasks_to_choose(cast.solbakken.pk)[0].lineage,),
        our_contact="aktivitetsmedarbejderen",
        their_contact="formanden",
        meetings="Forår og efterår",
        how_to_stop="Med en måneds varsel.",
    )
    return actions.write_partnership(partnership=begun, words=words, actor=cast.karim, at=at)


@pytest.fixture
def partnership(cast, draft, on, at):
    proposed = actions.propose_partnership(partnership=draft, actor=cast.karim, on=on, at=at)
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return actions.decide_partnership(partnership=proposed, actor=cast.lene, on=on, at=at)


def _one(cast, partnership, on, at):
    return actions.enter_volunteer(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Jytte Friis"),
        tasks=[tasks_to_choose(cast.solbakken.pk)[0].lineage],
        contact_person_id=cast.mia.person,
        through=Through.ASSOCIATION,
        partnership_id=partnership.pk,
        actor=cast.mia,
        on=on,
        at=at,
    )


@pytest.mark.requirement("R27.partnership")
@pytest.mark.requirement("R53.partner")
def test_no_agreement_with_an_association_before_it_was_discussed(cast, draft, on, at):
    proposed = actions.propose_partnership(partnership=draft, actor=cast.karim, on=on, at=at)

    with pytest.raises(Refusal):
        actions.decide_partnership(partnership=proposed, actor=cast.lene, on=on, at=at)

    assert PartnershipAgreement.objects.get().state == "in_dialogue"


@pytest.mark.requirement("R27.partnership")
def test_words_changed_after_the_discussion_are_discussed_again(cast, draft, on, at):
    proposed = actions.propose_partnership(partnership=draft, actor=cast.karim, on=on, at=at)
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    words = PartnershipWords("Noget andet.", tuple(draft.tasks), "a", "b", "", "c")
    actions.write_partnership(partnership=proposed, words=words, actor=cast.karim, at=at)

    with pytest.raises(Refusal):
        actions.decide_partnership(partnership=proposed, actor=cast.lene, on=on, at=at)


@pytest.mark.requirement("R40.partnership")
def test_an_association_takes_on_no_task_that_is_in_doubt(cast, draft, in_force, on, at):
    assert {task.boundary for task in tasks_to_choose(cast.solbakken.pk)} == {Boundary.SUPPLEMENT}
    draft.tasks = ["00000000-0000-0000-0000-000000000000"]
    draft.save(update_fields=["tasks"])

    with pytest.raises(Refusal):
        actions.propose_partnership(partnership=draft, actor=cast.karim, on=on, at=at)


def test_only_the_accountable_leader_decides(cast, draft, on, at):
    proposed = actions.propose_partnership(partnership=draft, actor=cast.karim, on=on, at=at)
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)

    with pytest.raises(Refusal, match="Siden er for"):
        actions.decide_partnership(partnership=proposed, actor=cast.karim, on=on, at=at)


@pytest.mark.requirement("R34.association")
def test_the_association_answers_for_its_own_and_says_so_every_year(cast, partnership, on, at):
    assert confirmation_due(partnership, on) == on
    one = _one(cast, partnership, on, at)
    with pytest.raises(Refusal, match="ikke inden for det seneste år"):
        actions.activate(engagement=one, actor=cast.mia, on=on, at=at)

    actions.confirm_partnership(
        partnership=partnership, confirmed_by="kassereren", confirmed_on=on, actor=cast.mia, on=on, at=at
    )

    assert answers_for_its_own(partnership, on + timedelta(days=364))
    assert not answers_for_its_own(partnership, on + timedelta(days=366))
    assert "confirmation" not in _codes(one, on)


def _codes(engagement, on):
    return {missing.code for missing in missing_before_start(engagement, on)}


def test_when_the_agreement_ends_its_volunteers_are_on_a_break(cast, partnership, on, at):
    one = _one(cast, partnership, on, at)
    Engagement.objects.filter(pk=one.pk).update(state="active", started_on=on)

    actions.end_partnership(partnership=partnership, actor=cast.lene, on=on, at=at)

    one.refresh_from_db()
    assert (one.state, one.paused_by) == ("paused", "agreement")
    assert "partnership" in _codes(Engagement.objects.get(pk=one.pk), on)


def test_a_new_edition_takes_the_place_of_the_one_before(cast, partnership, on, at):
    actions.confirm_partnership(
        partnership=partnership, confirmed_by="kassereren", confirmed_on=on, actor=cast.mia, on=on, at=at
    )
    again = actions.draft_partnership(
        workplace=cast.solbakken, name="Besøgsvennerne", reach_them="", actor=cast.karim, on=on, at=at
    )
    proposed = actions.propose_partnership(partnership=again, actor=cast.karim, on=on, at=at)
    discuss(dialogue=proposed.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)

    second = actions.decide_partnership(partnership=proposed, actor=cast.lene, on=on, at=at)

    partnership.refresh_from_db()
    assert (partnership.state, second.number, second.state) == ("superseded", 2, "in_force")
    assert answers_for_its_own(second, on)
