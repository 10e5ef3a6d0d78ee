"""Performance arithmetic: capaian, predikat, LHP/TL HP/LHE figures, the compiled rekap."""
