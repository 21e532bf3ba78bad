# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from samspil.agreements import actions
from samspil.agreements.comment_models import Comment, CommentRound
from samspil.agreements.comment_rounds import rounds_to_forget
from samspil.agreements.content import version_sha256
from samspil.agreements.models import AgreementVersion
from samspil.audit.queries import events_of
from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.months import months_later
from samspil.notifications.models import Message
from tests.cast import outside_scope
from tests.reads import reads

pytestmark = pytest.mark.requirement("R55.comments")


@pytest.fixture
def last_day(on):
    return on + timedelta(days=7)


@pytest.fixture
def asked(cast, draft, last_day, on, at):
    return actions.open_comment_round(
        version=draft, last_day=last_day, words="Er opgaverne de rigtige?", actor=cast.lene, on=on, at=at
    )


@pytest.fixture
def say(draft, on, at):
    """Comment as somebody, on the whole where nothing else is said."""

    def comment(who, text="Godt udkast.", clause="", day=on):
        actor = replace(who, on=day)
        return actions.add_comment(version=draft, clause=clause, text=text, actor=actor, on=day, at=at)

    return comment


def first_task(version):
    return version.tasks.first()


def test_the_workplaces_staff_is_told_and_nobody_else(cast, asked, last_day):
    told = Message.objects.filter(key=f"agreements.comment_round.{asked.pk}.{last_day}")

    assert set(told.values_list("recipient_id", flat=True)) == {
        capacity.user_id for capacity in (cast.tove, cast.arne, cast.mia, cast.karim)
    }
    assert {message.link for message in told} == {"/arbejdspladser/plejecenter-solbakken/aftale/"}


@pytest.mark.parametrize("who", ["ole", "hanne", "frida", "dorte", "joergen", "lene"])
def test_only_the_workplaces_own_employees_comment(cast, asked, say, who):
    with pytest.raises(Refusal):
        say(getattr(cast, who))
    say(cast.mia)

    assert [comment.author_id for comment in Comment.objects.all()] == [cast.mia.user_id]


@pytest.mark.parametrize("who", ["tove", "hanne", "ole", "frida"])
def test_only_the_leader_opens_prolongs_ends_and_answers(cast, draft, asked, say, last_day, on, at, who):
    actor, comment = getattr(cast, who), say(cast.mia)
    tries = (
        lambda: actions.prolong_comment_round(version=draft, last_day=last_day, words="", actor=actor, on=on, at=at),
        lambda: actions.close_comment_round(version=draft, actor=actor, on=on, at=at),
        lambda: actions.settle_comment(comment=comment, outcome="taken_in", answer="", actor=actor, at=at),
    )
    for attempt in tries:
        with pytest.raises(Refusal):
            attempt()
    comment.refresh_from_db()
    assert comment.outcome == "not_yet"


def test_it_ends_by_itself_and_can_be_prolonged(cast, draft, asked, say, last_day, on, at):
    say(cast.mia, day=last_day)
    after = last_day + timedelta(days=1)
    with pytest.raises(Refusal):
        say(cast.mia, day=after)

    actions.prolong_comment_round(
        version=draft, last_day=after, words="", actor=replace(cast.lene, on=after), on=after, at=at
    )
    say(cast.tove, day=after)

    assert Comment.objects.count() == 2
    assert Message.objects.filter(recipient_id=cast.mia.user_id, key__contains="comment_round").count() == 2


def test_the_leader_ends_it_early(cast, draft, asked, say, on, at):
    actions.close_comment_round(version=draft, actor=cast.lene, on=on, at=at)

    with pytest.raises(Refusal):
        say(cast.mia)
    assert events_of(draft).last().name == "agreements.version.close_comment_round"


@pytest.mark.parametrize("days", [-1, 61])
def test_the_last_day_is_neither_past_nor_far_away(cast, draft, on, at, days):
    with pytest.raises(Refusal):
        actions.open_comment_round(
            version=draft, last_day=on + timedelta(days=days), words="", actor=cast.lene, on=on, at=at
        )
    assert not CommentRound.objects.exists()


def test_a_comment_is_about_a_clause_of_this_draft(cast, draft, asked, say):
    task = first_task(draft)
    comment = say(cast.mia, clause=f"task:{task.lineage}")
    with pytest.raises(Refusal):
        say(cast.mia, clause="task:00000000-0000-0000-0000-000000000000")

    assert comment.clause_title == task.title


def test_ones_own_comment_is_changed_and_deleted_by_nobody_else(cast, asked, say, on, at):
    comment = say(cast.mia)
    actions.settle_comment(comment=comment, outcome="taken_in", answer="", actor=cast.lene, at=at)
    for act in (
        lambda actor: actions.edit_comment(comment=comment, text="Andet", actor=actor, on=on, at=at),
        lambda actor: actions.remove_comment(comment=comment, actor=actor, on=on, at=at),
    ):
        with pytest.raises(Refusal):
            act(cast.tove)
    edited = actions.edit_comment(comment=comment, text="Andet", actor=cast.mia, on=on, at=at)

    assert (edited.text, edited.outcome) == ("Andet", "not_yet")
    actions.remove_comment(comment=comment, actor=cast.mia, on=on, at=at)
    assert not Comment.objects.exists()


def test_when_the_round_is_over_ones_comment_stands(cast, asked, say, last_day, at):
    comment, after = say(cast.mia), last_day + timedelta(days=1)

    with pytest.raises(Refusal):
        actions.remove_comment(comment=comment, actor=replace(cast.mia, on=after), on=after, at=at)


def test_an_answer_takes_words_and_the_colleague_is_told_once(cast, asked, say, at):
    comment = say(cast.mia)
    with pytest.raises(Refusal):
        actions.settle_comment(comment=comment, outcome="answered", answer="", actor=cast.lene, at=at)
    for answer in ("Det gør vi.", "Det gør vi til foråret."):
        actions.settle_comment(comment=comment, outcome="answered", answer=answer, actor=cast.lene, at=at)

    comment.refresh_from_db()
    assert (comment.outcome, comment.answer) == ("answered", "Det gør vi til foråret.")
    assert Message.objects.filter(recipient_id=cast.mia.user_id, key__endswith=".settled").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(answer="")


@pytest.mark.requirement("R61.agreement")
def test_med_reads_how_many_and_what_but_not_who(cast, draft, asked, say, on, at):
    task = first_task(draft)
    taken = say(cast.mia, "Skriv om haven.", clause=f"task:{task.lineage}")
    say(cast.mia, "Fint.")
    say(cast.karim, "Hvem har nøglen?")
    before = version_sha256(draft)
    actions.settle_comment(comment=taken, outcome="taken_in", answer="", actor=cast.lene, at=at)

    version = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    body = version.dialogue.current_paper.body
    assert version.content_sha256 == before
    assert "Kommentarrunde: 3 kommentarer fra 2 kolleger, heraf 1 taget med." in body["presentation"]
    annex = body["attachments"][1]
    assert annex["title"] == "Kommentarer fra kolleger"
    assert [block["pairs"][0][1] for block in annex["blocks"] if block["kind"] == "facts"] == [
        "Fint.",
        "Hvem har nøglen?",
        "Skriv om haven.",
    ]
    assert cast.mia.person_name not in str(body)


def test_without_a_round_the_paper_says_nothing_of_it(cast, at_the_table):
    body = at_the_table.dialogue.current_paper.body

    assert "Kommentarrunde" not in body["presentation"]
    assert len(body["attachments"]) == 1


def test_sending_the_draft_to_med_ends_the_round_and_nothing_waits_for_it(cast, draft, asked, say, on, at):
    actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    with pytest.raises(Refusal):
        say(cast.mia)


def test_the_words_are_deleted_half_a_year_after_the_draft_was_sent(cast, draft, asked, say, on, at, monkeypatch):
    say(cast.mia)
    actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)
    due = months_later(on, 6)
    assert rounds_to_forget(due - timedelta(days=1)) == []
    assert rounds_to_forget(due) == [asked]
    with pytest.raises(Refusal):
        actions.forget_comments(found=asked, actor=cast.lene, on=due, at=at)

    monkeypatch.setattr("django.utils.timezone.now", lambda: at + (due - on))
    with outside_scope():
        call_command("hourly")

    assert not Comment.objects.exists()
    assert events_of(draft).last().changes == {"comments": 1}


def test_the_words_to_a_draft_left_lying_are_deleted_a_year_after_the_round(cast, asked, say, last_day):
    say(cast.mia)

    assert rounds_to_forget(months_later(last_day, 12) - timedelta(days=1)) == []
    assert rounds_to_forget(months_later(last_day, 12)) == [asked]


def test_somebody_of_another_municipality_cannot_touch_it(cast, draft, other_municipality, last_day, on, at):
    kaj = other_municipality.kaj
    with (
        outside_scope(),
        tenancy.scope(other_municipality.municipality.pk),
        pytest.raises(AgreementVersion.DoesNotExist),
    ):
        actions.open_comment_round(version=draft, last_day=last_day, words="", actor=kaj, on=on, at=at)
    assert not CommentRound.objects.exists()


# The pages


def test_a_colleague_comments_beside_the_text(client_as, cast, draft, asked, url):
    mia = client_as(cast.mia)
    task = first_task(draft)
    page = mia.get(url()).content.decode()
    assert "Er opgaverne de rigtige?" in page
    assert f"?om=task%3A{task.lineage}" in page

    mia.post(url("add_comment") + f"?om=task:{task.lineage}", {"text": "Skriv om haven."})

    page = mia.get(url()).content.decode()
    assert "Skriv om haven." in page
    assert url("edit_comment", Comment.objects.get().pk) in page


def test_colleagues_see_each_others_comments_and_those_above_do_not(client_as, cast, draft, asked, say, url):
    say(cast.mia, "Skriv om haven.")

    assert "Skriv om haven." in client_as(cast.tove).get(url()).content.decode()
    assert "Skriv om haven." not in client_as(cast.hanne).get(url()).content.decode()
    assert client_as(cast.ole).get(url()).status_code == 404


def test_the_leader_sees_them_beside_the_text_and_takes_one_in(client_as, cast, draft, asked, say, url, filled):
    comment, lene = say(cast.mia, "Skriv om haven."), client_as(cast.lene)
    assert "Skriv om haven." in lene.get(url()).content.decode()

    lene.post(url(), filled(draft, intent=f"comment-taken:{comment.pk}", purpose="Nærvær i haven."))

    comment.refresh_from_db()
    assert comment.outcome == "taken_in"
    assert "Nærvær i haven." in lene.get(url()).content.decode()


def test_the_leader_answers_on_a_page_of_its_own(client_as, cast, draft, asked, say, url, filled):
    comment, lene = say(cast.mia), client_as(cast.lene)
    response = lene.post(url(), filled(draft, intent=f"comment-answer:{comment.pk}"))
    assert response.headers["Location"] == url("answer_comment", comment.pk)
    assert lene.post(url("answer_comment", comment.pk), {"outcome": "answered"}).status_code == 422

    lene.post(url("answer_comment", comment.pk), {"outcome": "answered", "answer": "Det gør vi."})

    assert "Det gør vi." in client_as(cast.mia).get(url()).content.decode()


def test_the_leader_asks_for_a_week_unless_another_day_is_chosen(client_as, cast, draft, url, last_day):
    lene = client_as(cast.lene)
    form = lene.get(url("comment_round")).context["form"]
    assert form.initial["last_day"] == last_day
    assert lene.post(url("comment_round"), {"last_day": "2020-01-01"}).status_code == 422

    lene.post(url("comment_round"), {"last_day": last_day.isoformat(), "words": ""})

    assert CommentRound.objects.get().last_day == last_day


def test_a_comment_of_somebody_else_is_not_found(client_as, cast, asked, say, url):
    comment = say(cast.mia)

    assert client_as(cast.tove).get(url("edit_comment", comment.pk)).status_code == 404
    assert client_as(cast.tove).get(url("remove_comment", comment.pk)).status_code == 404


def test_what_a_colleague_wrote_is_never_run(client_as, cast, asked, say, url):
    say(cast.mia, "<script>alert(1)</script>")

    assert "<script>alert" not in client_as(cast.lene).get(url()).content.decode()


def test_a_comment_whose_clause_was_taken_out_stands_with_those_on_the_whole(
    client_as, cast, draft, asked, say, url, at
):
    task = first_task(draft)
    say(cast.mia, "Godt.", clause=f"task:{task.lineage}")
    actions.remove_task(task=task, actor=cast.lene, at=at)

    commenting = client_as(cast.lene).get(url()).context["commenting"]

    assert [comment.text for comment in commenting.about("")] == ["Godt."]


@pytest.mark.requirement("R55.timeline")
def test_that_the_colleagues_were_asked_stands_on_the_agreement(client_as, cast, draft, asked, url):
    entries = client_as(cast.mia).get(url()).context["entries"]

    assert [entry["title"] for entry in entries][1:] == ["Kollegerne blev bedt om kommentarer"]


def test_the_pages_ask_as_much_for_three_comments_as_for_one(client_as, cast, asked, say, url):
    lene, mia = client_as(cast.lene), client_as(cast.mia)
    say(cast.mia)
    one = (reads(lene, url()), reads(mia, url()))
    for text in ("To.", "Tre."):
        say(cast.tove, text)

    assert (reads(lene, url()), reads(mia, url())) == one


def test_a_job_does_not_comment(cast, asked, draft, on, at):
    system = system_capacity(municipality_id=cast.municipality.pk, on=on, name="test")

    with pytest.raises(ValueError, match="nobody"):
        actions.add_comment(version=draft, clause="", text="Hej", actor=system, on=on, at=at)
