#!/bin/bash
# benchmarks/sweep.sh [ROUNDS]: how much two runs side by side in one process get done, beside two
# processes with one run each: the same sweep as `--jobs 2`, and as two shards. Prints the time of each
# and their ratio; 1 is as good as processes of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
ravine=build/release/bin/ravine
rounds=${1:-5}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

seconds() {
  local start=$EPOCHREALTIME
  "$@" >/dev/null
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}

sweep() { "$ravine" compare "${options[@]}" --quiet "$@"; }
in_one() {
  rm -rf "$folder/report"
  sweep --jobs 2 --shard 1/1 --report "$folder/report"
}
in_two() {
  rm -rf "$folder/report"
  sweep --jobs 1 --shard 1/2 --report "$folder/report" &
  sweep --jobs 1 --shard 2/2 --report "$folder/report"
  wait
}

median() { sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)] }'; }

measure() {
  : >"$folder/one"
  : >"$folder/two"
  : >"$folder/ratio"
  for _ in $(seq "$rounds"); do
    one=$(seconds in_one)
    two=$(seconds in_two)
    echo "$one" >>"$folder/one"
    echo "$two" >>"$folder/two"
    awk -v one="$one" -v two="$two" 'BEGIN { print two / one }' >>"$folder/ratio"
  done
  printf '%-8s one process %.2f s, two %.2f s, efficiency %.2f (median of %d rounds)\n' "$1" \
    "$(median <"$folder/one")" "$(median <"$folder/two")" "$(median <"$folder/ratio")" "$rounds"
}

"$ravine" doctor | grep -E '^(processor|BLAS core|threads)'
# One rule under several specs, so that both halves are the same work.
same() { printf -- '--optimizers='; seq -s, -f 'adam:lr=0.00%g' "$1"; }
options=(--data digits --hidden 32 --epochs 20 --trials 1 --seeds 25 "$(same 8)")
measure digits
if [ -n "${RAVINE_DATA_DIR:-}" ]; then
  options=(--data mnist --hidden 256,128 --epochs 2 --batch-size 64 --trials 1 --seeds 3 "$(same 2)")
  measure mnist
fi
