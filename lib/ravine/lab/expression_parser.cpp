#include "ravine/lab/expression_parser.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

constexpr std::size_t longest_text = 10'000;
constexpr std::size_t deepest_nesting = 200;
constexpr std::size_t most_variables = 1'000;

// By the character alone: the standard's functions ask the locale.
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c);
}

/// Recursive descent, one function a rule of the grammar:
///
///     sum     = product { ("+" | "-") product }
///     product = signed { ("*" | "/") signed }
///     signed  = ("-" | "+") signed | power
///     power   = operand [ "^" signed ]
///     operand = number | variable | constant | function "(" sum ")" | "(" sum ")"
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Program parse() {
    if (text_.size() > longest_text)
      throw InputError(text("function: ", text_.size(), " characters are too many (at most ",
                            longest_text, ")"));
    skip_blanks();
    if (at_end())
      throw InputError("function: it is empty (write one of w1, w2, ..., as in 3*w1^2 + 10*w2^2)");
    sum();
    if (!at_end()) fail(next_symbol(), " stands where an operator (+ - * / ^) should be");
    if (program_.variables == 0)
      throw InputError("function: it has no variable (write w1, w2, ...)");
    return std::move(program_);
  }

 private:
  void sum() {
    product();
    while (true) {
      if (take('+')) {
        product();
        emit(Binary(add<double>));
      } else if (take('-')) {
        product();
        emit(Binary(subtract<double>));
      } else {
        return;
      }
    }
  }

  void product() {
    signed_power();
    while (true) {
      if (take('*')) {
        signed_power();
        emit(Binary(multiply<double>));
      } else if (take('/')) {
        signed_power();
        emit(Binary(divide<double>));
      } else {
        return;
      }
    }
  }

  // Every recursion of the grammar passes here.
  void signed_power() {
    if (++depth_ > deepest_nesting) fail("nested more than ", deepest_nesting, " levels deep");
    if (take('-')) {
      signed_power();
      emit(Unary(neg<double>));
    } else if (take('+')) {
      signed_power();
    } else {
      power();
    }
    --depth_;
  }

  void power() {
    operand();
    if (!take('^')) return;
    signed_power();
    emit(Binary(lab::power));
  }

  void operand() {
    if (!at_end() && (is_digit(text_[position_]) || text_[position_] == '.'))
      number();
    else if (!at_end() && is_name(text_[position_]))
      name();
    else if (const std::size_t opening = position_; take('('))
      rest_of_parentheses(opening);
    else
      fail(next_symbol(),
           " stands where a number, a variable such as w1, a function or '(' should"
           " be");
  }

  void number() {
    double value = 0;
    const auto [stop, error] =
        std::from_chars(text_.data() + position_, text_.data() + text_.size(), value);
    const std::string_view digits =
        text_.substr(position_, static_cast<std::size_t>(stop - text_.data()) - position_);
    if (error == std::errc::result_out_of_range)
      fail("'", digits, "' must lie within a double's range, about 1e-308 to 1e308");
    if (error != std::errc()) fail(next_symbol(), " is not a number (write 0.5 or .5)");
    position_ += digits.size();
    skip_blanks();
    emit(value);
  }

  void name() {
    const auto* end = std::find_if_not(text_.begin() + position_, text_.end(), is_name);
    const std::string_view name =
        text_.substr(position_, static_cast<std::size_t>(end - text_.begin()) - position_);
    if (name[0] == 'w' && std::ranges::all_of(name.substr(1), is_digit)) {
      variable(name);
    } else if (const double* constant = constant_named(name)) {
      emit(*constant);
    } else if (const Unary function = function_named(name)) {
      call(name, function);
      return;
    } else {
      fail("unknown name '", name, "'", suggestion(name, known_names()));
    }
    advance(name.size());
  }

  void variable(std::string_view name) {
    const std::string_view digits = name.substr(1);
    if (digits.empty()) fail("'w' needs a number, as in w1");
    std::size_t index = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc() || index == 0 || index > most_variables)
      fail("'", name, "' is no variable (they are w1 to w", most_variables, ")");
    program_.variables = std::max(program_.variables, index);
    emit(Coordinate{index - 1});
  }

  void call(std::string_view name, Unary function) {
    advance(name.size());
    const std::size_t opening = position_;
    if (!take('(')) fail("'", name, "' needs its argument in parentheses, as in ", name, "(w1)");
    rest_of_parentheses(opening);
    emit(function);
  }

  void rest_of_parentheses(std::size_t opening) {
    sum();
    if (take(')')) return;
    if (at_end()) fail("')' is missing for the '(' at column ", opening + 1);
    fail(next_symbol(), " stands where an operator (+ - * / ^) or ')' should be");
  }

  /// Adds an instruction, or its result where all its operands are numbers.
  void emit(const Instruction& instruction) {
    auto& instructions = program_.instructions;
    const std::size_t operands = operands_of(instruction);
    const auto first = instructions.end() - static_cast<std::ptrdiff_t>(operands);
    if (operands == 0 || !std::all_of(first, instructions.end(), [](const Instruction& operand) {
          return std::holds_alternative<double>(operand);
        })) {
      instructions.push_back(instruction);
      return;
    }
    Stack stack;
    for (auto operand = first; operand != instructions.end(); ++operand)
      execute(*operand, {}, stack);
    execute(instruction, {}, stack);
    instructions.erase(first, instructions.end());
    instructions.emplace_back(stack.back().item());
  }

  bool at_end() const { return position_ == text_.size(); }

  void skip_blanks() {
    while (!at_end() && is_blank(text_[position_])) ++position_;
  }

  void advance(std::size_t characters) {
    position_ += characters;
    skip_blanks();
  }

  bool take(char symbol) {
    if (at_end() || text_[position_] != symbol) return false;
    advance(1);
    return true;
  }

  /// What stands next, in quotes: a whole name or number, or one character.
  std::string next_symbol() const {
    if (at_end()) return "the end";
    const std::string_view rest = text_.substr(position_);
    const auto code = static_cast<unsigned char>(rest[0]);
    if (code < ' ' || code == 0x7f) return text("the character of code ", unsigned{code});
    std::size_t length = 1;
    if (is_name(rest[0]))
      while (length < rest.size() && is_name(rest[length])) ++length;
    else  // UTF-8: the bytes that continue a character are 10xxxxxx
      while (code >= 0x80 && length < rest.size() && (rest[length] & 0xc0) == 0x80) ++length;
    return text("'", rest.substr(0, length), "'");
  }

  template <class... Parts>
  [[noreturn]] void fail(const Parts&... what) const {
    throw InputError(text("function: column ", position_ + 1, ": ", what...));
  }

  std::string_view text_;
  std::size_t position_ = 0;  // of the next character that is not blank
  std::size_t depth_ = 0;
  Program program_;
};

}  // namespace

Program parse(std::string_view text) { return Parser(text).parse(); }

}  // namespace ravine::lab
