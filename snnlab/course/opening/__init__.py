"""What `snnlab open` does: a copy of the chapters that is the reader's own, shown in JupyterLab."""

__all__ = ()
