#!/usr/bin/env bash
# Everything that must hold, here and on the build machine: `scripts/test.sh all`; or its quick part: `scripts/test.sh check`.
# The last line counts the tests. Refuses to skip what a machine lacks: it installs it or fails.
set -euo pipefail
cd "$(dirname "$0")/.."

mode=${1:-all}
case "$mode" in all | check) ;; *) echo "use: scripts/test.sh all|check" >&2 && exit 2 ;; esac

target=${CARGO_TARGET_DIR:-target}
logs="$target/test-logs"
services="$target/test-services"
passed=0
failed=0

step() {
  printf '\n== %s\n' "$1"
}

# Counts the closing lines of cargo test, nextest and our browser runner.
count() {
  local log=$1 pair
  while read -r pair; do
    passed=$((passed + ${pair% *}))
    failed=$((failed + ${pair#* }))
  done < <(
    sed 's/\x1b\[[0-9;]*m//g' "$log" | sed -nE \
      -e 's/^test result: [a-zA-Z]+\. ([0-9]+) passed; ([0-9]+) failed.*/\1 \2/p' \
      -e 's/^ *Summary \[.*\] .* ([0-9]+) passed.*, ([0-9]+) failed.*/\1 \2/p;t' \
      -e 's/^ *Summary \[.*\] .* ([0-9]+) passed.*/\1 0/p;t' \
      -e 's/^ *Summary \[.*\] .* ([0-9]+) failed.*/0 \1/p' \
      -e 's/^browser: ([0-9]+) passed, ([0-9]+) failed$/\1 \2/p'
  )
}

# Runs a test command, shows it and keeps its output; a failure is remembered and the rest still runs.
tests() {
  local name=$1 ok=0
  shift
  "$@" </dev/null 2>&1 | tee "$logs/$name.log" || ok=$?
  count "$logs/$name.log"
  if [ "$ok" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
  fi
}

finish() {
  local code=$?
  if [ -e "$services/stop.sh" ]; then
    "$target/debug/sauda-services" down "$services" || true
  fi
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then
    failed=1
  fi
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] || exit 1
  exit "$code"
}

# A build machine starts from nothing each time: what speeds up the next edit would only fill its disk.
if [ "${CI:-}" = true ]; then
  export CARGO_INCREMENTAL=0
fi

step 'tools'
if [ "$mode" = all ]; then
  scripts/tools.sh rust front-end services browser
else
  scripts/tools.sh rust front-end
fi
mkdir -p "$logs"
trap finish EXIT

step 'front-end bundle'
cargo run --quiet --locked --package xtask -- assets

step 'format'
cargo fmt --all --check

step 'tidy'
cargo run --quiet --locked --package xtask -- tidy

step 'clippy'
cargo clippy --quiet --locked --workspace --all-targets -- --deny warnings

if [ "$mode" = all ]; then
  step 'documentation of the code'
  RUSTDOCFLAGS='--deny warnings' cargo doc --quiet --locked --workspace --no-deps

  if command -v cargo-deny >/dev/null 2>&1; then
    step 'licences and bans'
    cargo deny --offline check bans licenses sources
  fi
fi

# The program too, with the features that the tests have: the browser drives this one.
step 'build the tests'
cargo build --quiet --locked --workspace --bins --tests

if [ "$mode" = all ]; then
  step 'PostgreSQL and Redis'
  "$target/debug/sauda-services" up "$services" >"$logs/services.env"
  while IFS= read -r line; do
    export "${line?}"
  done <"$logs/services.env"
  export SAUDA_REQUIRE_ENGINES=1
else
  export SAUDA_TEST_ENGINES=sqlite
fi

step 'tests'
if command -v cargo-nextest >/dev/null 2>&1; then
  tests rust cargo nextest run --locked --workspace --no-fail-fast
else
  tests rust cargo test --locked --workspace --no-fail-fast
fi

if [ "$mode" = all ]; then
  step 'browser'
  scripts/browser.sh install
  tests browser scripts/browser.sh run
fi
