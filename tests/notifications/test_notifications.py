# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest
from django.core import mail
from django.urls import reverse

from samspil.notifications.actions import mark_emailed, mark_read, tell
from samspil.notifications.models import Message
from samspil.notifications.queries import unread
from samspil.notifications.tasks import deliver
from tests.reads import reads

TITLE = "Bekræft drøftelsen om højtlæsning"


@pytest.fixture
def told(cast, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(people=[cast.tove.user_id], key="med.confirm.1", title=TITLE, link="/med/droeftelser/1/", at=at)
    return Message.objects.get()


def test_nobody_is_told_the_same_thing_twice(cast, told, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        again = tell(
            people=[cast.tove.user_id, cast.arne.user_id, cast.arne.user_id],
            key="med.confirm.1",
            title=TITLE,
            link="/med/droeftelser/1/",
            at=at,
        )
    assert [message.recipient_id for message in again] == [cast.arne.user_id]
    assert [sent.to for sent in mail.outbox] == [["tove@example.dk"], ["arne@example.dk"]]


def test_the_mail_is_neutral_and_holds_a_link_only(told, settings):
    (sent,) = mail.outbox
    assert sent.subject == "Der er noget til dig i Samspil"
    assert settings.BASE_URL + "/med/droeftelser/1/" in sent.body
    assert "højtlæsning" not in sent.subject + str(sent.body)
    assert "Solbakken" not in sent.subject + str(sent.body)
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_job_that_runs_again_sends_nothing_again(cast, told):
    assert deliver.func(cast.municipality.pk, [told.pk]) == 0
    assert len(mail.outbox) == 1


def test_a_message_is_claimed_by_one_worker(told, at):
    Message.objects.update(emailed_at=None)
    assert [mark_emailed(message=told, at=at) for _ in range(2)] == [True, False]


def test_what_is_not_kept_is_not_told(cast, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        tell(people=[cast.tove.user_id], key="k", title=TITLE, link="/", at=at)
    assert len(waiting) == 1
    assert mail.outbox == []


def test_opening_a_message_marks_it_read_and_leads_there(cast, told, client_as):
    client = client_as(cast.tove)
    assert TITLE in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("open_message", args=[told.pk]))
    assert answer.url == "/med/droeftelser/1/"
    assert list(unread(cast.tove.user_id)) == []
    assert TITLE in client.get(reverse("messages")).content.decode()


def test_reading_twice_keeps_the_first_time(told, at):
    from datetime import timedelta

    mark_read(message=told, at=at)
    assert mark_read(message=told, at=at + timedelta(days=1)).read_at == at


def test_a_message_never_leads_off_our_site(cast, told, client_as):
    client = client_as(cast.tove)
    for link in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        Message.objects.update(link=link)
        assert client.post(reverse("open_message", args=[told.pk])).url == reverse("messages")


def test_the_message_of_another_is_not_found(cast, told, other_municipality, client_as):
    url = reverse("open_message", args=[told.pk])
    for capacity in (cast.lene, cast.hanne, other_municipality.kaj):
        assert client_as(capacity).post(url).status_code == 404
        assert TITLE not in client_as(capacity).get(reverse("messages")).content.decode()
    assert client_as(cast.tove).get(url).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(cast, at, client_as, count):
    for number in range(count):
        tell(people=[cast.tove.user_id], key=str(number), title=TITLE, link="/", at=at)
    assert reads(client_as(cast.tove), reverse("messages")) == 6
