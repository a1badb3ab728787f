#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run-tests.sh BIN_DIR [JOBS]: runs every GoogleTest program BIN_DIR/test-*, JOBS at a time, prints the
# output of those that fail, and ends in the line "N passed, N failed". Exit 1 if anything failed,
# a program that crashed or ran no test counts as one failure.
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
  passed=$((passed + ok))
  failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
