# System packages: what is missing is installed (root, or sudo without a password), or the line to run is printed.
# shellcheck shell=bash
PACKAGES=() WORDS=()

# need PACKAGES WORDS PROBE...: notes what is missing when the probe fails.
need() {
  local packages=$1 words=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  # shellcheck disable=SC2206  # several packages in one word
  PACKAGES+=($packages)
  WORDS+=("$words")
}

needs_to_run() {
  need 'python3 python3-venv' 'Python 3.11 or newer, with venv and ensurepip' find_python
  [ -n "${DATABASE_URL-}" ] || need_postgres
  need gdal-bin 'GDAL (gdalinfo)' command -v gdalinfo
  need gettext 'GNU gettext (msgfmt)' command -v msgfmt
  need 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' 'Pango, for pages on paper' has_pango
  need fonts-liberation 'the Liberation fonts, for pages on paper' has_liberation
}

need_postgres() {
  need postgresql-postgis 'the PostgreSQL server (15 or newer) with its PostGIS extension' find_postgres
}

# Whatever DATABASE_URL says: a test starts a server of its own, to read its log.
needs_to_test() {
  needs_to_run
  [ -z "${DATABASE_URL-}" ] || need_postgres
  need chromium 'Chromium, as /usr/bin/chromium' test -x /usr/bin/chromium
  need fonts-dejavu-core 'a font, for the pages that the browser draws' has_a_font
  need libatomic1 'libatomic.so.1, for the driver of Playwright' has_libatomic
  need poppler-utils 'poppler (pdftotext)' command -v pdftotext
}

has_a_font() { [ -n "$(find /usr/share/fonts ~/.fonts -name '*.[to]tf' -print -quit 2>/dev/null)" ]; }

has_pango() { python_sees libpango-1.0.so.0 && python_sees libpangoft2-1.0.so.0 && python_sees libharfbuzz-subset.so.0; }

python_sees() { "$(find_python)" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1"; }

has_liberation() { [ -n "$(find /usr/share/fonts ~/.fonts -iname 'LiberationSans-Regular.ttf' -print -quit 2>/dev/null)" ]; }

has_libatomic() { find /usr/lib /lib /usr/local/lib -name 'libatomic.so.1' -print -quit 2>/dev/null | grep -q .; }

# ensure_packages NEEDS: a function above; run again after the installation, to see that it was enough.
ensure_packages() {
  PACKAGES=() WORDS=() && "$1"
  [ ${#WORDS[@]} -gt 0 ] || { finish 'all there' && return; }
  command -v apt-get >/dev/null && grep -Eqs '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release ||
    die "this is not Debian: install with the system's own tools, then start again: $(join_words)"
  local line="apt-get update && apt-get install -y --no-install-recommends ${PACKAGES[*]}" sudo=''
  if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || die "missing: $(join_words)" "sudo sh -c '$line'"
    sudo='sudo -n'
  fi
  run "$sudo $line" apt_install "$sudo" "${PACKAGES[@]}"
  local installed="${PACKAGES[*]}"
  PACKAGES=() WORDS=() && "$1"
  [ ${#WORDS[@]} -eq 0 ] || die "still missing after the installation of $installed: $(join_words)"
  finish "installed $installed"
}

join_words() { local all; printf -v all '%s; ' "${WORDS[@]}" && printf '%s' "${all%; }"; }

# A machine without package lists, or stopped half-way through an installation, gets a second try.
apt_install() {
  local apt="$1 env DEBIAN_FRONTEND=noninteractive" get='apt-get -o DPkg::Lock::Timeout=300' flags='-y --no-install-recommends'
  shift
  # shellcheck disable=SC2086  # words on purpose
  $apt $get install $flags "$@" || { $apt dpkg --configure -a && $apt $get update && $apt $get install $flags "$@"; }
}
