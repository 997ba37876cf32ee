// Typed functions against the standard library's arithmetic and against gradients worked by hand.
#include "ravine/lab/expression.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "ravine/lab/expression_parser.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "support/gradient_check.hpp"

namespace ravine::lab {
namespace {

using testing::HasSubstr;

struct ValueAndGradient {
  double value;
  std::vector<double> gradient;
};

ValueAndGradient at(std::string_view function, const std::vector<double>& point) {
  const auto w = parameter(Tensor<double>({point.size()}, point));
  const Variable<double> value = Expression(function)(w);
  value.backward();
  return {value.item(), w.grad().to_vector()};
}

double value_of(std::string_view function, const std::vector<double>& point = {2}) {
  return Expression(function)(Tensor<double>({point.size()}, point)).item();
}

std::string error_of(std::string_view function) {
  try {
    Expression{function};
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Expression, BindsAsMathematicsDoes) {
  // w1 = 2 throughout.
  EXPECT_EQ(value_of("1 + w1*3"), 7);
  EXPECT_EQ(value_of("(1 + w1)*3"), 9);
  EXPECT_EQ(value_of("10 - w1 - 3"), 5);
  EXPECT_EQ(value_of("12/w1/3"), 2);
  EXPECT_EQ(value_of("12/w1*3"), 18);
  EXPECT_EQ(value_of("-w1^2"), -4);
  EXPECT_EQ(value_of("(-w1)^2"), 4);
  EXPECT_EQ(value_of("w1^3^2"), 512);
  EXPECT_EQ(value_of("2*w1^-1"), 1);
  EXPECT_EQ(value_of("w1^-w1"), 0.25);
  EXPECT_EQ(value_of("w1^-2^2"), 0.0625);
  EXPECT_EQ(value_of("3*-w1"), -6);
  EXPECT_EQ(value_of("3--w1"), 5);
  EXPECT_EQ(value_of("+w1"), 2);
  EXPECT_EQ(value_of("2^w1^2"), 16);
}

TEST(Expression, ReadsNumbersAndBlanks) {
  EXPECT_EQ(value_of("w1*1e-3"), 2 * 1e-3);
  EXPECT_EQ(value_of("w1*1.5E+2"), 300);
  EXPECT_EQ(value_of(" \t.5 *\n w1 "), 1);
  EXPECT_EQ(value_of("w1 + 5."), 7);
  EXPECT_EQ(value_of("w1*pi"), 2 * std::numbers::pi);
  EXPECT_EQ(value_of("e*w1"), 2 * std::numbers::e);
  EXPECT_EQ(value_of("w1 + 2e0"), 4);
}

TEST(Expression, KnowsItsHighestVariable) {
  EXPECT_EQ(Expression("w1").variables(), 1U);
  EXPECT_EQ(Expression("w3 + w1").variables(), 3U);
  EXPECT_EQ(Expression("w10*w002").variables(), 10U);
  EXPECT_EQ(value_of("w10 + w02", {0, 7, 0, 0, 0, 0, 0, 0, 0, 30}), 37);
}

TEST(Expression, FunctionsAreTheStandardLibrarysAtRandomPoints) {
  const std::vector<std::pair<std::string, std::function<double(double)>>> functions{
      {"sin(w1)", [](double x) { return std::sin(x); }},
      {"cos(w1)", [](double x) { return std::cos(x); }},
      {"tan(w1)", [](double x) { return std::tan(x); }},
      {"tanh(w1)", [](double x) { return std::tanh(x); }},
      {"exp(w1)", [](double x) { return std::exp(x); }},
      {"log(abs(w1))", [](double x) { return std::log(std::abs(x)); }},
      {"sqrt(abs(w1))", [](double x) { return std::sqrt(std::abs(x)); }},
      {"abs(w1)", [](double x) { return std::abs(x); }},
      {"abs(w1)^1.7", [](double x) { return std::pow(std::abs(x), 1.7); }},
      {"2.5^w1", [](double x) { return std::pow(2.5, x); }},
      {"e^w1", [](double x) { return std::exp(x); }},
      {"w1^7", [](double x) { return std::pow(x, 7); }},
      {"w1^-3", [](double x) { return std::pow(x, -3); }},
      {"1/(1 + w1^2)", [](double x) { return 1 / (1 + x * x); }},
      {"sin(cos(w1)*pi) - w1/3",
       [](double x) { return std::sin(std::cos(x) * std::numbers::pi) - x / 3; }}};
  Generator generator(3);
  for (int i = 0; i < 100; ++i) {
    const double x = 10 * generator.uniform() - 5;
    for (const auto& [text, function] : functions) {
      const double expected = function(x);
      EXPECT_NEAR(value_of(text, {x}), expected, 4e-15 * (1 + std::abs(expected)))
          << text << " at " << x;
    }
  }
}

TEST(Expression, GradientsAreThoseWorkedByHand) {
  const double x = 0.7;
  const double y = -1.3;
  const auto expect = [&](std::string_view function, double dx, double dy) {
    const auto [value, gradient] = at(function, {x, y});
    EXPECT_NEAR(gradient[0], dx, 1e-13) << function;
    EXPECT_NEAR(gradient[1], dy, 1e-13) << function;
  };
  expect("3*w1^2 + 10*w2^2", 6 * x, 20 * y);
  expect("(1 - w1)^2 + 100*(w2 - w1^2)^2", -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x));
  expect("sin(w1)*exp(w2)", std::cos(x) * std::exp(y), std::sin(x) * std::exp(y));
  expect("w2/w1", -y / (x * x), 1 / x);
  expect("log(w1) - w2", 1 / x, -1);
  expect("w1^w2 + 0*w2", y * std::pow(x, y - 1), std::log(x) * std::pow(x, y));
  expect("tan(w1) + tanh(w2)", 1 / (std::cos(x) * std::cos(x)), 1 - std::tanh(y) * std::tanh(y));
  expect("sqrt(w1) + abs(w2)", 0.5 / std::sqrt(x), -1);
  expect("w2^3 + w1^-2", -2 / (x * x * x), 3 * y * y);
  expect("cos(w1*w2)", -y * std::sin(x * y), -x * std::sin(x * y));
  expect("w2", 0, 1);
}

TEST(Expression, GradientsAgreeWithCentralDifferences) {
  const Expression himmelblau("(w1^2 + w2 - 11)^2 + (w1 + w2^2 - 7)^2");
  const Expression mixed("exp(-w1^2)*sin(3*w2) + w1*w2/(2 + cos(w1)) + abs(w1)^2.5");
  for (const Expression* function : {&himmelblau, &mixed})
    EXPECT_TRUE(test::gradients_agree(
        "expression", [&](const test::Variables& w) { return (*function)(w[0]); },
        test::draw_inputs({{2}}, {{.kinks = {0}}})));
}

TEST(Expression, WholePowersHoldAtZeroAndBelow) {
  EXPECT_EQ(at("w1^2", {0}).gradient[0], 0);
  EXPECT_EQ(at("w1^1", {0}).gradient[0], 1);
  EXPECT_EQ(at("w1^3", {-2}).value, -8);
  EXPECT_EQ(at("w1^3", {-2}).gradient[0], 12);
  EXPECT_EQ(at("w1^(1 + 1)", {-3}).gradient[0], -6);
  EXPECT_EQ(at("w1^-1", {-2}).gradient[0], -0.25);
  EXPECT_EQ(at("w1^10", {-2}).gradient[0], -5120);
  EXPECT_EQ(value_of("w1^0", {0}), 1);
  EXPECT_EQ(value_of("w1^1001", {-1}), -1);
  EXPECT_EQ(value_of("w1^9007199254740992", {-1}), 1);
  EXPECT_NEAR(value_of("w1^1000", {1.001}) / std::pow(1.001, 1000), 1, 1e-12);
  EXPECT_EQ(at("w1^2.5", {0}).gradient[0], 0);
  EXPECT_TRUE(std::isnan(value_of("w1^0.5", {-1})));
}

TEST(Expression, ConstantPartsAreWorkedOutOnce) {
  EXPECT_EQ(parse("2*3 + w1^(4/2)").instructions.size(), 5U);
  EXPECT_EQ(value_of("2*3 + w1^(4/2)"), 10);
  EXPECT_NEAR(value_of("sin(pi/6)*w1"), 1, 1e-15);
}

TEST(Expression, WantsAsManyNumbersAsItHasVariables) {
  const Expression function("w1 + w3");
  const auto error_at = [&](std::size_t n) -> std::string {
    try {
      function(Tensor<double>::ones({n}));
    } catch (const ShapeError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  EXPECT_EQ(error_at(2),
            "function: its highest variable is w3, but the point has 2 numbers (give 3)");
  EXPECT_EQ(error_at(4),
            "function: its highest variable is w3, but the point has 4 numbers (give 3)");
}

TEST(ExpressionErrors, SayWhereAndWhatWouldBeRight) {
  EXPECT_EQ(error_of("3*w1 + w"), "function: column 8: 'w' needs a number, as in w1");
  EXPECT_EQ(error_of("w1 + si(w2)"), "function: column 6: unknown name 'si' (did you mean 'sin'?)");
  EXPECT_THAT(error_of("x^2"), HasSubstr("column 1: unknown name 'x' (known: w1, sin, cos, tan, "));
  EXPECT_THAT(error_of("W1"), HasSubstr("unknown name 'W1' (did you mean 'w1'?)"));
  EXPECT_EQ(error_of("w0 + w1"), "function: column 1: 'w0' is no variable (they are w1 to w1000)");
  EXPECT_THAT(error_of("w99999999999999999999999"), HasSubstr("is no variable"));
  EXPECT_THAT(error_of("w1001"), HasSubstr("'w1001' is no variable"));
  EXPECT_THAT(error_of(""), HasSubstr("function: it is empty (write one of w1"));
  EXPECT_THAT(error_of(" \t "), HasSubstr("it is empty"));
  EXPECT_THAT(error_of("2 + 3"), HasSubstr("it has no variable (write w1, w2, ...)"));
  EXPECT_EQ(error_of("(w1 + 2"), "function: column 8: ')' is missing for the '(' at column 1");
  EXPECT_EQ(error_of("sin(w1*(2 + w2)"),
            "function: column 16: ')' is missing for the '(' at column 4");
  EXPECT_EQ(error_of("w1)"),
            "function: column 3: ')' stands where an operator (+ - * / ^) should be");
  EXPECT_EQ(error_of("2w1"),
            "function: column 2: 'w1' stands where an operator (+ - * / ^) should be");
  EXPECT_THAT(error_of("w1 w2"), HasSubstr("column 4: 'w2' stands where an operator"));
  EXPECT_THAT(error_of("w1(2)"), HasSubstr("column 3: '(' stands where an operator"));
  EXPECT_THAT(error_of("exp(w1, w2)"), HasSubstr("column 7: ',' stands where an operator (+ - * / "
                                                 "^) or ')' should be"));
  EXPECT_EQ(error_of("w1 + "),
            "function: column 6: the end stands where a number, a variable such as w1, a function "
            "or '(' should be");
  EXPECT_THAT(error_of("w1**2"), HasSubstr("column 4: '*' stands where a number"));
  EXPECT_THAT(error_of("()"), HasSubstr("column 2: ')' stands where a number"));
  EXPECT_THAT(error_of("sin w1"),
              HasSubstr("column 5: 'sin' needs its argument in parentheses, as in sin(w1)"));
  EXPECT_THAT(error_of("w1 + ."), HasSubstr("column 6: '.' is not a number"));
  EXPECT_THAT(error_of("1e999*w1"), HasSubstr("column 1: '1e999' must lie within a double's"));
  EXPECT_THAT(error_of("w1 + 1.2.3"), HasSubstr("column 9: '.' stands where an operator"));
}

TEST(ExpressionErrors, ShowForeignCharactersWholeAndOnOneLine) {
  EXPECT_THAT(error_of("w1²"), HasSubstr("column 3: '²' stands where an operator"));
  EXPECT_THAT(error_of("w1 − 2"), HasSubstr("column 4: '−' stands"));
  EXPECT_THAT(error_of(std::string("w1\0+ 2", 6)), HasSubstr("the character of code 0 stands"));
  EXPECT_THAT(error_of("w1\v"), HasSubstr("the character of code 11 stands"));
  EXPECT_THAT(error_of("w1\xff"), HasSubstr("column 3: "));
}

TEST(ExpressionErrors, HostileTextsAreRefusedInOneLine) {
  const std::size_t many = 100'000;
  EXPECT_EQ(error_of(std::string(many, '(')),
            "function: 100000 characters are too many (at most 10000)");
  EXPECT_EQ(error_of(std::string(9'999, '(')),
            "function: column 201: nested more than 200 levels deep");
  EXPECT_THAT(error_of(std::string(9'999, '-') + "1"), HasSubstr("nested more than 200"));
  std::string powers = "w1";
  std::string calls;
  for (int i = 0; i < 1000; ++i) {
    powers += "^w1";
    calls += "sin(";
  }
  EXPECT_THAT(error_of(powers), HasSubstr("nested more than 200"));
  EXPECT_THAT(error_of(calls), HasSubstr("nested more than 200"));
  for (const std::string& text : {powers, calls, std::string(9'999, '(')})
    EXPECT_EQ(error_of(text).find('\n'), std::string::npos);
}

TEST(ExpressionErrors, NoTextOfItsCharactersCrashesIt) {
  constexpr std::string_view alphabet = "w123.e^*/+-() sincoxp\xc2";
  Generator generator(8);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t length = generator.below(16); length > 0; --length)
      text += alphabet[generator.below(alphabet.size())];
    try {
      const Expression function(text);
      EXPECT_GE(function.variables(), 1U) << text;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), testing::StartsWith("function: ")) << text;
    }
  }
}

TEST(Expression, LongSumsAreFine) {
  std::string text = "w1";
  for (int i = 1; i < 3000; ++i) text += "+w1";
  EXPECT_EQ(at(text, {2}).value, 6000);
  EXPECT_EQ(at(text, {2}).gradient[0], 3000);
}

TEST(ExpressionAt, IsTheValueAtEachPoint) {
  const std::vector<std::vector<double>> columns{{2, -0.5, 3}, {1, 4, -1}};
  for (const char* function :
       {"w1 + w2", "3*w1^2 - w2^3/7", "exp(w1)*sin(w2) + 2", "abs(w1*w2)^1.5", "2^w1 - w2",
        "sqrt(w1^2 + w2^2)/pi", "tanh(w1) - cos(w2)*tan(0.1*w1)", "w2*w1^0", "1/w1 + e*w2"}) {
    SCOPED_TRACE(function);
    const std::vector<double> values = Expression(function).at(columns);
    ASSERT_EQ(values.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_DOUBLE_EQ(values[i], value_of(function, {columns[0][i], columns[1][i]}));
  }
}

TEST(ExpressionAt, MayBeTheSameEverywhere) {
  EXPECT_THAT(Expression("w1^0").at(std::vector<std::vector<double>>{{1, 2, 3}}),
              testing::ElementsAre(1, 1, 1));
}

TEST(ExpressionAt, NeedsEveryCoordinateOfEveryPoint) {
  const auto error_with = [](const std::vector<std::vector<double>>& columns) -> std::string {
    try {
      Expression("w1*w2").at(columns);
    } catch (const ShapeError& error) {
      return error.what();
    }
    return "nothing was thrown";
  };
  EXPECT_EQ(error_with({{1, 2}}),
            "function: its highest variable is w2, but the point has 1 number (give 2)");
  EXPECT_EQ(error_with({{1, 2}, {1, 2, 3}}),
            "function: 2 points have a w1, but 3 a w2 (give each point all of them)");
}

}  // namespace
}  // namespace ravine::lab
