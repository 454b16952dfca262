#!/usr/bin/env bash
# Makes sure that the tools of a task are there: `scripts/tools.sh rust|front-end|services|browser …`.
# Installs Debian packages when it runs as root and can; otherwise says exactly what is missing. Refuses to touch Rust and
# Node versions that are there.
set -euo pipefail

missing=()
packages=()

# wants COMMAND PACKAGE: the package that brings the command on Debian.
wants() {
  if ! found "$1"; then
    missing+=("$1")
    packages+=("$2")
  fi
}

found() {
  command -v "$1" >/dev/null 2>&1 && return
  # Debian keeps the server programs of PostgreSQL out of the path.
  [ "$1" = initdb ] && compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

for group in "$@"; do
  case "$group" in
    rust)
      wants git git
      wants cc build-essential
      ;;
    front-end)
      wants node nodejs
      wants npm npm
      ;;
    services)
      wants initdb postgresql
      wants redis-server redis-server
      ;;
    browser)
      [ -n "${CHROMIUM_BIN:-}" ] || wants chromium chromium
      ;;
    *)
      echo "scripts/tools.sh: unknown group $group: use rust, front-end, services or browser" >&2
      exit 2
      ;;
  esac
done

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}" ca-certificates; } </dev/null >/dev/null
  fi
  still=()
  for index in "${!missing[@]}"; do
    found "${missing[$index]}" || still+=("${missing[$index]} (Debian package ${packages[$index]})")
  done
  if [ ${#still[@]} -gt 0 ]; then
    printf 'missing: %s\n' "${still[@]}" >&2
    echo "install what is missing and run this again" >&2
    exit 1
  fi
fi

case " $* " in
  *" rust "*)
    if ! command -v cargo >/dev/null 2>&1; then
      echo "missing: cargo. Install Rust 1.95 or newer with rustup" >&2
      exit 1
    fi
    ;;
esac
case " $* " in
  *" front-end "*)
    if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
      echo "Node.js $(node --version) is too old: install 20 or newer" >&2
      exit 1
    fi
    ;;
esac
