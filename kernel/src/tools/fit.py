#!/usr/bin/env python3
"""Fits the polynomials of the package io.github.surprisal.internal.lane and prints them as Java constants.

Method: Remez exchange at 60 digits for the minimax polynomial under a relative weight; then the
coefficients are rounded to the element type one by one, lowest power first, and after each rounding
the free ones move to where the polynomial stays nearest to the minimax one.

Run: python3 fit.py          (needs mpmath 1.3; takes seconds; same output every time)
"""

from mpmath import atanh, cos, exp, expm1, frexp, ldexp, log, log1p, loggamma, lu_solve
from mpmath import matrix, mp, mpf, nint, pi, sqrt, tanh

mp.dps = 60
POINTS = 800


def chebyshev(lo, hi, count):
    return [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * i / (count - 1)) for i in range(count)]


def evaluate(coefficients, x):
    y = mpf(0)
    for c in reversed(coefficients):
        y = y * x + c
    return y


def remez(grid, target, weight, degree):
    """Coefficients of the polynomial that minimises max |weight (target - polynomial)|."""
    size = degree + 1
    index = [round(i * (len(grid) - 1) / size) for i in range(size + 1)]
    while True:
        system, right = matrix(size + 1), matrix(size + 1, 1)
        for row, i in enumerate(index):
            for j in range(size):
                system[row, j] = weight[i] * grid[i] ** j
            system[row, size] = (-1) ** row
            right[row] = weight[i] * target[i]
        solution = lu_solve(system, right)
        coefficients = [solution[j] for j in range(size)]
        error = [w * (t - evaluate(coefficients, x)) for x, t, w in zip(grid, target, weight)]
        extrema = []  # the largest error of each run of one sign
        for i, e in enumerate(error):
            if extrema and (error[extrema[-1]] < 0) == (e < 0):
                if abs(e) > abs(error[extrema[-1]]):
                    extrema[-1] = i
            else:
                extrema.append(i)
        while len(extrema) > size + 1:
            extrema.pop(0 if abs(error[extrema[0]]) < abs(error[extrema[-1]]) else -1)
        if extrema == index or len(extrema) < size + 1:
            return coefficients
        index = extrema


def rounded(x, bits):
    mantissa, exponent = frexp(x)
    return ldexp(nint(ldexp(mantissa, bits)), exponent - bits)


def fit(function, weight, degree, lo, hi, bits):
    """Minimax polynomial with coefficients of the given precision, and its weighted error."""
    grid = [x for x in chebyshev(mpf(lo), mpf(hi), POINTS) if abs(x) > mpf(10) ** -12]
    weights = [abs(weight(x)) for x in grid]
    values = [function(x) for x in grid]
    best = remez(grid, values, weights, degree)
    moments = [sum(w * w * x**k for x, w in zip(grid, weights)) for k in range(2 * degree + 1)]
    chosen = []
    for first in range(degree + 1):
        # The free coefficients nearest to the minimax polynomial, given those already rounded.
        size = degree + 1 - first
        system, right = matrix(size), matrix(size, 1)
        for i in range(size):
            for j in range(size):
                system[i, j] = moments[2 * first + i + j]
            right[i] = sum((best[k] - chosen[k]) * moments[first + i + k] for k in range(first))
        shift = lu_solve(system, right)
        chosen.append(rounded(best[first] + shift[0], bits))
    return chosen, max(
        w * abs(v - evaluate(chosen, x)) for x, v, w in zip(grid, values, weights)
    )


def java(x, bits):
    """Java hexadecimal literal of a number that has the given precision."""
    sign, x = ("-" if x < 0 else ""), abs(x)
    mantissa, exponent = frexp(x)
    digits = 6 if bits == 24 else 13
    fraction = int(ldexp(2 * mantissa - 1, 4 * digits))
    return f"{sign}0x1.{fraction:0{digits}x}p{exponent - 1}{'f' if bits == 24 else ''}"


def show(title, name, start, function, weight, degree, lo, hi, bits):
    coefficients, error = fit(function, weight, degree, lo, hi, bits)
    print(f"// {title}: error 2^{float(log(error, 2)):.1f}")
    for i, c in enumerate(coefficients):
        print(f"  {name}{start + i} = {java(c, bits)}; // {float(c):.6g}")


def curvature(r):
    return (expm1(r) - r) / r**2


def log_cubic(f):
    return (log1p(f) - f + f**2 / 2) / f**3


def atanh_series(z):
    s = sqrt(z)
    return (2 * atanh(s) - 2 * s) / (s * z)


def log_share(f):
    """What a unit of log_cubic adds to log1p, relative to log1p."""
    return f**3 / log1p(f)


def atanh_share(z):
    """What a unit of atanh_series adds to log1p, relative to log1p."""
    return z * sqrt(z) / atanh(sqrt(z)) / 2


def tanh_series(w):
    """(tanh(u) / u - 1) / w at w = u^2."""
    return (tanh(sqrt(w)) / sqrt(w) - 1) / w


def tanh_share(w):
    """What a unit of tanh_series adds to tanh, relative to tanh."""
    return w * sqrt(w) / tanh(sqrt(w))


def mean_log(t):
    """log(t!) / t."""
    return loggamma(1 + t) / t


HALF_LN2 = 0.34675  # ln(2) / 2 and a little for the rounded multiple of ln(2)

FITS = [
    ("ExpF32", "C", 2, curvature, lambda r: r**2 / exp(r), 4, -HALF_LN2, HALF_LN2, 24),
    ("ExpF64", "C", 2, curvature, lambda r: r**2 / exp(r), 9, -HALF_LN2, HALF_LN2, 53),
    ("LogF32", "C", 3, log_cubic, log_share, 7, mpf(-1) / 3, mpf(1) / 3, 24),
    ("LogF64", "C", 1, atanh_series, atanh_share, 7, 0, 0.04, 53),
    ("Log1pF32", "C", 3, log_cubic, log_share, 7, -0.25, 0.5, 24),
    ("Log1pF32, unit interval", "U", 3, log_cubic, log_share, 8, 0, 1, 24),
    ("Log1pF64, unit interval", "U", 1, atanh_series, atanh_share, 9, 0, mpf(1) / 9, 53),
    ("Expm1F32", "C", 2, curvature, lambda r: r**2 / expm1(r), 4, -HALF_LN2, HALF_LN2, 24),
    ("Expm1F64", "C", 2, curvature, lambda r: r**2 / expm1(r), 10, -HALF_LN2, HALF_LN2, 53),
    ("TanhF32, within one", "U", 1, tanh_series, tanh_share, 6, 0, 1.0001, 24),
    ("TanhF64, within one", "U", 1, tanh_series, tanh_share, 14, 0, 1.0001, 53),
    ("LogFactorialF32, absolute", "C", 0, mean_log, lambda t: mpf(1), 9, 0, 1, 24),
    ("LogFactorialF64, absolute", "C", 0, mean_log, lambda t: mpf(1), 20, 0, 1, 53),
]

if __name__ == "__main__":
    for entry in FITS:
        show(*entry)
    print("// ln(2) = high + low, of floats, of doubles")
    ln2 = log(2)
    for bits in (24, 53):
        high = rounded(ln2, bits)
        print(f"  {java(high, bits)}, {java(rounded(ln2 - high, bits), bits)}")
    high = rounded(ln2, 42)
    print(f"// the same, high of 42 bits\n  {java(high, 53)}, {java(rounded(ln2 - high, 53), 53)}")
