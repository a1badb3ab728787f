# SPDX-License-Identifier: GPL-2.0-only
# find_ns3_modules(<module>...): makes the interface target `ns3-modules`.
# Plain libraries and headers only: Debian 12's ns3Config.cmake aborts, even under QUIET, unless
# the separate packages ns3 and libgsl-dev are installed; transitive libraries come by DT_NEEDED.
# Debian calls a library libns3-core.so, ns-3's own `./ns3 install` libns3.37-core-default.so: that
# one is looked for beside the headers (set CMAKE_PREFIX_PATH to its prefix).
function(find_ns3_modules)
  add_library(ns3-modules INTERFACE)
  find_path(NS3_INCLUDE_DIR ns3/node.h REQUIRED)
  if(NOT NS3_INCLUDE_DIR STREQUAL "/usr/include")
    target_include_directories(ns3-modules SYSTEM INTERFACE "${NS3_INCLUDE_DIR}")
  endif()
  get_filename_component(prefix "${NS3_INCLUDE_DIR}" DIRECTORY)
  foreach(m IN LISTS ARGN)
    file(GLOB versioned "${prefix}/lib*/libns3.*-${m}*.so")
    list(FILTER versioned INCLUDE REGEX "/libns3(\\.[0-9]+)+-${m}(-(debug|default|optimized|release))?\\.so$")
    if(versioned)
      list(GET versioned 0 NS3_LIBRARY_${m})
    else()
      find_library(NS3_LIBRARY_${m} NAMES ns3-${m} REQUIRED)
    endif()
    target_link_libraries(ns3-modules INTERFACE "${NS3_LIBRARY_${m}}")
  endforeach()
  # udp-client.h has a member inside #ifdef NS3_LOG_ENABLE, and Debian builds with it, as do ns-3's
  # profiles debug and default: without the definition our objects of that class are too small for
  # the library's constructor.
  if(NOT NS3_LIBRARY_core MATCHES "-(optimized|release)\\.so$")
    target_compile_definitions(ns3-modules INTERFACE NS3_LOG_ENABLE)
  endif()
  message(STATUS "ns-3: headers in ${NS3_INCLUDE_DIR}")
endfunction()
