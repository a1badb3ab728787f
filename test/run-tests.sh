#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run-tests.sh BIN_DIR [JOBS]: runs every GoogleTest program BIN_DIR/test-*, JOBS at a time, and the
# tests of the report page in a browser, if there are Node.js, a browser and the npm packages, and 300
# random histories against their oracle, if there are Python and vxlan-lab. Prints
# the output of those that fail and the names of those that were skipped, with the reason, and ends in
# the line "N passed, N failed". Exit 1 if anything failed; a program that crashed or ran no test counts
# as one failure.
set -u
bin=${1:?usage: run-tests.sh BIN_DIR [JOBS]}
jobs=${2:-2}
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

one='
  name=$(basename "$1")
  "$1" --gtest_brief=0 >"$2/$name.log" 2>&1
  echo $? >"$2/$name.status"
  echo "$name: exit $(cat "$2/$name.status"), $(grep -c "^\[       OK \]" "$2/$name.log") passed"'
ls "$bin"/test-* | xargs -P "$jobs" -I{} sh -c "$one" one {} "$logs"

page=$(dirname "$0")/../report-page
if ! command -v node >/dev/null; then
  echo 'report-page: not tested, there is no Node.js'
elif [ ! -d "$page/node_modules/playwright-core" ] || [ ! -d "$page/node_modules/esbuild" ]; then
  echo 'report-page: not tested, npm packages are missing (make page-deps)'
elif ! command -v chromium >/dev/null && [ -z "${CHROMIUM:-}" ]; then
  echo 'report-page: not tested, there is no chromium'
elif [ -x "$bin/vxlan-lab" ]; then
  node "$page/test/run.mjs" "$(cd "$bin" && pwd)" >"$logs/report-page.log" 2>&1
  echo $? >"$logs/report-page.status"
  echo "report-page: exit $(cat "$logs/report-page.status"), $(grep -c "^\[       OK \]" "$logs/report-page.log") passed"
  grep -E 'frames a second|^article: ' "$logs/report-page.log"
fi

if ! command -v python3 >/dev/null; then
  echo 'histories: not tested, there is no python3'
elif [ -x "$bin/vxlan-lab" ]; then
  "$(dirname "$0")/history/history_check.py" --lab="$bin/vxlan-lab" --count=300 --jobs="$jobs" --test \
    >"$logs/histories.log" 2>&1
  echo $? >"$logs/histories.status"
  echo "histories: exit $(cat "$logs/histories.status"), $(grep -c "^\[       OK \]" "$logs/histories.log") passed"
fi

passed=0
failed=0
for log in "$logs"/*.log; do
  status=$(cat "${log%.log}.status")
  ok=$(grep -c '^\[       OK \]' "$log")
  bad=$(grep -c '^\[  FAILED  \] .* ([0-9]* ms)$' "$log")
  if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then
    bad=1
  fi
  if [ "$bad" -ne 0 ]; then
    echo "---- $(basename "$log" .log), exit $status"
    awk '/^\[ RUN      \]/ {text = ""} {text = text $0 "\n"} /^\[  FAILED  \] .*\([0-9]+ ms\)$/ {printf "%s", text}' "$log"
    [ "$status" -le 1 ] || tail -n 30 "$log"
  fi
  awk '/^\[ RUN      \]/ {reason = ""}
       /: Skipped$/ {getline; reason = $0}
       /^\[  SKIPPED \] .*\([0-9]+ ms\)$/ {print "skipped: " $4 (reason == "" ? "" : ": " reason)}' "$log"
  passed=$((passed + ok))
  failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
