# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samspil.agreements import actions
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.models import AgreementVersion, Section, Task
from samspil.agreements.pages import draft_page
from samspil.agreements.sections import REGISTRY
from samspil.config.story import discuss, publish_model_framework, put_agreement_in_force, set_up_body, write_draft
from tests.colleagues import engparken_in_force


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    """Let it be the cast's day also where a page asks what day it is."""
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def framework(cast, on, at):
    return publish_model_framework(administrator=cast.hanne, on=on, at=at)


@pytest.fixture
def body(cast, on, at):
    people = {"leader": cast.lene, "deputy": cast.tove, "safety": cast.arne, "administrator": cast.hanne}
    return set_up_body(name="LokalMED Solbakken", units=[cast.solbakken], on=on, at=at, **people)


@pytest.fixture
def draft(cast, framework, body, on, at):
    return write_draft(workplace=cast.solbakken, leader=cast.lene, contact=cast.mia, tasks=2, on=on, at=at)


@pytest.fixture
def at_the_table(cast, draft, on, at):
    return actions.send_to_dialogue(version=draft, actor=cast.lene, on=on, at=at)


@pytest.fixture
def discussed(cast, at_the_table, on, at):
    discuss(dialogue=at_the_table.dialogue, leader=cast.lene, employee=cast.tove, on=on, at=at)
    return AgreementVersion.objects.get(pk=at_the_table.pk)


@pytest.fixture
def in_force(cast, framework, body, on, at):
    return put_agreement_in_force(
        workplace=cast.solbakken,
        leader=cast.lene,
        employee=cast.tove,
        contact=cast.mia,
        remarks="Vi taler om det igen til foråret.",
        on=on,
        at=at,
    )


@pytest.fixture
def engparken(cast, framework, body, on, at):
    return engparken_in_force(cast, on, at)


@pytest.fixture
def url(cast):
    """Give the address of a page of Solbakken's agreement."""
    return lambda name="agreement", *args: reverse(name, args=[cast.solbakken.slug, *args])


@pytest.fixture
def filled(on):
    """Give the one page as a browser would send it, with some of it changed."""

    def fields(version, **changed):
        page = draft_page(version, on)
        sent: dict[str, Any] = {kind: page.sections[kind].text if kind in page.sections else "" for kind in REGISTRY}
        for kind in REGISTRY:
            section = page.sections.get(kind)
            sent[f"revision_{kind}"] = str(section.revision if section else 0)
            sent[f"was_{kind}"] = fingerprint(section.text if section else "")
        sent["tasks"] = sorted(page.ticked)
        sent["tasks_before"] = " ".join(sorted(page.ticked))
        sent["contacts"] = [str(pk) for pk in page.contacts]
        sent["contacts_before"] = " ".join(str(pk) for pk in page.contacts)
        return {**sent, "intent": "save", **changed}

    return fields


@pytest.fixture
def text_of():
    """Give what a section says now."""
    return lambda version, kind: Section.objects.get(version=version, kind=kind).text


@pytest.fixture
def titles():
    """Give the titles of a version's tasks."""
    return lambda version: [task.title for task in Task.objects.filter(version=version)]
