#!/bin/bash
# docs/pictures/report.sh: draws report.png, the page that the first command of docs/compare.md writes,
# by Chromium (Debian: chromium).
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

build/release/bin/ravine compare --data digits --hidden 32 --optimizers sgd,momentum,adam \
  --epochs 20 --trials 16 --seeds 5 --report "$folder" --quiet >/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=8000 \
  --window-size=1200,1500 --screenshot=docs/pictures/report.png "file://$folder/report.html" 2>/dev/null
