# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A new edition of the framework meets the agreements: what it asks, what is answered, what follows (R53, R44)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from samspil.agreements import actions
from samspil.agreements.content import version_sha256
from samspil.agreements.disposition_models import Disposition, Stand
from samspil.agreements.guards import missing_before_dialogue
from samspil.agreements.models import Agreement, AgreementVersion, LocalPrinciple
from samspil.agreements.update_stages import Stage, outdated_versions, stages, updates_due
from samspil.agreements.updates import update_of
from samspil.audit.models import Event
from samspil.config.story import discuss, write_draft
from samspil.foundation.errors import Refusal
from samspil.frameworks.queries import principles
from samspil.notifications.models import Message
from tests.editions import Editor, later, lineages, own_principle

pytestmark = pytest.mark.requirement("R53.succession")

DAYS = 10


@pytest.fixture
def next_day(on, at):
    """Ten days on, when the next edition comes."""
    return {"on": on + timedelta(days=DAYS), "at": at + timedelta(days=DAYS)}


@pytest.fixture
def lene(cast):
    return later(cast.lene, DAYS)


@pytest.fixture
def own(cast, framework, body, on, at):
    """An agreement in force with an own principle on each of the first three common ones."""
    version = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    for number, lineage in enumerate(lineages(framework)[:3]):
        text = own_principle(lineage, f"Vores eget {number}.")
        actions.add_local_principle(version=version, **text, actor=cast.lene, at=at)
    sent = actions.send_to_dialogue(version=version, actor=cast.lene, on=on, at=at)
    discuss(dialogue=sent.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return actions.adopt(version=sent, in_force_from=on, actor=cast.lene, on=on, at=at)


@pytest.fixture
def second(cast, own, framework, next_day):
    """Edition 2: the first principle worded anew, the second gone, the third split in two, one more, one editorial."""
    editor = Editor(cast.hanne, **next_day)
    first, gone, split, spelled = lineages(framework)[:4]
    editor.reword(first, "Frivillige lægger altid noget oven i.")
    editor.remove(gone)
    editor.succeed([split], "Vi siger til.", "Vi siger fra.")
    editor.add("Vi siger tak hver gang.")
    editor.reword(spelled, f"{editor.part(spelled).text}!", fate="editorial")
    return editor.publish()


def take(version, lineage, stand, lene, at, **more):
    return actions.take_stand(agreement=version.agreement, lineage=lineage, stand=stand, actor=lene, at=at, **more)


def test_an_agreement_on_the_edition_in_force_is_asked_nothing(own, on):
    assert update_of(own.agreement, on) is None
    assert updates_due(on) == []


def test_each_substantive_change_is_asked_about_beside_own_text(own, second, framework, next_day):
    first, gone, split, spelled = lineages(framework)[:4]

    update = update_of(own.agreement, next_day["on"])

    assert [(here.what_became, [row.text for row in here.own]) for here in update.changes] == [
        ("substantive", ["Vores eget 0."]),
        ("removed", ["Vores eget 1."]),
        ("split", ["Vores eget 2."]),
        ("added", []),
    ]
    assert [change.lineage for change in update.editorial] == [spelled]
    assert [element.text for element in update.by_lineage[split].successors] == ["Vi siger til.", "Vi siger fra."]
    assert (update.stage, len(update.waiting)) == (Stage.TO_TAKE, 4)
    assert [(row.stage, row.waiting) for row in updates_due(next_day["on"])] == [(Stage.TO_TAKE, 4)]
    assert {first, gone} < update.by_lineage.keys()


def test_a_stand_counts_for_the_very_words_it_was_taken_on(cast, own, second, framework, lene, next_day):
    first = lineages(framework)[0]
    row = take(own, first, Stand.NO_EFFECT, lene, next_day["at"])

    assert update_of(own.agreement, next_day["on"]).by_lineage[first].stand == row

    third = Editor(cast.hanne, on=next_day["on"] + timedelta(days=1), at=next_day["at"] + timedelta(days=1))
    third.reword(first, "Frivillige lægger noget helt andet oven i.")
    third.publish()
    here = update_of(own.agreement, third.on).by_lineage[first]
    assert (here.stand, here.earlier) == (None, (row,))


def test_with_a_third_edition_a_stand_on_the_same_new_words_still_counts(cast, own, second, framework, lene, next_day):
    first = lineages(framework)[0]
    row = take(own, first, Stand.KEPT, lene, next_day["at"], reason="Sådan gør vi.")
    third = Editor(cast.hanne, on=next_day["on"] + timedelta(days=1), at=next_day["at"] + timedelta(days=1))
    third.add("Vi lytter.")
    third.publish()

    update = update_of(own.agreement, third.on)

    assert (update.edition.number, update.version.framework.number) == (3, 1)
    assert update.by_lineage[first].stand == row
    assert len(update.waiting) == 4


def test_a_new_stand_replaces_the_one_before_which_is_kept(own, second, framework, lene, next_day):
    first = lineages(framework)[0]
    before = take(own, first, Stand.NO_EFFECT, lene, next_day["at"])
    again = take(own, first, Stand.NO_EFFECT, lene, next_day["at"])
    after = take(own, first, Stand.REVISED, lene, next_day["at"])

    assert again == before
    here = update_of(own.agreement, next_day["on"]).by_lineage[first]
    assert (here.stand, here.earlier) == (after, (before,))
    assert Disposition.objects.get(pk=before.pk).replaced_at == next_day["at"]
    assert Event.objects.filter(name="agreements.disposition.take").count() == 2


def test_the_database_keeps_one_live_stand(own, second, framework, lene, next_day):
    row = take(own, lineages(framework)[0], Stand.NO_EFFECT, lene, next_day["at"])
    row.pk = None
    with pytest.raises(IntegrityError, match=r"one_live_stand_per_new_text|UNIQUE"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("who", ["tove", "mia", "hanne", "ole", "karim"])
def test_only_the_leader_who_answers_for_it_takes_a_stand(cast, own, second, framework, next_day, who):
    actor = later(getattr(cast, who), DAYS)
    with pytest.raises(Refusal, match=r"leader|leder"):
        take(own, lineages(framework)[0], Stand.NO_EFFECT, actor, next_day["at"])
    assert not Disposition.objects.exists()


@pytest.mark.parametrize(
    ("stand", "more"),
    [
        (Stand.KEPT, {}),
        (Stand.KEPT, {"reason": " "}),
        (Stand.EXEMPTED, {"reason": "Vi flytter."}),
        (Stand.EXEMPTED, {"until": 30}),
        (Stand.EXEMPTED, {"reason": "Vi flytter.", "until": -1}),
        (Stand.EXEMPTED, {"reason": "Vi flytter.", "until": 400}),
        (Stand.NO_EFFECT, {"new_text_sha256": "0" * 64}),
    ],
)
def test_a_stand_that_lacks_something_is_refused(own, second, framework, lene, next_day, stand, more):
    if "until" in more:
        more = {**more, "until": next_day["on"] + timedelta(days=more["until"])}
    with pytest.raises(Refusal):
        take(own, lineages(framework)[0], stand, lene, next_day["at"], **more)
    assert not Disposition.objects.exists()


def test_own_text_that_lost_what_it_builds_on_can_only_be_revised_or_wait(own, second, framework, lene, next_day):
    gone = lineages(framework)[1]
    for stand in (Stand.NO_EFFECT, Stand.KEPT):
        with pytest.raises(Refusal):
            take(own, gone, stand, lene, next_day["at"], reason="Vi beholder det.")
    take(own, gone, Stand.REVISED, lene, next_day["at"])
    assert update_of(own.agreement, next_day["on"]).needs_new_text


def test_an_editorial_change_is_asked_of_nobody(own, second, framework, lene, next_day):
    with pytest.raises(Refusal):
        take(own, lineages(framework)[3], Stand.NO_EFFECT, lene, next_day["at"])


def answer_all(version, lene, next_day, **stands):
    """Say no effect to everything, revised where own text lost its tie, or what is given by lineage."""
    for here in update_of(version.agreement, lene.on).waiting:
        chosen = Stand.REVISED if here.loses_ties else Stand.NO_EFFECT
        take(version, here.change.lineage, chosen, lene, next_day["at"])


def test_an_exemption_lasts_until_its_day_and_is_told_to_the_secretariat(cast, own, second, framework, lene, next_day):
    answer_all(own, lene, next_day)
    until = next_day["on"] + timedelta(days=30)
    for lineage in lineages(framework)[:3]:
        more = {"reason": "Vi flytter sammen med Engparken.", "until": until}
        take(own, lineage, Stand.EXEMPTED, lene, next_day["at"], **more)

    assert (
        Message.objects.filter(key__startswith="agreements.exempted")
        .values_list("recipient", flat=True)
        .get(pk=Message.objects.filter(key__startswith="agreements.exempted").latest("pk").pk)
        == cast.hanne.user_id
    )
    assert stages(until)[cast.solbakken.pk].stage == Stage.EXEMPTED
    assert stages(until)[cast.solbakken.pk].until == until
    assert updates_due(until) == []
    day_after = stages(until + timedelta(days=1))[cast.solbakken.pk]
    assert (day_after.stage, day_after.waiting) == (Stage.TO_TAKE, 3)


def test_the_page_and_the_list_say_the_same(own, second, lene, next_day, cast):
    on = next_day["on"]
    for _step in range(5):
        found, update = stages(on)[cast.solbakken.pk], update_of(own.agreement, on)
        assert (found.stage, found.waiting) == (update.stage, len(update.waiting))
        if update.waiting:
            here = update.waiting[0]
            chosen = Stand.REVISED if here.loses_ties else Stand.NO_EFFECT
            take(own, here.change.lineage, chosen, lene, next_day["at"])
    assert found.stage == Stage.TO_FOLLOW


def test_a_new_draft_keeps_every_word_and_cannot_be_sent_before_ties_are_put_right(
    cast, own, second, framework, lene, next_day
):
    answer_all(own, lene, next_day)
    draft = actions.open_draft(workplace=cast.solbakken, actor=lene, **next_day)
    _first, gone, split = lineages(framework)[:3]
    new = lineages(second)

    assert draft.framework == second
    rows = {row.builds_on: row for row in LocalPrinciple.objects.filter(version=draft)}
    assert [row.text for row in rows.values()] == ["Vores eget 0.", "Vores eget 1.", "Vores eget 2."]
    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.ON_THE_WAY
    with pytest.raises(Refusal) as refused:
        actions.send_to_dialogue(version=draft, actor=lene, **next_day)
    assert [item.code for item in refused.value.missing] == ["tie", "tie"]

    actions.remove_local_principle(principle=rows[gone], actor=lene, at=next_day["at"])
    with pytest.raises(Refusal):
        actions.retie_local_principle(principle=rows[split], builds_on=gone, actor=lene, at=next_day["at"])
    actions.retie_local_principle(principle=rows[split], builds_on=new[-1], actor=lene, at=next_day["at"])
    assert missing_before_dialogue(draft, next_day["on"]) == []
    sent = actions.send_to_dialogue(version=draft, actor=lene, **next_day)
    discuss(dialogue=sent.dialogue, leader=lene, employee=later(cast.tove, DAYS), **next_day)
    actions.adopt(version=sent, in_force_from=next_day["on"], actor=lene, **next_day)

    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.FOLLOWS
    assert update_of(own.agreement, next_day["on"]) is None
    own.refresh_from_db()
    assert own.content_sha256 == version_sha256(own)


def test_a_draft_can_be_moved_to_the_new_edition_and_keeps_its_text(cast, framework, body, draft, lene, next_day):
    text = own_principle(lineages(framework)[0])
    actions.add_local_principle(version=draft, **text, actor=cast.lene, at=next_day["at"])
    editor = Editor(cast.hanne, **next_day)
    editor.reword(lineages(framework)[1], "Vi er ordentlige.")
    second = editor.publish()

    assert [row.stage for row in updates_due(next_day["on"])] == [Stage.TO_SWITCH]
    moved = actions.switch_edition(version=draft, actor=lene, **next_day)

    assert moved.framework == second
    assert [row.text for row in LocalPrinciple.objects.filter(version=draft)] == [text["text"]]
    assert [found.stage for found in stages(next_day["on"]).values()] == [Stage.FOLLOWS]
    with pytest.raises(Refusal):
        actions.switch_edition(version=draft, actor=lene, **next_day)


def test_in_dialogue_moving_to_the_new_edition_voids_what_was_confirmed(cast, framework, discussed, lene, next_day):
    editor = Editor(cast.hanne, **next_day)
    editor.reword(lineages(framework)[0], "Vi er ordentlige.")
    second = editor.publish()
    before = discussed.content_sha256

    moved = actions.switch_edition(version=discussed, actor=lene, **next_day)

    assert moved.content_sha256 == version_sha256(moved) != before
    assert moved.framework == second
    with pytest.raises(Refusal):
        actions.adopt(version=moved, in_force_from=next_day["on"], actor=lene, **next_day)


def test_finished_work_is_never_moved(own, second, lene, next_day):
    with pytest.raises(Refusal):
        actions.switch_edition(version=own, actor=lene, **next_day)


def put_aside(cast, version, lene, next_day, days):
    """Decide on what was discussed, to begin some days on."""
    begins = next_day["on"] + timedelta(days=days)
    return actions.adopt(version=version, in_force_from=begins, actor=lene, **next_day)


@pytest.mark.parametrize(("days", "is_refused"), [(60, False), (61, True)])
def test_what_was_decided_on_the_edition_before_enters_into_force_until_the_transition_date(
    cast, framework, discussed, lene, next_day, days, is_refused
):
    editor = Editor(cast.hanne, **next_day)
    editor.reword(lineages(framework)[0], "Vi er ordentlige.")
    editor.publish(transition=60)
    adopted = put_aside(cast, discussed, lene, next_day, days)
    on, at = next_day["on"] + timedelta(days=days), next_day["at"] + timedelta(days=days)

    if is_refused:
        with pytest.raises(Refusal):
            actions.put_in_force(version=adopted, actor=replace(lene, on=on), on=on, at=at)
        more = {"reason": "Vi flytter.", "until": on + timedelta(days=10)}
        take(adopted, lineages(framework)[0], Stand.EXEMPTED, replace(lene, on=on), at, **more)
    begun = actions.put_in_force(version=adopted, actor=replace(lene, on=on), on=on, at=at)

    assert begun.state == "in_force"


def test_a_workplace_without_an_agreement_begins_on_the_new_edition(cast, own, second, next_day):
    ole = later(cast.ole, DAYS)
    begun = actions.open_draft(workplace=cast.nordre_skole, actor=ole, **next_day)

    assert begun.framework == second
    assert stages(next_day["on"])[cast.nordre_skole.pk].stage == Stage.FOLLOWS


def test_where_nothing_is_substantive_nothing_is_asked(cast, in_force, framework, next_day):
    editor = Editor(cast.hanne, **next_day)
    editor.reword(lineages(framework)[0], f"{editor.part(lineages(framework)[0]).text}!", fate="editorial")
    editor.publish()

    update = update_of(in_force.agreement, next_day["on"])

    assert (update.changes, len(update.editorial), update.stage) == ((), 1, Stage.FOLLOWS)
    assert updates_due(next_day["on"]) == []
    assert [row.pk for row in outdated_versions(next_day["on"])] == [in_force.pk]


def test_the_list_costs_the_same_with_more_agreements(
    cast, own, second, engparken, next_day, django_assert_num_queries
):
    assert Agreement.objects.count() == 2
    with django_assert_num_queries(7):
        stages(next_day["on"])
    assert AgreementVersion.objects.count() == 2
    assert principles(second)
