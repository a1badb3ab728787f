# SPDX-License-Identifier: GPL-2.0-only
# How everything is compiled for libFuzzer: doc/fuzzing.rst. ns-3's own libraries are as installed,
# without instrumentation.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "VXM_FUZZ: libFuzzer is clang's; configure with -DCMAKE_CXX_COMPILER=clang++")
endif()
set(vxm_sanitizers -fsanitize=address,undefined)
# After CMAKE_CXX_FLAGS_RELEASE, so that -O1 holds.
add_compile_options(-O1 -gline-tables-only -fno-omit-frame-pointer -fsanitize=fuzzer-no-link
                    ${vxm_sanitizers} -fno-sanitize-recover=all)
add_link_options(${vxm_sanitizers})
