#!/usr/bin/env bash
# Takes the pictures of the README's tour anew, into docs/pictures. Refuses to touch pictures that are kept by hand: there are none.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/tools.sh rust front-end browser
cargo run --quiet --locked --package xtask -- assets
REQUIRE_ASSETS=1 cargo build --quiet --locked --package sauda-app --bin sauda
scripts/browser.sh install
scripts/browser.sh pictures
