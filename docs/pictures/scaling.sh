#!/bin/bash
# scaling.sh FILE: draws scaling.svg, the time of an example over batch sizes and widths, from the
# CSV of `benchmark_works --scaling FILE`. Needs gnuplot; scripts/benchmark calls it.
set -euo pipefail
csv=$(realpath "$1")
cd "$(dirname "$0")"

gnuplot <<PLOT
set terminal svg size 860,420 font "sans-serif,13" background rgb "white"
set output "scaling.svg"
set multiplot layout 1,2
set logscale xy
set tics nomirror
set format y "%g"
set xtics (1, 4, 16, 64, 256, 1024)
set grid lc rgb "#e0e0e0"
set key right top Left reverse samplen 2
set ylabel "time of an example, µs"
series(name, at) = strcol(1) eq name ? column(at) / 1000 : NaN
set title "784-256-128-10"
set xlabel "batch size"
set xrange [0.8:5000]
set datafile separator ","
plot "$csv" using 2:(series("batch", 3)) skip 1 with linespoints pt 7 ps 0.4 lw 1.5 lc rgb "#888888" title "matrix products alone", \
  "$csv" using 2:(series("batch", 4)) skip 1 with linespoints pt 7 ps 0.4 lw 1.5 lc rgb "#4477aa" title "ravine"
set title "784-w-w-10, batch 64"
set xlabel "width w"
set xtics (8, 32, 128, 512, 2048)
set xrange [6:5000]
set key left top
plot "$csv" using 2:(series("width", 3)) skip 1 with linespoints pt 7 ps 0.4 lw 1.5 lc rgb "#888888" title "matrix products alone", \
  "$csv" using 2:(series("width", 4)) skip 1 with linespoints pt 7 ps 0.4 lw 1.5 lc rgb "#4477aa" title "ravine"
unset multiplot
PLOT
