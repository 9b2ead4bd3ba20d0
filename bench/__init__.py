"""Measurements: speed and memory of the stages, `dondoc ocr` beside OCRmyPDF, search, start-up.

`python -m bench` (or `./run bench`) runs all of it in less than eight minutes on
two cores; `--quick` only tries that everything works. Never part of the tests:
a test that depends on the clock fails on a busy machine.
"""
