"""The compiling process of the exporter, kept alive for many kernels: starting it takes most of the time."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

from snnlab_widgets.wasm import exporter

# It answers as often as it is asked: eight bytes with the length of a request or an answer, then its bytes.
LOOP = """
import pickle, sys
sys.path.insert(0, sys.argv[1])
import _compile
ask, tell = sys.stdin.buffer, sys.stdout.buffer
while length := ask.read(8):
    answer = pickle.dumps(_compile.answer(ask.read(int.from_bytes(length, "big"))))
    tell.write(len(answer).to_bytes(8, "big") + answer)
    tell.flush()
"""


class Compiler:
    """`run` stands in for ``subprocess.run`` of the exporter."""

    def __enter__(self) -> "Compiler":
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(Path(exporter.__file__).parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def run(self, command: list[str], *, input: bytes, **options: object) -> subprocess.CompletedProcess:
        self.process.stdin.write(len(input).to_bytes(8, "big") + input)
        self.process.stdin.flush()
        length = int.from_bytes(self.process.stdout.read(8), "big")
        return subprocess.CompletedProcess(command, 0, self.process.stdout.read(length), b"")
