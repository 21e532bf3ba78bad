# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The product's own words, which stand where a municipality's framework has none of its own (R17, R18).

They are content, not interface: they are part of agreements and their control codes, so they are Danish
whatever language the pages are read in, and a changed sentence here is a changed agreement.
"""

from samspil.frameworks.models import Purpose

SUPPLEMENT = "Frivilliges indsats kommer oven i kerneydelsen. Ansvaret for kerneydelsen ligger altid hos de ansatte."
ONLY_VOLUNTEERS = (
    "Frivillige kan give borgerne noget, som de ansatte sjældent har mulighed for. Det er en værdi i sig selv."
)
WITHOUT_AGREED_FRAME = (
    "Nogle frivillige hjælper en borger, uden at der er aftalt noget med arbejdspladsen. Dem møder vi med samme respekt "
    "som borgerens pårørende."
)
VOLUNTEER_DEFINITION = "En frivillig er et menneske, som af egen lyst og uden løn gør noget for andre."

OF_PURPOSE = {
    Purpose.SUPPLEMENT: SUPPLEMENT,
    Purpose.ONLY_VOLUNTEERS: ONLY_VOLUNTEERS,
    Purpose.WITHOUT_AGREED_FRAME: WITHOUT_AGREED_FRAME,
    Purpose.VOLUNTEER_DEFINITION: VOLUNTEER_DEFINITION,
}

ONLY_VOLUNTEERS_QUESTION = "Hvad får frivillige mulighed for hos os, som vi ansatte ikke får mulighed for?"
"""Put in every dialogue on a new agreement (R51) where the framework asks no such question itself."""
