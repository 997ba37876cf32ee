#pragma once

#include <iostream>  // for the programs that print a result, as nearly all do

/// All of ravine that a program needs to train a model and use it. See docs/library.md.

#include <iostream>  // programs that train print

#include "ravine/autograd/activation.hpp"
#include "ravine/autograd/dropout.hpp"
#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/grad_mode.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/autograd/variable.hpp"
#include "ravine/data/data_loader.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/data/shipped.hpp"
#include "ravine/data/split.hpp"
#include "ravine/data/standardizer.hpp"
#include "ravine/nn/activations.hpp"
#include "ravine/nn/dropout.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/nn/mlp.hpp"
#include "ravine/nn/normalization.hpp"
#include "ravine/nn/safetensors.hpp"
#include "ravine/nn/sequential.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/optim/rules.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/tensor.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model_file.hpp"
#include "ravine/train/prepare.hpp"
