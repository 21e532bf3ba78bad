# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Beginning from a colleague's agreement, and from a text that was given up (R47)."""

from html import unescape

import pytest

from samspil.agreements import actions
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.colleagues import colleagues_of
from samspil.agreements.content import version_sha256
from samspil.agreements.models import AgreementVersion, BoundaryDecision, LocalPrinciple, Place, Section, Task
from samspil.agreements.queries import contact_persons
from samspil.audit.queries import events_of
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import Element
from samspil.municipalities.actions import withhold_unit
from samspil.municipalities.models import Sector
from tests.colleagues import engparken_in_force
from tests.reads import reads

MARK = "Stadig en kollegas ord (Plejecenter Engparken)"


def read(response):
    return unescape(response.content.decode())


@pytest.fixture
def begun(cast, engparken, on, at):
    return actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, colleague=engparken)


# What comes along -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R47.colleague")
def test_words_tasks_and_principles_of_a_colleague_come_along_with_new_lineages(begun, engparken, text_of):
    theirs = Task.objects.filter(version=engparken)
    ours = Task.objects.filter(version=begun)

    assert begun.begun_from == engparken
    assert text_of(begun, "purpose") == "Musik og nærvær på Engparken."
    assert [task.title for task in ours] == [task.title for task in theirs]
    assert {task.catalogue_code for task in ours} == {task.catalogue_code for task in theirs}
    assert {task.lineage for task in ours} & {task.lineage for task in theirs} == set()
    own = LocalPrinciple.objects.get(version=begun)
    assert (own.text, own.how) == ("Vi synger med.", "Hver dag.")
    assert own.lineage != LocalPrinciple.objects.get(version=engparken).lineage
    assert events_of(begun).first().changes["colleague"] == engparken.pk


@pytest.mark.requirement("R47.colleague")
def test_nothing_that_tells_who_when_or_where_comes_along_and_no_decision(begun, on):
    doubt = Task.objects.get(version=begun, title="Synge i salen")

    assert contact_persons(begun.agreement, on) == []
    assert (doubt.when_and_where, doubt.responsibility, doubt.boundary) == ("", "", "doubt")
    assert BoundaryDecision.objects.filter(version=begun).count() == 0
    assert Place.objects.filter(version=begun).count() == 0
    assert (begun.hours_of_leader, begun.staff_meets) == (None, "")
    kinds = set(Section.objects.filter(version=begun).values_list("kind", flat=True))
    assert kinds & {"places", "staff_agreements"} == set()


@pytest.mark.requirement("R47.colleague")
@pytest.mark.requirement("R48.agreement")
def test_a_task_that_is_core_as_the_questions_stand_today_stays_behind(cast, engparken, titles, on, at):
    unanswered = Task.objects.filter(version=engparken).exclude(catalogue_code="").first()
    core = dict.fromkeys(QUESTION_NAMES, False) | {"law_or_authorisation": True}
    Task.objects.filter(version=engparken, title="Synge i salen").update(boundary_answers=core)
    Task.objects.filter(pk=unanswered.pk).update(catalogue_code="", boundary_answers={})

    begun = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, colleague=engparken)

    assert "Synge i salen" not in titles(begun)
    assert unanswered.title not in titles(begun)
    assert len(titles(begun)) == Task.objects.filter(version=engparken).count() - 2


def test_a_task_of_another_sector_comes_along_as_one_of_ones_own(cast, engparken, on, at, body):
    begun = actions.open_draft(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at, colleague=engparken)

    tasks = Task.objects.filter(version=begun)
    assert {task.catalogue_code for task in tasks} == {""}
    assert len(tasks) == Task.objects.filter(version=engparken).count()


def test_a_principle_that_builds_on_nothing_common_stays_behind(cast, engparken, on, at):
    passage = Element.objects.filter(version=engparken.framework).exclude(kind="principle").first()
    LocalPrinciple.objects.filter(version=engparken).update(builds_on=passage.lineage)

    begun = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, colleague=engparken)

    assert LocalPrinciple.objects.filter(version=begun).count() == 0


# Whose words they are -------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R47.marked")
def test_what_is_still_a_colleagues_words_is_marked_by_name_on_the_page_and_in_the_paper(
    cast, begun, client_as, url, filled, on, at
):
    client = client_as(cast.lene)
    assert MARK in read(client.get(url()))
    client.post(url(), filled(begun, purpose="Vores egne ord", contacts=[str(cast.mia.user_id)]))

    rows = client.get(url()).context["rows"]
    sent = actions.send_to_dialogue(version=begun, actor=cast.lene, on=on, at=at)

    assert (rows["purpose"].is_borrowed, rows["customs"].is_borrowed) == (False, True)
    presentation = sent.dialogue.current_paper.body["presentation"]
    marked = presentation.partition(f"{MARK} og ikke arbejdspladsens egne: ")[2].partition("\n")[0]
    assert ("”Hvad afgør medarbejderne?”" in marked, "”Hvad giver det borgeren?”" in marked) == (True, False)
    assert MARK in read(client_as(cast.tove).get(url()))


@pytest.mark.requirement("R47.marked")
def test_what_is_still_the_templates_words_says_so(cast, draft, client_as, url):
    page = read(client_as(cast.lene).get(url()))

    assert "Stadig skabelonens ord, hvor der står ”uændret”. Gør dem til jeres" in page
    assert "kollegas ord" not in page


def test_a_colleague_that_was_withheld_since_is_not_named(cast, begun, client_as, url, at):
    unit = begun.begun_from.agreement.workplace
    withhold_unit(unit=unit, is_withheld=True, actor=cast.hanne, at=at)

    page = read(client_as(cast.lene).get(url()))

    assert ("Stadig en kollegas ord, hvor der står ”uændret”." in page, "Plejecenter Engparken" in page) == (
        True,
        False,
    )


# Whose agreement can be chosen ----------------------------------------------------------------------------------------


@pytest.mark.requirement("R47.colleague")
def test_a_withheld_place_a_draft_and_ones_own_cannot_be_begun_from(cast, engparken, draft, on, at):
    withhold_unit(unit=engparken.agreement.workplace, is_withheld=True, actor=cast.hanne, at=at)

    assert list(colleagues_of(cast.nordre_skole)) == []
    for version in (engparken, draft):
        with pytest.raises(Refusal):
            actions.open_draft(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at, colleague=version)
    assert AgreementVersion.objects.filter(agreement__workplace=cast.nordre_skole).count() == 0


def test_who_has_an_agreement_in_force_begins_from_that(cast, engparken, in_force, on, at):
    with pytest.raises(Refusal):
        actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, colleague=engparken)


@pytest.mark.requirement("R47.colleague")
def test_the_begin_page_offers_colleagues_and_begins_from_the_chosen_one(cast, engparken, client_as, url):
    client = client_as(cast.lene)
    page = client.get(url())
    sent = {"way": "colleague", "colleague": str(engparken.pk)}

    response = client.post(url("begin_agreement"), sent, follow=True)

    assert "Plejecenter Engparken" in read(page)
    assert MARK in read(response)
    assert AgreementVersion.objects.get(agreement__workplace=cast.solbakken).begun_from == engparken


@pytest.mark.parametrize("chosen", ["", "9" * 30, "-1", "1", "findes-ikke"])
def test_choosing_nobody_or_nonsense_says_what_to_do(cast, engparken, client_as, url, chosen):
    sent = {"way": "colleague", "colleague": chosen if chosen != "1" else str(engparken.pk + 1000)}

    response = client_as(cast.lene).post(url("begin_agreement"), sent)

    assert response.status_code == 422
    assert AgreementVersion.objects.filter(agreement__workplace=cast.solbakken).count() == 0


def test_colleagues_can_be_searched_and_the_same_sector_comes_first(cast, engparken, client_as, url):
    client = client_as(cast.lene)

    assert "Plejecenter Engparken" in read(client.get(url() + "?kollega=ENGP"))
    nobody = read(client.get(url() + "?kollega=Vestre"))
    assert ("Prøv en del af navnet" in nobody, "Engparken" in nobody) == (True, False)


def test_an_employee_is_offered_nothing_to_begin_from(cast, engparken, client_as, url):
    assert "Engparken" not in read(client_as(cast.tove).get(url()))


def test_the_begin_page_asks_a_fixed_number_of_queries(cast, engparken, client_as, url):
    assert reads(client_as(cast.lene), url()) == 10


# From a text that was given up ----------------------------------------------------------------------------------------


@pytest.mark.requirement("R47.own")
def test_after_giving_up_a_new_draft_can_go_on_from_the_text(cast, draft, client_as, url, filled, text_of, at):
    client = client_as(cast.lene)
    client.post(url(), filled(draft, purpose="Vores egne ord"))
    actions.withdraw(version=draft, reason="Ikke nu.", actor=cast.lene, at=at)
    assert url("agreement_version", 1) in read(client.get(url()))
    page = read(client.get(url("agreement_version", 1)))
    assert f'name="given_up" value="{draft.pk}"' in page

    client.post(url("begin_agreement"), {"given_up": str(draft.pk)})

    second = AgreementVersion.objects.get(agreement__workplace=cast.solbakken, number=2)
    assert text_of(second, "purpose") == "Vores egne ord"
    assert {task.lineage for task in Task.objects.filter(version=second)} == {
        task.lineage for task in Task.objects.filter(version=draft)
    }
    assert client.get(url()).context["rows"]["customs"].is_borrowed is True


@pytest.mark.requirement("R47.own")
def test_the_next_version_begins_with_all_of_the_one_in_force(cast, in_force, on, at):
    second = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert second.copied_from == in_force
    assert version_sha256(second) == in_force.content_sha256


def test_another_places_given_up_text_cannot_be_taken_up(cast, draft, on, at):
    actions.withdraw(version=draft, reason="Ikke nu.", actor=cast.lene, at=at)

    with pytest.raises(Refusal):
        actions.open_draft(workplace=cast.nordre_skole, actor=cast.ole, on=on, at=at, given_up=draft)


def test_a_text_that_was_not_given_up_cannot_be_taken_up_as_such(cast, in_force, on, at):
    with pytest.raises(Refusal):
        actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, given_up=in_force)


def test_a_given_up_text_that_began_from_a_colleague_is_still_marked_as_theirs(cast, begun, engparken, on, at):
    actions.withdraw(version=begun, reason="Ikke nu.", actor=cast.lene, at=at)

    second = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at, given_up=begun)

    assert second.begun_from == engparken
    purpose = Section.objects.get(version=second, kind="purpose")
    assert purpose.text == purpose.origin_text == "Musik og nærvær på Engparken."


def test_those_of_the_same_sector_stand_first_and_all_can_be_searched(cast, engparken, on, at):
    library = engparken_in_force(cast, on, at, name="Aa Bibliotek", sector=Sector.LIBRARY)

    assert list(colleagues_of(cast.solbakken)) == [engparken, library]
    assert list(colleagues_of(cast.solbakken, "BIBLIO")) == [library]
