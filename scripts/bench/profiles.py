# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How big the municipalities are that pages are measured in."""

from dataclasses import dataclass

FIRST_NAMES = (
    "Anne", "Bent", "Camilla", "Dennis", "Else", "Flemming", "Grethe", "Henrik", "Ida", "Jens", "Karen", "Lars",
    "Mette", "Niels", "Oda", "Per", "Rikke", "Søren", "Tina", "Ulla", "Vagn", "Winnie", "Yrsa", "Zenia", "Ærlig",
    "Øjvind", "Åse", "Fatima", "Mehmet", "Agnieszka",
)  # fmt: skip
LAST_NAMES = (
    "Andersen", "Bak", "Christensen", "Dahl", "Eriksen", "Frost", "Gram", "Hansen", "Iversen", "Jensen", "Kjær",
    "Larsen", "Møller", "Nielsen", "Olsen", "Poulsen", "Rasmussen", "Sørensen", "Thomsen", "Vestergaard", "Winther",
    "Østergaard", "Ågård", "Yilmaz", "Nguyen", "Hussain", "Kowalska",
)  # fmt: skip
AREAS = ("Ældre", "Børn og skole", "Dagtilbud", "Sundhed", "Kultur og fritid", "Handicap", "Beskæftigelse", "Teknik")


@dataclass(frozen=True)
class Profile:
    """The size of a municipality."""

    letter: str
    workplaces: int
    employees: int
    volunteers: int

    @property
    def areas(self) -> int:
        """The units between the top and the workplaces: one for each 25, at least two."""
        return max(2, self.workplaces // 25)


PROFILES = {
    profile.letter: profile
    for profile in (Profile("S", 20, 300, 150), Profile("M", 250, 5_500, 3_000), Profile("L", 1_200, 45_000, 15_000))
}


def name_of(number: int) -> str:
    """Return an invented name; the same number gives the same name."""
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[(number * 7 + number // len(FIRST_NAMES)) % len(LAST_NAMES)]
    return f"{first} {last}"


def email_of(number: int) -> str:
    """Return an address at a domain that is nobody's."""
    return f"person{number}@example.dk"


def shares(total: int, among: int) -> list[int]:
    """Return ``total`` split unevenly: some have half as many as the middle, some half as many more."""
    weights = [2 + number % 5 for number in range(among)]
    whole = sum(weights)
    found = [total * weight // whole for weight in weights]
    for number in range(total - sum(found)):
        found[number % among] += 1
    return found
