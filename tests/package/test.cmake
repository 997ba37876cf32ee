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
file(COPY ${EXAMPLES}/plugins/mine.cpp DESTINATION ${WORK}/app)
file(COPY ${EXAMPLES}/mine.hpp DESTINATION ${WORK})
run(${CMAKE_COMMAND} -S ${WORK}/app -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_PREFIX_PATH=${WORK}/moved -D PROGRAM=${EXAMPLES}/digits.cpp -D CMAKE_CXX_COMPILER=${CXX}
  -D CMAKE_CXX_FLAGS=${CXX_FLAGS} -D CMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${WORK}/build --target headers)
string(TIMESTAMP start "%s%f")
run(${CMAKE_COMMAND} --build ${WORK}/build --target app)
string(TIMESTAMP end "%s%f")
math(EXPR milliseconds "(${end} - ${start}) / 1000")
message("compiled and linked in ${milliseconds} ms")

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
run(${CMAKE_COMMAND} --build ${WORK}/build --target mine)
if(EXISTS ${WORK}/moved/bin/ravine)
  run(${WORK}/moved/bin/ravine --plugin ${WORK}/build/libmine.so optimizers mine)
endif()
