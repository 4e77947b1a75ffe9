#!/usr/bin/env python3
"""Measures PyTorch's losses as `surprisal bench` measures its own.

Writes the JSON of JMH, so that `surprisal bench --json` and this can be read side by side. Inputs
are drawn alike, but are not the same numbers. Loss and gradient are resident: nothing is copied.

    python3 bench/pytorch/bench.py --loss cross_entropy,mse --shape 4096x1000 --json pytorch.json
"""

import argparse
import json
import math
import os
import platform
import statistics
import sys
import time

import torch
import torch.nn.functional as F

BENCHMARK = "io.github.surprisal.bench.speed.LossBenchmark."
SEED = 20251123
DEVIATION = 3
FOCAL_ALPHA = 0.25
FOCAL_GAMMA = 2
SHAPES = "32x10,8192x10,8192x100,4096x1000,256x32000,64x128256"
# Two-sided 99.9 %, as JMH has it, of Student's t by degrees of freedom; the last for all beyond it.
T_999 = [636.62, 31.599, 12.924, 8.610, 6.869, 5.959, 5.408, 5.041, 4.781, 4.587]


def sigmoid_focal(x, y, _):
    """As torchvision composes it."""
    p = torch.sigmoid(x)
    cross_entropy = F.binary_cross_entropy_with_logits(x, y, reduction="none")
    p_target = p * y + (1 - p) * (1 - y)
    alpha = FOCAL_ALPHA * y + (1 - FOCAL_ALPHA) * (1 - y)
    return (alpha * cross_entropy * (1 - p_target) ** FOCAL_GAMMA).mean()


# What predictions and targets are made of, and the mean loss.
LOSSES = {
    "cross_entropy": ("labels", lambda x, y, _: F.cross_entropy(x, y)),
    "cross_entropy+label_smoothing": (
        "labels",
        lambda x, y, _: F.cross_entropy(x, y, label_smoothing=0.1),
    ),
    "binary_cross_entropy": ("probability", lambda x, y, _: F.binary_cross_entropy(x, y)),
    "binary_cross_entropy_with_logits": (
        "logit",
        lambda x, y, _: F.binary_cross_entropy_with_logits(x, y),
    ),
    "sigmoid_focal": ("logit", sigmoid_focal),
    "soft_margin": ("sign", lambda x, y, _: F.soft_margin_loss(x, y)),
    "mse": ("real", lambda x, y, _: F.mse_loss(x, y)),
    "l1": ("real", lambda x, y, _: F.l1_loss(x, y)),
    "huber": ("real", lambda x, y, _: F.huber_loss(x, y)),
    "smooth_l1": ("real", lambda x, y, _: F.smooth_l1_loss(x, y)),
    "poisson_nll": ("count", lambda x, y, _: F.poisson_nll_loss(x, y)),
    "gaussian_nll": ("variance", lambda x, y, v: F.gaussian_nll_loss(x, y, v)),
    "kl_div": ("log_probability", lambda x, y, _: F.kl_div(x, y, reduction="mean")),
}


def draw(inputs, rows, columns):
    """Predictions, targets and the variance of each element."""
    torch.manual_seed(SEED)
    x = DEVIATION * torch.randn(rows, columns)
    t = DEVIATION * torch.randn(rows, columns)
    if inputs == "labels":
        return x, torch.randint(0, columns, (rows,)), None
    if inputs == "probability":
        return torch.sigmoid(x), (t >= 0).float(), None
    if inputs == "logit":
        return x, (t >= 0).float(), None
    if inputs == "sign":
        return x, 2 * (t >= 0).float() - 1, None
    if inputs == "count":
        return x, t.abs().round(), None
    if inputs == "log_probability":
        return -x.abs(), torch.sigmoid(t), None
    if inputs == "variance":
        return x, t, 0.5 + torch.rand(rows, columns)
    return x, t, None


def prepare(loss, rows, columns):
    """The calls to measure, by their names in the benchmark."""
    inputs, function = LOSSES[loss]
    x, y, parameter = draw(inputs, rows, columns)
    x.requires_grad_(True)

    def loss_alone():
        with torch.no_grad():
            return function(x, y, parameter).item()

    def loss_and_gradient():
        x.grad = None
        mean = function(x, y, parameter)
        mean.backward()
        return mean.item()

    return {"loss": loss_alone, "lossAndGradient": loss_and_gradient}


def iteration(call, seconds):
    """Mean time of a call in nanoseconds, over so many seconds."""
    calls = 0
    start = time.perf_counter_ns()
    end = start + seconds * 1e9
    while True:
        call()
        calls += 1
        now = time.perf_counter_ns()
        if now >= end:
            return (now - start) / calls


def measure(call, options):
    """The means of the iterations, after warm-up."""
    for _ in range(options.warmup):
        iteration(call, options.seconds)
    return [iteration(call, options.seconds) for _ in range(options.iterations)]


def error(times):
    """Half the confidence interval of the mean, as JMH reports it."""
    n = len(times)
    if n < 2:
        return math.nan
    t = T_999[min(n - 2, len(T_999) - 1)]
    return t * statistics.stdev(times) / math.sqrt(n)


def number(value):
    """JMH writes NaN as a string."""
    return "NaN" if math.isnan(value) else value


def entry(method, loss, shape, options, times):
    """A result as JMH writes it."""
    score = statistics.fmean(times)
    half = error(times)
    return {
        "benchmark": BENCHMARK + method,
        "mode": "avgt",
        "threads": 1,
        "forks": 1,
        "warmupIterations": options.warmup,
        "warmupTime": f"{options.seconds:g} s",
        "measurementIterations": options.iterations,
        "measurementTime": f"{options.seconds:g} s",
        "params": {
            "peer": "pytorch",
            "loss": loss,
            "shape": shape,
            "threads": str(options.threads),
        },
        "primaryMetric": {
            "score": score,
            "scoreError": number(half),
            "scoreConfidence": [number(score - half), number(score + half)],
            "scoreUnit": "ns/op",
            "rawData": [times],
        },
        "secondaryMetrics": {},
        "machine": {
            "pytorch": torch.__version__,
            "python": platform.python_version(),
            "os": platform.platform(),
            "processors": os.cpu_count(),
        },
    }


def shape_of(text):
    """Rows and columns."""
    rows, _, columns = text.partition("x")
    if not (rows.isdecimal() and columns.isdecimal() and int(rows) > 0 and int(columns) > 0):
        raise argparse.ArgumentTypeError(f"shape = {text}, expected ROWSxCOLUMNS")
    return text, int(rows), int(columns)


def among(known):
    """The type of names with commas between."""

    def convert(text):
        names = list(known) if text == "all" else text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name}, expected some of {', '.join(known)}")
        return names

    return convert


def parse():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--loss", type=among(LOSSES), default=["cross_entropy"], help="names, or all"
    )
    parser.add_argument(
        "--shape", type=lambda s: [shape_of(one) for one in s.split(",")], default=SHAPES
    )
    parser.add_argument(
        "--what", type=among(["loss", "lossAndGradient"]), default=["lossAndGradient"]
    )
    parser.add_argument("--threads", type=int, default=1, help="that a call may use")
    parser.add_argument("--warmup", type=int, default=5, help="iterations before")
    parser.add_argument("--iterations", type=int, default=5, help="iterations that count")
    parser.add_argument("--seconds", type=float, default=1, help="time of an iteration")
    parser.add_argument("--json", metavar="FILE", help="file for the results, else standard output")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    entries = []
    for loss in options.loss:
        for shape, rows, columns in options.shape:
            calls = prepare(loss, rows, columns)
            for method in options.what:
                times = measure(calls[method], options)
                entries.append(entry(method, loss, shape, options, times))
                nanos = statistics.fmean(times) / (rows * columns)
                print(f"{loss} {shape} {method}: {nanos:.3f} ns/element", file=sys.stderr)
    text = json.dumps(entries, indent=2) + "\n"
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
