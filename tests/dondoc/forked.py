"""Runs `dondoc` in processes forked from one that has loaded the program and its rules: a command starts at once.

    python -m tests.dondoc.forked

Reads commands from standard input, each a pickled (arguments, environment, file for standard output, file for
standard error), and answers each by the child's exit code, pickled. The child runs `python -m dondoc` to its very end.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import pkgutil
import runpy
import sys
from typing import BinaryIO


def load() -> None:
    """Everything the commands import when they run, and the rules, which come with the first letter."""
    import dondoc.commands
    from nlp.dispatch import understand
    from nlp.reading import page_of_string

    for each in pkgutil.iter_modules(dondoc.commands.__path__):
        importlib.import_module(f"dondoc.commands.{each.name}")
    understand((page_of_string("Kính gửi: Sở Y tế"),))


def redirect(path: str, to: int, flags: int) -> None:
    opened = os.open(path, flags)
    os.dup2(opened, to)
    os.close(opened)


def become(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """In the child: be `python -m dondoc` with these arguments."""
    os.environ.clear()
    os.environ.update(environment)
    redirect(os.devnull, 0, os.O_RDONLY)
    redirect(out, 1, os.O_WRONLY)
    redirect(err, 2, os.O_WRONLY)
    sys.argv = ["dondoc", *arguments]
    runpy.run_module("dondoc", run_name="__main__", alter_sys=True)


def main() -> None:
    # The pipe of the answers must not be what commands write to.
    answers: BinaryIO = os.fdopen(os.dup(1), "wb")
    requests: BinaryIO = os.fdopen(os.dup(0), "rb")
    redirect(os.devnull, 0, os.O_RDONLY)
    redirect(os.devnull, 1, os.O_WRONLY)
    load()
    gc.freeze()
    while request := next_of(requests):
        child = os.fork()
        if child == 0:
            break
        _, status = os.waitpid(child, 0)
        pickle.dump(os.waitstatus_to_exitcode(status), answers)
        answers.flush()
    answers.close()
    requests.close()
    if request:
        become(*request)


def next_of(requests: BinaryIO) -> tuple[list[str], dict[str, str], str, str] | None:
    """The next command; None where whoever sends them has gone."""
    try:
        found: tuple[list[str], dict[str, str], str, str] = pickle.load(requests)
    except EOFError:
        return None
    return found


if __name__ == "__main__":
    main()
