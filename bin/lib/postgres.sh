# Our own PostgreSQL clusters, on 127.0.0.1 only: var/postgres (served) and var/postgres-test (tests, disposable).
# As root the server runs as the user `postgres`, since it refuses to run as root.
# shellcheck shell=bash
PG_KIND='' PG_DATA='' PG_OWNER='' PG_BIN='' PG_PORT=''

# Nothing that a visitor typed may reach the server's log: no statement, no parameter, and none of the
# messages of level ERROR, which quote what they refuse (in this setting's order LOG comes after ERROR).
PG_OPTIONS="-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c jit=off
  -c log_min_messages=log -c log_min_error_statement=panic -c log_error_verbosity=terse -c log_statement=none
  -c log_duration=off -c log_min_duration_statement=-1 -c log_min_duration_sample=-1
  -c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0 -c log_temp_files=-1"
PG_FAST='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'

# find_postgres [VERSION]: prints the programs' folder of the newest server that has PostGIS.
find_postgres() {
  local dir share
  # shellcheck disable=SC2231  # a star on purpose
  while IFS= read -r dir; do
    share=/usr/share/postgresql/$(basename "$(dirname "$dir")")
    [ -d "$share" ] || share=$(pg_config --sharedir 2>/dev/null) || continue
    [ -x "$dir/initdb" ] && [ -e "$share/extension/postgis.control" ] && printf '%s\n' "$dir" && return
  done < <(find /usr/lib/postgresql/${1:-*}/bin -maxdepth 0 2>/dev/null | sort -rV; pg_config --bindir 2>/dev/null)
  return 1
}

# Runs a command as the cluster's owner; our locks (8, 9) must not live on in the server.
as_owner() {
  if [ "$(id -un)" = "$PG_OWNER" ]; then (cd / && exec "$@") 8>&- 9>&-
  else (cd / && exec setpriv --reuid="$PG_OWNER" --regid="$(id -g "$PG_OWNER")" --init-groups env HOME=/tmp "$@") 8>&- 9>&-; fi
}

# use_cluster KIND: where it is and who owns it. KIND: postgres or postgres-test.
use_cluster() {
  local elsewhere
  elsewhere=/var/lib/maillage-$(printf '%s' "$VAR" | sha256sum | cut -c1-12)
  PG_KIND=$1 PG_OWNER=$(id -un) PG_DATA=$VAR/$1
  if [ "$(id -u)" = 0 ]; then
    PG_OWNER=postgres
    id postgres >/dev/null 2>&1 || die 'the system has no user postgres to run the database server' 'useradd --system postgres'
    if [ ! -d "$PG_DATA" ] && { [ -d "$elsewhere/$1" ] || ! as_owner test -x "$VAR"; }; then
      mkdir -p "$elsewhere" && PG_DATA=$elsewhere/$1
      printf ' (in %s, because the user postgres cannot reach %s)' "$PG_DATA" "$VAR"
    fi
  fi
  [ ! -d "$PG_DATA" ] || check_owner
  PG_BIN=$(find_postgres "$(cat "$PG_DATA/PG_VERSION" 2>/dev/null || true)") ||
    die "$PG_DATA was made by PostgreSQL $(cat "$PG_DATA/PG_VERSION"), which is no longer installed with PostGIS" \
      "apt-get install postgresql-$(cat "$PG_DATA/PG_VERSION")-postgis-3"
}

check_owner() {
  local owner
  owner=$(stat -c %U "$PG_DATA")
  if [ "$(id -u)" = 0 ]; then PG_OWNER=$owner
  elif [ "$owner" != "$PG_OWNER" ]; then die "$PG_DATA belongs to $owner" "run bin/$ME as root, or: sudo chown -R $PG_OWNER $VAR"; fi
}

# --- Making it -----------------------------------------------------------------------------------
# A cluster is complete or not there at all: initdb works in a folder beside, which is then renamed.
create_cluster() {
  local new=$PG_DATA.new auth=(-A trust -N)
  rm -rf "$new" && mkdir -m 700 "$new" && chown "$PG_OWNER" "$new"
  if [ "$PG_KIND" = postgres ]; then
    make_passwords
    (umask 077 && password_of postgres >"$PG_DATA.pw" && chown "$PG_OWNER" "$PG_DATA.pw")
    auth=(-A scram-sha-256 "--pwfile=$PG_DATA.pw")
  fi
  as_owner "$PG_BIN/initdb" -D "$new" -U postgres -E UTF8 --locale=C.UTF-8 "${auth[@]}" >"$VAR/log/initdb.log" 2>&1 ||
    die "the database cluster could not be made; see $VAR/log/initdb.log"
  rm -f "$PG_DATA.pw" && mv "$new" "$PG_DATA"
}

make_passwords() {
  [ -s "$VAR/pgpass" ] && return
  (umask 077 && for role in postgres maillage; do printf '127.0.0.1:*:*:%s:%s\n' "$role" "$(random_key)"; done >"$VAR/pgpass.new")
  mv "$VAR/pgpass.new" "$VAR/pgpass"
}
password_of() { grep -s ":$1:" "$VAR/pgpass" | cut -d: -f5; }

sql() { # sql DATABASE PSQL_ARGUMENTS...: as superuser, whatever the caller's own PG* variables say
  local database=$1
  shift
  env -i PATH="$PATH" HOME=/ PGPASSFILE="$VAR/pgpass" PGOPTIONS=--client-min-messages=warning "$PG_BIN/psql" -wXqAt \
    -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U postgres -d "$database" "$@"
}

# Extensions need a superuser and are made here; the site's own role owns its database and nothing else.
# The database comes last: when it is there, so is all the rest.
create_database() {
  local found owner=postgres
  found=$(sql postgres -c "select 1 from pg_database where datname = 'maillage'") ||
    die "the database server of $PG_DATA refuses the password of $VAR/pgpass" \
      "put $VAR/pgpass back, or begin anew (this erases the data): rm -rf $PG_DATA"
  [ "$found" != 1 ] || return 0
  sql template1 -c 'create extension if not exists postgis' -c 'create extension if not exists unaccent' \
    -c 'create extension if not exists pg_trgm'
  if [ "$PG_KIND" = postgres ]; then
    owner=maillage
    printf "drop role if exists maillage; create role maillage login nosuperuser nocreatedb nocreaterole password '%s'" \
      "$(password_of maillage)" | sql postgres
  fi
  sql postgres -c "create database maillage owner $owner"
}

# --- Running it ----------------------------------------------------------------------------------
# True when the process named by the pid file is this cluster's server: it works in the cluster's folder.
# (After a crash, or in a new container, that number may be another program's.)
is_running() {
  as_owner sh -c 'pid=$(head -n 1 "$1/postmaster.pid") && [ "$(readlink "/proc/$pid/cwd")" = "$1" ]' sh "$PG_DATA" 2>/dev/null
}

# A dead number in the pid file is the server's business; one reused by another program would stop it.
forget_reused_pid() {
  as_owner sh -c 'pid=$(head -n 1 "$1/postmaster.pid") && kill -0 "$pid" && rm "$1/postmaster.pid"' sh "$PG_DATA" 2>/dev/null || true
}

start_cluster() {
  [ -d "$PG_DATA" ] || create_cluster
  if is_running; then PG_PORT=$(as_owner sed -n 4p "$PG_DATA/postmaster.pid") && return; fi
  forget_reused_pid
  local options=$PG_OPTIONS first=5460
  [ "$PG_KIND" = postgres ] || options="$options $PG_FAST" first=5480
  for PG_PORT in $(cat "$VAR/$PG_KIND.port" 2>/dev/null || true) $(seq $first 5519); do
    port_is_busy "$PG_PORT" && continue
    if start_on_port "$options"; then printf '%s\n' "$PG_PORT" >"$VAR/$PG_KIND.port" && return; fi
    as_owner tail -n 20 "$PG_DATA/server.log" | grep -q 'could not bind' || break
  done
  return 1
}

start_on_port() {
  as_owner "$PG_BIN/pg_ctl" -D "$PG_DATA" -w -t 120 -l "$PG_DATA/server.log" -o "-p $PG_PORT ${1//$'\n'/ }" start >/dev/null 2>&1
}

stop_cluster() { as_owner "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -w -t 60 stop >/dev/null 2>&1 || true; }

# serve_cluster: the cluster of bin/serve, kept; sets DATABASE_URL.
serve_cluster() {
  use_cluster postgres
  exec 8>"$VAR/postgres.lock" && flock -s 8
  start_cluster || { as_owner tail -n 15 "$PG_DATA/server.log" && die 'the database server does not start; the reason is above'; }
  create_database
  export DATABASE_URL="postgis://maillage:$(password_of maillage)@127.0.0.1:$PG_PORT/maillage"
}

# test_cluster: the cluster of bin/test, one run at a time, made anew when it does not start.
test_cluster() {
  use_cluster postgres-test
  exec 8>"$VAR/postgres-test.lock"
  flock -n 8 || { printf ' waiting for another bin/test of this folder…' && flock 8; }
  start_cluster || { rm -rf "$PG_DATA" && start_cluster; } ||
    { as_owner tail -n 15 "$PG_DATA/server.log" && die 'the test database server does not start; the reason is above'; }
  create_database
  export DATABASE_URL="postgis://postgres@127.0.0.1:$PG_PORT/maillage"
}

# The last one out stops the server: as long as another bin/serve (or its site) uses it, lock 8 is held.
# A test cluster outside this folder is erased too, since nobody would know of it.
leave_cluster() {
  [ -n "$PG_PORT" ] && flock -n -x 8 || return 0
  stop_cluster
  [ "$PG_KIND" = postgres ] || [ "$PG_DATA" = "$VAR/$PG_KIND" ] || rm -rf "$PG_DATA"
}
