# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The catalogue that ships: complete, and every boundary the one that its own answers give."""

import tomllib
from importlib import resources
from typing import Any

import pytest

from samspil.agreements.boundary import QUESTION_NAMES, judge
from samspil.agreements.catalogue import template_for
from samspil.agreements.sections import REGISTRY
from samspil.municipalities.models import Sector

SECTORS = tuple(sector.value for sector in Sector if sector != Sector.OTHER)
FOLDER = resources.files("samspil.agreements.catalogue")

# What a yes means, written down here a second time so that a change of the rule is seen against the catalogue.
MEANING = {
    "must_be_done": "doubt",
    "law_or_authorisation": "core",
    "part_of_granted": "doubt",
    "medicine_or_case_file": "core",
    "money_or_keys": "doubt",
    "paid_staff_stop": "doubt",
    "never_get_to_do": "supplement",
}
STRICTEST_FIRST = ("core", "doubt", "supplement")

# What a practitioner would call in doubt, by the sector's own list; everything else is a supplement.
DOUBTS = {
    "care_home": {"care_home.meal_host", "care_home.doctor", "care_home.shopping", "care_home.vigil"},
    "school": {"school.homework_cafe", "school.lesson_helper", "school.guest_teacher"},
    "home_care": {"home_care.shopping", "home_care.doctor", "home_care.meal"},
    "day_care": {"day_care.work_days", "day_care.arrival", "day_care.lunch"},
    "library": {"library.bring_books", "library.shelving", "library.open_longer"},
    "museum": {"museum.shop", "museum.classes"},
    "sports": {"sports.lock_up", "sports.swimming", "sports.tidying"},
    "nature": {"nature.finer", "nature.clear_path"},
    "integration": {"integration.letters", "integration.meeting", "integration.bills"},
    "emergency": {"emergency.sandbags", "emergency.reception", "emergency.relief"},
    "supported_housing": {
        "supported_housing.cooking",
        "supported_housing.one_to_one",
        "supported_housing.shopping",
    },
    "events": {"events.posts", "events.reception", "events.packing"},
}


# A workplace says itself what may become difficult, and what is agreed with the staff: no words to begin with.
OFFERED_ONLY = {"challenges", "staff_agreements"}


def catalogue(sector: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{sector}.toml").read_text("utf-8"))


TASKS = [pytest.param(task, id=task["code"]) for sector in SECTORS for task in catalogue(sector)["tasks"]]
CORE = [
    pytest.param(example, id=example["code"]) for sector in SECTORS for example in catalogue(sector)["core_examples"]
]
CHALLENGES = [
    pytest.param(challenge, id=challenge["code"]) for sector in SECTORS for challenge in catalogue(sector)["challenges"]
]


def test_every_file_is_a_known_sector() -> None:
    names = {entry.name.removesuffix(".toml") for entry in FOLDER.iterdir() if entry.name.endswith(".toml")}
    assert names == set(SECTORS)


@pytest.mark.requirement("R47.template")
@pytest.mark.parametrize("sector", SECTORS)
def test_template_has_words_for_every_section(sector: str) -> None:
    sections = catalogue(sector)["sections"]
    assert set(sections) == set(REGISTRY) - OFFERED_ONLY
    assert [kind for kind, text in sections.items() if not 40 <= len(text) <= 220] == []


@pytest.mark.parametrize("sector", SECTORS)
def test_catalogue_is_long_enough_to_choose_from_and_short_enough_to_read(sector: str) -> None:
    content = catalogue(sector)
    assert content["sector"] == sector
    assert (10 <= len(content["tasks"]) <= 14, 4 <= len(content["core_examples"]) <= 6) == (True, True)
    assert 3 <= sum(task["suggested"] for task in content["tasks"]) <= 5


@pytest.mark.parametrize("sector", SECTORS)
def test_codes_and_titles_are_unique(sector: str) -> None:
    content = catalogue(sector)
    entries = [*content["tasks"], *content["core_examples"], *content["challenges"]]
    assert len({entry["code"] for entry in entries}) == len({entry["title"] for entry in entries}) == len(entries)
    assert [entry["code"] for entry in entries if not entry["code"].startswith(f"{sector}.")] == []


@pytest.mark.requirement("R16")
@pytest.mark.parametrize("task", TASKS)
def test_task_is_complete_and_fits_its_fields(task: dict[str, Any]) -> None:
    limits = {"code": 60, "type": 60, "title": 60, "not_part": 120, "added_value": 120}
    assert [name for name, limit in limits.items() if not 3 < len(task[name]) <= limit] == []
    assert (task["not_part"][-1], task["added_value"][-1]) == (".", ".")


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("task", TASKS)
def test_every_question_is_answered_and_gives_the_boundary(task: dict[str, Any]) -> None:
    answers = task["boundary_answers"]
    assert set(answers) == set(MEANING) == set(QUESTION_NAMES)
    given = {MEANING[name] for name, yes in answers.items() if yes} | {"supplement"}
    assert task["boundary"] == next(boundary for boundary in STRICTEST_FIRST if boundary in given)
    assert judge(answers).boundary == task["boundary"]


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("sector", SECTORS)
def test_what_is_in_doubt_says_why_and_nothing_else_does(sector: str) -> None:
    tasks = catalogue(sector)["tasks"]
    assert {task["code"] for task in tasks if task["boundary"] == "doubt"} == DOUBTS[sector]
    assert {task["code"] for task in tasks if task.get("why_doubt")} == DOUBTS[sector]
    assert [task["code"] for task in tasks if task["suggested"] and task["boundary"] != "supplement"] == []


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("example", CORE)
def test_core_example_says_why_and_what_volunteers_may_do_instead(example: dict[str, Any]) -> None:
    assert set(example) - {"words"} == {"code", "title", "question", "why", "instead"}
    assert [name for name, text in example.items() if name != "words" and not text.strip()] == []
    assert MEANING[example["question"]] == "core"


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_offers_a_few_challenges(sector: str) -> None:
    assert 4 <= len(catalogue(sector)["challenges"]) <= 6
    assert [one.code for one in template_for(sector).challenges] == [
        one["code"] for one in catalogue(sector)["challenges"]
    ]


@pytest.mark.requirement("R20")
@pytest.mark.parametrize("challenge", CHALLENGES)
def test_challenge_is_a_situation_and_a_piece_of_advice_in_one_sentence_each(challenge: dict[str, Any]) -> None:
    assert set(challenge) == {"code", "title", "text", "advice"}
    assert len(challenge["title"]) <= 60
    for words in (challenge["text"], challenge["advice"]):
        assert 30 <= len(words) <= 160
        assert words[-1] in ".?"
        assert ". " not in words
