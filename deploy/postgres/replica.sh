#!/bin/bash
# The replica: a copy of the primary on the first start, and its log as it is written from then on.
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA"
  PGPASSWORD="$REPLICATION_PASSWORD" pg_basebackup \
    --host=postgres --username=replicator --pgdata="$PGDATA" --wal-method=stream --slot=replica --write-recovery-conf
  chmod 0700 "$PGDATA"
fi
exec postgres -c hba_file=/etc/postgresql/pg_hba.conf -c hot_standby=on -c max_connections=200
