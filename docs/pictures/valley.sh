#!/bin/bash
# Draws valley.svg: the paths of four optimizers through an ill-conditioned valley, each as
# `ravine lab trajectory` ran it. Needs ravine in PATH and gnuplot.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() {
  ravine lab trajectory --function "0.1*w1^2 + 2*w2^2" --start=-5,-2 --steps 40 --csv \
    --optimizer "$1" --lr "$2" "${@:3}" >"$work/$1.csv"
}
run sgd 0.4
run momentum 0.3 --set momentum=0.7
run rmsprop 0.3 --set alpha=0.9
run adam 0.8

gnuplot <<PLOT
set terminal svg size 860,420 font "sans-serif,13" background rgb "white"
set output "valley.svg"
set title "f(w) = 0.1 w₁² + 2 w₂², 40 steps from (−5, −2)"
set xlabel "w₁"
set ylabel "w₂"
set xrange [-5.6:3]
set yrange [-2.4:2.4]
set key right top
set isosamples 120
set contour base
set cntrparam levels discrete 0.05, 0.2, 0.5, 1, 2, 4, 7
unset surface
set table "$work/contour"
splot 0.1*x**2 + 2*y**2
unset table
set datafile separator ","
plot "<tr -s ' ' ',' <$work/contour | sed 's/^,//'" using 1:2 with lines lc rgb "#d0d0d0" notitle, \
  "$work/sgd.csv" using 2:3 skip 1 with linespoints pt 7 ps 0.35 lw 1.5 lc rgb "#4477aa" title "sgd, lr 0.4", \
  "$work/momentum.csv" using 2:3 skip 1 with linespoints pt 7 ps 0.35 lw 1.5 lc rgb "#cc6677" title "momentum, lr 0.3, β 0.7", \
  "$work/rmsprop.csv" using 2:3 skip 1 with linespoints pt 7 ps 0.35 lw 1.5 lc rgb "#228833" title "rmsprop, lr 0.3, α 0.9", \
  "$work/adam.csv" using 2:3 skip 1 with linespoints pt 7 ps 0.35 lw 1.5 lc rgb "#aa8800" title "adam, lr 0.8"
PLOT
