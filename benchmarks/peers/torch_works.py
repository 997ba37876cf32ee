"""The works on PyTorch; see ../job.hpp. The data are floats in memory from the start, and a batch
is an index_select by a part of the epoch's permutation, as a careful user writes it."""
import torch
from torch import nn

from job import Job, read_airfoil, read_images, seconds_per_call


def network(widths):
    layers = []
    for i, o in zip(widths, widths[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def optimizer_by(rule, parameters, lr):
    if rule == "adam":
        return torch.optim.Adam(parameters, lr=lr, foreach=True)
    return torch.optim.SGD(parameters, lr=lr, momentum=0.9, foreach=True)


class Training:
    def __init__(self, job):
        classes = job.widths()[-1] > 1
        if classes:
            x, y = read_images(job.text("folder"))
            self.x = torch.from_numpy(x).to(torch.float32).div_(255)
            self.y = torch.from_numpy(y).to(torch.int64)
        else:
            self.x, self.y = map(torch.from_numpy, read_airfoil(job.text("folder")))
        self.batch = job.count("batch")
        self.model = network(job.widths())
        self.loss_of = nn.CrossEntropyLoss() if classes else nn.MSELoss()
        self.optimizer = optimizer_by(job.text("rule"), self.model.parameters(), job.number("lr"))
        self.batches = iter(())

    def steps_per_epoch(self):
        return -(-len(self.x) // self.batch)

    def step(self):
        rows = next(self.batches, None)
        if rows is None:
            self.batches = iter(torch.randperm(len(self.x)).split(self.batch))
            rows = next(self.batches)
        self.optimizer.zero_grad(set_to_none=True)
        self.loss = self.loss_of(
            self.model(self.x.index_select(0, rows)), self.y.index_select(0, rows))
        self.loss.backward()
        self.optimizer.step()


def train(job):
    training = Training(job)
    seconds = seconds_per_call(job.number("seconds"), training.step)
    print(seconds, training.loss.item())


def epoch(job):
    training = Training(job)
    for _ in range(training.steps_per_epoch()):
        training.step()


def update(job):
    parameters = []
    for _ in range(job.count("tensors")):
        one = torch.ones(job.count("elements"), requires_grad=True)
        one.grad = torch.full_like(one, 1e-3)
        parameters.append(one)
    optimizer = optimizer_by(job.text("rule"), parameters, 1e-3)
    print(seconds_per_call(job.number("seconds"), optimizer.step))


job = Job()
if job.kind == "version":
    print("PyTorch", torch.__version__)
else:
    torch.manual_seed(1)
    torch.set_num_threads(job.count("threads"))
    {"train": train, "epoch": epoch, "update": update}[job.kind](job)
