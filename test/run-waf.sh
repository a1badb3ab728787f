#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run-waf.sh [OPTION...]: configures, builds and tests with waf; --enable-tests, as in ns-3, adds all
# tests. The waf is the program that WAF names (an ns-3 tree up to 3.35 has one), else one on the PATH.
# Debian has no package of waf, but its package xmds2 carries waflib: without a waf, that is unpacked into
# the build folder, or taken from WAFDIR. JOBS and CXXFLAGS are waf's.
set -eu
cd "$(dirname "$0")/.."
waf=${WAF:-$(command -v waf || true)}
if [ -n "$waf" ]; then
  exec python3 "$waf" configure --werror "$@" build check
fi
dir=${WAFDIR:-/usr/lib/python3/dist-packages/xpdeint/waf}
if [ ! -d "$dir/waflib" ]; then
  mkdir -p build-waf
  dir=$PWD/build-waf/waf/usr/lib/python3/dist-packages/xpdeint/waf
  [ -d "$dir/waflib" ] || (cd build-waf && apt-get download -q xmds2 && dpkg -x xmds2_*.deb waf)
fi
unset WAFDIR
exec python3 -c '
import os, sys
sys.path.insert(0, sys.argv[1])
from waflib import Context, Scripting
directory = sys.argv[1]
sys.argv[1:2] = []
Scripting.waf_entry_point(os.getcwd(), Context.WAFVERSION, directory)
' "$dir" configure --werror "$@" build check
