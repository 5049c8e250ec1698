#!/usr/bin/env python3
"""Checks bodies.json, the vectors of bodies at rest (rfc/0008-privacy.md §2), with programs that the project did not write.

`b3sum --keyed` derives the key of each body from the root of its span, `cryptography` (AES-256-GCM-SIV, RFC 8452) opens what is kept of it
and keeps it again to the same bytes. A case with a `template` is what the code of a paper says. Afterwards every case is changed in one place, and has to be refused.

Use: check_bodies.py     exit status 0 = every vector is right and every changed copy was refused
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

SPAN, DEPTH = 4096, 12


def keyed(key, data):
    """The BLAKE3 of data under a key."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run(["b3sum", "--keyed", "--no-names", file.name], input=key, capture_output=True, check=True)
    return bytes.fromhex(done.stdout.decode().strip())


def key_of(root, position):
    """The key of one body, from the root of its span."""
    place, key = position % SPAN, root
    for bit in reversed(range(DEPTH)):
        key = keyed(key, bytes([place >> bit & 1]))
    return key


def holds(case):
    """Whether a vector says what the RFC says."""
    root, sealed, kept = (bytes.fromhex(case[field]) for field in ("root", "sealed", "kept"))
    position = case["position"]
    nonce = bytes(4) + position.to_bytes(8, "big")
    key = key_of(root, position)
    if "template" in case:
        key = keyed(key, b"\x02" + bytes.fromhex(case["template"]))
    if key.hex() != case["key"]:
        return False
    try:
        opened = AESGCMSIV(key).decrypt(nonce, kept, None)
    except InvalidTag:
        return False
    return opened == sealed and AESGCMSIV(key).encrypt(nonce, sealed, None) == kept


def changed(case):
    """The case with one thing changed, each in turn."""
    for field in {"root", "template", "sealed", "kept", "key"} & case.keys():
        data = bytearray.fromhex(case[field])
        data[-1] ^= 1
        yield {**case, field: data.hex()}
    yield {**case, "position": case["position"] ^ 1}


def main():
    cases = json.loads(pathlib.Path(__file__).with_name("bodies.json").read_text())["cases"]
    wrong = [number for number, case in enumerate(cases) if not holds(case)]
    mutants = [mutant for case in cases for mutant in changed(case)]
    believed = sum(holds(mutant) for mutant in mutants)
    print(f"bodies at rest: {len(cases) - len(wrong)} of {len(cases)} right; {len(mutants) - believed} of {len(mutants)} changed copies refused")
    sys.exit(1 if wrong or believed or not cases else 0)


if __name__ == "__main__":
    main()
