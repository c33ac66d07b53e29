"""A million spikes in JupyterLab, from a picture that counts them down to each of them."""

__all__ = ()
