# SPDX-License-Identifier: GPL-2.0-only
# find_ns3_modules(<module>...): makes the interface target `ns3-modules`.
# Plain libraries and headers only: Debian 12's ns3Config.cmake aborts, even under QUIET, unless
# the separate packages ns3 and libgsl-dev are installed; transitive libraries come by DT_NEEDED.
function(find_ns3_modules)
  add_library(ns3-modules INTERFACE)
  find_path(NS3_INCLUDE_DIR ns3/node.h REQUIRED)
  if(NOT NS3_INCLUDE_DIR STREQUAL "/usr/include")
    target_include_directories(ns3-modules SYSTEM INTERFACE "${NS3_INCLUDE_DIR}")
  endif()
  foreach(m IN LISTS ARGN)
    find_library(NS3_LIBRARY_${m} NAMES ns3-${m} REQUIRED)
    target_link_libraries(ns3-modules INTERFACE "${NS3_LIBRARY_${m}}")
  endforeach()
  # udp-client.h has a member inside #ifdef NS3_LOG_ENABLE and Debian builds with it: without the
  # definition our objects of that class are too small for the library's constructor.
  target_compile_definitions(ns3-modules INTERFACE NS3_LOG_ENABLE)
  message(STATUS "ns-3: headers in ${NS3_INCLUDE_DIR}")
endfunction()
