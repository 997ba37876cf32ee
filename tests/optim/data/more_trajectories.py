"""Makes more_trajectories.json beside this file: iterates in double for the options that
trajectories.json leaves out, of PyTorch 1.13's optimizers (Debian's python3-torch) and of formulas
written out here from the papers. /usr/bin/python3 more_trajectories.py

'rule' and 'settings' are ravine's names for what 'optimizer' and 'options' say.
"""
import json
import math
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
FIRST = json.loads((HERE / "trajectories.json").read_text())
X, Y = torch.tensor(FIRST["logistic"]["x"]), torch.tensor(FIRST["logistic"]["y"])
STEPS = 100
RECORDED = [1, 2, 5, 12, 25, 50, 100]

FUNCTIONS = {
    "ellipse": lambda w: 3 * w[0] ** 2 + 10 * w[1] ** 2,
    "rosenbrock": lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
    "scaled_quadratic": lambda w: 0.5 * sum(2.0 ** -i * w[i] ** 2 for i in range(8)),
    "logistic": lambda w: torch.nn.functional.binary_cross_entropy_with_logits(X @ w[:3] + w[3], Y),
}

O = torch.optim
TORCH_CASES = [
    ("sgd", O.SGD, dict(lr=1e-4, momentum=0.5, dampening=0.9, weight_decay=0.3)),
    ("sgd", O.SGD, dict(lr=1e-4, momentum=0.95, nesterov=True, weight_decay=0.1)),
    ("sgd", O.SGD, dict(lr=2e-4, dampening=0.5)),
    ("momentum", O.SGD, dict(lr=1e-4, momentum=0.8, weight_decay=0.2)),
    ("nesterov", O.SGD, dict(lr=1e-4, momentum=0.7, nesterov=True)),
    ("adagrad", O.Adagrad, dict(lr=0.3, lr_decay=0.3, eps=1e-3)),
    ("adagrad", O.Adagrad, dict(lr=0.5, initial_accumulator_value=2.0, weight_decay=0.2)),
    ("rmsprop", O.RMSprop, dict(lr=1e-3, alpha=0.9, eps=1e-2, momentum=0.9, weight_decay=0.1)),
    ("rmsprop", O.RMSprop, dict(lr=1e-3, alpha=0.5, eps=1e-2)),
    ("rmsprop", O.RMSprop, dict(lr=1e-3, alpha=0.9, eps=1e-3, centered=True, weight_decay=0.1)),
    ("adadelta", O.Adadelta, dict(lr=0.3, rho=0.5, eps=1e-3, weight_decay=0.05)),
    ("adadelta", O.Adadelta, dict(lr=2.0, rho=0.99, eps=1e-8)),
    ("adam", O.Adam, dict(lr=0.02, betas=(0.0, 0.9), eps=1e-2)),
    ("adam", O.Adam, dict(lr=0.02, betas=(0.5, 0.5), amsgrad=True, weight_decay=0.1)),
    ("amsgrad", O.Adam, dict(lr=0.03, betas=(0.8, 0.95), eps=1e-4, amsgrad=True,
                             weight_decay=0.05)),
    ("adamw", O.AdamW, dict(lr=0.02)),
    ("adamw", O.AdamW, dict(lr=0.02, betas=(0.7, 0.9), eps=1e-4, weight_decay=0.5)),
    ("adamw", O.AdamW, dict(lr=0.02, betas=(0.95, 0.98), amsgrad=True, weight_decay=0.0)),
    ("adamax", O.Adamax, dict(lr=0.02, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1)),
    ("adamax", O.Adamax, dict(lr=0.01, betas=(0.95, 0.5))),
    ("nadam", O.NAdam, dict(lr=0.02, betas=(0.8, 0.99), eps=1e-4, weight_decay=0.1,
                            momentum_decay=0.1)),
    ("nadam", O.NAdam, dict(lr=0.01, momentum_decay=0.0)),
    ("nadam", O.NAdam, dict(lr=0.01, betas=(0.95, 0.9), momentum_decay=1.0)),
    ("radam", O.RAdam, dict(lr=0.002, betas=(0.8, 0.9), eps=1e-4, weight_decay=0.1)),
    ("radam", O.RAdam, dict(lr=0.001, betas=(0.9, 0.99), eps=1e-2)),
    ("radam", O.RAdam, dict(lr=0.0005, betas=(0.9, 0.5))),
    ("rprop", O.Rprop, dict(lr=0.02, etas=(0.3, 1.5), step_sizes=(1e-3, 0.2))),
    ("rprop", O.Rprop, dict(lr=0.5)),
]
NAMES = {"betas": ("beta1", "beta2"), "etas": ("eta_minus", "eta_plus"),
         "step_sizes": ("step_min", "step_max")}


def settings(rule, options):
    """PyTorch's options in ravine's names."""
    result = {}
    for name, value in options.items():
        if name in NAMES:
            result.update(zip(NAMES[name], value))
        elif not (name == "nesterov" and rule == "nesterov" or
                  name == "amsgrad" and rule == "amsgrad"):
            result[name] = value
    return result


class Adam:
    """Kingma and Ba (2015), algorithm 1, and its variants."""

    def __init__(self, lr, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0, amsgrad=False,
                 bias_correction=True, eps_inside_root=False, decoupled=False):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.m = self.v = self.v_max = 0.0

    def __call__(self, w, g, t):
        if self.decoupled:
            w = w - self.lr * self.weight_decay * w
        else:
            g = g + self.weight_decay * w
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g * g
        self.v_max = np.maximum(self.v_max, self.v)
        v = self.v_max if self.amsgrad else self.v
        m_hat = self.m / (1 - self.beta1 ** t) if self.bias_correction else self.m
        v_hat = v / (1 - self.beta2 ** t) if self.bias_correction else v
        if self.eps_inside_root:
            return w - self.lr * m_hat / np.sqrt(v_hat + self.eps)
        return w - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)


class RmsProp:
    """Graves (2013), equations 38 to 45: epsilon under the root, the deviation from the mean."""

    def __init__(self, lr, alpha, eps, momentum, centered, eps_inside_root):
        assert eps_inside_root
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.s = self.m = self.velocity = 0.0

    def __call__(self, w, g, t):
        self.s = self.alpha * self.s + (1 - self.alpha) * g * g
        self.m = self.alpha * self.m + (1 - self.alpha) * g if self.centered else 0.0
        self.velocity = self.momentum * self.velocity + g / np.sqrt(
            self.s - self.m * self.m + self.eps)
        return w - self.lr * self.velocity


class AdaBelief:
    """Zhuang et al. (2020), algorithm 2, with decoupled weight decay."""

    def __init__(self, lr, beta1=0.9, beta2=0.999, eps=1e-16, weight_decay=0.0):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.m = self.s = 0.0

    def __call__(self, w, g, t):
        w = w - self.lr * self.weight_decay * w
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.s = self.beta2 * self.s + (1 - self.beta2) * (g - self.m) ** 2 + self.eps
        m_hat = self.m / (1 - self.beta1 ** t)
        s_hat = self.s / (1 - self.beta2 ** t)
        return w - self.lr * m_hat / (np.sqrt(s_hat) + self.eps)


class Yogi:
    """Zaheer et al. (2018), algorithm 2."""

    def __init__(self, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-3, initial_accumulator_value=1e-6,
                 weight_decay=0.0, bias_correction=False):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.m, self.v = 0.0, initial_accumulator_value

    def __call__(self, w, g, t):
        g = g + self.weight_decay * w
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.v - (1 - self.beta2) * np.sign(self.v - g * g) * g * g
        m_hat = self.m / (1 - self.beta1 ** t) if self.bias_correction else self.m
        v_hat = self.v / (1 - self.beta2 ** t) if self.bias_correction else self.v
        return w - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)


class Lamb:
    """You et al. (2020), algorithm 2 of version 5, the parameters being one layer."""

    def __init__(self, lr, beta1=0.9, beta2=0.999, eps=1e-6, weight_decay=0.0):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.m = self.v = 0.0

    def __call__(self, w, g, t):
        self.m = self.beta1 * self.m + (1 - self.beta1) * g
        self.v = self.beta2 * self.v + (1 - self.beta2) * g * g
        m_hat = self.m / (1 - self.beta1 ** t)
        v_hat = self.v / (1 - self.beta2 ** t)
        r = m_hat / (np.sqrt(v_hat) + self.eps) + self.weight_decay * w
        norm_w, norm_r = math.sqrt((w * w).sum()), math.sqrt((r * r).sum())
        ratio = norm_w / norm_r if norm_w > 0 and norm_r > 0 else 1.0
        return w - self.lr * ratio * r


class Lion:
    """Chen et al. (2023), program 1."""

    def __init__(self, lr, beta1=0.9, beta2=0.99, weight_decay=0.0):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        self.m = 0.0

    def __call__(self, w, g, t):
        step = np.sign(self.beta1 * self.m + (1 - self.beta1) * g) + self.weight_decay * w
        self.m = self.beta2 * self.m + (1 - self.beta2) * g
        return w - self.lr * step


FORMULA_CASES = [
    ("adam", Adam, dict(lr=0.02, beta1=0.8, beta2=0.9, eps=1e-2, weight_decay=0.1, amsgrad=True,
                        bias_correction=False, eps_inside_root=True), {}),
    ("amsgrad", Adam, dict(lr=0.02, beta1=0.8, beta2=0.9, eps=1e-2, bias_correction=False),
     dict(amsgrad=True)),
    ("amsgrad", Adam, dict(lr=0.02, weight_decay=0.1, eps=1e-3, eps_inside_root=True),
     dict(amsgrad=True)),
    ("adamw", Adam, dict(lr=0.02, weight_decay=0.2, eps=1e-3, bias_correction=False),
     dict(decoupled=True)),
    ("adamw", Adam, dict(lr=0.02, weight_decay=0.2, eps=1e-2, eps_inside_root=True, amsgrad=True),
     dict(decoupled=True)),
    ("rmsprop", RmsProp, dict(lr=1e-3, alpha=0.9, eps=1e-3, momentum=0.8, centered=True,
                              eps_inside_root=True), {}),
    ("adabelief", AdaBelief, dict(lr=0.01), {}),
    ("adabelief", AdaBelief, dict(lr=0.02, beta1=0.8, beta2=0.99, eps=1e-6, weight_decay=0.1), {}),
    ("yogi", Yogi, dict(), {}),
    ("yogi", Yogi, dict(lr=0.05, beta1=0.8, beta2=0.95, eps=1e-2, initial_accumulator_value=0.5,
                        weight_decay=0.1), {}),
    ("yogi", Yogi, dict(lr=0.02, bias_correction=True), {}),
    ("lamb", Lamb, dict(lr=0.02), {}),
    ("lamb", Lamb, dict(lr=0.01, beta1=0.8, beta2=0.99, eps=1e-3, weight_decay=0.3), {}),
    ("lion", Lion, dict(lr=0.003, beta1=0.7, beta2=0.95), {}),
    ("lion", Lion, dict(lr=0.01, beta1=0.95, beta2=0.9, weight_decay=0.5), {}),
]


def gradient(problem, w):
    w = torch.tensor(w, requires_grad=True)
    FUNCTIONS[problem](w).backward()
    return w.grad.numpy()


def point(problem, step, w):
    return {"step": step, "w": w.tolist(), "f": float(FUNCTIONS[problem](torch.tensor(w)))}


def run_torch(problem, make, options):
    w = torch.nn.Parameter(torch.tensor(FIRST["problems"][problem]["w0"]))
    optimizer, points = make([w], **options), []
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        FUNCTIONS[problem](w).backward()
        optimizer.step()
        if step in RECORDED:
            points.append(point(problem, step, w.detach().numpy().copy()))
    return points


def run_formula(problem, update):
    w, points = np.array(FIRST["problems"][problem]["w0"]), []
    for step in range(1, STEPS + 1):
        w = update(w, gradient(problem, w), step)
        if step in RECORDED:
            points.append(point(problem, step, w))
    return points


def main():
    cases = []

    def add(rule, its_settings, optimizer, source, options, problem, points):
        if all(math.isfinite(x) for p in points for x in p["w"] + [p["f"]]):
            cases.append({"rule": rule, "settings": its_settings, "optimizer": optimizer,
                          "source": source, "options": options, "problem": problem,
                          "steps": STEPS, "trajectory": points})

    for problem in FUNCTIONS:
        for rule, make, options in TORCH_CASES:
            add(rule, settings(rule, options), make.__name__, "PyTorch " + torch.__version__,
                options, problem, run_torch(problem, make, options))
        for rule, make, options, implied in FORMULA_CASES:
            arguments = {**options, **implied}
            add(rule, options, make.__name__, make.__doc__, arguments, problem,
                run_formula(problem, make(**arguments)))

    origin = ("Made by more_trajectories.py: the options that trajectories.json leaves out, of "
              "PyTorch 1.13's optimizers and of formulas written out from the papers (said by "
              "'source').")
    lines = ",\n".join(json.dumps(case) for case in cases)
    (HERE / "more_trajectories.json").write_text(
        '{"origin": ' + json.dumps(origin) + ',\n"problems": ' + json.dumps(FIRST["problems"]) +
        ',\n"cases": [\n' + lines + "\n]}\n")


main()
