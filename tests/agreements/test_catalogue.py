# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import pytest

from samspil.agreements.boundary import QUESTION_NAMES, judge
from samspil.agreements.catalogue import template_for
from samspil.agreements.catalogue.loading import _task
from samspil.agreements.sections import NEEDED
from samspil.municipalities.models import Sector

NO = dict.fromkeys(QUESTION_NAMES, False)
ENTRY = {
    "code": "x.y",
    "type": "Samvær",
    "title": "Kaffe",
    "not_part": "Medicin",
    "added_value": "Snak",
    "boundary": "supplement",
    "boundary_answers": NO,
}


@pytest.mark.parametrize("sector", [Sector.CARE_HOME, Sector.SCHOOL])
@pytest.mark.requirement("R16.added_value")
@pytest.mark.requirement("R48.agreement")
def test_a_template_fills_what_is_needed_and_its_tasks_come_answered(sector):
    template = template_for(sector)

    assert {section.kind for section in NEEDED} <= set(template.texts)
    assert any(task.suggested for task in template.tasks)
    for task in template.tasks:
        assert set(task.answers) == set(QUESTION_NAMES)
        assert task.boundary == judge(task.answers).boundary != "core"
        assert task.added_value
        assert task.not_part


def test_a_sector_without_a_file_has_an_empty_template():
    assert (template_for(Sector.OTHER).texts, template_for(Sector.OTHER).tasks) == ({}, ())


def test_a_task_is_found_by_its_code():
    first = template_for(Sector.SCHOOL).tasks[0]

    assert template_for(Sector.SCHOOL).task(first.code) is first
    assert template_for(Sector.SCHOOL).task("no.such") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"boundary": "doubt"},
        {"boundary_answers": {**NO, "medicine_or_case_file": True}},
        {"boundary": "core", "boundary_answers": {**NO, "medicine_or_case_file": True}},
        {"boundary_answers": {"must_be_done": False}},
        {"boundary_answers": {**NO, "another": False}},
    ],
)
def test_a_file_that_says_nonsense_is_not_read(wrong):
    with pytest.raises(ValueError, match=r"x\.y"):
        _task(1, {**ENTRY, **wrong})
