"""Large-print, personalised booklets about secondary breast cancer, made offline."""

__version__ = "0.1.0"
