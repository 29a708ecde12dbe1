"""Peer of `go run ./bench native`: the functions of nativekernels.go in Numba, without fastmath.

Reads a request a line: "NAME REPEATS N SCALE N SCALE" makes the two series and answers with the median nanoseconds of a call,
"compile NAME" with the milliseconds that compiling it took, "result NAME" with what the latest call returned.
"""

import math
import statistics
import sys
import time

import numpy as np
from numba import njit


def lorenz63(x, noise):
    dt, b = 1e-3, 0.1
    s = 0.0
    for k in range(len(noise) // 3):
        x0, x1, x2 = x[0], x[1], x[2]
        x[0] = x0 + dt * (10 * (x1 - x0)) + b * noise[3 * k]
        x[1] = x1 + dt * (x0 * (28 - x2) - x1) + b * noise[3 * k + 1]
        x[2] = x2 + dt * (x0 * x1 - 8.0 / 3 * x2) + b * noise[3 * k + 2]
        s += x[2]
    return s


@njit
def lorenz96_drift(dst, x):
    slow, fast, scale, rate, coupling = 4, 10, 10.0, 10.0, 1.0
    every = slow * fast
    for k in range(slow):
        total = 0.0
        for j in range(fast):
            total += x[slow + fast * k + j]
        dst[k] = x[(k + slow - 1) % slow] * (x[(k + 1) % slow] - x[(k + slow - 2) % slow]) - x[k] + 10 - coupling * total
    for j in range(every):
        ahead, further, back = x[slow + (j + 1) % every], x[slow + (j + 2) % every], x[slow + (j + every - 1) % every]
        dst[slow + j] = rate * scale * ahead * (back - further) - rate * x[slow + j] + coupling * x[j // fast]


def lorenz96(x, dx):
    dt = 1e-4
    for _ in range(500):
        lorenz96_drift(dx, x)
        for i in range(len(x)):
            x[i] += dt * dx[i]
    return x[0]


def nbody(force, pos):
    n = len(pos) // 3
    energy = 0.0
    for i in range(n):
        fx, fy, fz = 0.0, 0.0, 0.0
        for j in range(n):
            if j == i:
                continue
            dx, dy, dz = pos[3 * j] - pos[3 * i], pos[3 * j + 1] - pos[3 * i + 1], pos[3 * j + 2] - pos[3 * i + 2]
            r2 = dx * dx + dy * dy + dz * dz + 1e-3
            r = math.sqrt(r2)
            w = 1 / (r2 * r)
            fx += dx * w
            fy += dy * w
            fz += dz * w
            energy -= 1 / r
        force[3 * i], force[3 * i + 1], force[3 * i + 2] = fx, fy, fz
    return energy


def mandelbrot(turns, corner):
    width, limit = 64, 200
    total = 0.0
    for p in range(len(turns)):
        cr, ci = corner[0] + 3 * float(p % width) / width, corner[0] / 2 + 2 * float(p // width) / width
        zr, zi = 0.0, 0.0
        n = 0
        while n < limit and zr * zr + zi * zi < 4:
            zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
            n += 1
        turns[p] = float(n)
        total += turns[p]
    return total


def dot(x, y):
    s = 0.0
    for i in range(len(x)):
        s += x[i] * y[i]
    return s


def stencil(dst, x):
    for i in range(1, len(x) - 1):
        dst[i] = 0.25 * x[i - 1] + 0.5 * x[i] + 0.25 * x[i + 1]
    return dst[77]


def oscillators(dst, x):
    for i in range(len(x)):
        dst[i] = math.sin(x[i]) * math.exp(-0.1 * x[i]) - 0.3 * math.cos(2 * x[i])
    return dst[77]


def series(n, scale):
    return scale * ((np.arange(n) * 7919 % 1000) / 500 - 1)


class Peer:
    """One function, compiled by its first call."""

    def __init__(self, function):
        self.function, self.result = njit(function), None
        begin = time.perf_counter()
        self.function(series(78, 1.0), series(78, 1.0))
        self.compile = 1e3 * (time.perf_counter() - begin)

    def time(self, repeats, n, a, m, b):
        took = []
        for _ in range(repeats):
            x, y = series(n, a), series(m, b)
            self.function(x, y)
            x, y = series(n, a), series(m, b)
            begin = time.perf_counter_ns()
            self.result = self.function(x, y)
            took.append(time.perf_counter_ns() - begin)
        return statistics.median(took)


peers = {}
for line in sys.stdin:
    verb, *rest = line.split()
    if verb == "compile":
        peers[rest[0]] = Peer(globals()[rest[0]])
        answer = peers[rest[0]].compile
    elif verb == "result":
        answer = peers[rest[0]].result
    else:
        repeats, n, a, m, b = rest
        answer = peers[verb].time(int(repeats), int(n), float(a), int(m), float(b))
    print(repr(float(answer)), flush=True)
