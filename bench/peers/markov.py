"""Peer of `go run ./bench markov`. For each line "CELLS FILE" prints the nanoseconds a label that deeptime counts in."""

import sys
import time

import numpy as np
from deeptime.markov import TransitionCountEstimator

labels = {}
for line in sys.stdin:
    cells, path = line.split(maxsplit=1)
    path = path.strip()
    if path not in labels:
        labels[path] = np.fromfile(path, dtype=np.int32)
    series = labels[path]
    estimator = TransitionCountEstimator(1, "sliding", sparse=True, n_states=int(cells))
    begin = time.perf_counter()
    estimator.fit(series)
    print((time.perf_counter() - begin) / len(series) * 1e9, flush=True)
