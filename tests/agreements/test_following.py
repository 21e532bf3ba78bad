# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Where every change is answered and no text is to be written, the next version follows without a dialogue (R53)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command

from samspil.agreements import actions
from samspil.agreements.actions.announcing import MaterialChangeError
from samspil.agreements.content import version_content, version_sha256
from samspil.agreements.disposition_models import Stand
from samspil.agreements.models import AgreementVersion
from samspil.agreements.states import State
from samspil.agreements.update_stages import Stage, stages, updates_due
from samspil.agreements.updates import update_of
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from tests.agreements.test_existing import AS_IT_IS
from tests.editions import Editor, later, lineages

pytestmark = pytest.mark.requirement("R53.succession")

DAYS = 10


@pytest.fixture
def lene(cast):
    return later(cast.lene, DAYS)


@pytest.fixture
def next_day(on, at):
    return {"on": on + timedelta(days=DAYS), "at": at + timedelta(days=DAYS)}


@pytest.fixture
def second(cast, in_force, framework, next_day):
    """Edition 2, with one principle worded anew and one gone."""
    editor = Editor(cast.hanne, **next_day)
    first, gone = lineages(framework)[:2]
    editor.reword(first, "Frivillige lægger altid noget oven i.")
    editor.remove(gone)
    return editor.publish()


@pytest.fixture
def take(in_force, lene, next_day):
    """Take a stand; without a change named, on everything that waits."""

    def do(stand=Stand.NO_EFFECT, lineage=None, **more):
        waiting = [here.change.lineage for here in update_of(in_force.agreement, lene.on).waiting]
        for one in [lineage] if lineage else waiting:
            actions.take_stand(
                agreement=in_force.agreement, lineage=one, stand=stand, actor=lene, at=next_day["at"], **more
            )

    return do


def follow(version, lene, next_day):
    return actions.follow_edition(agreement=version.agreement, actor=lene, **next_day)


def finish(cast, version, next_day, days=20):
    """Let the days go by that the employee side has, and the hourly job do its work."""
    on, at = next_day["on"] + timedelta(days=days), next_day["at"] + timedelta(days=days)
    system = system_capacity(municipality_id=cast.municipality.pk, on=on, name="samspil hourly")
    return actions.adopt(version=version, in_force_from=on, actor=system, on=on, at=at)


def test_nothing_follows_before_every_change_is_answered(in_force, second, framework, take, lene, next_day):
    take(lineage=lineages(framework)[0])

    with pytest.raises(Refusal) as refused:
        follow(in_force, lene, next_day)

    assert [item.code for item in refused.value.missing] == ["stand"]
    assert list(AgreementVersion.objects.all()) == [in_force]


def test_no_side_path_announces_a_version_without_the_stands(in_force, second, cast, lene, next_day):
    draft = actions.open_draft(workplace=cast.solbakken, actor=lene, **next_day)
    with pytest.raises(MaterialChangeError) as refused:
        actions.announce(version=draft, reason="Kun ordene.", actor=lene, at=next_day["at"])
    assert [item.code for item in refused.value.missing] == ["stand", "stand"]


def test_a_version_with_the_same_text_follows_after_ten_working_days(cast, in_force, second, take, lene, next_day):
    before = version_content(in_force)
    take(Stand.KEPT, reason="Sådan gør vi allerede.")
    assert update_of(in_force.agreement, next_day["on"]).follows_without_dialogue

    announced = follow(in_force, lene, next_day)

    assert (announced.state, announced.framework, announced.dialogue) == (State.ANNOUNCED, second, None)
    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.ON_THE_WAY
    with pytest.raises(Refusal):
        finish(cast, announced, next_day, days=3)
    begun = finish(cast, announced, next_day)

    assert begun.state == State.IN_FORCE
    assert {**version_content(begun), "common": 0} == {**before, "common": 0}
    assert version_content(begun)["common"] != before["common"]
    in_force.refresh_from_db()
    assert (in_force.state, version_content(in_force)) == (State.SUPERSEDED, before)
    assert in_force.content_sha256 == version_sha256(in_force)
    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.FOLLOWS
    assert updates_due(next_day["on"] + timedelta(days=20)) == []


def test_an_objection_makes_it_a_draft_on_the_new_edition(cast, in_force, second, take, lene, next_day):
    take()
    announced = follow(in_force, lene, next_day)

    draft = actions.object_to(
        version=announced, reason="Vi vil tale om det.", actor=later(cast.tove, DAYS), at=next_day["at"]
    )

    assert (draft.state, draft.framework) == (State.DRAFT, second)
    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.ON_THE_WAY


@pytest.mark.parametrize(
    ("stand", "more", "code"),
    [
        (Stand.REVISED, {}, "revised"),
        (Stand.EXEMPTED, {"reason": "Vi flytter.", "until": 30}, "exempted"),
    ],
)
def test_new_text_and_exemptions_stand_in_the_way(
    cast, in_force, second, framework, take, lene, next_day, stand, more, code
):
    if "until" in more:
        more = {**more, "until": next_day["on"] + timedelta(days=more["until"])}
    take(stand, lineages(framework)[0], **more)
    take()

    with pytest.raises(Refusal):
        follow(in_force, lene, next_day)
    draft = actions.open_draft(workplace=cast.solbakken, actor=lene, **next_day)
    with pytest.raises(MaterialChangeError) as refused:
        actions.announce(version=draft, reason="Kun ordene.", actor=lene, at=next_day["at"])

    assert [item.code for item in refused.value.missing] == [code]


def test_a_stand_that_is_changed_while_it_is_announced_stops_it(
    cast, in_force, second, framework, take, lene, next_day
):
    take()
    announced = follow(in_force, lene, next_day)
    take(Stand.REVISED, lineages(framework)[0])

    with pytest.raises(Refusal) as refused:
        finish(cast, announced, next_day)

    assert [item.code for item in refused.value.missing] == ["revised"]


def test_a_third_edition_while_the_second_is_announced_is_asked_about_when_that_is_in_force(
    cast, in_force, second, framework, take, lene, next_day
):
    take()
    announced = follow(in_force, lene, next_day)
    third = Editor(cast.hanne, next_day["on"] + timedelta(days=2), next_day["at"] + timedelta(days=2))
    third.add("Vi lytter.")
    third.reword(lineages(second)[0], "Frivillige lægger noget tredje oven i.")
    third.publish()

    begun = finish(cast, announced, next_day)

    on = next_day["on"] + timedelta(days=20)
    update = update_of(begun.agreement, on)
    assert (begun.state, update.version.framework.number, update.edition.number) == (State.IN_FORCE, 2, 3)
    assert [here.what_became for here in update.changes] == ["substantive", "added"]
    for here in update.waiting:
        actions.take_stand(
            agreement=begun.agreement,
            lineage=here.change.lineage,
            stand=Stand.NO_EFFECT,
            actor=replace(lene, on=on),
            at=next_day["at"] + timedelta(days=20),
        )
    again = actions.follow_edition(
        agreement=begun.agreement, actor=replace(lene, on=on), on=on, at=next_day["at"] + timedelta(days=20)
    )
    assert again.framework == third.draft


def test_an_agreement_from_before_the_framework_is_asked_too_and_then_waits_for_its_review(
    cast, framework, body, lene, on, at, next_day
):
    actions.set_existing_window(opens=on, closes=on + timedelta(days=30), actor=cast.hanne, on=on, at=at)
    review_on = on + timedelta(days=200)
    entered = replace(AS_IT_IS, review_on=review_on)
    version = actions.enter_existing(workplace=cast.solbakken, entered=entered, actor=cast.lene, on=on, at=at)
    editor = Editor(cast.hanne, **next_day)
    first = lineages(framework)[0]
    editor.reword(first, "Frivillige lægger altid noget oven i.")
    editor.publish()
    assert stages(next_day["on"])[cast.solbakken.pk].stage == Stage.TO_TAKE

    taken = {"agreement": version.agreement, "lineage": first, "actor": lene, "at": next_day["at"]}
    actions.take_stand(**taken, stand=Stand.NO_EFFECT)

    found = stages(review_on)[cast.solbakken.pk]
    assert (found.stage, found.until) == (Stage.REVIEW, review_on)
    assert update_of(version.agreement, next_day["on"]).stage == Stage.REVIEW
    assert stages(review_on + timedelta(days=1))[cast.solbakken.pk].stage == Stage.TO_FOLLOW
    with pytest.raises(Refusal):
        follow(version, lene, next_day)
    actions.take_stand(**taken, stand=Stand.REVISED)
    draft = actions.open_draft(workplace=cast.solbakken, actor=lene, **next_day)
    assert draft.framework == editor.draft


def test_the_hourly_job_lets_it_begin(cast, in_force, second, take, lene, next_day):
    take()
    announced = follow(in_force, lene, next_day)
    assert announced.objection_due > next_day["on"]
    call_command("hourly")
    announced.refresh_from_db()
    assert announced.state == State.ANNOUNCED
