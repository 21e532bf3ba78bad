# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""An agreement that the body sends on is decided on the strength of what the body above said (R43), and the
stance of the body stands beside the guidelines (R63)."""

from html import unescape

import pytest
from django.urls import reverse

from samspil.agreements import actions
from samspil.agreements.happenings import timeline
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import coverage
from samspil.agreements.states import State
from samspil.config.cast import grant
from samspil.config.story import discuss, publish_model_framework, set_up_body, write_draft
from samspil.foundation.errors import Refusal
from samspil.frameworks.models import Audience, Element
from samspil.frameworks.queries import principles
from samspil.med import actions as med
from samspil.people.models import Role


@pytest.fixture
def people(cast, at):
    return {
        "leader": grant("Bo Lund", Role.LEADER, cast.elderly, "ældrechef", actor=cast.hanne, at=at),
        "deputy": grant("Pia Dahl", Role.EMPLOYEE, cast.elderly, "konsulent", actor=cast.hanne, at=at),
    }


@pytest.fixture
def body(cast, people, on, at):
    publish_model_framework(administrator=cast.hanne, on=on, at=at)
    given = {"administrator": cast.hanne, "on": on, "at": at}
    set_up_body(name="OmrådeMED", units=[cast.elderly], safety=None, **people, **given)
    return set_up_body(
        name="LokalMED", units=[cast.solbakken], leader=cast.lene, deputy=cast.tove, safety=cast.arne, **given
    )


@pytest.fixture
def version(cast, body, on, at):
    draft = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)
    return actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)


@pytest.fixture
def further(cast, version, at):
    return med.send_on(dialogue=version.dialogue, reason="Det gælder alle.", actor=cast.tove, at=at)


def current(version):
    return AgreementVersion.objects.get(pk=version.pk)


@pytest.mark.requirement("R43.adoption")
def test_the_leader_decides_when_the_body_above_has_discussed_it(cast, version, further, people, on, at):
    with pytest.raises(Refusal):
        actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)
    discuss(dialogue=further, leader=people["leader"], employee=people["deputy"], on=on, at=at)

    adopted = actions.adopt(version=version, in_force_from=on, actor=cast.lene, on=on, at=at)

    assert adopted.state == State.IN_FORCE
    assert (current(version).dialogue_id, current(version).discussion) == (version.dialogue_id, further)
    assert coverage([cast.solbakken.pk])[cast.solbakken.pk].discussed == on
    assert [line.text for line in timeline(current(version))][1:4] == [
        "Sendt til LokalMED",
        "Sendt videre til OmrådeMED",
        "Drøftet med MED",
    ]


def test_corrected_at_the_table_above_it_is_presented_again_there(cast, version, further, at):
    common = principles(version.framework)[0].lineage
    words = {"text": "Vi siger godmorgen.", "how": "Til alle."}
    actions.add_local_principle(version=version, builds_on=common, **words, actor=cast.lene, at=at)
    further.refresh_from_db()
    assert further.papers.count() == 2
    assert current(version).content_sha256 == further.current_paper.sha256


def test_taken_back_it_is_taken_back_from_the_body_above(cast, version, further, on, at):
    actions.take_back(version=version, reason="Ikke nu", actor=cast.lene, at=at)
    further.refresh_from_db()
    assert further.state == "withdrawn"


def test_the_page_says_where_it_lies_now(cast, version, further, client_as):
    page = unescape(client_as(cast.lene).get(reverse("agreement", args=[cast.solbakken.slug])).content.decode())
    assert "OmrådeMED" in page
    assert reverse("dialogue", args=[further.pk]) in page


@pytest.mark.requirement("R63")
def test_the_stance_of_the_body_stands_beside_the_guideline_and_in_the_paper(cast, body, client_as, on, at):
    wanted = {Audience.LEADER: "Vi spørger ved tavlen.", Audience.COMMITTEE: "Punkt på hvert møde."}
    first = {audience: Element.objects.filter(audience=audience).first() for audience in wanted}
    med.take_stances(
        committee=body,
        stances={first[audience].lineage: ("own_words", words) for audience, words in wanted.items()},
        actor=cast.tove,
        at=at,
        on=on,
    )
    draft = write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)

    page = unescape(client_as(cast.lene).get(reverse("agreement", args=[cast.solbakken.slug])).content.decode())
    sent = actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)

    assert wanted[Audience.LEADER] in page
    assert any(wanted[Audience.COMMITTEE] in line for line in sent.dialogue.current_paper.body["guidelines"])
