# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whoever has stopped is forgotten on the day: everywhere, and the counts stay."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection

from samspil.audit.models import Event, Pseudonym, ReadEvent
from samspil.audit.queries import breaks
from samspil.foundation import personal_data
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.notifications.models import Message, OutsideMail
from samspil.people.actions import grant_role
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import capacity_of
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer, OwnWords, SaidToAll, Shown
from samspil.volunteering.actions.forgetting import ERASED_WITH_THE_PERSON, KEPT_AS_COUNTS
from samspil.volunteering.models import Application, Engagement, TrialVisit, Volunteer, VolunteerAgreement
from samspil.volunteering.models.engagements import EndedBy
from samspil.volunteering.models.terms import How
from samspil.volunteering.queries import person_of
from tests.cast import outside_scope

NAME, PHONE, EMAIL = "Aase Holm", "20 30 40 50", "aase@example.dk"
TRACES = ("Aase", PHONE, EMAIL, "Kan lide at synge", "Ring efter klokken ti")


@pytest.fixture
def known(cast, aase, on, at, client_as):
    """Aase as she is known after a while: a login, an agreement, a welcome, readers, messages, a first word."""
    who = actions.give_own_page(engagement=aase, email=EMAIL, actor=cast.mia, on=on, at=at)
    own = capacity_of(RoleAssignment.objects.get_queryset().get(user=who.user), on)
    actions.correct_own_words(volunteer=who, words=OwnWords(NAME, PHONE, "Kan lide at synge"), actor=own, at=at)
    terms = actions.make_terms(engagement=aase, actor=cast.mia, on=on, at=at)
    actions.note_acceptance(terms=terms, how=How.ALOUD, said_on=on, actor=cast.mia, on=on, at=at)
    actions.note_welcome(engagement=aase, shown=Shown(first_day_on=on), actor=cast.mia, on=on, at=at)
    actions.note_reads(volunteers=[who], page="volunteer", actor=cast.lene, at=at)
    Application.objects.create(
        workplace=cast.solbakken,
        name=NAME,
        reach_me=PHONE,
        words="Ring efter klokken ti",
        received_at=at,
        state="admitted",
        answered_at=at,
        engagement=aase,
    )
    tell(
        people=[cast.lene.person],
        key="x",
        kind=Kind.REMINDER,
        title="Aase Holm er ny",
        link=f"/frivillige/{aase.pk}/",
        at=at,
    )
    tell(people=[own.person], key="x", kind=Kind.AGREEMENT, title="Hej Aase", link="/min-side/", at=at)
    OutsideMail.objects.create(about="x", address=EMAIL, link="/x/", due_at=at)
    EmailAddress.objects.create(user=who.user, email=EMAIL, verified=True)
    with outside_scope():
        client_as(own).get("/min-side/oplysninger/")
    mail.outbox.clear()
    return who


def every_word():
    """Everything in every table of the database, and in every file of the data folder."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield (
                    table,
                    " ".join(
                        bytes(v).decode("utf-8", "replace") if isinstance(v, (bytes, memoryview)) else str(v)
                        for v in row
                    ),
                )
    for file in settings.DATA_DIR.rglob("*"):
        if file.is_file():
            yield str(file), file.read_bytes().decode("utf-8", "replace")


def found_anywhere():
    return sorted(
        {(where, trace) for where, words in every_word() for trace in TRACES if trace.lower() in words.lower()}
    )


def job(cast, day):
    return system_capacity(municipality_id=cast.municipality.pk, on=day, name="test")


def test_who_stopped_is_forgotten_on_the_day_and_not_before_everywhere(cast, aase, known, on, at):
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    known.refresh_from_db()
    assert known.forget_on == on.replace(year=on.year + 1)
    before = known.forget_on - timedelta(days=1)

    assert actions.forget_what_is_due(actor=job(cast, before), on=before, at=at) == 0
    assert {trace for _where, trace in found_anywhere()} >= set(TRACES[:3])
    day = known.forget_on
    assert actions.forget_what_is_due(actor=job(cast, day), on=day, at=at) == 1

    assert found_anywhere() == []
    assert Engagement.objects.filter(volunteer=None, workplace=cast.solbakken, state="ended").count() == 1
    assert Pseudonym.objects.filter(kind="volunteer").count() == 0
    assert not Pseudonym.objects.filter(kind="people.user", key=str(known.user_id)).exists()
    assert User.objects.get(pk=known.user_id).is_active is False
    assert Event.objects.filter(name="volunteering.volunteer.forget").count() == 1
    assert list(breaks()) == []


def test_the_hourly_command_forgets(cast, aase, known, on, at):
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    Volunteer.objects.update(forget_on=on)

    with outside_scope():
        call_command("hourly")

    assert found_anywhere() == []


def test_who_is_still_a_volunteer_is_not_forgotten(cast, aase, known, on, at):
    Volunteer.objects.update(forget_on=on)

    assert actions.forget_what_is_due(actor=job(cast, on), on=on, at=at) == 0
    with pytest.raises(Refusal):
        actions.forget(volunteer=known, actor=cast.mia, on=on, at=at)


def test_whoever_looked_after_them_forgets_and_nobody_else(cast, aase, known, on, at):
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    for actor in (cast.tove, cast.ole, cast.hanne):
        with pytest.raises(Refusal):
            actions.forget(volunteer=known, actor=actor, on=on, at=at)

    actions.forget(volunteer=known, actor=cast.mia, on=on, at=at)

    assert found_anywhere() == []


@pytest.mark.parametrize(("months", "day"), [(0, (2026, 11, 23)), (3, (2027, 2, 23)), (36, (2029, 11, 23))])
def test_the_municipality_says_after_how_many_months(cast, aase, on, at, months, day):
    said = SaidToAll(confidentiality="", forget_after_months=months, keep_reads_months=12)
    actions.set_common_terms(said=said, actor=cast.hanne, at=at)

    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    forget_on = Volunteer.objects.get().forget_on
    assert (forget_on.year, forget_on.month, forget_on.day) == day


def test_who_stops_at_one_of_two_places_is_not_to_be_forgotten(cast, aase, on, at):
    Engagement.objects.create(volunteer=aase.volunteer, workplace=cast.nordre_skole, entered_at=at)

    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    assert Volunteer.objects.get().forget_on is None


def test_who_comes_back_is_known_and_keeps_the_login(cast, aase, known, task, on, at):
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)
    role = RoleAssignment.objects.get_queryset().get(user_id=known.user_id)
    assert role.until == on + timedelta(days=30)

    actions.enter_volunteer(
        workplace=cast.solbakken,
        who=known,
        tasks=[task.lineage],
        contact_person_id=cast.mia.person,
        actor=cast.mia,
        on=on,
        at=at,
    )

    assert Volunteer.objects.filter(pk=known.pk, forget_on=None).exists()
    assert RoleAssignment.objects.get_queryset().filter(pk=role.pk, until=None).exists()


@pytest.mark.requirement("R14.volunteer_rights")
def test_an_employee_who_was_a_volunteer_stays_an_employee(cast, aase, on, at):
    who = actions.give_own_page(engagement=aase, email="tove@example.dk", actor=cast.mia, on=on, at=at)
    tell(people=[cast.tove.person], key="y", kind=Kind.MED, title="En drøftelse", link="/med/", at=at)
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    actions.forget(volunteer=who, actor=cast.mia, on=on, at=at)

    user = User.objects.get(pk=cast.tove.person)
    assert (user.name, user.email, user.is_active) == ("Tove Krag", "tove@example.dk", True)
    assert [row.role for row in RoleAssignment.objects.get_queryset().filter(user=user)] == [Role.EMPLOYEE]
    assert Message.objects.filter(recipient=user, key="y").count() == 1
    assert not Volunteer.objects.exists()


def test_first_words_are_kept_for_six_months(cast, aase, on, at):
    def word(day):
        return Application.objects.create(
            workplace=cast.solbakken, name="Bo", reach_me="Bo", words="Hej", received_at=day
        )

    old, new = word(at - timedelta(days=190)), word(at - timedelta(days=170))

    actions.forget_what_is_due(actor=job(cast, on), on=on, at=at)

    assert [row.pk for row in Application.objects.all()] == [new.pk]
    assert Event.objects.get(name="volunteering.applications.forget").changes == {"count": 1}
    assert old.pk != new.pk


def test_a_first_word_that_led_nowhere_goes_with_the_person(cast, aase, on, at):
    Application.objects.create(workplace=cast.nordre_skole, name="Aase", reach_me=PHONE, words="Hej", received_at=at)
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    actions.forget(volunteer=aase.volunteer, actor=cast.mia, on=on, at=at)

    assert Application.objects.count() == 0


def test_everything_that_points_at_a_place_is_erased_or_kept_on_purpose():
    pointing = {row.related_model for row in Engagement._meta.related_objects}

    assert pointing == {*ERASED_WITH_THE_PERSON, *KEPT_AS_COUNTS}
    assert {row.related_model for row in Volunteer._meta.related_objects} == {Engagement, TrialVisit}


def test_what_is_found_is_what_is_kept(cast, aase, known):
    words = str(personal_data.export(person_of(known)))

    for trace in (*TRACES, "Plejecenter Solbakken", "Lene Holm", "Mia Lund"):
        assert trace in words
    assert [area.name for area in personal_data.areas()] == ["volunteering", "notifications", "audit", "people"]


def test_who_looked_is_noted_once_a_quarter_of_an_hour_and_kept_for_the_months(cast, aase, on, at):
    who = aase.volunteer
    for minutes in (0, 5, 14, 20):
        actions.note_reads(volunteers=[who], page="volunteer", actor=cast.lene, at=at + timedelta(minutes=minutes))
    assert ReadEvent.objects.count() == 2
    ReadEvent.objects.filter(pk=ReadEvent.objects.first().pk).update(at=at - timedelta(days=400))

    actions.forget_what_is_due(actor=job(cast, on), on=on, at=at)

    assert ReadEvent.objects.count() == 1


def test_no_other_municipality_is_touched(cast, aase, known, other_municipality, on, at):
    grant_role(
        email=EMAIL,
        name=NAME,
        role=Role.VOLUNTEER,
        unit=cast.nordre_skole,
        from_date=on,
        actor=cast.hanne,
        at=at,
    )
    from samspil.foundation import tenancy

    there = other_municipality
    with tenancy.scope(there.municipality.pk):
        system = system_capacity(municipality_id=there.municipality.pk, on=on, name="x")
        grant_role(email=EMAIL, name=NAME, role=Role.VOLUNTEER, unit=there.anlaegget, from_date=on, actor=system, at=at)
    actions.end_engagement(engagement=aase, by=EndedBy.VOLUNTEER, actor=cast.mia, on=on, at=at)

    actions.forget(volunteer=known, actor=cast.mia, on=on, at=at)

    assert User.objects.get(pk=known.user_id).email == EMAIL
    assert not RoleAssignment.objects.get_queryset().filter(user_id=known.user_id).exists()
    assert VolunteerAgreement.objects.count() == 0


def test_whoever_only_tried_is_forgotten_on_the_day(cast, in_force, on, at):
    visit = actions.note_trial_visit(
        workplace=cast.solbakken,
        who=NewVolunteer(name="Bent Lund"),
        beside_id=cast.mia.person,
        visit_on=on,
        actor=cast.mia,
        on=on,
        at=at,
    )
    day = visit.volunteer.forget_on
    system = system_capacity(municipality_id=cast.municipality.pk, on=day, name="samspil hourly")

    actions.forget_what_is_due(actor=system, on=day, at=at)

    assert (Volunteer.objects.count(), TrialVisit.objects.count()) == (0, 0)
