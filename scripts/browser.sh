#!/usr/bin/env bash
# The browser tests: `scripts/browser.sh install` fetches the driver, `run [NAME…]` runs the scenarios, `pictures` takes the
# pictures of the tour. Uses the built program as it is; refuses to build it.
set -euo pipefail
cd "$(dirname "$0")/../e2e"

export E2E_BIN=${E2E_BIN:-$(cd .. && realpath "${CARGO_TARGET_DIR:-target}")/debug/sauda}
export CHROMIUM_BIN=${CHROMIUM_BIN:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}

act=${1:-run}
shift || true
case "$act" in
  install)
    if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
      npm ci --ignore-scripts </dev/null
      cp package-lock.json node_modules/.installed-lock.json
    fi
    ;;
  run) node run.mjs "$@" ;;
  pictures) node pictures.mjs "$@" ;;
  *) echo "use: scripts/browser.sh install|run|pictures" >&2 && exit 2 ;;
esac
