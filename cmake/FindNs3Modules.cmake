# SPDX-License-Identifier: GPL-2.0-only
# find_ns3_modules(<module>...): makes the interface target `ns3-modules`.
# Plain libraries and headers only: Debian 12's ns3Config.cmake aborts, even under QUIET, unless
# the separate packages ns3 and libgsl-dev are installed; transitive libraries come by DT_NEEDED.
# Debian calls a library libns3-core.so, ns-3's own `./ns3 install` libns3.37-core-default.so: that
# one is looked for beside the headers (set CMAKE_PREFIX_PATH to its prefix).

include(CheckCXXSourceCompiles)

# find_ns3_library(<module> <result>): its path, or something false.
function(find_ns3_library module result)
  get_filename_component(prefix "${NS3_INCLUDE_DIR}" DIRECTORY)
  file(GLOB versioned "${prefix}/lib*/libns3*-${module}*.so")
  list(FILTER versioned INCLUDE REGEX
       "/libns3((\\.[0-9]+)+|-dev)-${module}(-(debug|default|optimized|release))?\\.so$")
  if(versioned)
    list(GET versioned 0 library)
  else()
    find_library(NS3_LIBRARY_${module} NAMES ns3-${module})
    set(library "${NS3_LIBRARY_${module}}")
  endif()
  set(${result} "${library}" PARENT_SCOPE)
endfunction()

# find_optional_ns3_modules(<result> <module>...): the libraries of those that there are.
function(find_optional_ns3_modules result)
  set(libraries)
  foreach(m IN LISTS ARGN)
    find_ns3_library(${m} library)
    if(library)
      list(APPEND libraries "${library}")
    endif()
  endforeach()
  set(${result} ${libraries} PARENT_SCOPE)
endfunction()

# find_ns3_standard(<result>): the oldest C++ standard that its headers compile with: 17 up to
# ns-3.42, 20 with ns-3.48.
function(find_ns3_standard result)
  set(CMAKE_REQUIRED_INCLUDES "${NS3_INCLUDE_DIR}")
  set(CMAKE_REQUIRED_QUIET ON)
  # Compiled, not linked: its libraries are not known yet, and without optimization even its headers
  # need them.
  set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
  foreach(CMAKE_CXX_STANDARD 17 20 23)
    if("cxx_std_${CMAKE_CXX_STANDARD}" IN_LIST CMAKE_CXX_COMPILE_FEATURES)
      set(CMAKE_REQUIRED_FLAGS "${CMAKE_CXX${CMAKE_CXX_STANDARD}_STANDARD_COMPILE_OPTION}")
      check_cxx_source_compiles("#include <ns3/node.h>\nint main() { return 0; }"
                                NS3_COMPILES_AS_CXX${CMAKE_CXX_STANDARD})
      if(NS3_COMPILES_AS_CXX${CMAKE_CXX_STANDARD})
        set(${result} ${CMAKE_CXX_STANDARD} PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
  message(FATAL_ERROR "ns-3's headers in ${NS3_INCLUDE_DIR} do not compile as C++17, 20 or 23")
endfunction()

function(find_ns3_modules)
  add_library(ns3-modules INTERFACE)
  find_path(NS3_INCLUDE_DIR ns3/node.h REQUIRED)
  if(NOT NS3_INCLUDE_DIR STREQUAL "/usr/include")
    target_include_directories(ns3-modules SYSTEM INTERFACE "${NS3_INCLUDE_DIR}")
  endif()
  find_ns3_standard(standard)
  target_compile_features(ns3-modules INTERFACE cxx_std_${standard})
  foreach(m IN LISTS ARGN)
    find_ns3_library(${m} library)
    if(NOT library)
      message(FATAL_ERROR "ns-3's module ${m} has no library beside ${NS3_INCLUDE_DIR}")
    endif()
    target_link_libraries(ns3-modules INTERFACE "${library}")
    if(m STREQUAL "core")
      set(core "${library}")
    endif()
  endforeach()
  # udp-client.h has a member inside #ifdef NS3_LOG_ENABLE, and Debian builds with it, as do ns-3's
  # profiles debug and default: without the definition our objects of that class are too small for
  # the library's constructor. ns-3's profile release has no name in the library's.
  if(NOT core MATCHES "/libns3((\\.[0-9]+)+|-dev)-core(-(optimized|release))?\\.so$")
    target_compile_definitions(ns3-modules INTERFACE NS3_LOG_ENABLE)
  endif()
  message(STATUS "ns-3: headers in ${NS3_INCLUDE_DIR}, C++${standard}")
endfunction()
