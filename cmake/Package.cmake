# What `cmake --install` lays down: the library, its public headers, the command, the shipped data,
# and what find_package(ravine) reads. Nothing in it depends on the prefix, which may be moved.
include(CMakePackageConfigHelpers)
set(RAVINE_DATASETS_DIR ${CMAKE_INSTALL_DATADIR}/ravine/datasets)
set(RAVINE_CONFIG_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/ravine)

install(TARGETS ravine ravine_plugin EXPORT ravineTargets)
if(TARGET ravine_command)
  install(TARGETS ravine_command)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/datasets/ DESTINATION ${RAVINE_DATASETS_DIR}
  USE_SOURCE_PERMISSIONS)

# A header that brings in a package of the tensor floor is internal, but for the one made for it.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lib/ravine/*.hpp)
set(internal "")
foreach(header ${headers})
  cmake_path(GET header FILENAME name)
  file(STRINGS ${header} heavy REGEX "#include <(xtensor|xsimd|cblas)" LIMIT_COUNT 1)
  if(heavy AND NOT name STREQUAL "xtensor.hpp")
    list(APPEND internal PATTERN ${name} EXCLUDE)
  endif()
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/lib/ravine DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN *.hpp ${internal})

install(EXPORT ravineTargets NAMESPACE ravine:: DESTINATION ${RAVINE_CONFIG_DIR})
# In a folder where find_package does not look: it would find the build, which is no installation.
set(config ${PROJECT_BINARY_DIR}/to_install)
configure_package_config_file(cmake/ravineConfig.cmake.in ${config}/ravineConfig.cmake
  INSTALL_DESTINATION ${RAVINE_CONFIG_DIR} PATH_VARS RAVINE_DATASETS_DIR)
write_basic_package_version_file(${config}/ravineConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES cmake/OpenBLASTarget.cmake
  ${config}/ravineConfig.cmake ${config}/ravineConfigVersion.cmake
  DESTINATION ${RAVINE_CONFIG_DIR})
