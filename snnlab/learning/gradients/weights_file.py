"""Weights on disk: an .npz file with the neurons that they belong to."""

from pathlib import Path

import numpy as np

from snnlab.learning.gradients.surrogate_network import CurrentLIF, Weights, check_current_lif, check_weights
from snnlab.safe_files import a_path

__all__ = ["load_weights", "save_weights"]


def save_weights(path: str | Path, weights: Weights, neuron: CurrentLIF = CurrentLIF()) -> None:
    """Write weights into a new file. A file that is there stays as it is.

    Parameters
    ----------
    path : str or Path
        Where to, with its ending: "mine.npz".
    weights
        What was learnt.
    neuron
        The neurons that learnt it.

    Raises
    ------
    FileExistsError
        If there is such a file already.
    ValueError, TypeError
        If the weights do not fit together.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_weights(f"{folder}/mine.npz", Weights(np.ones((4, 3)), np.ones((2, 4))))
    ...     weights, neuron = load_weights(f"{folder}/mine.npz")
    >>> print(weights.w_in.shape, neuron.tau_m)
    (4, 3) 10.0
    """
    path, weights, neuron = a_path("path", path), check_weights(weights), check_current_lif(neuron)
    numbers = (weights._asdict() | neuron._asdict()).items()
    try:
        with path.open("xb") as file:
            np.savez(file, **{name: value for name, value in numbers if value is not None})
    except FileExistsError:
        raise FileExistsError(f"{path} exists already, and is kept: choose another name") from None


def load_weights(path: str | Path) -> tuple[Weights, CurrentLIF]:
    """Read what `save_weights` wrote.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    weights : Weights
        What was learnt.
    neuron : CurrentLIF
        The neurons that learnt it.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not one of ours.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_weights(f"{folder}/mine.npz", Weights(np.ones((4, 3)), np.ones((2, 4))))
    ...     load_weights(f"{folder}/mine.npz")[1].tau_m
    10.0
    >>> load_weights("nothing.npz")
    Traceback (most recent call last):
    ...
    FileNotFoundError: there is no file nothing.npz
    """
    path = a_path("path", path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in Weights._fields if name in file}
            numbers = {name: file[name].item() for name in CurrentLIF._fields if name in file}
            if not {"tau_m", "tau_s", "dt"} <= set(numbers):
                raise ValueError("a number of the neurons is missing")
        return check_weights(Weights(**arrays)), check_current_lif(CurrentLIF(**numbers))
    except (ValueError, TypeError, KeyError, EOFError, OSError) as reason:
        raise ValueError(f"{path} must be a file that save_weights wrote, but: {reason}") from None
