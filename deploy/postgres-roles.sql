-- SPDX-FileCopyrightText: 2026 The Samspil authors
-- SPDX-License-Identifier: MPL-2.0
--
-- The three roles and the database. Run it as the server's superuser; running it again changes passwords only.
--
--   psql -v database=samspil -v owner_password=… -v app_password=… -v backup_password=… -f deploy/postgres-roles.sql

\set ON_ERROR_STOP on

SELECT format('CREATE ROLE %I LOGIN', name)
  FROM unnest(ARRAY['samspil_owner', 'samspil_app', 'samspil_backup']) AS name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- Makes the tables, and is bound by row-level security like everybody else.
ALTER ROLE samspil_owner NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
-- Serves: changes rows, and nothing else.
ALTER ROLE samspil_app NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'app_password';
-- Copies: reads every row of every municipality, and writes none.
ALTER ROLE samspil_backup NOSUPERUSER NOCREATEROLE NOCREATEDB BYPASSRLS PASSWORD :'backup_password';
GRANT pg_read_all_data TO samspil_backup;

SELECT format('CREATE DATABASE %I OWNER samspil_owner TEMPLATE template0 ENCODING ''UTF8''', :'database')
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO samspil_app, samspil_backup;

\connect :"database"

GRANT USAGE ON SCHEMA public TO samspil_app, samspil_backup;
ALTER DEFAULT PRIVILEGES FOR ROLE samspil_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO samspil_app;
ALTER DEFAULT PRIVILEGES FOR ROLE samspil_owner GRANT USAGE, SELECT ON SEQUENCES TO samspil_app;
