# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.notifications.actions import mark_read, tell
from samspil.notifications.kinds import Kind
from samspil.notifications.models import Delivery, Message
from samspil.notifications.queries import unread
from samspil.notifications.tasks import deliver
from tests.notifications.conftest import TITLE
from tests.reads import reads

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def told(cast, tell_tove, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell_tove("med.confirm.1")
    return Message.objects.get()


def test_nobody_is_told_the_same_thing_twice(cast, told, tell_tove, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        again = tell_tove("med.confirm.1", people=[cast.tove.user_id, cast.arne.user_id, cast.arne.user_id])
    assert again == [cast.arne.user_id]
    assert [sent.to for sent in mail.outbox] == [["tove@example.dk"], ["arne@example.dk"]]


def test_the_mail_is_neutral_and_holds_a_link_only(told, settings):
    (sent,) = mail.outbox
    assert sent.subject == "Der er noget til dig i Samspil"
    assert settings.BASE_URL + "/med/1/" in sent.body
    assert "højtlæsning" not in sent.subject + str(sent.body)
    assert "Solbakken" not in sent.subject + str(sent.body)
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_job_that_runs_again_sends_nothing_again(cast, told):
    assert deliver.func(cast.municipality.pk) == 0
    assert len(mail.outbox) == 1


def test_what_is_not_kept_is_not_told(tell_tove, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        tell_tove()
    assert len(waiting) == 1
    assert mail.outbox == []


def test_telling_thousands_asks_as_many_questions_for_each_thousand(cast, clock):
    from samspil.people.models import User

    User.objects.bulk_create([User(email=f"{n}@example.dk", name=f"Person {n}") for n in range(1500)])
    everybody = list(User.objects.filter(name__startswith="Person ").values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as captured:
        tell(people=everybody, key="k", kind=Kind.MED, title=TITLE, link="/", at=clock.now)

    # The closed days; then, for each thousand: who knows it, is mail on, who wants it how, and the keys of the new rows.
    assert sum(query["sql"].startswith("SELECT") for query in captured.captured_queries) == 1 + 2 * 4
    assert Message.objects.count() == Delivery.objects.count() == 1500


def test_opening_a_message_marks_it_read_and_leads_there(cast, told, client_as):
    client = client_as(cast.tove)
    assert TITLE in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("open_message", args=[told.pk]))
    assert answer.url == "/med/1/"
    assert list(unread(cast.tove.user_id)) == []
    assert TITLE in client.get(reverse("messages")).content.decode()


def test_reading_twice_keeps_the_first_time(told, at):
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
def test_the_list_costs_the_same_however_long(cast, tell_tove, client_as, count):
    for number in range(count):
        tell_tove(str(number))
    assert reads(client_as(cast.tove), reverse("messages")) == 5
