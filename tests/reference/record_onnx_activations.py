"""Record what onnxruntime makes of two small networks in ONNX.

    python record_onnx_activations.py

wrote the files onnx_activations_*.npz beside it, with onnx 1.23.2 and onnxruntime 1.32.0 in an environment
of its own. The networks are those of tests/learning/conversion/onnx_models.py.

Each file has the weights under the names that they have in the network, float32; the samples `x`; and what
the hidden layers and the output say, `h1`, `h2` and `y`, float32.
"""

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SAID = ("h1", "h2", "y")


def main():
    sys.path.insert(0, str(HERE.parent))
    import onnxruntime
    from learning.conversion.onnx_models import DENSE, IMAGE, model_of

    rng = np.random.default_rng(13)
    for name, (nodes, shape, sizes) in (("dense", DENSE), ("image", IMAGE)):
        arrays = {key: rng.normal(0, 0.5, size).astype(np.float32) for key, size in sizes.items()}
        x = rng.random((20, *shape)).astype(np.float32)
        model = model_of(nodes, shape, arrays, SAID)
        session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
        said = dict(zip(SAID, session.run(list(SAID), {"x": x}), strict=True))
        np.savez_compressed(HERE / f"onnx_activations_{name}.npz", x=x, **arrays, **said)


if __name__ == "__main__":
    main()
