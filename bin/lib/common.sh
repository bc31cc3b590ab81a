# Shared by bin/serve and bin/test: where things are, numbered steps with their time, checksums, secrets, locks.
# shellcheck shell=bash
set -euo pipefail
umask 022

ROOT=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VAR=$(readlink -m "${MAILLAGE_VAR:-$ROOT/var}")
VENV=$VAR/venv
ME=${0##*/}
STEP=0 STEPS=0 TITLE='' STARTED=0
export MAILLAGE_VAR=$VAR PYTHONUNBUFFERED=1
cd "$ROOT"
trap 'printf "\n%s: stopped at %s:%s\n" "$ME" "${BASH_SOURCE[0]##*/}" "$LINENO" >&2' ERR

say() { printf '%s\n' "$*"; }

# die WHAT [THE LINE THAT MENDS IT]
die() {
  printf '\n%s: %s\n' "$ME" "$1" >&2
  [ -z "${2-}" ] || printf '  To mend it: %s\n' "$2" >&2
  exit 1
}

# --- Steps: "[2/9] Python environment… 31.4 s" ---------------------------------------------------
now_ms() { printf '%s' $((${EPOCHREALTIME/[.,]/} / 1000)); }

step() {
  STEP=$((STEP + 1)) TITLE=$1 STARTED=$(now_ms)
  printf '[%d/%d] %s…' "$STEP" "$STEPS" "$TITLE"
}

# Ends a step; the words, if any, say what came of it.
finish() {
  local ms=$(($(now_ms) - STARTED))
  if [ -t 1 ]; then printf '\r\033[K[%d/%d] %s…' "$STEP" "$STEPS" "$TITLE"
  elif [ "$ms" -ge 10000 ]; then printf '\n     '; fi
  printf ' %s%d.%d s\n' "${1:+$1, }" $((ms / 1000)) $((ms % 1000 / 100))
}

# Shows the last line read: in place on a terminal, every ten seconds elsewhere.
progress() {
  local line last=$SECONDS
  while IFS= read -r line; do
    if [ -t 1 ]; then printf '\r\033[K[%d/%d] %s… %.60s' "$STEP" "$STEPS" "$TITLE" "${line//$'\r'/}"
    elif [ $((SECONDS - last)) -ge 10 ]; then last=$SECONDS; printf '\n      %.100s' "${line//$'\r'/}"; fi
  done
}

# run THE_LINE_THAT_MENDS_IT COMMAND...: the whole output goes to var/log, its end to the terminal on failure.
run() {
  local mend=$1 log=$VAR/log/$ME-$STEP.log
  shift
  if ! "$@" </dev/null 2>&1 | tee "$log" | progress; then
    printf '\n' && tail -n 60 "$log" | sed 's/^/      /'
    die "“$TITLE” failed; all that it printed is in $log" "$mend"
  fi
}

# --- Folders, locks, stamps ----------------------------------------------------------------------
# var/ may be crossed by the user that runs the database server, and listed by nobody else.
prepare_var() {
  mkdir -p "$VAR/log" "$VAR/stamps" "$VAR/build" 2>/dev/null && [ -w "$VAR" ] && [ -w "$VAR/log" ] ||
    die "$VAR cannot be written to by $(id -un)" "sudo chown -R $(id -un) $VAR"
  [ ! -O "$VAR" ] || chmod 711 "$VAR"
  [ ! -O "$VAR/log" ] || chmod 700 "$VAR/log"
}

# One preparation at a time in this folder; the lock ends with the process, however it ends.
lock_setup() {
  exec 9>"$VAR/setup.lock"
  flock -n 9 || { say 'Another run is preparing this folder; waiting for it…' && flock 9; }
}
unlock_setup() { exec 9>&-; }

# checksum FOLDER_OR_FILE... [-- FIND_TESTS...]: one sum for the names and contents of these files.
checksum() {
  local paths=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do paths+=("$1") && shift; done
  [ $# -eq 0 ] || shift
  find "${paths[@]}" -type f ! -path '*/__pycache__/*' ! -name '*.mo' "$@" -print0 |
    LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum | cut -d' ' -f1
}

is_settled() { [ "$(cat "$VAR/stamps/$1" 2>/dev/null)" = "$2" ]; }
settle() { printf '%s\n' "$2" >"$VAR/stamps/$1.new" && mv "$VAR/stamps/$1.new" "$VAR/stamps/$1"; }
unsettle() { rm -f "$VAR/stamps/$1"; }

# --- Secrets: made once, kept in var/secrets.env; what the environment already says wins -----------
random_key() { head -c 48 /dev/urandom | base64 -w0 | tr '+/' '-_'; }

load_secrets() {
  local file=$VAR/secrets.env name value
  for name in SECRET_KEY SEARCH_TOKEN_KEY; do
    grep -Eqs "^$name=.{50,}" "$file" || (umask 077 && printf '%s=%s\n' "$name" "$(random_key)" >>"$file")
  done
  chmod 600 "$file"
  while IFS='=' read -r name value; do
    [ -n "${!name-}" ] || export "$name=$value"
  done <"$file"
}

port_is_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
