"""W1 as a notebook would do it: a loop of Python over time, for the curve with all neurons in one array."""

import numpy as np


def trace(task):
    decay, hold = np.exp(-task.DT / task.TAU_M), round(task.T_REF / task.DT)

    def call(k):
        current = np.where(np.arange(task.STEPS) >= task.ONSET, task.amplitude(k), 0.0)
        v, now, free, times = np.empty(task.STEPS), task.V_REST, 0, []
        for t in range(task.STEPS):
            if t >= free:
                now = decay * now + (1 - decay) * (task.V_REST + task.R_M * current[t])
                if now > task.V_TH:
                    now = task.V_RESET
                    times.append((t + 1) * task.DT)
                    free = t + 1 + hold
            v[t] = now
        return {"counts": [len(times)], "v": float(v[task.LOOK - 1])}

    return call


def curve(task):
    decay, hold = np.exp(-task.DT / task.TAU_M), round(task.T_REF / task.DT)

    def call(k):
        drive = (1 - decay) * (task.V_REST + task.R_M * np.array(task.amplitudes(k)))
        v = np.full(task.CURRENTS, task.V_REST)
        free, counts = np.zeros(task.CURRENTS, int), np.zeros(task.CURRENTS, int)
        for t in range(task.STEPS):
            v = decay * v + drive
            v[free > t] = task.V_RESET
            fires = v > task.V_TH
            v[fires] = task.V_RESET
            free[fires] = t + 1 + hold
            counts += fires
        return {"counts": counts.tolist()}

    return call
