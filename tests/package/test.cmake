# Installs ravine, moves the installation, and builds and runs a program against it from another
# folder. Given: BUILD (ravine's own), WORK (a folder to make anew), EXAMPLES (the folder of its examples),
# GENERATOR, CXX, CXX_FLAGS and BUILD_TYPE.

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\n${output}\nended with ${status}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK}/elsewhere)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/installed)
file(RENAME ${WORK}/installed ${WORK}/moved)

file(COPY ${CMAKE_CURRENT_LIST_DIR}/app DESTINATION ${WORK})
run(${CMAKE_COMMAND} -S ${WORK}/app -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${WORK}/moved -D PROGRAM=${EXAMPLES}/digits.cpp -D CMAKE_CXX_COMPILER=${CXX}
  -D CMAKE_CXX_FLAGS=${CXX_FLAGS} -D CMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK}/build --target headers)
string(TIMESTAMP start "%s%f")
run(${CMAKE_COMMAND} --build ${WORK}/build --target app)
string(TIMESTAMP end "%s%f")
math(EXPR milliseconds "(${end} - ${start}) / 1000")
message("compiled and linked in ${milliseconds} ms")

# compiler_work(FILE OUT): the memory that compiling takes, in MB. Its time follows from that, but
# this is the same on a busy machine, too.
function(compiler_work file out)
  execute_process(COMMAND ${CXX} -std=c++20 -O2 -I${WORK}/moved/include -ftime-report
    -c ${file} -o ${WORK}/measured.o RESULT_VARIABLE status ERROR_VARIABLE report)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${file}\n${report}")
  endif()
  string(REGEX MATCH "TOTAL[ :0-9.]* ([0-9]+)M" total "${report}")
  set(${out} "${CMAKE_MATCH_1}" PARENT_SCOPE)
endfunction()
compiler_work(${CMAKE_CURRENT_LIST_DIR}/yardstick.cpp yardstick)
compiler_work(${EXAMPLES}/digits.cpp program)
# Other compilers report no memory.
if(yardstick AND program)
  message("compiling takes ${program} MB, the yardstick ${yardstick} MB")
  math(EXPR limit "${yardstick} * 21 / 10")  # where g++ 12 takes two seconds
  if(program GREATER limit)
    message(FATAL_ERROR "ravine.hpp has become heavy: its program compiles in ${program} MB, more "
      "than ${limit} MB")
  endif()
endif()

# With nothing in the user's own folders, the data come from the installation.
set(program ${CMAKE_COMMAND} -E env --unset=RAVINE_DATA_DIR --unset=XDG_CACHE_HOME
  HOME=${WORK}/elsewhere ${WORK}/build/app)
execute_process(COMMAND ${program} WORKING_DIRECTORY ${WORK}/elsewhere
  RESULT_VARIABLE status OUTPUT_VARIABLE accuracy ERROR_VARIABLE problem
  OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the program ended with ${status}: ${problem}")
endif()
if(NOT (accuracy GREATER 0.95 AND accuracy LESS_EQUAL 1))
  message(FATAL_ERROR "the program printed '${accuracy}', not an accuracy above 0.95")
endif()
if(NOT EXISTS ${WORK}/elsewhere/digits.safetensors)
  message(FATAL_ERROR "the program saved no digits.safetensors")
endif()

# And from nowhere else: not from the checkout that the library was built in.
file(REMOVE_RECURSE ${WORK}/moved/share/ravine/datasets/digits)
execute_process(COMMAND ${program} WORKING_DIRECTORY ${WORK}/elsewhere
  RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
if(status EQUAL 0)
  message(FATAL_ERROR "the program finds digits without the installation's copy")
endif()

# A plugin made for the installation is loaded by the command in it.
file(COPY ${CMAKE_CURRENT_LIST_DIR}/plugin DESTINATION ${WORK})
file(COPY ${EXAMPLES}/plugins/mine.cpp ${EXAMPLES}/mine.hpp DESTINATION ${WORK}/plugin)
run(${CMAKE_COMMAND} -S ${WORK}/plugin -B ${WORK}/plugin/build -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${WORK}/moved -D CMAKE_CXX_COMPILER=${CXX} -D CMAKE_CXX_FLAGS=${CXX_FLAGS}
  -D CMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK}/plugin/build)
if(EXISTS ${WORK}/moved/bin/ravine)
  run(${WORK}/moved/bin/ravine --plugin ${WORK}/plugin/build/libmine.so optimizers mine)
endif()

# Where ravine was built there is nothing that find_package takes for an installation, as it would
# with the build's command in PATH.
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK}/plugin -B ${WORK}/plugin/astray -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${BUILD} -D CMAKE_CXX_COMPILER=${CXX} OUTPUT_QUIET ERROR_QUIET)
file(STRINGS ${WORK}/plugin/astray/CMakeCache.txt found REGEX "^ravine_DIR:")
string(FIND "${found}" "=${BUILD}" in_the_build)
if(found STREQUAL "" OR NOT in_the_build EQUAL -1)
  message(FATAL_ERROR "find_package(ravine) takes the build for an installation: ${found}")
endif()
