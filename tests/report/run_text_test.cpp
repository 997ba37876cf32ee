#include "ravine/report/run_text.hpp"

#include <gmock/gmock.h>

#include "report/example_run.hpp"

namespace ravine::report {
namespace {

using testing::HasSubstr;

TEST(TrainText, SaysWhatWasDoneAndHowItWent) {
  EXPECT_EQ(train_text(example_run(), example_outcome()),
            "data       airfoil: 1,082 training, 120 validation, 301 test examples; 5 features, "
            "one number to predict\n"
            "model      linear 5-1, 6 parameters\n"
            "optimizer  momentum lr=0.01 momentum=0.8\n"
            "training   finished after 2 of 2 epochs, 218 steps of batches of 10, 0.75 s\n"
            "test       rmse 4.5, R² 0.7500, loss 0.5\n"
            "saved      runs/a/model.safetensors\n");
}

TEST(TrainText, NamesTheActivationWhereThereIsOne) {
  auto run = example_run();
  run.architecture = {.kind = train::ModelKind::mlp, .layers = {5, 8, 1}};
  EXPECT_NE(train_text(run, example_outcome()).find("mlp 5-8-1 relu, "), std::string::npos);
}

TEST(TrainText, SaysWhatWasDoneAroundTheRule) {
  auto run = example_run();
  run.groups = {{"*.bias", {{"weight_decay", 0}, {"lr", 0.5}}}};
  run.fit.schedule = optim::parse_schedule("warmup:50+cosine");
  run.fit.momentum_schedule = optim::parse_schedule("linear:start_factor=0.5");
  run.fit.schedule_unit = train::Unit::epoch;
  run.fit.clip_value = 0.5;
  run.fit.clip_norm = 1e-6;
  run.fit.accumulate = 4;
  run.fit.average = optim::parse_average("polyak:start=100");
  const std::string text = train_text(run, example_outcome());
  EXPECT_THAT(
      text, HasSubstr("\nwith       group *.bias:weight_decay=0,lr=0.5; schedule warmup:50+cosine "
                      "by the epoch; momentum schedule linear:start_factor=0.5 by the epoch; "
                      "gradient elements within ±0.5; gradient norm at most 1e-06; weights "
                      "averaged by polyak:start=100\ntraining "));
  EXPECT_THAT(text, HasSubstr("218 steps of 4 batches of 10, 0.75 s\n"));
  EXPECT_THAT(text, HasSubstr("loss 0.5, of the averaged weights\n"));
}

TEST(MetricsText, OfClasses) {
  EXPECT_EQ(metrics_text({.loss = 0.0951234, .accuracy = 0.97186, .rmse = {}, .r2 = {}}),
            "accuracy 0.9719, loss 0.09512");
}

}  // namespace
}  // namespace ravine::report
