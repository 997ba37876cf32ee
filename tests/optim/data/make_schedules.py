"""Makes schedules.json: learning rates and momenta of PyTorch's schedulers (1.13, Debian's
python3-torch). Tests read the file and never run this: python3 make_schedules.py > schedules.json"""

import json
import math

import torch
from torch.optim import lr_scheduler

STEPS = 40


def sgd(lr=0.1):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr, momentum=0.9)


def by_time(name, **options):
    optimizer = sgd()
    scheduler = getattr(lr_scheduler, name)(optimizer, **options)
    steps = options.get("total_steps", STEPS)
    lr, momentum = [], []
    for step in range(steps):
        lr.append(optimizer.param_groups[0]["lr"])
        momentum.append(optimizer.param_groups[0]["momentum"])
        optimizer.step()
        if step + 1 < steps:
            scheduler.step()
    case = {"name": name, "base_lr": 0.1, "options": options, "lr": lr}
    return case | {"momentum": momentum} if name == "OneCycleLR" else case


def by_loss(**options):
    # A loss that falls, stalls with small gains, leaps up and falls again.
    losses = [1 / (1 + 0.3 * e) + 0.05 * math.sin(2.1 * e) + (0.4 if 20 <= e < 26 else 0)
              for e in range(STEPS)]
    optimizer = sgd()
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, eps=0, **options)
    lr = []
    for loss in losses:
        lr.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(loss)
    return {"base_lr": 0.1, "options": options, "losses": losses, "lr": lr}


print(json.dumps({
    "origin": "PyTorch 1.13; see make_schedules.py. Options carry its names.",
    "by_time": [
        by_time("StepLR", step_size=10, gamma=0.5),
        by_time("MultiStepLR", milestones=[5, 20, 30], gamma=0.1),
        by_time("ExponentialLR", gamma=0.95),
        by_time("CosineAnnealingLR", T_max=40, eta_min=1e-4),
        by_time("LinearLR", start_factor=0.1, end_factor=1.0, total_iters=10),
        by_time("PolynomialLR", total_iters=40, power=2.0),
        by_time("OneCycleLR", max_lr=0.1, total_steps=40),
        by_time("OneCycleLR", max_lr=0.5, total_steps=23, pct_start=0.25, div_factor=10.0,
                final_div_factor=100.0, base_momentum=0.8, max_momentum=0.9),
        by_time("OneCycleLR", max_lr=0.1, total_steps=3),
        by_time("OneCycleLR", max_lr=0.1, total_steps=20, pct_start=1.0),
        by_time("CosineAnnealingWarmRestarts", T_0=7),
        by_time("CosineAnnealingWarmRestarts", T_0=5, T_mult=2, eta_min=1e-3),
    ],
    "by_loss": [
        by_loss(factor=0.5, patience=2),
        by_loss(factor=0.1, patience=0, threshold=0.1, cooldown=3),
        by_loss(factor=0.3, patience=1, threshold=0.02, cooldown=2, min_lr=0.004),
        by_loss(threshold=0.5),
    ],
}))
