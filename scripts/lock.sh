#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0
#
# Write the lock files anew: hashes, no addresses. --upgrade takes newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
  local out=$1
  shift
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@" --output-file "requirements/$out.txt"
  echo "requirements/$out.txt: $(grep -c '==' "requirements/$out.txt") packages"
}

compile base pyproject.toml requirements/base.in "$@"
compile dev pyproject.toml --extra dev requirements/base.in --constraints requirements/base.txt "$@"
compile node requirements/node.in "$@"
npm install --package-lock-only --ignore-scripts
.venv/bin/python scripts/lock_check.py
