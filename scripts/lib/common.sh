# shellcheck shell=bash
# What every script needs: the repository's folder, a line of what is being done, and the tools that are missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # used by the scripts that read this file
host="$root/src/Callback.Web/bin/Debug/net10.0/callback"

say() { printf '== %s\n' "$*" >&2; }

die() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly, or through sudo where we are somebody else.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "This needs root, and sudo is not installed. As root, run: $*"
  fi
}

# Installs Debian packages that are missing; the list of packages is fetched first, once.
install_packages() {
  command -v apt-get >/dev/null || die "Please install: $*"
  say "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive sh -c 'apt-get -qq update && apt-get -qq install -y --no-install-recommends "$@"' sh "$@" >&2
}

need_dotnet() {
  command -v dotnet >/dev/null || die "The .NET SDK 10 is not installed: see https://dotnet.microsoft.com/download (Debian: apt-get install dotnet-sdk-10.0)."
}

# npm restores the screens' browser assets while building.
need_node() {
  if ! command -v npm >/dev/null; then install_packages nodejs npm; fi
}

# Independent implementations from npm that some tests are held against. Where they cannot be had, those tests are skipped and say so.
restore_cross_checks() {
  local folder="$root/tests/Callback.Tests/Telephony/node"
  if ! command -v npm >/dev/null; then say "npm is missing: the tests held against npm packages will be skipped"; return; fi
  if [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then return; fi
  say "restoring what some tests are held against (npm ci)"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 || say "npm ci failed: the tests held against npm packages will be skipped"
}

# The folder of initdb and postgres of the newest PostgreSQL, or nothing.
postgres_folder() {
  local initdb
  initdb=$(find /usr/lib/postgresql -maxdepth 3 -name initdb 2>/dev/null | sort -V | tail -n 1)
  if [ -z "$initdb" ]; then initdb=$(command -v initdb || true); fi
  if [ -n "$initdb" ]; then dirname "$(readlink -f "$initdb")"; fi
}

need_postgres() {
  if [ -n "$(postgres_folder)" ]; then return; fi
  # Debian's package would make and start a cluster of its own, which nobody here needs.
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root sh -c 'mkdir -p /etc/postgresql-common && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf'
  fi
  install_packages postgresql
}

# The browser tests need a browser, and a font for the Chinese screens.
need_browser() {
  if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then install_packages chromium; fi
  if command -v fc-list >/dev/null && [ -n "$(fc-list ':lang=zh' 2>/dev/null | head -n 1)" ]; then return; fi
  install_packages fonts-noto-cjk fontconfig
}

# Restores exactly what the lock files name, and builds.
build() {
  say "building"
  dotnet restore --locked-mode -v quiet "$1" >&2
  dotnet build --no-restore -v quiet -nologo "$1" >&2
}
