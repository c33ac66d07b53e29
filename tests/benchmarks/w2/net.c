/* W2 in C: the same algorithm as snnlab.networks.one_delay, for a delay of one step. */
#include <math.h>
#include <stdint.h>

#ifndef NUMBER
#define NUMBER double
#endif
typedef NUMBER number;

enum { BLOCK = 512 };

typedef struct {
  double decay, pull, into_e, into_i, decay_e, decay_i; /* of currents */
  double share, rest, e_e, e_i;                         /* of conductances: dt / tau_m, and potentials */
  double v_th, v_reset, w_e, w_i;
} numbers;

/* One step of a block with currents; returns how many are above the threshold. */
static int currents(number *restrict v, number *restrict e, number *restrict i, const int32_t *restrict free_at,
                    long n, int32_t t, const numbers *p) {
  number decay = p->decay, pull = p->pull, into_e = p->into_e, into_i = p->into_i;
  number decay_e = p->decay_e, decay_i = p->decay_i, v_th = p->v_th;
  int above = 0;
  for (long k = 0; k < n; k++) {
    number moved = decay * v[k] + pull + into_e * e[k] + into_i * i[k];
    v[k] = free_at[k] > t ? v[k] : moved;
    e[k] *= decay_e, i[k] *= decay_i;
    above += v[k] > v_th;
  }
  return above;
}

/* The same with conductances, each held for the step. */
static int conductances(number *restrict v, number *restrict e, number *restrict i, const int32_t *restrict free_at,
                        long n, int32_t t, const numbers *p) {
  number share = p->share, rest = p->rest, e_e = p->e_e, e_i = p->e_i;
  number decay_e = p->decay_e, decay_i = p->decay_i, v_th = p->v_th;
  int above = 0;
  for (long k = 0; k < n; k++) {
    number all = 1 + e[k] + i[k], end = (rest + e[k] * e_e + i[k] * e_i) / all, x = -share * all;
    number moved = end + (v[k] - end) * (sizeof(number) == 4 ? expf(x) : exp(x));
    v[k] = free_at[k] > t ? v[k] : moved;
    e[k] *= decay_e, i[k] *= decay_i;
    above += v[k] > v_th;
  }
  return above;
}

/* Writes who fires into `ids`, and where each step ends there into `ends`; returns the number of spikes. */
long run(number *restrict v, number *restrict e, number *restrict i, int32_t *restrict free_at, const int64_t *begin,
         const uint16_t *post, long n, long excitatory, long steps, int hold, int conductance, const numbers *p,
         int32_t *restrict ids, int64_t *restrict ends) {
  long count = 0, before = 0;
  number w_e = p->w_e, w_i = p->w_i, v_th = p->v_th, v_reset = p->v_reset;
  for (int32_t t = 0; t < steps; t++) {
    long fresh = count;
    for (long b = 0; b < n; b += BLOCK) {
      long m = n - b < BLOCK ? n - b : BLOCK;
      int above = conductance ? conductances(v + b, e + b, i + b, free_at + b, m, t, p)
                              : currents(v + b, e + b, i + b, free_at + b, m, t, p);
      if (above)
        for (long k = b; k < b + m; k++)
          if (v[k] > v_th) v[k] = v_reset, free_at[k] = t + 1 + hold, ids[count++] = k;
    }
    for (long s = before; s < fresh; s++) {
      long j = ids[s];
      number *restrict synaptic = j < excitatory ? e : i, w = j < excitatory ? w_e : w_i;
      for (int64_t k = begin[j]; k < begin[j + 1]; k++) synaptic[post[k]] += w;
    }
    before = fresh;
    ends[t] = count;
  }
  return count;
}
