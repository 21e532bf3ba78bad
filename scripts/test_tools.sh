#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0
#
# What the tests and checks need beside Python: installed where that is allowed, else named.
set -euo pipefail

packages=()
why=()
need() { # package, what for, then commands of which one must be there
  local package=$1 reason=$2
  shift 2
  local command
  for command in "$@"; do
    if command -v "$command" >/dev/null 2>&1; then return; fi
  done
  packages+=("$package")
  why+=("  $package: $reason")
}

need chromium "the browser journeys" chromium chromium-browser google-chrome
need gettext "messages extracted from the code (xgettext, msgfmt)" xgettext
need qpdf "the PDFs are checked" qpdf
need poppler-utils "the PDFs' structure is read (pdfinfo, pdftotext)" pdfinfo
need vdirsyncer "a real calendar program syncs the feed" vdirsyncer
need git "the checks look at the files that are committed" git
# Debian keeps initdb out of the PATH.
if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && ! command -v initdb >/dev/null 2>&1; then
  packages+=(postgresql)
  why+=("  postgresql: the whole suite runs on PostgreSQL 15 or newer")
fi

if [ ${#packages[@]} -eq 0 ]; then exit 0; fi

echo "Missing for the tests:"
printf '%s\n' "${why[@]}"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing them with apt-get ..."
  export DEBIAN_FRONTEND=noninteractive
  # No cluster of the machine's own: the tests bring theirs.
  mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/samspil-tests.conf
  apt-get update -q
  exec apt-get install -y -q --no-install-recommends "${packages[@]}"
fi
echo "Please install them, then run this again. On Debian or Ubuntu:"
echo "  sudo apt-get install --no-install-recommends ${packages[*]}"
exit 1
