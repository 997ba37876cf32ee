"""The works on scikit-learn's MLPClassifier; see ../job.hpp. Linear regression by minibatches with
momentum and the optimizer alone are not to be had there."""
import time
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

from job import Job, read_images


def classifier(job):
    return MLPClassifier(hidden_layer_sizes=job.widths()[1:-1], solver=job.text("rule"),
                         learning_rate_init=job.number("lr"), alpha=0, random_state=1,
                         batch_size=job.count("batch"), max_iter=1)


def images(job):
    x, y = read_images(job.text("folder"))
    return x.astype(np.float32) / np.float32(255), y


def train(job):
    """An epoch of partial_fit is the unit; on a part of the data, for all would take too long."""
    x, y = images(job)
    batch = job.count("batch")
    steps = max(1, 6400 // batch)
    x, y = x[:steps * batch], y[:steps * batch]
    model = classifier(job)
    model.partial_fit(x, y, np.arange(10))
    epochs = 0
    start = time.perf_counter()
    while epochs == 0 or time.perf_counter() - start < job.number("seconds"):
        model.partial_fit(x, y)
        epochs += 1
    print((time.perf_counter() - start) / (epochs * steps), model.loss_)


def epoch(job):
    warnings.simplefilter("ignore")  # one epoch is what was asked for, converged or not
    classifier(job).fit(*images(job))


job = Job()
if job.kind == "version":
    print("scikit-learn", sklearn.__version__)
else:
    {"train": train, "epoch": epoch}[job.kind](job)
