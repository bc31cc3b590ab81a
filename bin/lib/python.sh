# The virtual environment, var/venv, from the hashed requirement files.
# shellcheck shell=bash

# Prints the first Python that is recent enough and can make a virtual environment.
find_python() {
  local candidate
  for candidate in python3.11 python3 /usr/bin/python3 python3.12 python3.13; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate" && return
    fi
  done
  return 1
}

# ensure_environment FILE...: installs the last of these files unless it, as it is now, was the last installed.
# The test requirements hold all of the others: installing them settles both (name both), so that
# bin/serve after bin/test changes nothing.
ensure_environment() {
  local file=${*: -1} installed=$VENV/.installed
  if grep -qsx "$file $(checksum "$file")" "$installed" && "$VENV/bin/python" -c ''; then
    finish unchanged && return
  fi
  if [ -e "$VENV/.installing" ] || ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    run "rm -rf $VENV && bin/$ME" "$(find_python)" -m venv --clear "$VENV"
  fi
  # A run killed between here and the end leaves this mark, and the next one starts from an empty environment.
  touch "$VENV/.installing"
  run "check the network or pip's settings (PIP_INDEX_URL, PIP_CERT), then: bin/$ME" \
    "$VENV/bin/python" -m pip install --require-hashes --no-input --progress-bar off -r "$file"
  for file in "$@"; do printf '%s %s\n' "$file" "$(checksum "$file")"; done >"$installed"
  rm "$VENV/.installing"
  finish "from $file"
}

python() { "$VENV/bin/python" "$@"; }
manage() { "$VENV/bin/python" "$ROOT/manage.py" "$@"; }
