#include "ravine/lab/regime.hpp"

#include "ravine/lab/momentum_matrix.hpp"

namespace ravine::lab {

Regime regime_of(double alpha_lambda, double beta) {
  const MomentumSettings settings{.lr = alpha_lambda, .momentum = beta};
  if (!is_stable(settings, 1)) return Regime::divergence;
  const auto eigenvalues = momentum_eigenvalues(settings, 1);
  const bool is_complex = eigenvalues[0].imag() != 0;
  if (1 + beta - alpha_lambda >= 0) return is_complex ? Regime::ripples : Regime::monotone;
  return is_complex ? Regime::oscillation : Regime::alternating;
}

std::string_view name_of(Regime regime) {
  switch (regime) {
    case Regime::monotone:
      return "monotone decrease";
    case Regime::alternating:
      return "monotone with sign change";
    case Regime::ripples:
      return "ripples";
    case Regime::oscillation:
      return "oscillation";
    case Regime::divergence:
      break;
  }
  return "divergence";
}

std::vector<Regime> all_regimes() {
  return {Regime::monotone, Regime::alternating, Regime::ripples, Regime::oscillation,
          Regime::divergence};
}

}  // namespace ravine::lab
