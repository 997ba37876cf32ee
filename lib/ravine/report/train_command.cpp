#include "ravine/report/train_command.hpp"

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

/// A word that a shell takes as it is. Any shell: $'' is not known to all. A backtick would end the
/// code that the command is in a sentence.
std::string shell_word(const std::string& word) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char letter : word) {
    if (letter == '\'')
      quoted += "'\\''";
    else if (letter == '`')
      quoted += "'\"$(printf '\\140')\"'";
    else
      quoted += letter;
  }
  return quoted + "'";
}

/// How the data are read and divided, where that is not as usual; but for the task.
std::string reading_options(const data::LoadOptions& load) {
  const data::LoadOptions usual;
  std::string options;
  if (load.data_dir != usual.data_dir)
    options += " --data-dir " + shell_word(load.data_dir.string());
  if (load.target != usual.target) options += " --target " + shell_word(load.target);
  if (!load.drop.empty()) options += " --drop " + shell_word(joined(load.drop, ","));
  if (load.missing != usual.missing) options += text(" --missing ", data::name_of(load.missing));
  if (load.test_fraction != usual.test_fraction)
    options += text(" --test-fraction ", exact(load.test_fraction));
  if (load.seed != usual.seed) options += text(" --seed ", load.seed);
  return options;
}

}  // namespace

std::string train_command(const std::string& source, const data::LoadOptions& load,
                          const train::Architecture& architecture, const optim::Spec& optimizer) {
  const auto& [kind, layers, activation] = architecture;
  std::string command = text("ravine train --data ", shell_word(source), reading_options(load));
  command += text(" --model ", name_of(kind));
  if (load.task && load.task_from == data::TaskFrom::user)
    command += text(" --task ", data::name_of(*load.task));
  if (layers.size() > 2)
    command += text(" --hidden ", joined(std::vector(layers.begin() + 1, layers.end() - 1), ","),
                    " --activation ", name_of(activation));
  return command + " --optimizer " + shell_word(text(optimizer));
}

std::string fit_options(const optim::Groups& groups, const train::FitOptions& fit) {
  std::string options = text(" --epochs ", fit.epochs, " --batch-size ", fit.batch_size);
  if (fit.accumulate != 1) options += text(" --accumulate ", fit.accumulate);
  for (const optim::Group& group : groups)
    options += " --group " + shell_word(text(optim::Spec{group.pattern, group.settings}));
  if (fit.schedule) options += " --schedule " + shell_word(text(*fit.schedule));
  if (fit.momentum_schedule)
    options += " --momentum-schedule " + shell_word(text(*fit.momentum_schedule));
  if (fit.schedule_unit != train::FitOptions{}.schedule_unit)
    options += text(" --schedule-unit ", train::name_of(fit.schedule_unit));
  if (fit.clip_norm) options += text(" --clip-norm ", optim::Value(*fit.clip_norm));
  if (fit.clip_value) options += text(" --clip-value ", optim::Value(*fit.clip_value));
  if (fit.average) options += text(" --average ", *fit.average);
  return options;
}

}  // namespace ravine::report
