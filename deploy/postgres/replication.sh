#!/bin/bash
# Runs once, when the primary's files are made: the role and the slot by which the replica follows.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL'
\getenv password REPLICATION_PASSWORD
create role replicator login replication password :'password';
select pg_create_physical_replication_slot('replica');
SQL
