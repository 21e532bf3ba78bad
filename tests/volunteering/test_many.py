# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two that are one person, words to many, and volunteers without an agreement."""

import pytest
from django.core import mail
from django.urls import reverse

from samspil.foundation.errors import Refusal
from samspil.notifications.models import MailSwitch, OutsideMail
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.duplicates import pairs_among
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer, VolunteerMessage
from samspil.volunteering.queries import room_at


@pytest.fixture
def again(cast, aase, on, at):
    """Aase, entered once more by somebody else, with another task and an e-mail."""
    return actions.enter_volunteer(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Åse Holm", phone="+45 20304050", email="aase@mail.dk"),
        tasks=[room_at(cast.solbakken.pk).tasks[1].lineage],
        contact_person_id=cast.karim.person,
        actor=cast.karim,
        on=on,
        at=at,
    )


def test_the_same_phone_is_noticed(aase, again):
    found = pairs_among(Engagement.objects.select_related("volunteer"))

    assert [(pair.first, pair.second) for pair in found] == [(aase, again)]


def test_two_become_one_field_by_field(cast, aase, again, client_as):
    client = client_as(cast.lene)
    page = client.get(reverse("merge_volunteers", args=[aase.pk, again.pk])).content.decode()
    assert ("Åse Holm" in page, "aase@mail.dk" in page) == (True, False)

    client.post(reverse("merge_volunteers", args=[aase.pk, again.pk]), {"name": "2", "phone": "1"})

    volunteer = Volunteer.objects.get()
    assert (volunteer.name, volunteer.phone, volunteer.email) == ("Åse Holm", "20 30 40 50", "aase@mail.dk")
    assert EngagementTask.objects.filter(engagement=aase, declined_on=None).count() == 2
    assert sorted(Engagement.objects.values_list("state", flat=True)) == ["ended", "in_clearance"]


def test_who_looks_after_only_one_of_them_merges_nothing(cast, aase, again, on, at):
    with pytest.raises(Refusal):
        actions.merge_volunteers(first=aase, second=again, who=NewVolunteer(name="Aase"), actor=cast.mia, on=on, at=at)


def test_the_one_who_has_come_furthest_goes_on(cast, aase, again, on, at):
    Engagement.objects.filter(pk=again.pk).update(state="active", started_on=on)

    kept = actions.merge_volunteers(
        first=aase, second=again, who=NewVolunteer(name="Aase Holm"), actor=cast.lene, on=on, at=at
    )

    assert (kept.pk, kept.state) == (again.pk, "active")


def test_words_go_by_email_as_a_link_and_the_rest_are_called(
    cast, aase, again, anonymous, client_as, django_capture_on_commit_callbacks
):
    client = client_as(cast.mia)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("volunteer_messages"), {"to": "", "text": "Vi ses til kaffe på fredag."})

    message = VolunteerMessage.objects.get()
    letter = next(one for one in mail.outbox if one.to == ["aase@mail.dk"])
    assert ("kaffe" in letter.body, message.code in letter.body) == (False, True)
    read = anonymous.get(reverse("open_volunteer_message", args=[cast.municipality.slug, message.code]))
    assert "Vi ses til kaffe" in read.content.decode()
    log = client.get(reverse("volunteer_message", args=[message.pk]))
    assert ([one.name for one in log.context["to_call"]], log.context["sent"]) == (["Aase Holm"], 1)


def test_words_go_to_those_with_one_task(cast, aase, again, at):
    sent = actions.send_message(
        workplace=cast.solbakken,
        lineage=EngagementTask.objects.get(engagement=again).lineage,
        text="Tak.",
        actor=cast.lene,
        at=at,
    )

    assert list(OutsideMail.objects.values_list("about", flat=True)) == [sent.about(again.volunteer_id)]


def test_nothing_is_mailed_while_the_municipality_sends_no_email(cast, again, client_as):
    MailSwitch.objects.create(on_since=None)
    client = client_as(cast.lene)

    client.post(reverse("volunteer_messages"), {"to": "", "text": "Tak."})

    log = client.get(reverse("volunteer_message", args=[VolunteerMessage.objects.get().pk]))
    assert (OutsideMail.objects.count(), len(log.context["to_call"])) == (0, 2)


@pytest.mark.requirement("R28")
@pytest.mark.requirement("R32")
@pytest.mark.parametrize("who", ["tove", "lene", "hanne"])
def test_the_page_about_volunteers_without_an_agreement_says_how_one_meets_them(cast, framework, client_as, who):
    page = client_as(getattr(cast, who)).get(reverse("without_agreement")).content.decode()

    assert ("respekt" in page, "kræver det en aftale" in page) == (True, True)


def test_volunteers_do_not_see_it(cast, framework, client_as):
    assert client_as(cast.frida).get(reverse("without_agreement")).status_code == 403
