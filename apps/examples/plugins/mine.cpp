#include "mine.hpp"
#include <ravine/optim/plugin.hpp>

extern "C" const rv::optim::Plugin ravine_plugin = rv::optim::plugin<Mine>();
