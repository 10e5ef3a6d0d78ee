"""Kinerja-mailbot: collects data kinerja by email, by the SOP of KPU Kabupaten Sorong."""

__version__ = "0.1.0"
