"""scikit-learn, with which networks of spikes are compared: there when it is needed, or a sentence."""

import importlib
from types import ModuleType

__all__ = ["scikit_learn"]


def scikit_learn(part: str) -> ModuleType:
    """A part of scikit-learn.

    Parameters
    ----------
    part : str
        Such as ``cluster``.

    Raises
    ------
    ImportError
        If scikit-learn is not installed; the sentence says how to get it.

    Examples
    --------
    >>> scikit_learn("cluster").KMeans.__name__
    'KMeans'
    """
    try:
        return importlib.import_module(f"sklearn.{part}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "sklearn":
            raise  # something else is missing in it
        raise ImportError(
            'what is compared here comes from scikit-learn: pip install "snnlab-course[course]", '
            "or pip install scikit-learn"
        ) from None
