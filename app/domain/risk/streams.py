"""Random numbers that are the same on every machine: raw bits, and our own transformations.

Source: NumPy NEP 19 promises raw bits only, so nothing of NumPy's distribution code is used.
"""

import math

import numpy as np

from app.domain.risk.engine import Floats

# Wichura's AS241, routine PPND16: numerator and denominator, lowest power first.
_CENTRE = (
    (
        3.3871328727963666080,
        133.14166789178437745,
        1971.5909503065514427,
        13731.693765509461125,
        45921.953931549871457,
        67265.770927008700853,
        33430.575583588128105,
        2509.0809287301226727,
    ),
    (
        1.0,
        42.313330701600911252,
        687.18700749205790830,
        5394.1960214247511077,
        21213.794301586595867,
        39307.895800092710610,
        28729.085735721942674,
        5226.4952788528545610,
    ),
)
_FLANK = (
    (
        1.42343711074968357734,
        4.63033784615654529590,
        5.76949722146069140550,
        3.64784832476320460504,
        1.27045825245236838258,
        0.241780725177450611770,
        0.0227238449892691845833,
        7.74545014278341407640e-4,
    ),
    (
        1.0,
        2.05319162663775882187,
        1.67638483018380384940,
        0.689767334985100004550,
        0.148103976427480074590,
        0.0151986665636164571966,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9,
    ),
)
_TAIL = (
    (
        6.65790464350110377720,
        5.46378491116411436990,
        1.78482653991729133580,
        0.296560571828504891230,
        0.0265321895265761230930,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7,
    ),
    (
        1.0,
        0.599832206555887937690,
        0.136929880922735805310,
        0.0148753612908506148525,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15,
    ),
)


class Stream:
    """Numbers drawn one after the other from one seed."""

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(seed)

    def uniforms(self, n: int) -> Floats:
        """`n` numbers strictly between 0 and 1, from the upper 53 bits."""
        raw = self._bits.random_raw(n) >> np.uint64(11)
        return np.asarray((raw.astype(np.float64) + 0.5) * 2.0**-53)

    def stratified(self, n: int) -> Floats:
        """Latin hypercube: one number in each of `n` equal slices, shuffled."""
        return np.asarray((np.argsort(self.uniforms(n), kind="stable") + self.uniforms(n)) / n)


def normal(p: Floats) -> Floats:
    """Inverse normal distribution of 0 < p < 1, within 1e-12. Source: AS241."""
    q = p - 0.5
    out = np.empty_like(q)
    centre = np.abs(q) <= 0.425
    out[centre] = q[centre] * _ratio(_CENTRE, 0.180625 - q[centre] ** 2)
    side = ~centre
    r = np.sqrt(-np.log(np.minimum(p[side], 1 - p[side])))
    out[side] = np.sign(q[side]) * np.where(r <= 5, _ratio(_FLANK, r - 1.6), _ratio(_TAIL, r - 5))
    return out


def gamma(z: Floats, shape: float) -> Floats:
    """Gamma(shape) numbers from normal scores. Source: Wilson and Hilferty 1931."""
    root = np.maximum(1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape)), 1e-6)
    return np.asarray(shape * root**3)


def _ratio(parts: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    above, below = (_polynomial(part, x) for part in parts)
    return above / below


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    value = np.zeros_like(x)
    for c in reversed(coefficients):
        value = value * x + c
    return value
