r"""The exponential function in arithmetic alone, of several neurons at once.

A library's ``exp`` is a call for each number. Sums, products and one quotient are not, so a compiler computes
them for as many neurons at a time as a register of the processor holds; and they are the same to the last bit
on every machine and in a page.

The argument is split into a power of two and a small rest, and of the rest a *Padé approximant* is taken,
the quotient of two polynomials whose power series agrees with that of $e^r$ to the term with $r^{12}$:

$$ e^x = 2^n\, e^r, \qquad n = \operatorname{round}(x / \ln 2), \qquad r = x - n \ln 2 $$

$$ e^r \approx 1 + \frac{2\, r\, B}{A - r\, B}, \qquad
A = r^6 + 840\, r^4 + 75600\, r^2 + 665280, \qquad B = 42\, r^4 + 10080\, r^2 + 332640 $$

With $|r| \le \ln 2 / 2$ the first term that is missing is below a thousandth of a last digit. To keep the
digits of $r$, $\ln 2$ is given in two numbers, the first of which has so few digits that its product with $n$
is exact.

Source: W. J. Cody and W. Waite (1980), Software Manual for the Elementary Functions, Prentice-Hall; the
approximant: N. J. Higham (2008), Functions of Matrices, SIAM, section 10.3.
"""

import numpy as np

from snnlab.compiling import kernel

__all__ = ["exponential"]

_PER_LN2 = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10
_SHIFT = 6755399441055744.0  # 1.5 · 2⁵²: what is added to it is rounded to a whole number, in its last bits
_FARTHEST = 708.0  # beyond it a power of two is no normal number


@kernel
def exponential(x):
    """$e^x$ to one and a half last digits, for x from −708 to 708; beyond, what it is there.

    Parameters
    ----------
    x : float
        NaN gives NaN.

    Examples
    --------
    >>> print(exponential(1.0), exponential(-2.5))
    2.718281828459045 0.0820849986238988
    """
    x = -_FARTHEST if x < -_FARTHEST else x
    x = _FARTHEST if x > _FARTHEST else x
    shifted = x * _PER_LN2 + _SHIFT
    n = shifted - _SHIFT
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    square = r * r
    a = ((square + 840.0) * square + 75600.0) * square + 665280.0
    r_b = ((42.0 * square + 10080.0) * square + 332640.0) * r
    # The bits of a float64 from the 53rd on are its exponent, which counts from 1023.
    bits = np.float64(shifted).view(np.int64)
    power = np.int64((bits + 1023) << 52).view(np.float64)
    return (1.0 + 2.0 * r_b / (a - r_b)) * power
