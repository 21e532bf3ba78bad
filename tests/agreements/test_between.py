# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.actions import Activity, OwnTask
from samspil.agreements.actions.drafting import CoreTaskError
from samspil.agreements.actions.locking import NotTheLeaderError
from samspil.agreements.actions.stopping import NoConsentError
from samspil.agreements.boundary import QUESTION_NAMES
from samspil.agreements.change_todo import todo_for
from samspil.agreements.changes import change_of
from samspil.agreements.content import version_sha256
from samspil.agreements.models import AgreementVersion, Task
from samspil.agreements.offers import tasks_in_force
from samspil.agreements.pages import read
from samspil.agreements.queries import tasks_offered
from samspil.config.story import discuss
from samspil.foundation.errors import Refusal
from samspil.med import actions as med
from samspil.notifications.models import Message

NO = dict.fromkeys(QUESTION_NAMES, False)
TYPE = "Ture"
WALK = OwnTask("Gå tur i skoven", "Gangtræning", "Luft og fortællinger", NO)


@pytest.fixture
def consent(cast, body, in_force, on, at):
    facts = med.ConsentFacts(wording="Lederen må sige ja til nye ture.", task_types=(TYPE,))
    consent = med.propose_consent(committee=body, facts=facts, actor=cast.lene, on=on, at=at)
    discuss(dialogue=consent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return consent


@pytest.fixture
def first(in_force):
    return Task.objects.filter(version=in_force).first()


@pytest.fixture
def stop(cast, in_force, first, on, at):
    return actions.stop_task(
        agreement=in_force.agreement,
        task_lineage=first.lineage,
        reason="Der er sket uheld.",
        actor=cast.lene,
        on=on,
        at=at,
    )


@pytest.fixture
def begin(cast, in_force, on, at):
    """Begin an activity today."""

    def start(task=WALK, kind=TYPE, actor=None, **said):
        return actions.start_activity(
            agreement=in_force.agreement,
            activity=Activity(kind, task),
            actor=actor or cast.lene,
            at=at,
            **{"from_date": on, "on": on, **said},
        )

    return start


def titles(offered):
    return [task.title for task in offered]


def page(response):
    return unescape(response.content.decode())


# Stopping -------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.stop")
def test_a_stopped_task_is_offered_nowhere_from_the_same_day(cast, in_force, first, stop, on, anonymous):
    assert first.title not in titles(tasks_offered(in_force.agreement, on))
    assert first.title in titles(tasks_offered(in_force.agreement, on - timedelta(days=1)))
    assert first.title not in tasks_in_force([cast.solbakken.pk])[cast.solbakken.pk]
    shown = page(anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])))
    assert f'<h3 class="box-heading">{first.title}</h3>' not in shown
    assert f"”{first.title}” er stoppet" in shown


@pytest.mark.requirement("R53.stop")
def test_the_text_itself_is_not_touched(in_force, stop):
    assert version_sha256(in_force) == in_force.content_sha256


@pytest.mark.requirement("R53.stop")
def test_the_body_and_the_contact_person_are_told(cast, stop):
    told = Message.objects.filter(key=f"agreements.stopped.{stop.pk}").values_list("recipient", flat=True)

    assert set(told) == {cast.mia.user_id, cast.tove.user_id, cast.arne.user_id}


@pytest.mark.requirement("R53.stop")
def test_the_next_draft_leaves_it_out_and_that_takes_a_dialogue(cast, first, stop, on, at):
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert not Task.objects.filter(version=draft, lineage=first.lineage).exists()
    assert [part.title for part in change_of(draft).structure] == [first.title]


@pytest.mark.requirement("R53.stop")
def test_the_leader_is_asked_to_take_it_into_the_next_version_until_one_is_begun(cast, stop, on, at):
    assert [line.key for line in todo_for(cast.lene)] == ["agreements.take_in"]

    actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert todo_for(cast.lene) == []


@pytest.mark.requirement("R53.stop")
def test_a_superseded_text_reads_as_it_did(cast, in_force, first, stop, on, at):
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    new = actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)

    old = read(AgreementVersion.objects.get(pk=in_force.pk))
    assert first.title in [shown.task.title for shown in old.offered]
    assert read(new).stopped == ()


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "mia", "frida"])
def test_only_the_leader_stops_a_task(cast, in_force, first, on, at, who):
    said = {"agreement": in_force.agreement, "task_lineage": first.lineage, "reason": "Nej", "on": on, "at": at}
    with pytest.raises(NotTheLeaderError):
        actions.stop_task(actor=getattr(cast, who), **said)


def test_a_stop_says_why_and_happens_once(cast, in_force, first, stop, on, at):
    said = {"agreement": in_force.agreement, "task_lineage": first.lineage, "actor": cast.lene, "on": on, "at": at}
    with pytest.raises(Refusal):
        actions.stop_task(reason="Igen", **said)
    other = Task.objects.filter(version=in_force).last()
    with pytest.raises(Refusal):
        actions.stop_task(reason="", **{**said, "task_lineage": other.lineage})


def test_the_page_asks_before_it_stops(cast, in_force, first, client_as, url):
    client = client_as(cast.lene)
    where = url("stop_task", first.lineage)

    assert where in page(client.get(url()))
    asked = page(client.get(where))
    assert f"Stop ”{first.title}” nu?" in asked
    assert client.post(where, {"reason": ""}).status_code == 422
    after = page(client.post(where, {"reason": "Uheld"}, follow=True))

    assert "Stoppet siden 23. november 2026: Uheld" in after


# Beginning at once ----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R53.standing_consent")
def test_an_activity_of_an_agreed_type_begins_at_once(cast, in_force, consent, begin, on, anonymous):
    begun = begin()

    assert begun.consent == consent
    assert titles(tasks_offered(in_force.agreement, on))[-1] == WALK.title
    assert tasks_in_force([cast.solbakken.pk])[cast.solbakken.pk][-1] == WALK.title
    shown = page(anonymous.get(reverse("open_workplace", args=[cast.municipality.slug, cast.solbakken.slug])))
    assert WALK.title in shown


@pytest.mark.requirement("R53.standing_consent")
def test_without_a_standing_consent_it_must_be_discussed(in_force, begin):
    with pytest.raises(NoConsentError):
        begin()


@pytest.mark.requirement("R53.standing_consent")
def test_another_type_and_a_later_day_need_a_consent_of_their_own(cast, consent, begin, on, at):
    with pytest.raises(NoConsentError):
        begin(kind="Hygge")
    med.withdraw_consent(consent=consent, from_date=on + timedelta(days=2), reason="Nok", actor=cast.tove, on=on, at=at)
    with pytest.raises(NoConsentError):
        begin(from_date=on + timedelta(days=5))


@pytest.mark.requirement("R48.agreement")
@pytest.mark.parametrize("yes", ["law_or_authorisation", "must_be_done"])
def test_neither_core_nor_doubt_begins_at_once(consent, begin, yes):
    with pytest.raises(CoreTaskError):
        begin(OwnTask("Gå tur", "Gangtræning", "Luft", {**NO, yes: True}))


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "mia"])
def test_only_the_leader_begins_one(cast, consent, begin, who):
    with pytest.raises(NotTheLeaderError):
        begin(actor=getattr(cast, who))


@pytest.mark.requirement("R53.standing_consent")
def test_the_next_draft_takes_it_in_under_the_same_lineage(cast, in_force, consent, begin, on, at):
    begun = begin()
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=at)

    assert Task.objects.get(version=draft, lineage=begun.lineage).title == WALK.title
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)
    assert titles(tasks_offered(in_force.agreement, on)).count(WALK.title) == 1


@pytest.mark.requirement("R53.standing_consent")
def test_what_the_next_version_left_out_is_over(cast, in_force, consent, begin, on, at):
    begun = begin()
    later = at + timedelta(hours=1)
    draft = actions.open_draft(workplace=cast.solbakken, actor=cast.lene, on=on, at=later)
    actions.remove_task(task=Task.objects.get(version=draft, lineage=begun.lineage), actor=cast.lene, at=later)
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=later)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=later)
    actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=later)

    assert WALK.title not in titles(tasks_offered(in_force.agreement, on))


@pytest.mark.requirement("R53.stop")
def test_an_activity_is_stopped_like_a_task(cast, in_force, consent, begin, on, at):
    begun = begin()
    actions.stop_task(
        agreement=in_force.agreement, task_lineage=begun.lineage, reason="Nok", actor=cast.lene, on=on, at=at
    )

    assert WALK.title not in titles(tasks_offered(in_force.agreement, on))
    assert WALK.title not in tasks_in_force([cast.solbakken.pk])[cast.solbakken.pk]


def test_the_page_begins_an_activity(cast, consent, client_as, url, on):
    client = client_as(cast.lene)
    fields = {"type": TYPE, "title": WALK.title, "not_part": "Pleje", "added_value": "Luft", "from_date": str(on)}
    no = dict.fromkeys(QUESTION_NAMES, "no")

    assert url("start_activity") in page(client.get(url()))
    refused = client.post(url("start_activity"), {**fields, **no, "must_be_done": "yes"})
    begun = client.post(url("start_activity"), {**fields, **no}, follow=True)

    assert (refused.status_code, "må drøftes" in page(refused)) == (422, True)
    assert WALK.title in page(begun)


def test_without_a_consent_the_page_says_what_to_do(cast, in_force, body, client_as, url):
    shown = page(client_as(cast.lene).get(url("start_activity")))

    assert reverse("committee", args=[body.slug]) in shown


def test_the_paper_in_hand_is_made_anew_after_a_stop(cast, in_force, first, on, at, anonymous):
    address = reverse("open_agreement_pdf", args=[cast.municipality.slug, cast.solbakken.slug])
    before = anonymous.get(address).headers["ETag"]
    actions.stop_task(
        agreement=in_force.agreement, task_lineage=first.lineage, reason="Uheld", actor=cast.lene, on=on, at=at
    )

    assert anonymous.get(address).headers["ETag"] != before
