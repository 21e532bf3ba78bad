# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who was heard about the agreement, and when (R55)."""

from datetime import timedelta
from html import unescape

import pytest

from samspil.agreements import actions
from samspil.agreements.actions.locking import NotTheLeaderError
from samspil.agreements.content import version_sha256
from samspil.agreements.involvement import heard_about, is_long_ago
from samspil.agreements.models import AgreementVersion, Involvement
from samspil.audit.queries import events_of
from samspil.foundation.errors import Refusal


def read(response):
    return unescape(response.content.decode())


def hear(agreement, actor, on, at, words="Pårørenderådet, om ture", days_ago=0):
    day = on - timedelta(days=days_ago)
    return actions.add_involvement(agreement=agreement, heard_on=day, words=words, actor=actor, on=on, at=at)


@pytest.mark.requirement("R55")
def test_the_dialogue_is_the_first_event_and_others_come_on_top(cast, in_force, on, at):
    agreement = in_force.agreement
    before = version_sha256(in_force)
    row = hear(agreement, cast.lene, on, at, days_ago=3)

    heard = heard_about(agreement)

    assert [(line.on, line.title) for line in heard] == [
        (on, "Drøftet med MED: LokalMED Solbakken"),
        (on - timedelta(days=3), "Pårørenderådet, om ture"),
    ]
    assert version_sha256(AgreementVersion.objects.get(pk=in_force.pk)) == before == in_force.content_sha256
    assert events_of(row).last().name == "agreements.involvement.add"


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(("days", "is_noted"), [(365, False), (366, False), (367, True)])
def test_after_more_than_a_year_there_is_a_friendly_note(cast, in_force, client_as, url, on, at, days, is_noted):
    later = on + timedelta(days=days)
    assert is_long_ago(heard_about(in_force.agreement), later) is is_noted

    hear(in_force.agreement, cast.lene, later, at)
    assert is_long_ago(heard_about(in_force.agreement), later) is False


def test_where_nobody_was_heard_yet_there_is_no_note(cast, draft, on):
    assert is_long_ago(heard_about(draft.agreement), on) is False


def test_a_day_to_come_and_no_words_are_refused(cast, draft, on, at):
    with pytest.raises(Refusal):
        hear(draft.agreement, cast.lene, on, at, days_ago=-1)
    with pytest.raises(Refusal):
        hear(draft.agreement, cast.lene, on, at, words="  ")
    assert Involvement.objects.count() == 0


@pytest.mark.parametrize("who", ["tove", "hanne", "ole"])
def test_only_the_leader_notes_it(cast, draft, on, at, who):
    row = hear(draft.agreement, cast.lene, on, at)

    with pytest.raises(NotTheLeaderError):
        hear(draft.agreement, getattr(cast, who), on, at)
    with pytest.raises(NotTheLeaderError):
        actions.take_out_involvement(involvement=row, actor=getattr(cast, who), at=at)


@pytest.mark.requirement("R55")
def test_the_leader_notes_it_on_its_page_and_colleagues_read_it(cast, in_force, client_as, url):
    leader = client_as(cast.lene)
    assert url("involvement") in read(leader.get(url()))

    sent = {"words": "Skolebestyrelsen, om lektiehjælp", "heard_on": "2026-10-01"}
    response = leader.post(url("involvement"), sent, follow=True)

    assert "Skolebestyrelsen, om lektiehjælp" in read(response)
    page = read(client_as(cast.tove).get(url()))
    assert ("Skolebestyrelsen, om lektiehjælp" in page, url("involvement") in page) == (True, False)


def test_a_line_can_be_taken_out_and_is_kept(cast, in_force, client_as, url, on, at):
    row = hear(in_force.agreement, cast.lene, on, at)
    leader = client_as(cast.lene)

    response = leader.post(url("take_out_involvement", row.pk), follow=True)

    assert [line.row for line in response.context["heard"]] == [None]
    assert Involvement.objects.get(pk=row.pk).taken_out_at is not None
    assert leader.post(url("take_out_involvement", row.pk)).status_code == 404


@pytest.mark.parametrize("sent", [{"words": "", "heard_on": "2026-10-01"}, {"words": "Alle", "heard_on": "2027-10-01"}])
def test_faults_are_said_and_the_words_given_back(cast, in_force, client_as, url, sent):
    response = client_as(cast.lene).post(url("involvement"), sent)

    assert response.status_code == 422
    assert response.context["form"].errors != {}


def test_a_line_of_another_workplace_is_not_found(cast, in_force, engparken, client_as, url, on, at):
    row = Involvement.objects.create(
        agreement=engparken.agreement, heard_on=on, words="Andre", added_at=at, added_by_id=cast.lene.person
    )

    assert client_as(cast.lene).post(url("take_out_involvement", row.pk)).status_code == 404
