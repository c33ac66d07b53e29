"""A GRU of PyTorch that is shown small digits pixel by pixel: the row of another tool in a table of ours.

    python pixel_gru.py FILE UNITS EPOCHS BATCH RATE SEED

FILE is what NumPy keeps of `inputs` and `inputs_test`, arrays of 0 and 1 of shape (samples, steps, inputs),
of their `labels` and `labels_test`, and of `asked`, over how many steps at the end the readout is averaged.
The rate of Adam falls to 0.3 of itself after a third of the training, and once more after two. What is
printed is JSON: the `accuracy` on the tests, what was right while it was `learnt` in the last epoch, and how
many `weights` there are, biases too.
"""

import json
import sys

import numpy as np


def main(file, units, epochs, batch, rate, seed):
    """Train a layer of gated recurrent units and a readout that is averaged over the last steps."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    with np.load(file) as data:
        x, x_test = (torch.tensor(data[name], dtype=torch.float32) for name in ("inputs", "inputs_test"))
        y, y_test, asked = torch.tensor(data["labels"]), torch.tensor(data["labels_test"]), int(data["asked"])
    gru = torch.nn.GRU(x.shape[2], units, batch_first=True)
    out = torch.nn.Linear(units, int(y.max()) + 1)
    learnt = [*gru.parameters(), *out.parameters()]

    def scores_of(x):
        return out(gru(x)[0][:, -asked:].mean(1))

    adam = torch.optim.Adam(learnt, lr=rate)
    steps = epochs * (len(x) // batch)
    falling = torch.optim.lr_scheduler.StepLR(adam, -(-steps // 3), 0.3)
    for _ in range(epochs):
        order, right = torch.randperm(len(x)), 0
        for first in range(0, len(x) - batch + 1, batch):
            some = order[first : first + batch]
            scores = scores_of(x[some])
            right += int((scores.argmax(1) == y[some]).sum())
            adam.zero_grad()
            torch.nn.functional.cross_entropy(scores, y[some]).backward()
            adam.step()
            falling.step()
    with torch.no_grad():
        accuracy = float((scores_of(x_test).argmax(1) == y_test).float().mean())
    weights = sum(part.numel() for part in learnt)
    print(json.dumps({"accuracy": accuracy, "learnt": right / (len(x) // batch * batch), "weights": weights}))


if __name__ == "__main__":
    where, units, epochs, batch, rate, seed = sys.argv[1:]
    main(where, int(units), int(epochs), int(batch), float(rate), int(seed))
