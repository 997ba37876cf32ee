# Files that become part of a program, as constants in a source file of the build tree.

# Only what changed is written: what is compiled from it stays as it is.
function(ravine_write_if_different file content)
  file(WRITE ${file}.new "${content}")
  file(COPY_FILE ${file}.new ${file} ONLY_IF_DIFFERENT)
  file(REMOVE ${file}.new)
endfunction()

# ravine_embed(TARGET HEADER NAMESPACE name=file...)
# Adds a source to TARGET that defines what HEADER declares in NAMESPACE, each name with its file's
# text: `extern const std::string_view name;`. A changed file has CMake run again.
function(ravine_embed target header namespace)
  set(source "#include \"${header}\"\n\nnamespace ${namespace} {\n")
  # The literal's suffix tells the length of what is too long to be counted while compiling.
  string(APPEND source "using namespace std::string_view_literals;\n")
  foreach(pair ${ARGN})
    string(REGEX MATCH "^([a-z_]+)=(.+)$" matched "${pair}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_MATCH_2})
    set(name ${CMAKE_MATCH_1})
    file(READ ${CMAKE_MATCH_2} text)
    string(APPEND source
      "constinit const std::string_view ${name} = R\"embedded(${text})embedded\"sv;\n")
  endforeach()
  string(APPEND source "}  // namespace ${namespace}\n")
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${target}_embedded.cpp)
  ravine_write_if_different(${file} "${source}")
  target_sources(${target} PRIVATE ${file})
endfunction()
