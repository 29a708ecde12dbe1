"""Peers of `go run ./bench ks`, one thread each. Prints JSON: nanoseconds per step of one member."""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np


class KuramotoSivashinsky:
    """v_t = -v_xx - v_xxxx - (v^2)_x/2 by ETDRK4 with 32 contour points and 2/3 dealiasing, all members in one array."""

    def __init__(self, n, members, length=34.0, h=0.1):
        k = 2 * np.pi / length * np.arange(n // 2 + 1)
        lin = k**2 - k**4
        self.n, self.e, self.e2 = n, np.exp(h * lin), np.exp(h * lin / 2)
        r = np.exp(1j * np.pi * (np.arange(1, 33) - 0.5) / 32)
        z = h * lin[:, None] + r[None, :]
        mean = lambda f: h * np.real(f.mean(axis=1))
        self.q = mean((np.exp(z / 2) - 1) / z)
        self.f1 = mean((-4 - z + np.exp(z) * (4 - 3 * z + z**2)) / z**3)
        self.f2 = 2 * mean((2 + z + np.exp(z) * (-2 + z)) / z**3)
        self.f3 = mean((-4 - 3 * z - z**2 + np.exp(z) * (4 - z)) / z**3)
        self.g = -0.5j * k * (np.arange(n // 2 + 1) < n / 3)
        x = length * np.arange(n) / n
        u = np.cos(2 * np.pi * x / length) * (1 + np.sin(4 * np.pi * x / length))
        self.v = np.fft.rfft(u[None, :] * np.linspace(0.5, 1.5, members)[:, None] if members > 1 else u)

    def nonlinear(self, v):
        u = np.fft.irfft(v, self.n)
        return self.g * np.fft.rfft(u * u)

    def step(self):
        v, e2, q = self.v, self.e2, self.q
        nv = self.nonlinear(v)
        ev = e2 * v
        a = ev + q * nv
        na = self.nonlinear(a)
        b = ev + q * na
        nb = self.nonlinear(b)
        c = e2 * a + q * (2 * nb - nv)
        nc = self.nonlinear(c)
        self.v = self.e * v + self.f1 * nv + self.f2 * (na + nb) + self.f3 * nc


def time_kuramoto_sivashinsky(n, members, steps):
    solver = KuramotoSivashinsky(n, members)
    begin = time.perf_counter()
    for _ in range(steps):
        solver.step()
    assert np.isfinite(solver.v).all()
    return 1e9 * (time.perf_counter() - begin) / (steps * members)


def double_wells():
    """Euler-Maruyama of an ensemble of double wells: two loops that differ in the generator of normal numbers."""
    import numba

    @numba.njit
    def legacy(x, steps, dt):
        b = np.sqrt(2 * dt)
        for m in range(len(x)):
            v = x[m]
            for _ in range(steps):
                v += dt * (v - v * v * v) + b * np.random.normal()
            x[m] = v

    @numba.njit
    def generator(x, steps, dt, rng):
        b = np.sqrt(2 * dt)
        for m in range(len(x)):
            v = x[m]
            for _ in range(steps):
                v += dt * (v - v * v * v) + b * rng.standard_normal()
            x[m] = v

    rng = np.random.default_rng(1)
    x = np.zeros(1024)
    legacy(x, 2, 1e-3)
    generator(x, 2, 1e-3, rng)
    return lambda steps: legacy(x, steps, 1e-3), lambda steps: generator(x, steps, 1e-3, rng)


def main():
    """Answers each line `name argument...` of standard input with one number."""
    wells = {}
    for line in sys.stdin:
        name, *rest = line.split()
        values = [int(v) for v in rest]
        if name == "ks":
            answer = time_kuramoto_sivashinsky(*values)
        else:
            if not wells:
                wells["legacy"], wells["generator"] = double_wells()
            begin = time.process_time()
            wells[name](values[0])
            answer = 1e9 * (time.process_time() - begin) / (1024 * values[0])
        print(json.dumps(answer), flush=True)


main()
