#!/usr/bin/env python3
"""Judges pairs with Math-Verify: a file of lines {"gold", "pred"} in, the same lines with "correct" and "micros" out.

    verifier_peer.py IN OUT [--passes 2] [--dollars]

Needs bench/requirements-verifiers.txt. Works on the main thread, where alone Math-Verify's time limit works.
"""

import argparse
import json
import logging
import re
import time
from importlib.metadata import version
from pathlib import Path

from math_verify import parse, verify

MARKUP = re.compile(r"\$|\\boxed|\\fbox|\\\(|\\\[|\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--passes", type=int, default=2, help="the last one is timed")
    parser.add_argument("--dollars", action="store_true", help="put answers without any markup between dollars")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pairs = [json.loads(line) for line in options.source.read_text().splitlines()]
    for _ in range(options.passes):
        for pair in pairs:
            judge(pair, options.dollars)
    pairs.insert(0, {"version": version("math-verify")})
    options.target.write_text("".join(json.dumps(pair) + "\n" for pair in pairs))


def judge(pair: dict, dollars: bool) -> None:
    # A reference is LaTeX: its documentation asks for it between dollars.
    gold = marked(pair["gold"])
    answer = marked(pair["pred"]) if dollars else pair["pred"]
    # Processor time: neighbours on the machine do not count against it.
    start = time.process_time()
    try:
        correct = verify(parse(gold), parse(answer))
    except Exception as failure:
        pair["failure"] = type(failure).__name__
        correct = False
    pair["micros"] = (time.process_time() - start) * 1e6
    pair["correct"] = bool(correct)


def marked(text: str) -> str:
    return text if MARKUP.search(text) else f"${text}$"


if __name__ == "__main__":
    main()
