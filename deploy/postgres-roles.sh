#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0
#
# Runs postgres-roles.sql once, when the database container starts for the first time.
set -eu
psql --username "$POSTGRES_USER" --dbname postgres -v database=samspil \
  -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" -v backup_password="$BACKUP_PASSWORD" \
  -f /samspil/postgres-roles.sql
