"""Expected values for DistributionTests: python3 distributions.py > distributions.csv

mpmath 1.3.0, 60 digits, printed to 20. Every probability is a sum of its terms, each from log gamma
at full precision; every quantile is found from the tail by the secant rule and tried. Inputs are binary
doubles, printed so that they read back as the same double.
"""

from mpmath import mp, mpf, loggamma, exp, log, gammainc, betainc, erfc, sqrt, findroot, nstr, pi
from scipy import stats  # first guesses only

mp.dps = 60


def choose(n, k):
    return loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)


def outwards(first, k, step, ratio, end):
    """Terms from k on in one direction, until they no longer count."""
    total = term = first
    while k != end and term > total * mpf(10) ** -40:
        term *= ratio(k)
        k += step
        total += term
    return total


def binomial(n, p, k):
    p = mpf(p)
    q = 1 - p
    term = exp(choose(n, k) + k * log(p) + (n - k) * log(q))
    below = lambda k: outwards(
        exp(choose(n, k) + k * log(p) + (n - k) * log(q)), k, -1,
        lambda j: mpf(j) * q / ((n - j + 1) * p), 0)
    above = lambda k: outwards(
        exp(choose(n, k) + k * log(p) + (n - k) * log(q)), k, 1,
        lambda j: mpf(n - j) * p / ((j + 1) * q), n)
    most = below(k) if k <= n * p else 1 - above(k + 1) if k < n else mpf(1)
    least = above(k) if k >= n * p else 1 - below(k - 1) if k > 0 else mpf(1)
    return term, most, least


def hypergeometric(N, K, n, k):
    low, high = max(0, n + K - N), min(n, K)
    chance = lambda k: exp(choose(K, k) + choose(N - K, n - k) - choose(N, n))
    below = lambda k: outwards(
        chance(k), k, -1, lambda j: mpf(j) * (N - K - n + j) / ((K - j + 1) * mpf(n - j + 1)), low)
    above = lambda k: outwards(
        chance(k), k, 1, lambda j: mpf(K - j) * (n - j) / ((j + 1) * mpf(N - K - n + j + 1)), high)
    mean = mpf(n) * K / N
    most = below(k) if k <= mean else 1 - above(k + 1) if k < high else mpf(1)
    least = above(k) if k >= mean else 1 - below(k - 1) if k > low else mpf(1)
    return chance(k), most, least


def gamma_upper(a, x):
    a, x = mpf(a), mpf(x)
    term = total = 1 / a
    k = 0
    while k < x or term > total * mpf(10) ** -55:
        k += 1
        term *= x / (a + k)
        total += term
    # More digits, for an upper tail that is what is left of 1.
    return 1 - total * exp(a * log(x) - x - loggamma(a))


def beta_upper(a, b, x):
    if a == int(a) and b == int(b):
        # P(X > x) is the chance of at most a - 1 of a + b - 1.
        return binomial(int(a + b) - 1, x, int(a) - 1)[1]
    return betainc(mpf(a), mpf(b), x, 1, regularized=True)


def student_upper(n, t):
    n, t = mpf(n), mpf(t)
    return betainc(n / 2, mpf(1) / 2, 0, n / (n + t * t), regularized=True) / 2


def root(tail, value, guess):
    value = mpf(value)
    # In the log of the odds where it lies in 0...1, so that no step leaves the range.
    guess = mpf(guess)
    into, back = (
        (lambda x: log(x / (1 - x)), lambda y: 1 / (1 + exp(-y))) if guess < 1 else (log, exp))
    start = into(guess)
    found = findroot(
        lambda y: log(tail(back(y))) - log(value), (start, start + mpf(10) ** -9),
        tol=mpf(10) ** -60, verify=False)
    assert abs(tail(back(found)) / value - 1) < mpf(10) ** -25
    return back(found)


def row(name, *fields):
    print(",".join([name] + [nstr(f, 20) if isinstance(f, mpf) else repr(f) for f in fields]))


print("function,a,b,c,d,value")
for n, p, ks in [
    (12, 0.1, [0, 1, 5]), (59, 0.05, [0, 1, 4, 12]), (400, 0.02, [0, 3, 8, 20, 60]),
    (10_000, 0.05, [300, 450, 499, 500, 560, 700]), (10_000, 0.0003, [0, 1, 3, 12, 40]),
    (1_000_000, 0.05, [47_000, 49_500, 50_000, 50_001, 50_400, 53_000]),
    (1_000_000, 0.00001, [0, 2, 10, 30]), (1_000_000, 0.9, [898_500, 900_000, 901_000]),
    (1_000_000, 0.5, [497_000, 500_000, 503_500]), (250, 0.999, [240, 249, 250]),
]:
    for k in ks:
        density, most, least = binomial(n, p, k)
        row("binomial.density", n, p, k, 0, density)
        row("binomial.atMost", n, p, k, 0, most)
        row("binomial.atLeast", n, p, k, 0, least)
for mean, ks in [
    (0.01, [0, 1, 3]), (3.0, [0, 1, 3, 6, 25]), (61.5, [30, 40, 60, 62, 100]),
    (10_000.0, [9_600, 10_000, 10_450]), (1_000_000.0, [995_000, 1_000_000, 1_005_000]),
]:
    for k in ks:
        m = mpf(mean)
        density = exp(k * log(m) - m - loggamma(k + 1))
        below = lambda k: outwards(
            exp(k * log(m) - m - loggamma(k + 1)), k, -1, lambda j: j / m, 0)
        above = lambda k: outwards(
            exp(k * log(m) - m - loggamma(k + 1)), k, 1, lambda j: m / (j + 1), -1)
        row("poisson.density", mean, 0, k, 0, density)
        row("poisson.atMost", mean, 0, k, 0, below(k) if k <= m else 1 - above(k + 1))
        row("poisson.atLeast", mean, 0, k, 0,
            above(k) if k >= m else 1 - below(k - 1) if k > 0 else mpf(1))
for N, K, n, ks in [
    (12, 3, 5, [0, 1, 2]), (60, 12, 20, [0, 2, 4, 9]), (5_000, 300, 200, [0, 3, 12, 30, 50]),
    (1_000_000, 50_000, 59, [0, 1, 3, 12]), (1_000_000_000, 50_000_000, 60, [0, 1, 3, 12, 30]),
    (1_000_000_000, 30_000, 1_000_000, [0, 1, 12, 30, 60]),
    (1_000_000_000, 50_000_000, 1_000_000, [48_800, 49_900, 50_000, 50_001, 51_200]),
    (1_000_000_000, 999_999_000, 500, [499, 500]), (8_760, 876, 29, [0, 1, 2, 9]),
    (1_000_000_000, 500_000_000, 1_000_000, [498_000, 500_000, 502_500]),
]:
    for k in ks:
        density, most, least = hypergeometric(N, K, n, k)
        row("hypergeometric.density", N, K, n, k, density)
        row("hypergeometric.atMost", N, K, n, k, most)
        row("hypergeometric.atLeast", N, K, n, k, least)
for a, xs in [
    (1.0, [0.1, 3.0, 40.0]), (0.35, [0.001, 0.7, 9.0]), (1.35, [0.5, 2.5, 20.0]),
    (2.75, [0.4, 3.0]), (40.0, [20.0, 61.5, 90.0]), (1000.5, [900.0, 1010.0, 1150.0]),
    (40_000.0, [39_500.0, 40_000.0, 41_000.0]), (1_000_000.0, [996_000.0, 1_000_000.0, 1_004_000.0]),
]:
    for x in xs:
        mp.dps = 120
        upper = gamma_upper(a, x)
        lower = 1 - upper
        mp.dps = 60
        row("gamma.upper", a, 0, x, 0, +upper)
        row("gamma.lower", a, 0, x, 0, +lower)
TAILS = [0.4, 0.2, 0.1, 0.05, 0.025, 0.01, 0.001, 1e-8]
for a, b in [
    (1.0, 12.0), (1.0, 59.0), (2.0, 58.0), (6.0, 54.0), (1.0, 1_000_000.0), (4.0, 999_997.0),
    (1_001.0, 999_000.0), (20.0, 1.0), (2.5, 57.5), (30_001.0, 970_000.0),
]:
    for tail in TAILS:
        guess = stats.beta.isf(tail, a, b)
        row("beta.quantileUpper", a, b, tail, 0, root(lambda x: beta_upper(a, b, x), tail, guess))
        guess = stats.beta.ppf(tail, a, b)
        row("beta.quantileLower", a, b, tail, 0,
            root(lambda x: beta_upper(b, a, 1 - x), tail, guess))
for a in [1.0, 2.0, 0.35, 1.35, 12.0, 21.0, 101.0, 1000.5, 40_000.0]:
    for tail in TAILS:
        mp.dps = 90
        upper = root(lambda x: gamma_upper(a, x), tail, stats.gamma.isf(tail, a))
        lower = root(lambda x: 1 - gamma_upper(a, x), tail, stats.gamma.ppf(tail, a))
        mp.dps = 60
        row("gamma.quantileUpper", a, 0, tail, 0, +upper)
        row("gamma.quantileLower", a, 0, tail, 0, +lower)
for tail in TAILS + [0.3, 1e-15]:
    row("normal.quantileUpper", 0, 0, tail, 0,
        root(lambda z: erfc(z / sqrt(mpf(2))) / 2, tail, stats.norm.isf(tail)))
for z in [0.1, 1.0, 1.96, 3.0, 8.0, 20.0]:
    row("normal.upper", 0, 0, z, 0, erfc(mpf(z) / sqrt(mpf(2))) / 2)
for n in [1.0, 2.0, 3.0, 7.0, 29.0, 58.5, 200.0, 399.0, 10_000.0, 1_000_000.0]:
    for tail in TAILS[:-1]:
        row("student.quantileUpper", n, 0, tail, 0,
            root(lambda t: student_upper(n, t), tail, stats.t.isf(tail, n)))
    for t in [0.001, 0.5, 2.0, 6.0]:
        row("student.upper", n, 0, t, 0, student_upper(n, t))
