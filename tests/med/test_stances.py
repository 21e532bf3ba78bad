# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a body makes of the framework's guidelines: as it is, in our words, not relevant here (R63)."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from samspil.audit.models import Event
from samspil.config.story import publish_model_framework
from samspil.foundation.errors import Refusal
from samspil.frameworks import actions as frameworks
from samspil.frameworks.models import Element
from samspil.med import actions
from samspil.med.models import GuidelineStance
from samspil.med.queries import guidelines, stance_lines, stance_lines_at, with_stance
from samspil.notifications.models import Message

OURS = "Vi spørger på tavlemødet."


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def first(framework):
    return guidelines(framework)[0]


def take(cast, body, on, at, *, actor=None, **stances):
    given = stances["stances"]
    return actions.take_stances(committee=body, stances=given, actor=actor or cast.tove, at=at, on=on)


def line_of(body, element):
    return stance_lines(body, [element])[0]


@pytest.mark.requirement("R63")
def test_nothing_is_said_until_somebody_says_it(body, first):
    line = line_of(body, first)
    assert (str(line.label), line.in_words, with_stance(line)) == ("ikke drøftet endnu", "", first.text)


@pytest.mark.requirement("R63")
def test_a_stance_is_dated_kept_and_told_to_both_sides_and_the_leaders(cast, body, first, on, at):
    take(cast, body, on, at, stances={first.lineage: ("own_words", OURS)})

    line = line_of(body, first)
    assert line.in_words == f"LokalMED Solbakken, 23. november 2026: i vores ord: {OURS}"
    assert (line.stance.taken_by_id, line.is_about_older_words) == (cast.tove.user_id, False)
    told = Message.objects.filter(key=f"med.stances.{line.stance.pk}").values_list("recipient__name", flat=True)
    assert set(told) == {"Lene Holm", "Arne Bech"}
    assert Event.objects.get(name="med.stances.take").changes == {str(first.lineage): "own_words"}


@pytest.mark.requirement("R63")
def test_a_new_stance_ends_the_one_before_and_the_same_again_changes_nothing(cast, body, first, on, at):
    take(cast, body, on, at, stances={first.lineage: ("own_words", OURS)})
    take(cast, body, on, at, stances={first.lineage: ("not_relevant", "Ord, der ikke hører til")})
    assert take(cast, body, on, at, stances={first.lineage: ("not_relevant", "")}) == []

    rows = GuidelineStance.objects.filter(committee=body).values_list("stance", "words", "ended_at")
    assert list(rows) == [("own_words", OURS, at), ("not_relevant", "", None)]


@pytest.mark.requirement("R63")
def test_a_reworded_guideline_shows_that_the_stance_is_about_the_older_words(cast, body, framework, first, on, at):
    take(cast, body, on, at, stances={first.lineage: ("as_it_is", "")})
    draft = frameworks.copy_version(version=framework, actor=cast.hanne, at=at)
    copied = Element.objects.get(version=draft, lineage=first.lineage)
    assert line_of(body, copied).is_about_older_words is False
    copied.text = "Nye ord."

    line = line_of(body, copied)

    assert line.is_about_older_words is True
    assert with_stance(line) == (
        "Nye ord. (LokalMED Solbakken, 23. november 2026, om den tidligere ordlyd: som den er)"
    )


@pytest.mark.parametrize(("stance", "words"), [("own_words", ""), ("own_words", "  "), ("maybe", "")])
def test_ones_own_words_are_written_and_a_stance_is_one_of_three(cast, body, first, on, at, stance, words):
    with pytest.raises(Refusal):
        take(cast, body, on, at, stances={first.lineage: (stance, words)})
    assert GuidelineStance.objects.count() == 0


def test_what_is_no_guideline_of_the_edition_in_force_is_refused(cast, body, first, on, at):
    with pytest.raises(Refusal, match="ændret"):
        take(cast, body, on, at, stances={uuid4(): ("as_it_is", "")})


def test_only_the_body_and_the_leaders_of_what_it_covers_take_one(cast, body, first, on, at):
    for stranger in (cast.mia, cast.ole, cast.hanne, cast.dorte, cast.frida, cast.joergen):
        with pytest.raises(Refusal):
            take(cast, body, on, at, actor=stranger, stances={first.lineage: ("as_it_is", "")})


def test_a_workplace_has_the_stance_of_the_body_that_speaks_for_it(cast, body, first, on, at):
    take(cast, body, on, at, stances={first.lineage: ("as_it_is", "")})
    here, elsewhere = (stance_lines_at(unit, [first], on)[0] for unit in (cast.solbakken, cast.nordre_skole))
    assert (here.stance.stance, elsewhere.stance) == ("as_it_is", None)


def test_the_paper_carries_what_the_body_made_of_it(cast, body, first, on, at):
    take(cast, body, on, at, stances={first.lineage: ("own_words", OURS)})
    dialogue = actions.open_framework_dialogue(committee=body, actor=cast.lene, at=at, on=on)
    assert dialogue.current_paper.body["guidelines"][0] == (
        f"{first.text} (LokalMED Solbakken, 23. november 2026: i vores ord: {OURS})"
    )


@pytest.mark.requirement("R63")
def test_the_page_takes_some_now_and_leaves_the_rest(cast, body, first, client_as):
    client, page = client_as(cast.tove), reverse("take_stances", args=[body.slug])
    assert client.get(page).status_code == 200
    key = first.lineage
    refused = client.post(page, {f"stance_{key}": "own_words"})
    assert (refused.status_code, "egne ord" in unescape(refused.content.decode())) == (422, True)

    answer = client.post(page, {f"words_{key}": OURS})

    assert answer["Location"] == reverse("guideline_stances", args=[body.slug])
    assert [(row.lineage, row.words) for row in GuidelineStance.objects.all()] == [(key, OURS)]
    shown = unescape(client_as(cast.mia).get(answer["Location"]).content.decode())
    assert (OURS in shown, "Ikke drøftet endnu" in shown or "ikke drøftet endnu" in shown) == (True, True)
    assert client_as(cast.mia).get(page).status_code == 403
