# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The policies that the framework stands beside: entered, ended, and shown where they hold."""

import uuid
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from samspil.audit.models import Event
from samspil.foundation import tenancy
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.frameworks.actions import (
    DateRefusal,
    PolicyFacts,
    add_policy,
    copy_version,
    edit_policy,
    end_policy,
    publish_version,
)
from samspil.frameworks.models import FrameworkVersion, Policy
from samspil.frameworks.permissions import EDIT_POLICIES, visible_policies
from samspil.frameworks.queries import policies_for, three_levels
from samspil.municipalities.models import Sector
from tests.frameworks.framework_cases import publish
from tests.reads import reads

REGISTER = "/vaerdiramme/politikker/"
OTHERS = ("lene", "tove", "mia", "karim", "frida", "joergen", "dorte", "ole")
LEVEL = Policy.Level


def facts(on, level=LEVEL.CROSS_CUTTING, **changed):
    sectors = ("care_home",) if level == LEVEL.SECTOR else ()
    told = {
        "level": level,
        "title": "Politik for frivillighed",
        "owner_body": "Byrådet",
        "approved_on": on,
        "valid_from": on,
        "link": "https://eksempelby.example/politik",
        "sectors": sectors,
    }
    return PolicyFacts(**{**told, **changed})


def form(on, level="cross_cutting", **changed):
    return {
        "level": level,
        "title": "Politik for frivillighed",
        "owner_body": "Byrådet",
        "approved_on": on.isoformat(),
        "valid_from": on.isoformat(),
        "link": "https://eksempelby.example/politik",
        "submission": str(uuid.uuid4()),
        **changed,
    }


@pytest.fixture
def today():
    """The day on which the pages answer, which is the real one."""
    return timezone.localdate()


@pytest.fixture
def add(cast, at, on):
    """Enter a policy as the secretariat does."""

    def enter(level=LEVEL.CROSS_CUTTING, day=on, **changed):
        return add_policy(facts=facts(day, level, **changed), actor=cast.hanne, at=at, on=day)

    return enter


def titles(policies):
    return [policy.title for policy in policies]


# What holds where -----------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R7")
def test_a_policy_comes_and_goes_without_a_new_edition_of_the_framework(cast, add, at, on):
    version = publish(cast.hanne, at, on)
    policy = add(valid_from=on + timedelta(days=7))

    assert policies_for("school", on).for_all == ()
    assert policies_for("school", on + timedelta(days=7)).for_all == (policy,)

    end_policy(policy=policy, last_day=on + timedelta(days=9), expected_revision=1, actor=cast.hanne, at=at, on=on)
    assert policies_for("school", on + timedelta(days=9)).for_all == (policy,)
    assert policies_for("school", on + timedelta(days=10)).for_all == ()
    assert list(FrameworkVersion.objects.all()) == [version]


@pytest.mark.requirement("R8")
def test_a_workplace_stands_under_what_is_for_all_and_what_is_for_its_own_sector(add, on):
    add(title="Personalepolitik")
    add(LEVEL.CITIZENSHIP, title="Medborgerskab")
    add(LEVEL.SECTOR, title="Ældrepolitik", sectors=("care_home", "home_care"))
    add(LEVEL.SECTOR, title="Skolepolitik", sectors=("school",))

    care_home, library = policies_for("care_home", on), policies_for("library", on)

    assert titles(care_home.of_sector) == ["Ældrepolitik"]
    assert titles(care_home.for_all) == ["Medborgerskab", "Personalepolitik"]
    assert library.of_sector == ()
    assert library.for_all == care_home.for_all


@pytest.mark.requirement("R9")
@pytest.mark.requirement("R11")
def test_the_map_has_citizenship_on_top_then_the_sectors_with_and_without_a_policy(add, on):
    add(LEVEL.CITIZENSHIP, title="Medborgerskab")
    add(LEVEL.SECTOR, title="Ældrepolitik")
    add(LEVEL.SECTOR, title="Kulturpolitik", sectors=("museum", "library"))
    add(title="Personalepolitik")

    levels = three_levels(on)

    assert titles(levels.citizenship) == ["Medborgerskab"]
    assert [(policy.title, policy.sector_names) for policy in levels.of_sectors] == [
        ("Kulturpolitik", [str(Sector.LIBRARY.label), str(Sector.MUSEUM.label)]),
        ("Ældrepolitik", [str(Sector.CARE_HOME.label)]),
    ]
    assert levels.without_policy == (str(Sector.SCHOOL.label),)
    assert titles(levels.cross_cutting) == ["Personalepolitik"]


@pytest.mark.requirement("R11")
def test_without_any_policy_the_sectors_in_use_stand_there_as_without(cast, on):
    levels = three_levels(on)

    assert (levels.citizenship, levels.of_sectors, levels.cross_cutting) == ((), (), ())
    assert len(levels.without_policy) == 2


# Who may, and what is refused -----------------------------------------------------------------------------------------


@pytest.mark.requirement("R10")
@pytest.mark.parametrize("level", [LEVEL.CITIZENSHIP, LEVEL.SECTOR, LEVEL.CROSS_CUTTING])
@pytest.mark.parametrize("name", OTHERS)
def test_only_the_secretariat_keeps_the_policies(cast, add, at, on, name, level):
    policy, other = add(level), getattr(cast, name)

    assert EDIT_POLICIES.allows(cast.hanne, policy)
    assert not EDIT_POLICIES.allows(other, policy)
    with pytest.raises(Refusal):
        add_policy(facts=facts(on, level), actor=other, at=at, on=on)
    with pytest.raises(Refusal):
        edit_policy(policy=policy, facts=facts(on, level), expected_revision=1, actor=other, at=at, on=on)
    with pytest.raises(Refusal):
        end_policy(policy=policy, last_day=on, expected_revision=1, actor=other, at=at, on=on)
    assert Policy.objects.get().valid_until is None


@pytest.mark.requirement("R10")
def test_a_policy_says_who_approved_it_and_when_and_is_written_down(cast, add, on):
    policy = add(LEVEL.CITIZENSHIP, owner_body="Byrådet")

    assert (policy.owner_body, policy.approved_on) == ("Byrådet", on)
    assert Event.objects.filter(name="frameworks.policy.add", subject_id=str(policy.pk)).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "national"},
        {"title": "  "},
        {"owner_body": "\x00"},
        {"approved_on": date(2026, 11, 24)},
        {"sectors": ("school",)},
        {"level": LEVEL.SECTOR, "sectors": ()},
        {"level": LEVEL.SECTOR, "sectors": ("moon",)},
        {"level": LEVEL.SECTOR, "sectors": ("other",)},
        {"link": "javascript:alert(1)"},
        {"link": "JavaScript://eksempel.example/%0aalert(1)"},
        {"link": "data:text/html,hej"},
        {"link": "ftp://eksempel.example/politik"},
        {"link": "//eksempel.example"},
        {"link": "https://eksempel.example/" + "a" * 500},
    ],
)
def test_what_cannot_be_is_refused(cast, at, on, wrong):
    with pytest.raises(Refusal):
        add_policy(facts=facts(on, **wrong), actor=cast.hanne, at=at, on=on)
    assert not Policy.objects.exists()


def test_the_database_itself_refuses_a_link_that_is_none(add):
    policy = add(link="HTTPS://Eksempelby.example/Politik")
    assert policy.link == "https://Eksempelby.example/Politik"

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(link="javascript:alert(1)")


def test_a_policy_that_somebody_else_changed_is_not_overwritten(cast, add, at, on):
    policy = add()
    edited = edit_policy(
        policy=policy, facts=facts(on, title="Ny titel"), expected_revision=1, actor=cast.hanne, at=at, on=on
    )

    with pytest.raises(StaleRevisionError):
        edit_policy(policy=policy, facts=facts(on), expected_revision=1, actor=cast.hanne, at=at, on=on)
    assert (edited.title, edited.revision) == (Policy.objects.get().title, 2)


def test_a_policy_ends_once_and_not_before_it_began(cast, add, at, on):
    policy = add(valid_from=on - timedelta(days=5))
    step = {"policy": policy, "actor": cast.hanne, "at": at, "on": on}

    with pytest.raises(DateRefusal):
        end_policy(last_day=on - timedelta(days=6), expected_revision=1, **step)
    end_policy(last_day=on - timedelta(days=1), expected_revision=1, **step)
    with pytest.raises(Refusal):
        end_policy(last_day=on, expected_revision=2, **step)
    with pytest.raises(DateRefusal):
        edit_policy(facts=facts(on), expected_revision=2, **step)


def test_the_policies_of_another_municipality_are_not_there(cast, add, other_municipality, client_as, at, on):
    policy = add(LEVEL.CITIZENSHIP, title="Kun i Eksempelby")
    kaj = client_as(other_municipality.kaj)

    for name in ("edit_policy", "end_policy"):
        assert kaj.get(reverse(name, args=[policy.pk])).status_code == 404
        assert kaj.post(reverse(name, args=[policy.pk])).status_code == 404
    assert "Kun i Eksempelby" not in kaj.get(REGISTER).text
    with tenancy.scope(other_municipality.municipality.pk):
        assert list(visible_policies(other_municipality.kaj)) == []
        assert not EDIT_POLICIES.allows(other_municipality.kaj, policy)


# The pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("R7")
def test_the_secretariat_enters_corrects_and_ends_a_policy(cast, client_as, today):
    hanne = client_as(cast.hanne)

    answer = hanne.post(f"{REGISTER}ny/", form(today, "sector", sectors=["care_home", "home_care"]))
    policy = Policy.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, REGISTER)
    assert (policy.level, policy.sectors, policy.revision) == ("sector", ["care_home", "home_care"], 1)

    edit = reverse("edit_policy", args=[policy.pk])
    assert "checked" in hanne.get(edit).text
    assert hanne.post(edit, form(today, title="Ny titel", revision="1")).status_code == 302
    policy.refresh_from_db()
    assert (policy.title, policy.level, policy.sectors) == ("Ny titel", "cross_cutting", [])

    end = reverse("end_policy", args=[policy.pk])
    assert "Ny titel" in hanne.get(end).text
    sent = {"last_day": today.isoformat(), "revision": "2", "submission": str(uuid.uuid4())}
    assert hanne.post(end, sent).status_code == 302
    policy.refresh_from_db()
    assert policy.valid_until == today
    assert "Ny titel" in hanne.get(REGISTER).text


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("level", {"level": "moon"}),
        ("title", {"title": ""}),
        ("sectors", {"level": "sector"}),
        ("sectors", {"sectors": ["school"]}),
        ("sectors", {"level": "sector", "sectors": ["moon"]}),
        ("owner_body", {"owner_body": ""}),
        ("approved_on", {"approved_on": "9999-12-31"}),
        ("valid_from", {"valid_from": "i morgen"}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "ftp://eksempel.example"}),
    ],
)
def test_what_must_be_put_right_is_said_at_its_field(cast, client_as, today, field, changed):
    answer = client_as(cast.hanne).post(f"{REGISTER}ny/", form(today, **changed))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Policy.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "²", "9" * 40])
def test_a_form_of_an_old_page_changes_nothing(cast, add, client_as, today, revision):
    policy = add(day=today)
    url = reverse("edit_policy", args=[policy.pk])

    assert client_as(cast.hanne).post(url, form(today, title="X", revision=revision)).status_code == 409
    assert Policy.objects.get().title == policy.title


@pytest.mark.parametrize("name", OTHERS)
def test_everybody_reads_the_register_and_others_are_told_whose_it_is(cast, add, client_as, today, name):
    policy = add(LEVEL.CITIZENSHIP, day=today)
    client = client_as(getattr(cast, name))

    page = client.get(REGISTER)
    assert policy.title in page.text
    assert f"{REGISTER}ny/" not in page.text
    for url in (f"{REGISTER}ny/", reverse("edit_policy", args=[policy.pk]), reverse("end_policy", args=[policy.pk])):
        assert client.get(url).status_code == 403
        assert client.post(url, form(today)).status_code == 403


@pytest.mark.requirement("R9")
@pytest.mark.requirement("R12")
@pytest.mark.requirement("R33")
def test_both_framework_pages_show_the_three_levels_as_headings_and_lists(cast, add, client_as, anonymous, at, today):
    version = publish(cast.hanne, at, today)
    add(LEVEL.CITIZENSHIP, day=today, title="Medborgerskab", link="https://eksempelby.example/borger")
    add(LEVEL.SECTOR, day=today, title="Ældrepolitik", link="")

    for page in (client_as(cast.mia).get("/vaerdiramme/"), anonymous.get("/aaben/eksempelby/vaerdiramme/")):
        start = page.text.index('id="policy-map"')
        shown = unescape(page.text[start : page.text.index("</section>", start)])
        assert shown.count("<h3") == shown.count('<li class="policy-level') == 3
        assert shown.index("Medborgerskab") < shown.index("Ældrepolitik") < shown.index(version.title)
        assert (
            '<a href="https://eksempelby.example/borger" rel="external noopener noreferrer">Medborgerskab</a>' in shown
        )
        assert "<img" not in shown


def test_an_edition_that_is_not_in_force_shows_no_map_of_today(cast, anonymous, at, today):
    first = publish(cast.hanne, at, today - timedelta(days=2), in_force_from=today - timedelta(days=2))
    second = copy_version(version=first, actor=cast.hanne, at=at)
    publish_version(version=second, in_force_from=today, predecessor_until=today, actor=cast.hanne, at=at, on=today)

    assert 'id="policy-map"' in anonymous.get("/aaben/eksempelby/vaerdiramme/2/").text
    assert 'id="policy-map"' not in anonymous.get("/aaben/eksempelby/vaerdiramme/1/").text


@pytest.mark.requirement("R33")
def test_the_open_pages_lead_to_the_policy_for_citizenship(cast, add, anonymous, today):
    assert "Medborgerskab" not in anonymous.get("/aaben/eksempelby/").text
    add(LEVEL.CITIZENSHIP, day=today, title="Medborgerskab i Eksempelby")

    assert "Medborgerskab i Eksempelby" in anonymous.get("/aaben/eksempelby/").text


@pytest.mark.parametrize("number", [1, 6])
def test_the_register_and_the_map_take_the_same_queries_however_many(cast, add, client_as, at, today, number):
    publish(cast.hanne, at, today)
    for count in range(number):
        add(LEVEL.SECTOR, day=today, title=f"Politik {count}")
    hanne = client_as(cast.hanne)

    assert (reads(hanne, REGISTER), reads(hanne, "/vaerdiramme/")) == (4, 8)
