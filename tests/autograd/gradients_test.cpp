#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "ravine/autograd/activation.hpp"
#include "ravine/autograd/dropout.hpp"
#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/autograd/structure.hpp"
#include "support/gradient_check.hpp"

// Every operation of the floor, by a table, against central differences.

namespace ravine::test {
namespace {

using V = const Variables&;

struct Row {
  std::string operation;
  std::string variant;
  Function function;
  std::vector<Shape> shapes;
  /// One for each input, the last for all further ones.
  std::vector<Domain> domains = {{}};
};

const Domain any{};
const Domain positive{.low = 0.4, .high = 3};
const Domain away_from_zero{.low = -3, .high = -0.5};
const Domain with_kink_at_zero{.kinks = {0}};

/// Pairs of shapes that NumPy broadcasts.
const std::vector<std::pair<std::string, std::vector<Shape>>> pairs{
    {"same_shape", {{3, 4}, {3, 4}}},
    {"row", {{3, 4}, {4}}},
    {"row_first", {{4}, {3, 4}}},
    {"column", {{3, 4}, {3, 1}}},
    {"column_first", {{3, 1}, {3, 4}}},
    {"outer", {{3, 1}, {4}}},
    {"scalar", {{3, 4}, {}}},
    {"scalar_first", {{}, {3, 4}}},
    {"one", {{3, 4}, {1}}},
    {"middle_and_front", {{2, 1, 3}, {4, 1}}},
    {"rank_four", {{2, 1, 2, 1}, {3, 1, 2}}},
    {"both_scalar", {{}, {}}},
    {"empty", {{0, 4}, {4}}},
    {"empty_rows", {{1, 0}, {3, 1}}},
};

void add_unary(std::vector<Row>& rows) {
  const auto row = [&](const char* name, Function function, const Domain& domain) {
    rows.push_back({name, "matrix", function, {{3, 5}}, {domain}});
    rows.push_back({name, "scalar", function, {{}}, {domain}});
    rows.push_back({name, "empty", function, {{0}}, {domain}});
  };
  row(
      "neg", [](V x) { return neg(x[0]); }, any);
  row(
      "exp", [](V x) { return exp(x[0]); }, any);
  row(
      "log", [](V x) { return log(x[0]); }, positive);
  row(
      "sqrt", [](V x) { return sqrt(x[0]); }, positive);
  row(
      "abs", [](V x) { return abs(x[0]); }, with_kink_at_zero);
  row("sin", [](V x) { return sin(x[0]); }, {.low = -4, .high = 4});
  row("cos", [](V x) { return cos(x[0]); }, {.low = -4, .high = 4});
  row(
      "tanh", [](V x) { return tanh(x[0]); }, any);
  row("sigmoid", [](V x) { return sigmoid(x[0]); }, {.low = -5, .high = 5});
  row(
      "relu", [](V x) { return relu(x[0]); }, with_kink_at_zero);
  row("gelu", [](V x) { return gelu(x[0]); }, {.low = -4, .high = 4});
  row("softplus", [](V x) { return softplus(x[0]); }, {.low = -5, .high = 5});
}

void add_binary(std::vector<Row>& rows) {
  const auto row = [&](const char* name, Function function, std::vector<Domain> domains) {
    for (const auto& [pair, shapes] : pairs)
      rows.push_back({name, pair, function, shapes, domains});
  };
  row("add", [](V x) { return add(x[0], x[1]); }, {any});
  row("subtract", [](V x) { return subtract(x[0], x[1]); }, {any});
  row("multiply", [](V x) { return multiply(x[0], x[1]); }, {any});
  row("divide", [](V x) { return divide(x[0], x[1]); }, {any, away_from_zero});
  row("pow", [](V x) { return pow(x[0], x[1]); }, {positive, any});
  row("maximum", [](V x) { return maximum(x[0], x[1]); }, {any});
  row("minimum", [](V x) { return minimum(x[0], x[1]); }, {any});
  row("leaky_relu", [](V x) { return leaky_relu(x[0], x[1]); }, {with_kink_at_zero, any});

  rows.push_back({"leaky_relu",
                  "default_slope",
                  [](V x) { return leaky_relu(x[0]); },
                  {{3, 4}},
                  {with_kink_at_zero}});
  rows.push_back({"pow",
                  "negative_base_integer_exponent",
                  [](V x) { return pow(x[0], 3) + pow(x[0], -2); },
                  {{3, 4}},
                  {away_from_zero}});
  rows.push_back({"multiply", "the_same_twice", [](V x) { return x[0] * x[0]; }, {{3, 4}}});
  rows.push_back({"subtract", "the_same_twice", [](V x) { return x[0] - x[0]; }, {{3, 4}}});
  rows.push_back(
      {"divide", "the_same_twice", [](V x) { return x[0] / x[0]; }, {{3, 4}}, {positive}});
  rows.push_back(
      {"pow", "the_same_twice", [](V x) { return pow(x[0], x[0]); }, {{3, 4}}, {positive}});
  rows.push_back({"multiply",
                  "chain_of_squares",
                  [](V x) {
                    const auto squared = x[0] * x[0];
                    const auto fourth = squared * squared;
                    return fourth * squared;
                  },
                  {{4}}});
  rows.push_back({"add",
                  "operators_with_numbers",
                  [](V x) { return -(2 * x[0] + 1) / (3 - x[0]) - x[0] * 0.5; },
                  {{3, 2}},
                  {{.low = -2, .high = 2}}});
}

void add_structural(std::vector<Row>& rows) {
  rows.insert(
      rows.end(),
      {
          {"matmul", "matrices", [](V x) { return matmul(x[0], x[1]); }, {{3, 4}, {4, 2}}},
          {"matmul", "column_times_row", [](V x) { return matmul(x[0], x[1]); }, {{3, 1}, {1, 5}}},
          {"matmul", "with_itself", [](V x) { return matmul(x[0], x[0]); }, {{3, 3}}},
          {"matmul",
           "with_its_transpose",
           [](V x) { return matmul(x[0], transpose(x[0])); },
           {{3, 4}}},
          {"matmul", "no_rows", [](V x) { return matmul(x[0], x[1]); }, {{0, 4}, {4, 2}}},
          {"matmul", "inner_extent_zero", [](V x) { return matmul(x[0], x[1]); }, {{3, 0}, {0, 2}}},
          {"transpose", "matrix", [](V x) { return transpose(x[0]); }, {{3, 5}}},
          {"transpose", "empty", [](V x) { return transpose(x[0]); }, {{0, 5}}},
          {"reshape", "flat", [](V x) { return reshape(x[0], {12}); }, {{3, 4}}},
          {"reshape", "to_scalar", [](V x) { return reshape(x[0], {}); }, {{1, 1}}},
          {"reshape",
           "there_and_squared",
           [](V x) {
             return reshape(x[0] * x[0], {2, 3, 2}) * 2;
           },
           {{3, 4}}},
          {"slice", "rows", [](V x) { return slice(x[0], 0, 1, 3); }, {{4, 3}}},
          {"slice", "columns", [](V x) { return slice(x[0], -1, 1, 2); }, {{4, 3}}},
          {"slice", "middle_axis", [](V x) { return slice(x[0], 1, 0, 2); }, {{2, 3, 2}}},
          {"slice", "nothing", [](V x) { return slice(x[0], 0, 2, 2); }, {{4, 3}}},
          {"slice",
           "overlapping",
           [](V x) { return slice(x[0], 0, 0, 3) * slice(x[0], 0, 1, 4); },
           {{4, 3}}},
          {"concat",
           "rows",
           [](V x) {
             return concat<double>({x[0], x[1], x[2]});
           },
           {{2, 3}, {1, 3}, {4, 3}}},
          {"concat",
           "columns",
           [](V x) {
             return concat<double>({x[0], x[1]}, -1);
           },
           {{2, 3}, {2, 1}}},
          {"concat",
           "one_of_them_empty",
           [](V x) {
             return concat<double>({x[0], x[1]}, 1);
           },
           {{2, 0, 2}, {2, 3, 2}}},
          {"concat",
           "the_same_twice",
           [](V x) {
             return concat<double>({x[0], x[0]}, 1);
           },
           {{2, 3}}},
          {"gather_rows",
           "some_twice",
           [](V x) {
             return gather_rows(x[0], {2, 0, 2, 3, 2});
           },
           {{4, 3}}},
          {"gather_rows",
           "of_a_vector",
           [](V x) {
             return gather_rows(x[0], {1, 1, 0});
           },
           {{3}}},
          {"gather_rows", "none", [](V x) { return gather_rows(x[0], {}); }, {{4, 3}}},
      });
}

void add_reductions(std::vector<Row>& rows) {
  const std::vector<std::pair<std::string, std::vector<std::ptrdiff_t>>> axes{
      {"all", {}},
      {"first", {0}},
      {"middle", {1}},
      {"last", {-1}},
      {"first_and_last", {0, 2}},
      {"last_two", {1, 2}},
      {"every_one", {2, 0, 1}},
  };
  using Reduce = Variable<double> (*)(const Variable<double>&, AxisList, bool);
  const auto row = [&](const char* name, Reduce reduce) {
    const auto over = [reduce](const std::vector<std::ptrdiff_t>& list, bool keep) {
      return [=](V x) {
        switch (list.size()) {
          case 0:
            return reduce(x[0], {}, keep);
          case 1:
            return reduce(x[0], {list[0]}, keep);
          case 2:
            return reduce(x[0], {list[0], list[1]}, keep);
          default:
            return reduce(x[0], {list[0], list[1], list[2]}, keep);
        }
      };
    };
    for (const auto& [variant, list] : axes) {
      rows.push_back({name, variant, over(list, false), {{2, 3, 4}}});
      rows.push_back({name, variant + "_kept", over(list, true), {{2, 3, 4}}});
    }
    rows.push_back({name, "scalar", over({}, false), {{}}});
    rows.push_back({name, "no_columns_left", over({0}, false), {{3, 0}}});
  };
  row("sum", sum<double>);
  row("mean", mean<double>);
  row("max", max<double>);
  rows.push_back({"sum", "of_nothing", [](V x) { return sum(x[0]); }, {{3, 0}}});
}

void add_softmax(std::vector<Row>& rows) {
  for (const std::ptrdiff_t axis : {0, 1, 2, -1}) {
    const std::string variant = "axis_" + std::to_string(axis + 3);
    rows.push_back({"softmax", variant, [=](V x) { return softmax(x[0], axis); }, {{2, 3, 4}}});
    rows.push_back(
        {"log_softmax", variant, [=](V x) { return log_softmax(x[0], axis); }, {{2, 3, 4}}});
  }
  rows.push_back({"softmax", "one_class", [](V x) { return softmax(x[0]); }, {{3, 1}}});
  rows.push_back({"log_softmax", "one_class", [](V x) { return log_softmax(x[0]); }, {{3, 1}}});
  rows.push_back({"softmax", "no_rows", [](V x) { return softmax(x[0]); }, {{0, 4}}});
}

void add_layers(std::vector<Row>& rows) {
  for (const std::string& name : activation_names()) {
    const Activation activation = activation_named(name);
    // The draw keeps the sums away from the kinks of relu and leaky_relu; see the seed of
    // draw_inputs.
    rows.push_back({"linear",
                    name,
                    [=](V x) { return linear(x[0], x[1], x[2], activation); },
                    {{3, 4}, {5, 4}, {5}}});
    rows.push_back({"activate",
                    name,
                    [=](V x) { return activate(x[0], activation); },
                    {{3, 4}},
                    {with_kink_at_zero}});
  }
  rows.push_back(
      {"linear", "of_a_vector", [](V x) { return linear(x[0], x[1], x[2]); }, {{4}, {2, 4}, {2}}});
  rows.push_back({"linear",
                  "of_rank_three",
                  [](V x) { return linear(x[0], x[1], x[2], Activation::tanh); },
                  {{2, 3, 4}, {2, 4}, {2}}});
  rows.push_back(
      {"linear", "no_rows", [](V x) { return linear(x[0], x[1], x[2]); }, {{0, 4}, {2, 4}, {2}}});
  rows.push_back(
      {"linear", "square_of_itself", [](V x) { return linear(x[0], x[0], x[1]); }, {{3, 3}, {3}}});
  rows.push_back({"dropout",
                  "a_third",
                  [](V x) {
                    Generator generator(4);
                    return dropout(x[0], 1.0 / 3, generator);
                  },
                  {{5, 4}}});
}

std::vector<Row> table() {
  std::vector<Row> rows;
  add_unary(rows);
  add_binary(rows);
  add_structural(rows);
  add_reductions(rows);
  add_softmax(rows);
  add_layers(rows);
  return rows;
}

class Gradients : public testing::TestWithParam<Row> {};

TEST_P(Gradients, AgreeWithCentralDifferences) {
  const Row& row = GetParam();
  EXPECT_TRUE(gradients_agree(row.operation + " " + row.variant, row.function,
                              draw_inputs(row.shapes, row.domains)));
}

INSTANTIATE_TEST_SUITE_P(Operations, Gradients, testing::ValuesIn(table()), [](const auto& row) {
  return row.param.operation + "_" + row.param.variant;
});

/// The functions that the floor's headers declare with a variable for a result.
std::set<std::string> declared_operations() {
  std::set<std::string> names;
  const std::filesystem::path floor = RAVINE_SOURCE_DIR "/lib/ravine/autograd";
  for (const auto& entry : std::filesystem::directory_iterator(floor)) {
    if (entry.path().extension() != ".hpp") continue;
    std::ifstream file(entry.path());
    const std::string result = "Variable<T> ";
    for (std::string line; std::getline(file, line);) {
      const auto bracket = line.find('(');
      if (!line.starts_with(result) || bracket == std::string::npos) continue;
      names.insert(line.substr(result.size(), bracket - result.size()));
    }
  }
  // A leaf, and what operations put themselves on the tape with.
  names.erase("parameter");
  names.erase("record");
  return names;
}

TEST(GradientTable, HasEveryOperationOfTheFloor) {
  std::set<std::string> tested;
  for (const Row& row : table()) tested.insert(row.operation);
  const std::set<std::string> declared = declared_operations();
  EXPECT_GE(declared.size(), 30u);
  for (const std::string& name : declared) EXPECT_TRUE(tested.contains(name)) << name;
}

}  // namespace
}  // namespace ravine::test
