/* W5 in C: the same algorithm as snnlab.loihi.spikes_only, without rest, bias and lowest voltage. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1024, CHUNK = 32, M = 1 << 23 };

/* One step of a block; fired[k] says who passed the threshold. */
static void advance(const int16_t *restrict a, int32_t *restrict u, int32_t *restrict v, uint8_t *restrict fired,
                    long n, int keep_u, int keep_v, int v_th) {
  for (long k = 0; k < n; k++) {
    int m = abs(u[k]);
    m = (m >> 12) * keep_u + (((m & 4095) * keep_u) >> 12);
    int x = (u[k] < 0 ? -m : m) + ((int)a[k] << 6);
    x = x > M ? x - 2 * M : x <= -M ? x + 2 * M : x;
    m = abs(v[k]);
    m = (m >> 12) * keep_v + (((m & 4095) * keep_v) >> 12);
    int y = (v[k] < 0 ? -m : m) + x;
    y = y < 1 - M ? 1 - M : y;
    y = y > M - 1 ? M - 1 : y;
    u[k] = x;
    v[k] = y > v_th ? 0 : y;
    fired[k] = y > v_th;
  }
}

/* Registers u and v are changed; units and counts get who fired, and how many did in each step. */
long run(const int16_t *restrict a, int32_t *restrict u, int32_t *restrict v, uint8_t *restrict fired,
         int32_t *restrict units, int64_t *restrict counts, long n, long steps, int keep_u, int keep_v, int v_th) {
  long used = 0, row = (n + 7) / 8 * 8;
  for (long t = 0; t < steps; t += CHUNK) {
    long stop = t + CHUNK < steps ? t + CHUNK : steps;
    for (long first = 0; first < n; first += BLOCK) {
      long many = n - first < BLOCK ? n - first : BLOCK;
      for (long s = t; s < stop; s++)
        advance(a + s * n + first, u + first, v + first, fired + (s - t) * row + first, many, keep_u, keep_v, v_th);
    }
    for (long s = t; s < stop; s++) {
      long before = used;
      for (long k = 0; k < row; k += 8) {
        uint64_t eight;
        memcpy(&eight, fired + (s - t) * row + k, 8);
        if (eight)
          for (long j = k; j < k + 8; j++)
            if (fired[(s - t) * row + j]) units[used++] = (int32_t)j;
      }
      counts[s] = used - before;
    }
  }
  return used;
}
