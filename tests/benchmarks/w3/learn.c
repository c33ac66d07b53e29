/* W3 in C: the same algorithm as snnlab.learning.synaptic_competition, with a short generator of random numbers. */
#include <math.h>
#include <stdint.h>

static uint64_t counter;

static double uniform(void) {
  uint64_t z = (counter += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return (((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/* Weights w from 0 to 1 are changed; returns the number of spikes. */
long learn(double *restrict w, double *restrict x, long n, long steps, double dt, double rate, double tau_m,
           double v_rest, double v_th, double v_reset, double e_ex, double tau_ex, double g_max, double a_plus,
           double alpha, double tau_plus, double tau_minus, uint64_t seed) {
  counter = seed;
  double scale = 1.0 / log1p(-rate * dt / 1000.0);
  double d_ex = exp(-dt / tau_ex), d_plus = exp(-dt / tau_plus), d_minus = exp(-dt / tau_minus);
  double v = v_reset, g = 0.0, factor = 1.0, y = 0.0;
  long place = (long)(log(uniform()) * scale), step = 0, count = 0;
  while (place >= n) place -= n, step++;
  for (long t = 0; t < steps; t++) {
    v += dt / tau_m * (v_rest - v + g * (e_ex - v));
    g *= d_ex, factor *= d_plus, y *= d_minus;
    int fires = v > v_th;
    if (fires) {
      double gain = a_plus * factor;
      for (long j = 0; j < n; j++) {
        double grown = w[j] + gain * x[j];
        w[j] = grown > 1.0 ? 1.0 : grown;
      }
      v = v_reset;
      count++;
    }
    while (step == t) {
      double less = w[place] - alpha * a_plus * y;
      g += g_max * w[place];
      w[place] = less < 0.0 ? 0.0 : less;
      x[place] += 1.0 / factor;
      place += 1 + (long)(log(uniform()) * scale);
      while (place >= n) place -= n, step++;
    }
    if (fires) y += 1.0;
    if (factor < 1e-100) {
      for (long j = 0; j < n; j++) x[j] *= factor;
      factor = 1.0;
    }
  }
  return count;
}
