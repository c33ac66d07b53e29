"""What a panel is declared with: controls, read-outs, arrays, the kernel's call, words and numbers."""

__all__ = ()
