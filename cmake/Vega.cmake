# The charting library of ravine's pages, as Debian's package has it: a file a module, and none that
# joins them, so each becomes a function here that lib/ravine/report/page/vega.js calls in turn.
set(modules util time format loader dataflow scale canvas scenegraph statistics expression selection
  event-selector functions runtime view parser transforms view-transforms encode projection geo)

find_path(RAVINE_VEGA_DIR vega-view.min.js PATHS /usr/share/javascript/vega
  DOC "The folder of Vega's modules, vega-view.min.js and others")
if(NOT RAVINE_VEGA_DIR)
  message(FATAL_ERROR
    "Vega is not there: install Debian's package libjs-vega, or set RAVINE_VEGA_DIR")
endif()

set(vega "\"use strict\";\nconst vegaModules = {};\n")
foreach(module ${modules})
  set(file ${RAVINE_VEGA_DIR}/vega-${module}.min.js)
  if(NOT EXISTS ${file})
    message(FATAL_ERROR "Vega's ${file} is not there: install Debian's package libjs-vega 5.22")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  # Nothing is to be fetched by a browser whose developer tools are open, either.
  string(REGEX REPLACE "//# sourceMappingURL=[^\n]*" "" text "${text}")
  string(REPLACE "selection" "selections" name ${module})
  string(APPEND vega
    "vegaModules[\"vega-${name}\"] = (exports, require, module) => {\n${text}\n};\n")
endforeach()

set(RAVINE_VEGA ${CMAKE_CURRENT_BINARY_DIR}/vega_modules.js)
ravine_write_if_different(${RAVINE_VEGA} "${vega}")
