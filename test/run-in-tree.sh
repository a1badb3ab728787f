#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run-in-tree.sh TREE [JOBS]: builds this module in the ns-3 source tree TREE (3.36 or later) as
# contrib/vxlan-multicast, with the modules it needs alone, counts its warnings, and runs its test
# suite, examples/first-program and vxlan-lab there. PROFILE names a build profile of ns-3 (default),
# OPTIONS are for cmake: PROFILE=debug OPTIONS='-DVXM_UNITY=ON -DCMAKE_CXX_FLAGS_DEBUG=-g0' is quickest.
# TREE gets a link to this folder, a program in its scratch/ and the folders of a build.
set -eu
tree=$(cd "${1:?usage: run-in-tree.sh TREE [JOBS]}" && pwd)
jobs=${2:-$(nproc)}
here=$(cd "$(dirname "$0")/.." && pwd)
[ -f "$tree/ns3" ] && [ -d "$tree/src/core" ] || { echo "$tree is no ns-3 source tree" >&2; exit 2; }
echo "ns-3 $(cat "$tree/VERSION"), $tree"

mkdir -p "$tree/contrib"
link=$tree/contrib/vxlan-multicast
if [ -e "$link" ] || [ -L "$link" ]; then
  [ "$(readlink -f "$link")" = "$here" ] || { echo "$link is another folder" >&2; exit 2; }
else
  ln -s "$here" "$link"
fi
# A user's program, in the place where ns-3 has it.
cp "$here/examples/first-program/first-program.cc" "$tree/scratch/vxlan-first-program.cc"

cd "$tree"
python3 ns3 configure -d "${PROFILE:-default}" --enable-examples --enable-tests --disable-werror \
  --enable-modules=vxlan-multicast --filter-module-examples-and-tests=vxlan-multicast \
  -- ${OPTIONS:-} >"$tree/vxlan-multicast.log" 2>&1 || { tail -n 30 "$tree/vxlan-multicast.log"; exit 1; }
# The whole tree: test.py expects it. Only the modules that are needed are in it.
cmake --build cmake-cache -j "$jobs" >>"$tree/vxlan-multicast.log" 2>&1 || {
  grep -nE 'error|Error' "$tree/vxlan-multicast.log" | head -n 30; exit 1; }
warnings=$(grep -c 'vxlan-multicast.*warning:' "$tree/vxlan-multicast.log" || true)
echo "warnings of this module: $warnings"
python3 test.py --no-build -s vxlan-multicast
python3 ns3 run --no-build vxlan-first-program | grep 'dst 10.0.0.2'
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 ns3 run --no-build "vxlan-lab --topology=$here/topologies/rec-lab.graphml \
--scenario=$here/examples/scenarios/article.yaml --output=$out/article" | tail -n 1
[ "$warnings" -eq 0 ]
