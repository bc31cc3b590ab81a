#!/usr/bin/env bash
# One private Elasticsearch in the foreground, on 127.0.0.1:PORT, with all that it writes under FOLDER:
#   bin/lib/one-elasticsearch.sh FOLDER PORT
# Started again with the same FOLDER it finds its data. What it runs comes from the environment, which bin/test and
# bin/serve set (bin/lib/elastic.sh): MAILLAGE_ES_HOME, MAILLAGE_ES_JAVA, MAILLAGE_ES_USER. ES_JAVA_OPTS: the heap.
# The process becomes the server's launcher. TERM stops the server in order. After KILL the server, which watches its
# launcher, closes its port at once and stops by itself; to kill it without that last breath, kill the number that
# FOLDER/pid holds too.
set -euo pipefail
umask 022

[ $# -eq 2 ] || { echo 'usage: bin/lib/one-elasticsearch.sh FOLDER PORT' >&2 && exit 2; }
: "${MAILLAGE_ES_HOME:?the folder of Elasticsearch}" "${MAILLAGE_ES_JAVA:?the folder of a JDK}"
FOLDER=$(readlink -m "$1") PORT=$2
OWNER=${MAILLAGE_ES_USER:-$(id -un)}

as_owner=()
if [ "$(id -u)" = 0 ]; then
  # It refuses to run as root.
  [ "$OWNER" != root ] || { echo 'MAILLAGE_ES_USER: name the unprivileged user that runs the server' >&2 && exit 1; }
  as_owner=(setpriv "--reuid=$OWNER" "--regid=$(id -g "$OWNER")" --init-groups)
fi

write_settings() {
  cat <<SETTINGS
cluster.name: maillage
node.name: one
discovery.type: single-node
network.host: 127.0.0.1
http.port: $PORT
# Nobody speaks to it by this door: any free one.
transport.port: 0
path.data: $FOLDER/data
path.logs: $FOLDER/logs
# On 127.0.0.1, with fictional entries: production is in compose.yaml, with keys and certificates.
xpack.security.enabled: false
xpack.ml.enabled: false
# A nearly full disk must not make the indexes read-only.
cluster.routing.allocation.disk.threshold_enabled: false
SETTINGS
}

# Its messages quote the queries that fail. Nothing is written but what the start and the stop say, name by name.
write_log_settings() {
  cat <<'SETTINGS'
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1}] %m%n
# What is out of date is said to the caller, in the answer's headers, as by any server.
appender.header_warning.type = HeaderWarningAppender
appender.header_warning.name = header_warning
rootLogger.level = off
logger.deprecation.name = org.elasticsearch.deprecation
logger.deprecation.level = warn
logger.deprecation.additivity = false
logger.deprecation.appenderRef.header_warning.ref = header_warning
SETTINGS
  local name
  for name in bootstrap node env http; do
    printf 'logger.%s.name = org.elasticsearch.%s\nlogger.%s.level = info\n' "$name" "$name" "$name"
    printf 'logger.%s.additivity = false\nlogger.%s.appenderRef.console.ref = console\n' "$name" "$name"
  done
}

mkdir -p "$FOLDER/config" "$FOLDER/data" "$FOLDER/logs" "$FOLDER/tmp"
write_settings >"$FOLDER/config/elasticsearch.yml"
write_log_settings >"$FOLDER/config/log4j2.properties"
# No picture of the memory on disk, where words would be found, and no diary of the garbage collector.
grep -v -e HeapDump -e '^-Xlog:gc' "$MAILLAGE_ES_HOME/config/jvm.options" >"$FOLDER/config/jvm.options"
chmod 700 "$FOLDER"
if [ "$(id -u)" = 0 ]; then chown -R "$OWNER" "$FOLDER"; fi
"${as_owner[@]}" test -w "$FOLDER/data" ||
  { echo "$OWNER cannot reach $FOLDER: take a folder under ${MAILLAGE_ES_VAR:-one that $OWNER may cross}" >&2 && exit 1; }

# Compiled once over lightly, the code starts in half the time: what counts for a server that lives some minutes.
: "${ES_JAVA_OPTS:=-Xms512m -Xmx512m -XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch}"
ulimit -c 0
cd /
exec "${as_owner[@]}" env -i PATH="$PATH" HOME="$FOLDER/tmp" ES_TMPDIR="$FOLDER/tmp" ES_PATH_CONF="$FOLDER/config" \
  ES_JAVA_HOME="$MAILLAGE_ES_JAVA" ES_JAVA_OPTS="$ES_JAVA_OPTS" CLI_JAVA_OPTS=-XX:TieredStopAtLevel=1 \
  "$MAILLAGE_ES_HOME/bin/elasticsearch" -p "$FOLDER/pid" -E "path.data=$FOLDER/data"
