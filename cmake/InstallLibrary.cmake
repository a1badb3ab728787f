# SPDX-License-Identifier: GPL-2.0-only
# What `cmake --install` puts under the prefix: the programs, one shared library of all components
# (whole, so that every TypeId registers), its headers, and what find_package() and pkg-config read.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
get_property(rooms GLOBAL PROPERTY vxm_components)
foreach(room IN LISTS rooms)
  list(APPEND objects $<TARGET_OBJECTS:${room}>)
endforeach()
add_library(vxm-shared SHARED ${objects})
target_link_libraries(vxm-shared PRIVATE vxm-study vxm-planning vxm-report vxm-mpi PUBLIC ns3-modules)
set_target_properties(vxm-shared PROPERTIES
  OUTPUT_NAME vxlan-multicast EXPORT_NAME vxlan-multicast LINKER_LANGUAGE CXX
  VERSION "${PROJECT_VERSION}" SOVERSION "${PROJECT_VERSION}"
  INSTALL_RPATH_USE_LINK_PATH ON) # lp_solve and an ns-3 of one's own stand in folders of their own

# The headers keep to a folder of their own: <prefix>/include/vxlan-multicast/ns3/.
set(vxm_include_dir "${CMAKE_INSTALL_INCLUDEDIR}/vxlan-multicast")
install(FILES ${vxm_headers} "${CMAKE_CURRENT_BINARY_DIR}/include/ns3/vxlan-multicast-module.h"
        DESTINATION "${vxm_include_dir}/ns3" COMPONENT library)
install(TARGETS vxm-shared LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library)

set(vxm_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/vxlan-multicast")
list(JOIN vxm_ns3_modules " " vxm_ns3_modules)
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/vxlan-multicastConfig.cmake.in"
  "${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicastConfig.cmake" INSTALL_DESTINATION "${vxm_package_dir}"
  PATH_VARS vxm_include_dir CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicastConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicastConfig.cmake"
              "${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicastConfigVersion.cmake"
              "${CMAKE_CURRENT_LIST_DIR}/FindNs3Modules.cmake"
        DESTINATION "${vxm_package_dir}" COMPONENT library)

get_target_property(ns3_libraries ns3-modules INTERFACE_LINK_LIBRARIES)
list(JOIN ns3_libraries " " vxm_ns3_libraries)
get_target_property(ns3_include ns3-modules INTERFACE_INCLUDE_DIRECTORIES)
if(ns3_include)
  set(vxm_ns3_include "-I${ns3_include}")
endif()
get_target_property(ns3_definitions ns3-modules INTERFACE_COMPILE_DEFINITIONS)
if(ns3_definitions)
  list(TRANSFORM ns3_definitions PREPEND "-D")
  list(JOIN ns3_definitions " " vxm_ns3_definitions)
endif()
# Relative, so that the prefix may be chosen, or moved, at installation.
file(RELATIVE_PATH vxm_pc_to_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file("${CMAKE_CURRENT_LIST_DIR}/vxlan-multicast.pc.in"
               "${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicast.pc" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/vxlan-multicast.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT library)
