"""One peer: a process that prepares its task once, stays alive, and does it again whenever it is asked.

    python worker.py FOLDER FILE FUNCTION

calls FUNCTION(task) of FOLDER/FILE.py, where `task` is FOLDER/task.py; FILE may be a path to somewhere else.
It returns `call`, and call(k) does the task for the k-th time, a little different from the time before, and
returns what was found, as numbers that JSON knows.

A line on the standard input asks for something, a line of JSON that starts with @@ is the answer:
"versions a b" for those of Python and of packages, "source a" for the file of a module that was imported,
"answer" for call(0), and "time 0.5" for the CPU time in s of a call, from as many calls as take half a
second. A FILE with programs that stay alive brings a `cpu_time` of its own, which counts them.

It runs on every Python from 3.9 on, with what the peer's environment has.
"""

import importlib.metadata
import importlib.util
import json
import os
import platform
import sys
import time


def load(folder, name):
    """The module `name` of `folder`, which is not on the path: a file may be called like a package."""
    file = os.path.join(folder, name + ".py")
    spec = importlib.util.spec_from_file_location("worker_" + os.path.basename(name), file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cpu_time():
    """CPU time of this process and of the programs that it ran, s.

    The clock of those programs ticks every 10 ms only, so they are timed over many calls.
    """
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def seconds_a_call(call, least, clock):
    """CPU time of one call, from at least `least` seconds of calls."""
    calls, start = 0, clock()
    while True:
        for _ in range(max(1, calls)):  # twice as many each time: looking at the clock costs nothing then
            call(calls)
            calls += 1
        passed = clock() - start
        if passed >= least:
            return passed / calls


def version(package):
    """The version of an installed package."""
    return platform.python_version() if package == "Python" else importlib.metadata.version(package)


def main(folder, file, function):
    """Prepare, then answer until the standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the peer prints goes to the log
    module = load(folder, file)
    # Windows does not add up the CPU time of the programs that a process ran: the wall clock stands for it.
    by_wall = os.name == "nt" and getattr(module, "RUNS_PROGRAMS", False)
    call = getattr(module, function)(load(folder, "task"))
    call(0)  # whatever the first call compiles
    for line in sys.stdin:
        what, *words = line.split()
        if what == "versions":
            answer = {word: version(word) for word in words}
        elif what == "source":
            answer = getattr(sys.modules.get(words[0]), "__file__", None)
        elif what == "answer":
            answer = call(0)
        else:
            clock = time.perf_counter if by_wall else getattr(module, "cpu_time", cpu_time)
            answer = seconds_a_call(call, float(words[0]), clock)
        answers.write("@@" + json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
