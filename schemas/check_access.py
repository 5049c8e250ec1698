#!/usr/bin/env python3
"""Checks access.json beside this file with programs that the project did not write.

cbor2 reads and re-writes each line, pycddl compares it with access.cddl, `b3sum` computes the chain as RFC 0008, 6 says it. Afterwards the
check is itself checked: it has to refuse every copy of the lines with one thing changed.

exit status 0 = every line is right and every changed copy was refused
"""

import json
import pathlib
import subprocess
import sys

import cbor2
import pycddl

HERE = pathlib.Path(__file__).parent
GRAMMAR = pycddl.Schema((HERE / "access.cddl").read_text(encoding="utf-8"))
DOMAIN = b"hotich/access/v1"


def blake3(data):
    told = subprocess.run(["b3sum", "--no-names"], input=data, capture_output=True, check=True)
    return bytes.fromhex(told.stdout.decode().strip())


def ascending(ids):
    return all(one < following for one, following in zip(ids, ids[1:]))


def fault(lines):
    """What is wrong with lines and their hashes; None where nothing is."""
    before = bytes(32)
    for number, (line, said) in enumerate(lines):
        try:
            value = cbor2.loads(line)
            GRAMMAR.validate_cbor(line)
        except (cbor2.CBORDecodeError, pycddl.ValidationError, ValueError) as error:
            return f"line {number}: {type(error).__name__}"
        if cbor2.dumps(value, canonical=True) != line:
            return f"line {number}: not the one encoding"
        if not ascending(value[6]) or not ascending(value[7]) or (value[8] and value[8][0] >= value[8][1]):
            return f"line {number}: out of order"
        before = blake3(DOMAIN + before + line)
        if before != said:
            return f"line {number}: another hash"
    return None


def changed(lines):
    """Copies with one thing changed."""
    for number, (line, said) in enumerate(lines):
        for place in range(0, len(line), 5):
            flipped = line[:place] + bytes([line[place] ^ 1]) + line[place + 1 :]
            yield f"bit of byte {place} of line {number}", lines[:number] + [(flipped, said)] + lines[number + 1 :]
        yield f"a byte behind line {number}", lines[:number] + [(line + b"\0", said)] + lines[number + 1 :]
    for number in range(1, len(lines)):
        swapped = lines[: number - 1] + [lines[number], lines[number - 1]] + lines[number + 1 :]
        yield f"lines {number - 1} and {number} swapped", swapped
        yield f"line {number - 1} dropped", lines[: number - 1] + lines[number:]


def main():
    document = json.loads((HERE / "access.json").read_text(encoding="utf-8"))
    lines = [(bytes.fromhex(one["line"]), bytes.fromhex(one["hash"])) for one in document["lines"]]
    if not lines or (wrong := fault(lines)):
        return f"access.json: {wrong if lines else 'no lines'}"
    mutants = list(changed(lines))
    for name, copy in mutants:
        if fault(copy) is None:
            return f"access.json: taken with {name}"
    print(f"access.json: {len(lines)} lines are right, {len(mutants)} changed copies were refused")
    return 0


if __name__ == "__main__":
    sys.exit(main())
