# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two at once, on connections of their own: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

from samspil.config.cast import build_cast
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal
from samspil.med import actions
from samspil.med.models import Confirmation, Dialogue
from samspil.med.states import State
from tests.med.conftest import set_up_body, what_was_said


@pytest.fixture
def recorded(transactional_db, paper, at, on):
    """The cast and a record that waits, committed, with no scope left open."""
    cast = build_cast(on=on, at=at)
    with tenancy.scope(cast.municipality.pk):
        body = set_up_body(cast, at)
        dialogue = actions.open_dialogue(committee=body, occasion="change", paper=paper, actor=cast.lene, at=at)
        actions.record(
            dialogue=dialogue,
            record=what_was_said(body, on),
            expected_sha256=paper.sha256,
            actor=cast.lene,
            at=at,
            on=on,
        )
    return cast, dialogue


def both(municipality, *steps):
    """Run the steps at the same moment; return what each came to."""
    start = Barrier(len(steps))

    def run(step):
        close_old_connections()
        try:
            with tenancy.scope(municipality.pk):
                start.wait()
                step()
        except Refusal:
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return sorted(pool.map(run, steps))


def test_two_confirmations_at_once_are_one(recorded, at, on):
    cast, dialogue = recorded
    given = {"dialogue": dialogue, "at": at, "on": on}
    outcome = both(
        cast.municipality,
        lambda: actions.confirm(actor=cast.tove, **given),
        lambda: actions.confirm(actor=cast.arne, **given),
    )
    assert outcome == ["done", "refused"]
    with tenancy.scope(cast.municipality.pk):
        assert Confirmation.objects.filter(answer="confirmed").count() == 1


def test_a_yes_and_a_no_at_once_are_one_answer(recorded, at, on):
    cast, dialogue = recorded
    given = {"dialogue": dialogue, "at": at, "on": on}
    outcome = both(
        cast.municipality,
        lambda: actions.confirm(actor=cast.tove, **given),
        lambda: actions.refuse_confirmation(actor=cast.arne, reason="Nej.", **given),
    )
    assert outcome == ["done", "refused"]


def test_a_yes_never_survives_a_paper_presented_again_at_the_same_moment(recorded, corrected, at, on):
    cast, dialogue = recorded
    both(
        cast.municipality,
        lambda: actions.confirm(dialogue=dialogue, actor=cast.tove, at=at, on=on),
        lambda: actions.present_again(dialogue=dialogue, paper=corrected, actor=cast.lene, at=at),
    )
    with tenancy.scope(cast.municipality.pk):
        assert Dialogue.objects.get(pk=dialogue.pk).state == State.WAITING
        assert not Confirmation.objects.exclude(answer="voided").exists()
