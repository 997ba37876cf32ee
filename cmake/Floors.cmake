# What the floors of the library have in common: warnings, and files compiled once per instruction set.

add_library(ravine_settings INTERFACE)
# GCC 12 sees overlapping copies in the assignment of any string literal (its bug 105651).
target_compile_options(ravine_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<BOOL:${RAVINE_WERROR}>:-Werror>)
# Where several files are compiled as one, what each keeps to itself is seen by the next.
if(CMAKE_UNITY_BUILD)
  target_compile_options(ravine_settings INTERFACE -Wno-shadow
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

# The kernels in *.simd.cpp are built for each of three instruction sets, and the best one is chosen
# when the program starts. -fno-weak keeps a variant's inline and template functions to itself:
# without it the linker would keep one copy of, say, a std::vector member for all, perhaps one with
# AVX-512 in it. Uninitialised values would be found where there are none, in the compiler's
# intrinsics. Other compilers and processors have the baseline alone.
option(RAVINE_SIMD "Build the kernels for AVX2 and AVX-512, too" ON)
if(RAVINE_SIMD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
    AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(RAVINE_SIMD_LEVELS Baseline Avx2 Avx512)
  target_compile_definitions(ravine_settings INTERFACE RAVINE_SIMD_VARIANTS)
  set(RAVINE_SIMD_FLAGS -fno-weak -Wno-uninitialized -Wno-maybe-uninitialized)
else()
  set(RAVINE_SIMD_LEVELS Baseline)
endif()
set(RAVINE_SIMD_FLAGS_Avx2 -mavx2 -mfma)
set(RAVINE_SIMD_FLAGS_Avx512 -march=skylake-avx512 -mprefer-vector-width=512)

# ravine_floor(NAME [BELOW floors...] [PACKAGES targets...])
# The sources of lib/ravine/NAME and of its rooms, the folders in it, as object libraries; BELOW are the floors it may use. The target's
# property RAVINE_OBJECTS holds its objects and theirs, RAVINE_PACKAGES what those link to; the
# global property RAVINE_FLOORS lists the names.
function(ravine_floor name)
  cmake_parse_arguments(FLOOR "" "" "BELOW;PACKAGES" ${ARGN})
  set(folder ${PROJECT_SOURCE_DIR}/lib/ravine/${name})
  file(GLOB sources CONFIGURE_DEPENDS
    ${folder}/*.cpp ${folder}/*.hpp ${folder}/*/*.cpp ${folder}/*/*.hpp)
  file(GLOB simd_sources CONFIGURE_DEPENDS ${folder}/*.simd.cpp)
  if(simd_sources)
    list(REMOVE_ITEM sources ${simd_sources})
  endif()

  set(targets ravine_${name})
  add_library(ravine_${name} OBJECT ${sources})
  set_target_properties(ravine_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(ravine_${name} PUBLIC ${PROJECT_SOURCE_DIR}/lib)
  if(simd_sources)
    foreach(level ${RAVINE_SIMD_LEVELS})
      set(variant ravine_${name}_${level})
      add_library(${variant} OBJECT ${simd_sources})
      set_target_properties(${variant} PROPERTIES UNITY_BUILD OFF)
      target_compile_definitions(${variant} PRIVATE RAVINE_SIMD_LEVEL=${level} XTENSOR_USE_XSIMD)
      # Our headers count as the system's here: -fno-weak has something to say of every inline
      # constant.
      target_include_directories(${variant} SYSTEM PRIVATE ${PROJECT_SOURCE_DIR}/lib)
      # Without any optimisation g++ has macros for intrinsics, which xsimd's vectors do not fit.
      target_compile_options(${variant} PRIVATE ${RAVINE_SIMD_FLAGS} ${RAVINE_SIMD_FLAGS_${level}}
        -fno-math-errno -fno-trapping-math $<$<CONFIG:Debug>:-Og>)
      list(APPEND targets ${variant})
    endforeach()
  endif()

  set(objects "")
  set(packages ${FLOOR_PACKAGES})
  foreach(target ${targets})
    target_link_libraries(${target} PRIVATE ravine_settings ${FLOOR_PACKAGES})
    list(APPEND objects $<TARGET_OBJECTS:${target}>)
  endforeach()
  foreach(floor ${FLOOR_BELOW})
    get_target_property(objects_below ravine_${floor} RAVINE_OBJECTS)
    get_target_property(packages_below ravine_${floor} RAVINE_PACKAGES)
    list(APPEND objects ${objects_below})
    list(APPEND packages ${packages_below})
  endforeach()
  list(REMOVE_DUPLICATES objects)
  list(REMOVE_DUPLICATES packages)
  set_target_properties(ravine_${name} PROPERTIES
    RAVINE_OBJECTS "${objects}" RAVINE_PACKAGES "${packages}")
  set_property(GLOBAL APPEND PROPERTY RAVINE_FLOORS ${name})
endfunction()
