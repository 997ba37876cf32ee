#include "ravine/report/lr_find.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "ravine/optim/common_fields.hpp"
#include "ravine/report/csv.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/table.hpp"
#include "ravine/report/train_command.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string lr_text() { return std::string(optim::lr_name); }

/// Trains the same model on the same data at another rate.
std::string command_at(const RangeTest& test, double lr) {
  optim::Spec optimizer = test.optimizer;
  std::erase_if(optimizer.settings,
                [](const optim::Setting& setting) { return setting.name == optim::lr_name; });
  optimizer.settings.insert(optimizer.settings.begin(), {lr_text(), lr});
  return train_command(test.source, test.load, test.architecture, optimizer) +
         text(" --batch-size ", test.options.batch_size);
}

}  // namespace

std::optional<double> suggested_lr(const RangeTest& test) {
  if (!test.result.suggestion) return {};
  const std::string digits = readable(test.result.suggestion->steepest);
  double lr = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), lr);
  return lr;
}

std::string suggestion_text(const RangeTest& test) {
  const std::vector<train::LrPoint>& curve = test.result.curve;
  if (!test.result.suggestion)
    return text(
        "No learning rate is suggested: the loss does not fall", curve.empty() ? "" : " between ",
        curve.empty() ? "" : readable(curve.front().lr) + " and " + readable(curve.back().lr),
        " by more than batches differ (try another range: --lr-min, --lr-max).\n");
  const double lr = *suggested_lr(test);
  std::string sentence =
      text("The loss falls fastest at a learning rate of ", readable(lr),
           "; a tenth of the rate where it is lowest is ",
           readable(test.result.suggestion->minimum), ":\n  ", command_at(test, lr), "\n");
  const auto lowest = std::ranges::min_element(curve, {}, &train::LrPoint::smoothed);
  if (std::next(lowest) == curve.end())
    sentence += "The loss still fell at the end of the range (try a higher --lr-max).\n";
  return sentence;
}

std::string lr_find_text(const RangeTest& test) {
  constexpr std::size_t gaps = 12;
  const std::vector<train::LrPoint>& curve = test.result.curve;
  Table table{
      .columns = {{lr_text(), Align::right}, {"loss", Align::right}, {"smoothed", Align::right}},
      .rows = {}};
  const std::size_t stride = std::max<std::size_t>(1, (curve.size() + gaps - 1) / gaps);
  for (std::size_t i = 0; i < curve.size(); ++i)
    if (i % stride == 0 || i + 1 == curve.size())
      table.rows.push_back({readable(curve[i].lr), significant(curve[i].loss, 4),
                            significant(curve[i].smoothed, 4)});
  return text(test.source, ": ", name_of(test.architecture.kind), " ",
              joined(test.architecture.layers, "-"), ", ", test.optimizer, ", ",
              grouped(curve.size()), " steps of ", grouped(test.options.batch_size), " examples",
              test.result.blew_up ? ", until the loss blew up" : "", "\n\n", aligned(table), "\n",
              suggestion_text(test));
}

std::string lr_find_json(const RangeTest& test) {
  const auto& suggestion = test.result.suggestion;
  const auto [kind, layers, activation] = test.architecture;
  Json optimizer{{"name", test.optimizer.name}};
  add_settings(optimizer, test.optimizer.settings);
  Json curve = Json::array();
  for (const auto& [lr, loss, smoothed] : test.result.curve)
    curve.push_back({{lr_text(), lr}, {"loss", loss}, {"smoothed", smoothed}});
  using Rate = std::optional<double>;
  return document(Json{
      {"command", "lr-find"},
      {"version", version},
      {"data", test.source},
      {"model", {{"kind", name_of(kind)}, {"layers", layers}, {"activation", name_of(activation)}}},
      {"optimizer", optimizer},
      {"batch_size", test.options.batch_size},
      {"steps", test.options.steps},
      {"seed", test.options.seed},
      {"threads", test.environment.threads},
      {"blas", blas_json<Json>(test.environment)},
      {"blew_up", test.result.blew_up},
      {"suggestion",
       {{lr_text(), or_null<Json>(suggested_lr(test))},
        {"steepest", or_null<Json>(suggestion ? Rate(suggestion->steepest) : Rate())},
        {"minimum", or_null<Json>(suggestion ? Rate(suggestion->minimum) : Rate())}}},
      {"curve", curve}});
}

std::string lr_find_csv(const RangeTest& test) {
  std::string lines = "lr,loss,smoothed\n";
  for (const auto& [lr, loss, smoothed] : test.result.curve)
    lines += csv_line({exact(lr), exact(loss), exact(smoothed)});
  return lines;
}

}  // namespace ravine::report
