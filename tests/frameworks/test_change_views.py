# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspil.frameworks import actions, queries
from samspil.frameworks.models import Element, FrameworkChange, Kind
from samspil.frameworks.queries import draft
from tests.frameworks.framework_cases import DOCUMENT, begin, of_kind, publish
from tests.frameworks.test_views import framework_queries

pytestmark = pytest.mark.requirement("R2.changes")

CHANGES = "/vaerdiramme/udkast/aendringer/"


@pytest.fixture
def hanne(cast, client_as):
    return client_as(cast.hanne)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def first(cast, at, today):
    return publish(cast.hanne, at, today)


def change_url(lineage):
    return reverse("framework_change", args=[lineage])


def reworded(cast, at, version, text):
    """Return the first principle of a copy of ``version`` in other words."""
    copy = actions.copy_version(version=version, actor=cast.hanne, at=at)
    element = of_kind(copy, Kind.PRINCIPLE)[1]
    return actions.edit_element(
        element=element,
        wording=actions.Wording(kind="principle", text=text),
        expected_revision=copy.revision,
        actor=cast.hanne,
        at=at,
    )


def test_both_texts_stand_side_by_side_and_the_words_that_differ_are_marked(cast, hanne, first, at):
    element = reworded(cast, at, first, "Vi siger til, når noget er let.")

    page = hanne.get(CHANGES).text

    assert "når noget er <del>svært</del>." in page
    assert "når noget er <ins>let</ins>." in page
    assert f'id="change-{element.lineage}"' in page


def test_a_change_is_marked_explained_and_then_read_by_everybody(cast, hanne, client_as, anonymous, first, at, today):
    element = reworded(cast, at, first, "Vi siger til, når noget er let.")
    url, sent = change_url(element.lineage), {"revision": "2"}
    day = (today + timedelta(days=1)).isoformat()
    publication = {"in_force_from": day, "predecessor_until": day}

    assert hanne.post(url, sent).status_code == 422
    assert hanne.post(url, {**sent, "fate": "substantive", "reason": " "}).status_code == 422
    refused = hanne.post("/vaerdiramme/udkast/udgiv/", {**publication, "revision": "2"})
    assert (refused.status_code, "redaktionel eller væsentlig" in refused.text) == (409, True)
    answer = hanne.post(url, {**sent, "fate": "substantive", "reason": "Ny lov om <b>vagter</b>"})
    assert answer.headers["Location"] == f"{CHANGES}#change-{element.lineage}"
    assert hanne.post("/vaerdiramme/udkast/udgiv/", {**publication, "revision": "3"}).status_code == 302

    for client, place in (
        (hanne, "/vaerdiramme/udgaver/2/"),
        (client_as(cast.frida), "/vaerdiramme/udgaver/2/"),
        (anonymous, "/aaben/eksempelby/vaerdiramme/2/"),
    ):
        assert f"{place}aendringer/" in client.get(place).text
        page = client.get(f"{place}aendringer/").text
        assert "Ny lov om &lt;b&gt;vagter&lt;/b&gt;" in page
        assert "når noget er <del>svært</del>." in page


def test_the_first_edition_changed_nothing_and_a_draft_is_not_open(cast, hanne, anonymous, first, at):
    reworded(cast, at, first, "Noget nyt.")

    for client, url in (
        (hanne, "/vaerdiramme/udgaver/1/aendringer/"),
        (hanne, "/vaerdiramme/udgaver/2/aendringer/"),
        (anonymous, "/aaben/eksempelby/vaerdiramme/1/aendringer/"),
        (anonymous, "/aaben/eksempelby/vaerdiramme/2/aendringer/"),
    ):
        assert client.get(url).status_code == 404


def test_the_draft_of_the_first_edition_has_nothing_to_compare_with(cast, hanne, at):
    begin(cast.hanne, at)

    assert "Det her er den første udgave" in hanne.get(CHANGES).text
    assert CHANGES not in hanne.get("/vaerdiramme/udkast/").text


def test_a_part_that_is_gone_is_succeeded_by_one_that_is_chosen(cast, hanne, first, at):
    copy = actions.copy_version(version=first, actor=cast.hanne, at=at)
    one, two, _three = of_kind(copy, Kind.PRINCIPLE)
    actions.merge_with_next(element=one, expected_revision=copy.revision, actor=cast.hanne, at=at)
    url, sent = change_url(two.lineage), {"revision": "2", "fate": "succeeded_editorial", "reason": "Lagt sammen"}

    assert "alle ordene står her" in hanne.get(url).text
    assert hanne.post(url, sent).status_code == 422
    assert hanne.post(url, {**sent, "successors": ["x"]}).status_code == 422
    assert hanne.post(url, {**sent, "successors": [str(one.lineage)]}).status_code == 302

    mark = FrameworkChange.objects.get(lineage=two.lineage)
    assert (mark.fate, mark.successors, mark.is_editorial) == ("succeeded", [str(one.lineage)], True)
    assert hanne.get(url).context["form"].initial["fate"] == "succeeded_editorial"


def test_one_reason_for_all_that_is_gone(cast, hanne, first, at):
    copy = actions.copy_version(version=first, actor=cast.hanne, at=at)
    for element in of_kind(copy, Kind.VALUE):
        copy.refresh_from_db()
        actions.remove_element(element=element, expected_revision=copy.revision, actor=cast.hanne, at=at)

    assert hanne.post(CHANGES, {"revision": "3", "reason": ""}).status_code == 422
    assert hanne.post(CHANGES, {"revision": "3", "reason": "Står i politikken"}).status_code == 302

    assert queries.missing_before_publication(draft()) == []
    assert hanne.get(CHANGES).text.count("Står i politikken") == 2


def test_what_is_the_same_in_a_new_document_is_recognised_with_one_press(cast, hanne, first, at):
    second = begin(cast.hanne, at, DOCUMENT.replace("Vi husker at", "Vi skal huske at"))
    page = hanne.get(CHANGES)
    exact, near = page.context["exact"], page.context["matches"]
    assert ([match.old.text for match in near], len(exact)) == (
        ["Vi husker at sige tak."],
        Element.objects.filter(version=first).count() - 1,
    )

    same = [f"{match.old.lineage}:{match.new.lineage}" for match in exact]
    assert hanne.post(CHANGES, {"step": "recognise", "same": same, "revision": "1"}).status_code == 302
    assert hanne.post(CHANGES, {"step": "recognise", "same": ["x:y"], "revision": "2"}).status_code == 409

    comparison = queries.comparison_of(second)
    assert (len(comparison.unchanged), len(comparison.removed), len(comparison.added)) == (len(exact), 1, 1)


def test_a_part_that_is_another_is_separated(cast, hanne, first, at):
    element = reworded(cast, at, first, "Noget helt andet.")

    assert hanne.post(change_url(element.lineage), {"step": "separate", "revision": "2"}).status_code == 302

    assert [item.lineage for item in queries.comparison_of(draft()).removed] == [element.lineage]
    assert hanne.get(change_url(element.lineage)).status_code == 200


def test_who_writes_in_an_old_page_is_told(cast, hanne, first, at):
    element = reworded(cast, at, first, "Noget nyt.")

    answer = hanne.post(change_url(element.lineage), {"revision": "1", "fate": "editorial", "reason": "Kortere"})

    assert answer.status_code == 409
    assert FrameworkChange.objects.count() == 0


def test_a_part_that_is_as_it_was_has_no_such_page(cast, hanne, first, at):
    copy = actions.copy_version(version=first, actor=cast.hanne, at=at)

    assert hanne.get(change_url(of_kind(copy, Kind.VALUE)[0].lineage)).status_code == 404


@pytest.mark.parametrize("who", ["lene", "mia", "dorte", "frida"])
def test_only_the_secretariat_sees_the_changes_of_a_draft(cast, client_as, first, at, who):
    element = reworded(cast, at, first, "Noget nyt.")

    for url in (CHANGES, change_url(element.lineage), "/vaerdiramme/udkast/udgiv/hvem/"):
        assert "Noget nyt" not in client_as(getattr(cast, who)).get(url).text


@pytest.mark.parametrize("values", [1, 3])
def test_the_changes_take_the_same_queries_however_many(cast, hanne, at, today, values):
    text = DOCUMENT.replace("- Nysgerrighed\n", "- Mod\n" * (values - 1))
    publish(cast.hanne, at, today, version=begin(cast.hanne, at, text))
    begin(cast.hanne, at, text.replace("Mod", "Mod og tillid hver dag"))
    hanne.get(CHANGES)

    with framework_queries(5):
        hanne.get(CHANGES)


@pytest.mark.parametrize("principles", [1, 3])
def test_a_published_comparison_takes_the_same_queries_however_long(cast, client_as, at, today, principles):
    text = DOCUMENT.replace("- Vi husker at sige tak.\n", "- Vi husker at sige tak.\n" * principles)
    first = publish(cast.hanne, at, today, version=begin(cast.hanne, at, text))
    copy = actions.copy_version(version=first, actor=cast.hanne, at=at)
    day = today + timedelta(days=1)
    actions.publish_version(version=copy, in_force_from=day, predecessor_until=day, actor=cast.hanne, at=at, on=today)
    mia = client_as(cast.mia)
    mia.get("/vaerdiramme/udgaver/2/aendringer/")

    with framework_queries(5):
        mia.get("/vaerdiramme/udgaver/2/aendringer/")
