"""Networks in whole numbers, and how real numbers get there."""

__all__ = ()
