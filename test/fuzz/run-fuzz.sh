#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run-fuzz.sh BUILD SECONDS [JOBS [TARGET...]]: runs libFuzzer's targets of BUILD/bin/fuzz-*, or
# those named, SECONDS each, JOBS at a time. Corpora grow in BUILD/corpus/ and are where the next
# run begins; BUILD/runs.csv keeps what was done. An input that fails is kept in BUILD/findings/.
# Exit 1 if one did.
set -u
build=${1:?usage: run-fuzz.sh BUILD SECONDS [JOBS [TARGET...]]}
seconds=${2:-60}
jobs=${3:-1}
[ $# -gt 3 ] && shift 3 || set --
case $seconds in
'' | 0 | *[!0-9]*) echo "SECONDS is '$seconds', expected a number from 1 on" >&2; exit 2 ;;
esac
build=$(cd "$build" && pwd) || exit 2
seeds=$(cd "$(dirname "$0")" && pwd)/corpus
mkdir -p "$build/findings" "$build/fuzz-logs"

one='
  bin=$1; target=$2; build=$3; seeds=$4; seconds=$5
  mkdir -p "$build/corpus/$target"
  log=$build/fuzz-logs/$target.log
  # libFuzzer ends with the first input that fails; leaks are looked for as it goes.
  "$bin" --target="$target" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$build/findings/$target-" \
    "$build/corpus/$target" $(ls -d "$seeds/$target" 2>/dev/null) >"$log" 2>&1
  status=$?
  runs=$(sed -n "s/^stat::number_of_executed_units: *//p" "$log" | tail -n 1)
  rate=$(sed -n "s/^stat::average_exec_per_sec: *//p" "$log" | tail -n 1)
  result=clean
  if [ "$status" -ne 0 ]; then
    result=found
    sed -n "s/.*Test unit written to /$target: /p; s/^does not hold: .*/&/p; s/^SUMMARY: /&/p" "$log"
    echo "$target: replay with $bin --target=$target FILE; $log says more"
  fi
  echo "$(date -u +%Y-%m-%dT%H:%M:%SZ),$target,$seconds,${runs:-0},${rate:-0},$result" >>"$build/runs.csv"'

for bin in "$build"/bin/fuzz-*; do
  [ -x "$bin" ] || continue
  for target in $("$bin" --targets); do
    case " $* " in
    "  " | *" $target "*) echo "$bin $target" ;;
    esac
  done
done >"$build/fuzz-logs/targets"
[ -s "$build/fuzz-logs/targets" ] || { echo "no such target below $build/bin" >&2; exit 2; }
[ -f "$build/runs.csv" ] || echo 'time,target,seconds,runs,runs_per_s,result' >"$build/runs.csv"
before=$(wc -l <"$build/runs.csv")
xargs -P "$jobs" -L 1 sh -c 'sh -c "$0" one "$4" "$5" "$1" "$2" "$3"' "$one" "$build" "$seeds" "$seconds" \
  <"$build/fuzz-logs/targets"

awk -F, -v before="$before" '
  NR > 1 {total[$2] += $4; if ($6 == "clean") clean[$2] += $4; else clean[$2] = 0}
  NR > before {last[$2] = $0; order[++count] = $2}
  END {
    printf "%-22s %10s %10s %14s  %s\n", "target", "runs", "runs/s", "clean so far", "result"
    for (i = 1; i <= count; ++i) {
      split(last[order[i]], cell, ",")
      printf "%-22s %10d %10d %14d  %s\n", order[i], cell[4], cell[5], clean[order[i]], cell[6]
      bad += cell[6] != "clean"
    }
    printf "%d targets, %d with a finding\n", count, bad
    exit bad != 0
  }' "$build/runs.csv"
