#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include "ravine/data/data_loader.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/nn/sequential.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/train/fit.hpp"
#include "support/random_tensor.hpp"
#include "support/with_threads.hpp"

// A whole step of training, large enough that two threads share it.

namespace ravine::train {
namespace {

using test::allocations;

constexpr std::size_t columns = 220;
constexpr std::size_t batch_size = 64;

/// Examples of no meaning: two classes, or numbers.
data::Dataset meaningless(std::size_t size, data::Task task, bool as_bytes) {
  Generator generator(1);
  data::Dataset dataset;
  dataset.name = "meaningless";
  dataset.task = task;
  if (task == data::Task::classification) dataset.class_names = {"0", "1"};
  if (as_bytes) {
    data::Bytes bytes(size * columns);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(generator.below(256));
    dataset.features = data::Features(std::move(bytes), columns, 1.0F / 255);
  } else {
    dataset.features = data::Features(test::random_tensor<float>({size, columns}, generator));
  }
  dataset.targets = Tensor<float>::uninitialized({size});
  for (float& y : dataset.targets.values()) y = static_cast<float>(generator.below(2));
  return dataset;
}

struct Case {
  std::size_t threads;
  data::Task task;
  bool as_bytes;
};
constexpr Case cases[] = {{1, data::Task::classification, true},
                          {2, data::Task::classification, true},
                          {1, data::Task::regression, false},
                          {2, data::Task::regression, false}};

TEST(Allocations, AStepOfTrainingMakesNoneAfterTheFirst) {
  for (const auto& [threads, task, as_bytes] : cases) {
    const test::WithThreads with(threads);
    data::DataLoader loader(meaningless(6 * batch_size, task, as_bytes),
                            {.batch_size = batch_size, .seed = 1});
    const bool classes = task == data::Task::classification;
    nn::Sequential model{nn::Linear(columns, 96), nn::ReLU(), nn::Linear(96, 40), nn::Tanh(),
                         nn::Linear(40, classes ? 2 : 1)};
    const auto optimizer = optim::make("adam", model.parameters());
    std::size_t step = 0;
    std::size_t before = 0;
    for (int epoch = 0; epoch < 3; ++epoch)
      for (auto& [x, y] : loader) {
        // The end of an epoch and the start of the next count, too.
        if (step > 1) {
          EXPECT_EQ(allocations() - before, 0U) << "step " << step << ", threads " << threads;
        }
        before = allocations();
        const auto loss = classes ? cross_entropy(model(x), y) : half_mse_loss(model(x), y);
        optimizer->zero_grad();
        loss.backward();
        optimizer->step();
        ++step;
      }
    EXPECT_EQ(step, 18U);
  }
}

TEST(Allocations, AStepOfFitMakesNoneAfterTheFirst) {
  for (const auto& [threads, task, as_bytes] : cases)
    for (const std::size_t size : {6 * batch_size, 5 * batch_size + 17}) {
      const test::WithThreads with(threads);
      const Prepared data = prepare({.train = meaningless(size, task, as_bytes),
                                     .test = meaningless(batch_size, task, as_bytes)},
                                    0, 1);
      Model model = make_model(ModelKind::mlp, {96, 40}, Activation::relu, data, 1);
      const auto optimizer = optim::make("adam", model.network.parameters());
      std::size_t before = 0;
      std::size_t counted = 0;
      const auto on_step = [&](const StepReport& report) {
        const bool whole = size % batch_size == 0;
        // An incomplete batch has blocks of its own, made in the first epoch.
        const bool is_first = report.step_of_epoch == 1 || (report.epoch == 1 && !whole);
        if (!is_first) {
          EXPECT_EQ(allocations() - before, 0U)
              << "epoch " << report.epoch << ", step " << report.step_of_epoch << " of "
              << report.steps_per_epoch << ", threads " << threads;
          ++counted;
        }
        before = allocations();
        return true;
      };
      fit(model, data, *optimizer, {.epochs = 3, .batch_size = batch_size},
          {.on_step = on_step, .on_epoch = {}});
      EXPECT_GE(counted, 10U);
    }
}

TEST(Allocations, AreCounted) {
  if (!test::allocations_are_counted) return;
  EXPECT_GE(test::allocations_of([] { Tensor<float>::zeros({123'457}); }), 1U);
}

}  // namespace
}  // namespace ravine::train
