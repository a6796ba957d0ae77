#!/usr/bin/env bash
# demo.sh PROGRAM - the main job: allocate a real cluster, lose a power feed, and answer five worked
# examples. Runs from the root of the project; ./dev demo builds first and calls this.
set -euo pipefail

program=${1:?usage: demo.sh PROGRAM}
examples=$(dirname "$program")
scenarios=$(cd "$(dirname "$0")" && pwd)/scenarios
plot=build/gpu-cluster.svg
mkdir -p build

say() { printf '\n==== %s\n\n' "$*"; }

say "a cluster of 1523 nodes and 8152 pods (openb, 2023)"
"$program" solve "$scenarios/gpu-cluster.json" --plot "$plot"
echo "the picture is in $plot"

say "it loses a power feed"
"$examples/lose_feed" "$scenarios/gpu-cluster.json" feed-D

say "five worked examples, as printed: can it be done, and if not, what would it take?"
for file in "$scenarios"/article-*.json; do
    status=0
    sed -n 's/^ *"note": "\(.*\)",$/\1/p' "$file" | fold -s -w 100
    "$program" solve "$file" || status=$?
    case $status in
    0 | 10) echo ;; # optimal, or proved infeasible: both are answers
    *) exit "$status" ;;
    esac
done
