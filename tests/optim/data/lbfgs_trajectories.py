"""Makes lbfgs_trajectories.json beside this file: iterates of PyTorch 1.13's LBFGS (Debian's
python3-torch) in double, the gradients written out by hand: python3 lbfgs_trajectories.py
"""
import json
import math
import pathlib

import torch

ROWS = [[0.5, -1.2, 0.3, 1], [1.5, 0.4, -0.7, 1], [-0.3, 0.8, 1.1, 1], [-1.7, -0.5, 0.2, 1],
        [0.9, 1.3, -1.4, 1], [-0.6, 0.1, 0.7, 1], [2.1, -0.9, 0.5, 1], [-1.1, -1.6, -0.8, 1]]
LABELS = [1, 1, 0, 0, 1, 0, 1, 1]
RIDGE = 0.05


def ellipse(w):
    return 3 * w[0] ** 2 + 10 * w[1] ** 2, [6 * w[0], 20 * w[1]]


def rosenbrock(w):
    off = w[1] - w[0] * w[0]
    return (1 - w[0]) ** 2 + 100 * off * off, [-2 * (1 - w[0]) - 400 * off * w[0], 200 * off]


def beale(w):
    f, g = 0.0, [0.0, 0.0]
    for i, c in enumerate([1.5, 2.25, 2.625], 1):
        off = c - w[0] + w[0] * w[1] ** i
        f += off * off
        g[0] += 2 * off * (w[1] ** i - 1)
        g[1] += 2 * off * w[0] * i * w[1] ** (i - 1)
    return f, g


def himmelblau(w):
    a, b = w[0] ** 2 + w[1] - 11, w[0] + w[1] ** 2 - 7
    return a * a + b * b, [4 * w[0] * a + 2 * b, 2 * a + 4 * w[1] * b]


def chain(w):
    """A convex Rosenbrock function of condition number 100."""
    pull = 4 / 99
    f = 0.5 * (w[0] - 1) ** 2 + sum(0.5 * pull * x * x for x in w)
    g = [pull * x for x in w]
    g[0] += w[0] - 1
    for i in range(len(w) - 1):
        off = w[i] - w[i + 1]
        f += 0.5 * off * off
        g[i] += off
        g[i + 1] -= off
    return f, g


def logistic(w):
    f, g = 0.5 * RIDGE * sum(x * x for x in w), [RIDGE * x for x in w]
    for x, y in zip(ROWS, LABELS):
        p = 1 / (1 + math.exp(-sum(a * b for a, b in zip(x, w))))
        f -= (y * math.log(p) + (1 - y) * math.log1p(-p)) / 8
        for i in range(4):
            g[i] += (p - y) * x[i] / 8
    return f, g


PROBLEMS = {'ellipse': (ellipse, [-15., 20.]), 'rosenbrock': (rosenbrock, [-1.2, 1.]),
            'beale': (beale, [1., 1.]), 'himmelblau': (himmelblau, [-1., -1.]),
            'convex rosenbrock of 10, condition number 100': (chain, [0.] * 10),
            'logistic regression': (logistic, [0.] * 4)}

# By our names of the options. Fixed steps diverge on the others.
SEARCHES = [{}, {'max_iter': 1}, {'max_iter': 3, 'history_size': 1}, {'max_iter': 2, 'lr': 0.5},
            {'max_iter': 4, 'max_eval': 3, 'history_size': 2}, {'max_iter': 1, 'lr': 20},
            {'max_iter': 5, 'tolerance_grad': 1e-2}, {'max_iter': 5, 'tolerance_change': 1e-2}]
FIXED = [{'max_iter': 1, 'lr': 0.1}, {'max_iter': 3, 'lr': 0.5, 'history_size': 2},
         {'lr': 0.3}, {'max_iter': 4, 'max_eval': 2, 'lr': 0.3, 'history_size': 1}]
FIXED_ON = ['ellipse', 'logistic regression',
            'convex rosenbrock of 10, condition number 100']
STEPS = 12


def run(name, options, strong_wolfe):
    function, start = PROBLEMS[name]
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], line_search_fn='strong_wolfe' if strong_wolfe else None,
                                  **options)

    def closure():
        f, g = function(w.tolist())
        w.grad = torch.tensor(g, dtype=torch.float64)
        return torch.tensor(f, dtype=torch.float64)

    steps = []
    for _ in range(STEPS):
        optimizer.step(closure)
        state = optimizer.state[w]
        steps.append({'w': w.tolist(), 'f': function(w.tolist())[0],
                      'iterations': state['n_iter'], 'evaluations': state['func_evals']})
    return {'problem': name, 'options': {**options, 'strong_wolfe': strong_wolfe}, 'steps': steps}


cases = [run(name, options, True) for name in PROBLEMS for options in SEARCHES]
cases += [run(name, options, False) for name in FIXED_ON for options in FIXED]
rows = ',\n'.join(json.dumps(case) for case in cases)
starts = json.dumps({name: start for name, (_, start) in PROBLEMS.items()})
text = ('{"origin": "PyTorch ' + torch.__version__ + ', made by lbfgs_trajectories.py",\n"starts": '
        + starts + ',\n"cases": [\n' + rows + ']}\n')
pathlib.Path(__file__).with_suffix('.json').write_text(text)
