# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The list of volunteers, one volunteer, and who is entered over coffee."""

from datetime import timedelta

import pytest
from django.urls import reverse

from samspil.people.actions import end_role
from samspil.people.models import RoleAssignment
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.models import Engagement, EngagementTask, Volunteer
from samspil.volunteering.todos import todo_for
from tests.reads import reads

COFFEE = {"name": "Aase Holm", "phone": "20 30 40 50", "comes_as": "volunteer"}


@pytest.mark.requirement("R23")
@pytest.mark.requirement("R39")
def test_a_volunteer_without_email_is_entered_over_coffee_and_begins(cast, task, client_as, on):
    client = client_as(cast.mia)

    entered = client.post(
        reverse("new_volunteer"), {**COFFEE, "tasks": [str(task.lineage)], "contact_person": cast.mia.person}
    )
    told = {
        "codes": ["confidentiality", "whom_to_ask", "safety"],
        "outcome": "in_place",
        "how": "aloud",
        "decided_on": on,
    }
    client.post(reverse("note_formalities", args=[Engagement.objects.get().pk]), told)
    client.post(reverse("start_volunteer", args=[Engagement.objects.get().pk]))

    assert entered.url == reverse("volunteer", args=[Engagement.objects.get().pk])
    assert Engagement.objects.get().state == "active"
    assert Volunteer.objects.get().email == ""


@pytest.mark.requirement("R17.door")
@pytest.mark.parametrize(("comes_as", "words"), [("scheme", "leder"), ("relative", "pårørende")])
def test_who_is_no_volunteer_is_met_kindly_and_nothing_is_kept(cast, task, client_as, comes_as, words):
    page = client_as(cast.lene).post(reverse("new_volunteer"), {**COFFEE, "comes_as": comes_as})

    assert words in page.content.decode()
    assert Volunteer.objects.count() == 0


@pytest.mark.requirement("R32")
def test_without_an_agreement_the_page_leads_to_it(cast, client_as):
    page = client_as(cast.lene).get(reverse("new_volunteer")).content.decode()

    assert "ingen aftale i kraft" in page
    assert reverse("agreement", args=[cast.solbakken.slug]) in page


def test_what_is_missing_stands_on_the_page_and_is_said_by_the_button(cast, aase, client_as, on, at):
    client = client_as(cast.lene)
    actions.choose_tasks(engagement=aase, tasks=[], actor=cast.lene, on=on, at=at)

    page = client.get(reverse("volunteer", args=[aase.pk])).content.decode()
    answer = client.post(reverse("start_volunteer", args=[aase.pk]))

    assert "Vælg mindst én opgave" in page
    assert answer.status_code == 409
    assert "Vælg mindst én opgave" in answer.content.decode()


@pytest.mark.requirement("R21")
def test_a_task_is_declined_without_a_reason(cast, aase, client_as):
    sent = {"name": "Aase Holm Berg", "contact_person": cast.mia.person}

    client_as(cast.mia).post(reverse("edit_volunteer", args=[aase.pk]), sent)

    assert [row.declined_on is not None for row in EngagementTask.objects.all()] == [True]
    assert Volunteer.objects.get().name == "Aase Holm Berg"


@pytest.mark.parametrize(("who", "sees"), [("lene", True), ("karim", True), ("mia", True), ("tove", False)])
def test_the_list_shows_whom_one_looks_after(cast, aase, client_as, who, sees):
    page = client_as(getattr(cast, who)).get(reverse("volunteers")).content.decode()

    assert ("Aase Holm" in page) == sees


@pytest.mark.parametrize(
    ("looked_for", "found"), [("q=aase", 1), ("q=xyz", 0), ("tilstand=ended", 0), ("kontakt=ingen", 0)]
)
def test_the_list_is_looked_through(cast, aase, client_as, looked_for, found):
    page = client_as(cast.lene).get(f"{reverse('volunteers')}?{looked_for}")

    assert page.context["page"].paginator.count == found


def test_the_file_holds_what_the_list_shows(cast, aase, client_as):
    file = client_as(cast.lene).get(reverse("export_volunteers", args=["csv"])).content.decode("utf-8-sig")

    assert "Aase Holm" in file.splitlines()[1]


def test_the_list_costs_the_same_however_many_there_are(cast, aase, task, client_as, on, at):
    client = client_as(cast.lene)
    few = reads(client, reverse("volunteers"))
    for number in range(30):
        actions.enter_volunteer(
            workplace=cast.solbakken,
            who=NewVolunteer(name=f"Frivillig {number}"),
            tasks=[task.lineage],
            contact_person_id=cast.mia.person,
            actor=cast.lene,
            on=on,
            at=at,
        )

    assert (few, reads(client, reverse("volunteers"))) == (12, 12)


def test_one_volunteer_costs_few_queries(cast, aase, client_as):
    assert reads(client_as(cast.lene), reverse("volunteer", args=[aase.pk])) == 12


def test_one_volunteer_with_all_that_can_be_noted_costs_little_more(cast, aase, client_as, on, at):
    client, page = client_as(cast.lene), reverse("volunteer", args=[aase.pk])
    told = {"codes": ["confidentiality", "whom_to_ask", "safety"], "outcome": "in_place", "how": "aloud"}
    client.post(reverse("note_formalities", args=[aase.pk]), {**told, "decided_on": on})
    actions.make_terms(engagement=aase, actor=cast.lene, on=on, at=at)
    waits = reads(client, page)

    client.post(reverse("start_volunteer", args=[aase.pk]))

    assert (waits, reads(client, page)) == (14, 13)


def test_stopping_asks_first(cast, aase, client_as):
    client = client_as(cast.lene)

    page = client.get(reverse("end_volunteer", args=[aase.pk])).content.decode()
    client.post(reverse("end_volunteer", args=[aase.pk]), {"by": "volunteer"})

    assert "Aase Holm" in page
    assert Engagement.objects.get().state == "ended"


@pytest.mark.requirement("R66")
def test_a_contact_person_who_has_left_is_flagged_at_once(cast, aase, client_as, on, at):
    end_role(assignment=RoleAssignment.objects.get(pk=cast.mia.assignment_id), on=on, actor=cast.lene, at=at)
    RoleAssignment.objects.filter(pk=cast.mia.assignment_id).update(until=on - timedelta(days=1))

    page = client_as(cast.lene).get(reverse("volunteers") + "?kontakt=ingen").content.decode()

    assert "Mangler en kontaktperson" in page
    assert "volunteering.without_contact" in {todo.key for todo in todo_for(cast.lene)}
