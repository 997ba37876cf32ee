#!/bin/bash
# docs/pictures/lab.sh: draws figures of the pages of `ravine lab` by Chromium (Debian: chromium).
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# picture NAME HEIGHT EXPERIMENT...: the top of the page, HEIGHT pixels of it.
picture() {
  local name=$1 height=$2
  shift 2
  build/release/bin/ravine lab "$@" --report "$folder/$name.html" >/dev/null
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=8000 \
    --window-size="1200,$height" --screenshot="docs/pictures/$name.png" \
    "file://$folder/$name.html" 2>/dev/null
}

picture spectrum 1180 spectrum --data diabetes --model linear --verify
picture rates 1220 rates
picture colorize 1140 colorize
picture trajectory 1130 trajectory --surface rosenbrock --steps 300 \
  --compare sgd:lr=0.001,momentum:lr=0.001,momentum=0.9,adam:lr=0.05,lbfgs:max_iter=1
