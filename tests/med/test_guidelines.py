# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The reminder list beside the dialogue, and the one tick that it was talked through (R52)."""

from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from samspil.med import actions
from samspil.med.models import Dialogue
from samspil.med.papers import plain_text
from samspil.med.printing import paper_pdf
from tests.med.conftest import what_was_said

GUIDELINE = "Drøft jævnligt, hvordan samarbejdet går."
TICK = 'name="guidelines_discussed"'


def read(response):
    return unescape(response.content.decode())


@pytest.fixture
def paper(paper):
    return replace(paper, guidelines=(GUIDELINE,))


def record(dialogue, body, cast, on, at, **changed):
    said = replace(what_was_said(body, on), **changed)
    return actions.record(
        dialogue=dialogue, record=said, expected_sha256=dialogue.current_paper.sha256, actor=cast.lene, at=at, on=on
    )


@pytest.mark.requirement("R52.dialogue")
def test_the_reminder_list_stands_beside_the_record_and_in_the_paper(cast, dialogue, client_as, municipality):
    client = client_as(cast.tove)

    page = read(client.get(reverse("record_dialogue", args=[dialogue.pk])))

    assert (GUIDELINE in page, TICK in page, "checked" in page.split(TICK)[1].split(">")[0]) == (True, True, False)
    assert GUIDELINE in read(client.get(reverse("dialogue", args=[dialogue.pk])))
    paper = dialogue.current_paper
    assert f"HUSKELISTE\n\n- {GUIDELINE}" in plain_text(title=paper.title, body=paper.body, questions=[])
    assert paper_pdf(dialogue, paper, municipality.name).startswith(b"%PDF")


@pytest.mark.requirement("R52.dialogue")
@pytest.mark.parametrize("is_ticked", [True, False])
def test_the_tick_is_kept_with_the_dialogue_and_blocks_nothing(cast, dialogue, body, client_as, on, at, is_ticked):
    record(dialogue, body, cast, on, at, guidelines_discussed=is_ticked)
    actions.confirm(dialogue=dialogue, actor=cast.tove, at=at, on=on)

    assert Dialogue.objects.get(pk=dialogue.pk).guidelines_discussed is is_ticked
    page = read(client_as(cast.tove).get(reverse("dialogue", args=[dialogue.pk])))
    assert ("Huskelisten er talt igennem." in page) is is_ticked


@pytest.mark.requirement("R52.dialogue")
def test_the_tick_is_sent_from_the_form_and_stands_there_next_time(cast, dialogue, body, client_as, on, at):
    client = client_as(cast.lene)
    address = reverse("record_dialogue", args=[dialogue.pk])
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"employees_stand": "agree", "guidelines_discussed": "on", "held_on": on.isoformat()}

    assert client.post(address, sent).status_code == 302

    assert Dialogue.objects.get(pk=dialogue.pk).guidelines_discussed is True
    assert "checked" in read(client.get(address)).split(TICK)[1].split(">")[0]


def test_a_paper_from_before_has_no_list_and_asks_for_no_tick(cast, body, client_as, at):
    from samspil.med.models import Paper

    dialogue = Dialogue.objects.create(committee=body, occasion="change", opened_at=at)
    old = Paper.objects.create(
        dialogue=dialogue,
        number=1,
        title="Gammel sag",
        link="",
        body={"presentation": "Før", "recommendation": "", "attachments": []},
        sha256="d" * 64,
        presented_at=at,
    )
    Dialogue.objects.filter(pk=dialogue.pk).update(current_paper=old)

    page = read(client_as(cast.tove).get(reverse("record_dialogue", args=[dialogue.pk])))

    assert (TICK in page, "Huskeliste" in page) == (False, False)
