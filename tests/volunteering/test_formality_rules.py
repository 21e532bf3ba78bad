# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's rules: from day to day, none overlapping or contradicting another, and nobody stopped silently."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samspil.foundation.errors import Refusal
from samspil.notifications.models import Message
from samspil.volunteering import actions
from samspil.volunteering.actions.formality_rules import ensure_rules
from samspil.volunteering.actions.reevaluating import begin_reevaluation, reevaluate_some
from samspil.volunteering.formality_items import items_for, missing_formalities
from samspil.volunteering.formality_list import shipped_rules
from samspil.volunteering.formality_rules import RuleContent, rules_on, what_is_wrong
from samspil.volunteering.models import Engagement, FormalityDate, FormalityRule, Reevaluation
from samspil.volunteering.models.formalities import How, Outcome
from tests.volunteering.clearing import put_in_place

PHOTOS = RuleContent(
    title="Ingen billeder", text="Tag ingen billeder af andre.", due_point="before_start", level="local", trigger={}
)


@pytest.fixture
def rules(cast, on, at):
    ensure_rules(on=on, at=at)


def save(cast, on, at, content=PHOTOS, code="", valid_from=None, **more):
    return actions.save_rule(
        code=code, content=content, valid_from=valid_from or on, actor=cast.hanne, on=on, at=at, **more
    )


def round_on(day, at):
    row = begin_reevaluation(on=day, at=at)
    while reevaluate_some(reevaluation_id=row.pk, on=day, at=at):
        pass


@pytest.mark.requirement("R39")
def test_the_shipped_rules_stand_beside_each_other(rules, on):
    rows = list(FormalityRule.objects.all())

    assert len(rows) == len(shipped_rules())
    assert [row.checked_on for row in rows] == [None] * len(rows)
    for row in rows:
        content = RuleContent(
            row.title, row.text, row.due_point, row.level, row.trigger, row.decided_by, row.certificate
        )
        others = [other for other in rows if other.pk != row.pk]
        assert what_is_wrong(content, code=row.code, valid_from=on, others=others) == []


def test_the_shipped_rules_are_put_in_place_once(cast, rules, on, at):
    assert actions.install_rules(actor=cast.hanne, on=on, at=at) == 0


@pytest.mark.requirement("R39")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"trigger": {"shoe_size": [44]}}, "unknown"),
        ({"trigger": {"sector": ["spaceport"]}}, "unknown"),
        ({"trigger": {"sector": []}}, "unknown"),
        ({"trigger": {"under_18": [True, False]}}, "always"),
        ({"trigger": {"sector": ["library"], "task": ["sports.swimming"]}}, "never"),
        ({"level": "information"}, "information"),
        ({"title": "Tavshedspligt", "due_point": "first_day"}, "contradiction"),
        (
            {"certificate": "child", "decided_by": "certificate_orderer", "trigger": {"under_18": [False]}},
            "contradiction",
        ),
    ],
)
def test_a_rule_that_cannot_stand_is_refused(cast, rules, change, code, on, at):
    with pytest.raises(Refusal) as refused:
        save(cast, on, at, replace(PHOTOS, **change))

    assert [missing.code for missing in refused.value.missing] == [code]
    assert not FormalityRule.objects.filter(title=PHOTOS.title).exists()


def test_rules_of_different_people_do_not_contradict_each_other(cast, rules, on, at):
    save(cast, on, at, replace(PHOTOS, trigger={"sector": ["school"]}))

    rule = save(cast, on, at, replace(PHOTOS, trigger={"sector": ["library"]}, due_point="first_day"))

    assert rule.code == "ingen-billeder-2"


@pytest.mark.requirement("R39")
def test_a_change_is_a_new_row_and_the_old_one_is_kept(cast, rules, on, at):
    later = on + timedelta(days=10)
    save(cast, on, at, replace(PHOTOS, title="Tavshed"), code="confidentiality", valid_from=later)

    rows = FormalityRule.objects.filter(code="confidentiality").order_by("valid_from")
    assert [(row.title, row.valid_from, row.valid_until) for row in rows] == [
        ("Tavshedspligt", on, later - timedelta(days=1)),
        ("Tavshed", later, None),
    ]
    titles = [next(rule.title for rule in rules_on(day) if rule.code == "confidentiality") for day in (on, later)]
    assert titles == ["Tavshedspligt", "Tavshed"]


@pytest.mark.parametrize(("days", "code"), [(0, "overlap"), (-1, "overlap")])
def test_two_wordings_never_hold_on_one_day(cast, rules, days, code, on, at):
    with pytest.raises(Refusal) as refused:
        save(cast, on, at, code="confidentiality", valid_from=on + timedelta(days=days))

    assert refused.value.missing[0].code == code


def test_what_held_before_is_not_rewritten(cast, rules, on, at):
    with pytest.raises(Refusal, match="skrives ikke om"):
        save(cast, on, at, valid_from=on - timedelta(days=1))


@pytest.mark.parametrize("who", ["lene", "mia", "karim", "dorte"])
def test_rules_are_the_secretariats(cast, rules, who, on, at):
    with pytest.raises(Refusal, match="sekretariat"):
        actions.save_rule(code="", content=PHOTOS, valid_from=on, actor=getattr(cast, who), on=on, at=at)


@pytest.mark.requirement("R39")
def test_words_that_ask_anew_make_what_was_in_place_count_no_longer(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    later = on + timedelta(days=1)
    content = replace(PHOTOS, title="Tavshedspligt")

    save(cast, on, at, content, code="confidentiality", valid_from=later, asks_again=True)

    assert [missing.code for missing in missing_formalities(aase, on)] == []
    assert [missing.code for missing in missing_formalities(aase, later)] == ["formality.confidentiality"]


@pytest.mark.requirement("R39")
def test_a_new_rule_gives_those_who_are_here_a_day_and_pauses_on_it(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    save(cast, on, at)

    round_on(on, at)

    day = FormalityDate.objects.get()
    stops_on = on + timedelta(days=30)
    assert (day.code, day.told_on, day.stops_on) == ("ingen-billeder-1", on, stops_on)
    assert set(Message.objects.values_list("recipient__name", flat=True)) >= {"Mia Lund", "Lene Holm"}
    round_on(stops_on - timedelta(days=1), at)
    assert Engagement.objects.get().state == "active"
    round_on(stops_on, at)
    paused = Engagement.objects.get()
    assert (paused.state, paused.paused_by, paused.paused_on) == ("paused", "formality", stops_on)


@pytest.mark.requirement("R39")
def test_what_is_in_place_in_time_pauses_nobody(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    rule = save(cast, on, at)
    round_on(on, at)
    decided = {"outcome": Outcome.IN_PLACE, "how": How.ALOUD, "decided_on": on}

    actions.decide(engagement=aase, codes=[rule.code], **decided, actor=cast.mia, on=on, at=at)

    round_on(on + timedelta(days=40), at)
    assert Engagement.objects.get().state == "active"
    assert FormalityDate.objects.filter(closed_on=None).count() == 0


@pytest.mark.requirement("R39")
def test_a_rule_that_is_ended_stops_nobody(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    rule = save(cast, on, at)
    round_on(on, at)

    actions.end_rule(rule=rule, on=on, actor=cast.hanne, at=at)

    round_on(on + timedelta(days=40), at)
    assert Engagement.objects.get().state == "active"


@pytest.mark.requirement("R39")
def test_who_was_here_before_has_until_a_day(cast, aase, on, at):
    until = on + timedelta(days=90)
    Engagement.objects.update(here_since=on.replace(year=2019), todo_until=until)

    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    round_on(on, at)

    days = set(FormalityDate.objects.values_list("stops_on", flat=True))
    assert (Engagement.objects.get().state, days) == ("active", {until})
    round_on(until, at)
    assert Engagement.objects.get().paused_by == "formality"


@pytest.mark.requirement("R39")
def test_what_expires_is_told_sixty_thirty_and_no_days_before(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)
    FormalityRule.objects.filter(code="safety").update(renewal_months=12)
    expires = on.replace(year=2027)
    told = []
    for days in (61, 60, 59, 31, 30, 29, 1, 0):
        round_on(expires - timedelta(days=days), at)
        now = Message.objects.filter(recipient_id=cast.mia.person, key__startswith="volunteering.formalities:").count()
        told += [days] if now > len(told) else []

    assert told == [60, 30, 0]
    assert Engagement.objects.get().paused_by == "formality"


def test_the_round_says_how_far_it_has_come(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)
    actions.activate(engagement=aase, actor=cast.mia, on=on, at=at)

    round_on(on, at)

    last = Reevaluation.objects.latest("pk")
    assert (last.total, last.done, last.finished_at) == (1, 1, at)


def test_what_is_noted_stays_when_the_rule_ends(cast, aase, on, at):
    put_in_place(aase, actor=cast.mia, on=on, at=at)

    actions.end_rule(rule=FormalityRule.objects.get(code="safety"), on=on, actor=cast.hanne, at=at)

    assert "safety" not in [item.code for item in items_for(aase, on + timedelta(days=1))]
    assert aase.formalities.filter(code="safety").exists()
