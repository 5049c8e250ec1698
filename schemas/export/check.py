#!/usr/bin/env python3
"""Checks an export and what the public sees of its log with programs that the project did not write.

Use: check.py TOOL DIR      exit status 0 = all that the tool looks at holds; 1 = it does not, and why

TOOL  aics      aics-tlog: checkpoint and witnesses, every tile and bundle, consistency, the proof
      openssl   `openssl pkeyutl`: the log's signature, the witnesses', and those of a few hundred events
      hashes    `b3sum`, `sha256sum`: from the signed events to their leaves, and from the leaves to the tiles
      pycose    pycose: the same events as COSE_Sign1

DIR is what tests/tests/strangers writes; README.md beside this file says what lies there.
"""

import base64
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

EVENT_AAD = b"hotich/event/v1"
# The first bundle, the tile and the bundle that the test changes, and the last, which is not full.
SAMPLE = (0, 48, 100)


class Wrong(Exception):
    """Something is not as it should be."""


def require(condition, what):
    if not condition:
        raise Wrong(what)


# What lies in the folder


def path(level, number, size):
    width = min(256, size - number * 256)
    groups = re.findall("...", f"{number:0{-(-len(str(number)) // 3) * 3}}")
    place = "/".join([f"x{group}" for group in groups[:-1]] + [groups[-1]])
    return f"tile/{level}/{place}" + ("" if width == 256 else f".p/{width}")


def items(data, width):
    """The items of a bundle, each behind its length."""
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + width], "big")
        at += width + length
        require(at <= len(data), "an item goes on behind its bundle")
        yield data[at - length : at]


class Export:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.text, _, self.lines = self.read("public/checkpoint").decode().partition("\n\n")
        self.text += "\n"
        self.origin, size, root = self.text.splitlines()
        self.size, self.root = int(size), base64.b64decode(root)
        self.log_vkey = self.read("log.vkey").decode().strip()
        self.witness_vkeys = self.read("witnesses.vkey").decode().split()

    def read(self, name):
        return (self.folder / name).read_bytes()

    def sample(self):
        """(position, signed event) of the bundles that are looked at."""
        for number in (*SAMPLE, self.size // 256):
            place = path("", number, self.size).removeprefix("tile//").split(".p")[0]
            for index, signed in enumerate(items(self.read(f"full/events/{place}"), 2)):
                if number * 256 + index < self.size:
                    yield number * 256 + index, signed

    def leaves(self, number):
        return list(items(self.read("public/" + path("entries", number, self.size)), 2))

    def hashes(self, text):
        return [base64.b64decode(line, validate=True) for line in text.split()]


# aics-tlog


def aics(export):
    import aics_tlog as tlog

    note = tlog.parse_note(export.read("public/checkpoint"))
    key = tlog.parse_vkey(export.log_vkey)
    witnesses = [tlog.parse_vkey(key) for key in export.witness_vkeys]
    judged = tlog.verify_checkpoint(note, key, witnesses, len(witnesses), expected_origin=export.origin)
    require(judged.ok, judged.error)
    before = tlog.parse_note(export.read("old"))
    judged = tlog.verify_checkpoint(before, key, expected_origin=export.origin)
    require(judged.ok, judged.error)
    old = tlog.parse_checkpoint(before.text)
    reader = tlog.FileSystemTileReader(export.folder / "public")
    audited = tlog.audit_tiles(reader, export.size, export.root)
    for proof in (tlog.consistency_proof_from_tiles(reader, old.size, export.size), export.hashes(export.read("consistency").decode())):
        require(
            tlog.verify_consistency(old.size, export.size, old.root, export.root, proof),
            "the earlier checkpoint is of another history",
        )
    head, _, signed = export.read("event.tlog-proof").decode().partition("\n\n")
    require(signed.encode() == export.read("public/checkpoint"), "a proof to another checkpoint")
    version, index, *proof = head.split("\n")
    require(version == "c2sp.org/tlog-proof@v1" and index.startswith("index "), "not a proof file")
    index = int(index.removeprefix("index "))
    leaf = export.leaves(index // 256)[index % 256]
    proved = tlog.verify_leaf_inclusion(leaf, index, export.size, export.hashes("\n".join(proof)), export.root)
    require(proved, f"the proof of event {index} is none")
    return f"{export.size} events, {audited.tiles} tiles, {audited.bundles} bundles, {len(witnesses)} witnesses"


# OpenSSL

# SubjectPublicKeyInfo of an Ed25519 key, but for its last 32 bytes.
ED25519_SPKI = bytes.fromhex("302a300506032b6570032100")


def openssl(export):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def verify(public, message, signature, what):
            for name, data in (("key", ED25519_SPKI + public), ("message", message), ("signature", signature)):
                (folder / name).write_bytes(data)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder / "key", "-rawin"]
            command += ["-in", folder / "message", "-sigfile", folder / "signature"]
            done = subprocess.run(command, capture_output=True, check=False)
            require(done.returncode == 0 and b"Verified Successfully" in done.stdout, f"{what}: not its signature")

        name, _, public = key_of(export.log_vkey)
        verify(public, export.text.encode(), signature_of(export, name)[4:], "checkpoint")
        for vkey in export.witness_vkeys:
            name, _, public = key_of(vkey)
            field = signature_of(export, name)[4:]
            message = f"cosignature/v1\ntime {struct.unpack('>Q', field[:8])[0]}\n{export.text}".encode()
            verify(public, message, field[8:], name)
        keys, looked = officers(export), 0
        for position, signed in export.sample():
            if position % 16 == 9:  # a process for each is slow; one of them is the event that the test changes
                public, message, signature = parts(signed, keys)
                verify(public, message, signature, f"event {position}")
                looked += 1
    return f"1 checkpoint, {len(export.witness_vkeys)} cosignatures, {looked} events"


def key_of(vkey):
    name, kid, public = vkey.split("+", 2)
    return name, kid, base64.b64decode(public)[1:]


def signature_of(export, name):
    found = [line for line in export.lines.splitlines() if line.startswith(f"\u2014 {name} ")]
    require(len(found) == 1, f"{len(found)} signatures by {name}")
    return base64.b64decode(found[0].rsplit(" ", 1)[1], validate=True)


def officers(export):
    """kid -> Ed25519 key."""
    import cbor2

    keys = json.loads(export.read("officers.json"))
    return {bytes.fromhex(kid): cbor2.loads(bytes.fromhex(key))[-2] for kid, key in keys.items()}


def parts(signed, keys):
    """Key, message and signature of a COSE_Sign1 by Ed25519 (-19), from RFC 9052 alone."""
    import cbor2

    protected, _, payload, signature = cbor2.loads(signed).value
    header = cbor2.loads(protected)
    require(header[1] == -19, "another algorithm")
    return keys[header[4]], cbor2.dumps(["Signature1", protected, EVENT_AAD, payload]), signature


# b3sum and sha256sum


def hashes(export):
    events = dict(export.sample())
    leaves = {}
    for number in sorted({position // 256 for position in events}):
        for index, leaf in enumerate(export.leaves(number)):
            leaves[number * 256 + index] = leaf
    require(leaves.keys() == events.keys(), "bundles of other lengths")
    blake, sha = sums("b3sum", events), sums("sha256sum", events)
    tree = sums("sha256sum", {position: b"\0" + leaf for position, leaf in leaves.items()})
    tiles = {}
    for position, leaf in leaves.items():
        require(leaf == b"\x01" + blake[position] + sha[position], f"leaf {position} is not that of its event")
        number = position // 256
        if number not in tiles:
            tiles[number] = export.read("public/" + path(0, number, export.size))
        at = position % 256 * 32
        require(tiles[number][at : at + 32] == tree[position], f"leaf {position} is not in its tile")
    return f"{len(events)} events, {len(tiles)} tiles"


def sums(program, contents):
    """What a program says of many files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in contents.items():
            (pathlib.Path(folder) / str(name)).write_bytes(data)
        names = [str(name) for name in contents]
        done = subprocess.run([program, *names], cwd=folder, capture_output=True, check=True, text=True)
    lines = (line.split() for line in done.stdout.splitlines())
    return {int(name): bytes.fromhex(digest) for digest, name in lines}


# pycose


def pycose(export):
    import cbor2
    from pycose.algorithms import CoseAlgorithm, EdDSA
    from pycose.keys import OKPKey
    from pycose.keys.curves import Ed25519
    from pycose.messages import Sign1Message

    @CoseAlgorithm.register_attribute()
    class FullySpecifiedEd25519(EdDSA):
        """RFC 9864 is younger than this library: -19 is EdDSA on the one curve."""

        identifier = -19
        fullname = "ED25519"

    keys, looked = officers(export), 0
    for position, signed in export.sample():
        # Sign1Message.decode wants the lists of an older cbor2, which makes tuples inside a tag.
        require(signed[:1] == b"\xd2", f"event {position}: not tagged 18")
        message = Sign1Message.from_cose_obj(cbor2.loads(signed[1:]), True)
        kid = next(value for name, value in message.phdr.items() if getattr(name, "identifier", name) == 4)
        message.external_aad = EVENT_AAD
        message.key = OKPKey(crv=Ed25519, x=keys[kid])
        require(message.verify_signature(), f"event {position}: not its officer's signature")
        looked += 1
    return f"{looked} events"


TOOLS = {"aics": aics, "openssl": openssl, "hashes": hashes, "pycose": pycose}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in TOOLS:
        sys.exit(__doc__)
    try:
        print(TOOLS[sys.argv[1]](Export(sys.argv[2])))
    except Exception as wrong:  # whatever a tool throws at what it will not take
        print(f"refused: {type(wrong).__name__}: {wrong}")
        sys.exit(1)


main()
