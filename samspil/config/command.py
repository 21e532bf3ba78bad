# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The command ``samspil``: Django's commands, with hyphens in their names as people type them."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``samspil NAME …``; ``import-framework`` is ``import_framework``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspil.config.settings")
    arguments = sys.argv[:]
    if len(arguments) > 1:
        arguments[1] = arguments[1].replace("-", "_") if not arguments[1].startswith("-") else arguments[1]
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
