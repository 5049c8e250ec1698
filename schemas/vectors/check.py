#!/usr/bin/env python3
"""Checks the golden vectors beside this file with programs that the project did not write.

cbor2 reads and re-writes the bytes, pycddl compares them with ../hotich.cddl (a file named NAME-2.json with
../hotich-2.cddl, and so on; bodies of the older files with the newest grammar too), `cryptography` and `openssl` judge the
signatures, `b3sum`, `openssl dgst` and hashlib compute the hashes. What RFC 0001 and RFC 0003 promise is computed here from
their text alone. Afterwards every check is itself checked: it has to refuse copies of the vectors with one thing changed.

A file is {"cases": [...], "root": hex}. A case has, in hex: body, salt, commitment_blake3, commitment_sha256, envelope,
signed, public_key (Ed25519 or SEC1), private_key, kid, hash, twin, leaf_entry, leaf_hash; alg (-19 or -7); and its name,
its kind and its act in JSON. `root` is the tree head over all leaves of the file in order; it may be absent. Where
`chained` is true the cases are one ledger from its founding on. `endorsers` are the public keys of second persons.

A file may also have "refused": a list of {"name", "item", "bytes", "with", "refusal", "by"}. None of them is what `item`
says. Those by "form" have to be refused here too; those by "meaning" need a reader that knows the records (pycddl does
not anchor patterns and lets unknown map keys pass) and are counted.

Use: check.py [FILE...]     exit status 0 = every vector is right and every changed copy was refused
"""

import copy
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence

import cbor2
import pycddl
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

ED25519, ES256 = -19, -7
EVENT_AAD, ENDORSEMENT_AAD = b"hotich/event/v1", b"hotich/endorsement/v1"
DEPTH_MAX, SIGNED_SIZE_MAX, BODY_SIZE_MAX = 12, 65_535, (1 << 20) - 32
SIGNED_AT_END = 253_402_275_600  # the first second of the year 10000 in Vietnam
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
COPY_ISSUED = 64  # the one kind that does not become the latest event of its entry


class Wrong(Exception):
    """A vector does not say what the format says."""


def require(condition, what):
    if not condition:
        raise Wrong(what)


# Deterministic CBOR


def strict(data, size_max=BODY_SIZE_MAX, tag=None):
    """Decodes one item and requires that its one encoding is these very bytes. Answers what is inside the tag."""
    require(len(data) <= size_max, "too large")
    value = cbor2.loads(data)
    require(cbor2.dumps(value, canonical=True) == data, "re-encoding gives other bytes")
    if tag is not None:
        require(isinstance(value, cbor2.CBORTag) and value.tag == tag, f"not tagged {tag}")
        value = value.value
    walk(value)
    return value


def walk(value, depth=DEPTH_MAX):
    """Requires the few kinds of item that the format has."""
    if value is None or isinstance(value, (bool, bytes)):
        return
    if isinstance(value, int):
        require(-(1 << 63) <= value < 1 << 64, "integer out of range")
    elif isinstance(value, str):
        require(unicodedata.is_normalized("NFC", value), "text not in NFC")
    elif isinstance(value, Sequence):
        require(depth > 0, "nested too deeply")
        for item in value:
            walk(item, depth - 1)
    elif isinstance(value, Mapping):
        require(depth > 0, "nested too deeply")
        for key, item in value.items():
            require(type(key) is int and key >= 0, "map key is not an unsigned integer")
            walk(item, depth - 1)
    else:
        raise Wrong(f"item of kind {type(value).__name__}")


# CDDL


def loosened(grammar):
    """pycddl refuses an empty `[* x]` when x begins with a list, as a field-change does: `body` looks at each by itself."""
    return re.sub(r"(^reached = \[[^]]*\[\*) field-change\]", r"\1 any]", grammar, flags=re.MULTILINE)


class Grammar:
    """One of ../hotich*.cddl."""

    def __init__(self, path):
        self.text = loosened(path.read_text(encoding="utf-8"))
        self.acts = dict(re.findall(r"body-of<(\d+), ([a-z-]+)>", self.text))
        self.schemas = {}

    def matches(self, rule, data):
        """Requires that the rule fits these bytes."""
        if rule not in self.schemas:
            self.schemas[rule] = pycddl.Schema(f"start = {rule}\n{self.text}")
        self.schemas[rule].validate_cbor(data)


def generation(path):
    """The 2 of NAME-2.json and hotich-2.cddl; 1 without one."""
    found = re.search(r"-(\d+)$", path.stem)
    return int(found[1]) if found else 1


GRAMMARS = {generation(path): Grammar(path) for path in pathlib.Path(__file__).parent.parent.glob("hotich*.cddl")}
NEWEST = max(GRAMMARS)
# The grammar of the file that is being checked.
CURRENT = GRAMMARS[NEWEST]


def matches(rule, data):
    CURRENT.matches(rule, data)


def body(data, grammar=None):
    """Reads a body by CBOR, CDDL and the rules of text."""
    grammar = grammar or CURRENT
    value = strict(data)
    require(isinstance(value, Sequence) and len(value) == 4, "body is not an array of 4")
    require(str(value[1]) in grammar.acts, "unknown kind")
    # The one alternative, because pycddl reports all of them otherwise.
    grammar.matches(f"body-of<{value[1]}, {grammar.acts[str(value[1])]}>", data)
    for change in changes(value[2]):
        grammar.matches("field-change", cbor2.dumps(change, canonical=True))
    clean(value)
    codes = [code for code, _ in value[3]]
    require(codes == sorted(set(codes)), "acknowledgements are not in ascending order")


def changes(value):
    """Every change of every `[entry, kind, [* change]]`: nothing else in a body is a list that begins with an id."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from changes(item)
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        if len(value) == 3 and isinstance(value[0], bytes):
            yield from value[2]
        else:
            for item in value:
                yield from changes(item)


def clean(value):
    """Requires of every text what RFC 0001 requires of it beyond NFC."""
    if isinstance(value, str):
        require(value != "" and value == value.strip(), "text is empty or not trimmed")
        odd = [char for char in value if unicodedata.category(char) == "Cc" and char != "\n"]
        turned = re.search("[\u202a-\u202e\u2066-\u2069\ufeff]", value)
        require(not odd and not turned, "text holds a control character")
    elif isinstance(value, Mapping):
        clean(list(value.values()))
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for item in value:
            clean(item)


def fixed(value, length, what):
    require(isinstance(value, bytes) and len(value) == length, f"{what} is not {length} bytes")


def uuid_v7(value, what):
    fixed(value, 16, what)
    require(value[6] >> 4 == 7 and value[8] >> 6 == 2, f"{what} is not a UUIDv7")


def uint(value, limit, what):
    require(type(value) is int and 0 <= value < limit, f"{what} is not an unsigned integer below {limit}")


# COSE


def sign1(data, payload_wanted):
    """Takes a COSE_Sign1_Tagged apart: (protected bytes, its map, payload, signature)."""
    message = strict(data, SIGNED_SIZE_MAX, tag=18)
    require(isinstance(message, Sequence) and len(message) == 4, "not an array of 4")
    protected, unprotected, payload, signature = message
    require(unprotected == {}, "unprotected header is not empty")
    require((payload is not None) == payload_wanted, "payload detached or not detached")
    fixed(signature, 64, "signature")
    header = strict(protected)
    require(list(header) == [1, 4] and header[1] in (ED25519, ES256), "protected header is not {1: alg, 4: kid}")
    fixed(header[4], 32, "kid")
    matches("header", protected)
    if header[1] == ES256:
        require(int.from_bytes(signature[32:], "big") <= P256_ORDER // 2, "signature is not in its low-S form")
    return protected, header, payload, signature


def sig_structure(protected, aad, payload):
    return cbor2.dumps(["Signature1", protected, aad, payload], canonical=True)


def public_key(data):
    if len(data) == 32:
        return ed25519.Ed25519PublicKey.from_public_bytes(data)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)


def private_key(alg, data):
    fixed(data, 32, "private_key")
    if alg == ED25519:
        return ed25519.Ed25519PrivateKey.from_private_bytes(data)
    return ec.derive_private_key(int.from_bytes(data, "big"), ec.SECP256R1())


def algorithm(key):
    return ED25519 if isinstance(key, (ed25519.Ed25519PublicKey, ed25519.Ed25519PrivateKey)) else ES256


def thumbprint(key):
    """RFC 9679: SHA-256 of the required members of the COSE_Key, in deterministic order."""
    if algorithm(key) == ED25519:
        members = {1: 1, -1: 6, -2: key.public_bytes_raw()}
    else:
        point = key.public_numbers()
        members = {1: 2, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
    return hashlib.sha256(cbor2.dumps(members, canonical=True)).digest()


def der(signature):
    r, s = signature[:32], signature[32:]
    return utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))


def verify(key, signature, message):
    """Raises when the signature does not belong to the message."""
    if algorithm(key) == ED25519:
        key.verify(signature, message)
    else:
        key.verify(der(signature), message, ec.ECDSA(hashes.SHA256()))


# Other programs


def run(*command, stdin=b""):
    return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True).stdout


def b3sum(data):
    return bytes.fromhex(run("b3sum", "--no-names", stdin=data).decode().strip())


def openssl_sha256(data):
    return run("openssl", "dgst", "-sha256", "-binary", stdin=data)


# The checks. Each takes a case whose hex fields are bytes already, and all known public keys by thumbprint.


def check_body(case, _keys):
    body(case["body"])
    require(str(cbor2.loads(case["body"])[1]) == str(cbor2.loads(case["envelope"])[5]), "body of another kind")


def check_body_by_the_newest_grammar(case, _keys):
    """What was written by an older grammar is read by a newer one."""
    body(case["body"], GRAMMARS[NEWEST])


def check_envelope_has_its_twelve_fields(case, _keys):
    commitment = envelope_fields(case["envelope"])
    require(list(commitment) == [case["commitment_blake3"], case["commitment_sha256"]], "another commitment")


def envelope_fields(data):
    """Reads an envelope field by field, and by CDDL. Answers its commitment."""
    envelope = strict(data)
    require(isinstance(envelope, Sequence) and len(envelope) == 12, "not an array of 12")
    version, event, stream, seq, prev, kind, entry, basis, targets, signed_at, commitment, endorsements = envelope
    require(type(version) is int and version == 1, "version is not 1")
    uuid_v7(event, "event id")
    require(len(stream) == 2, "stream is not [office, lane]")
    uint(stream[0], 1 << 32, "office")
    uint(stream[1], 3, "lane")
    uint(seq, 1 << 63, "seq")
    fixed(prev, 32, "prev")
    uint(kind, 1 << 16, "kind")
    if entry is not None:
        uuid_v7(entry, "entry")
    if basis is not None:
        fixed(basis, 32, "basis")
    require(entry is not None or (basis is None and not targets), "basis or targets without an entry")
    require(len(targets) <= 64, "too many targets")
    for target in targets:
        require(len(target) == 2, "target is not [entry, basis]")
        uuid_v7(target[0], "target entry")
        fixed(target[1], 32, "target basis")
    uint(signed_at, SIGNED_AT_END, "signed_at")
    require(len(commitment) == 2, "commitment is not two hashes")
    for half in commitment:
        fixed(half, 32, "commitment")
    require(len(endorsements) <= 8, "too many endorsements")
    require(all(isinstance(item, bytes) for item in endorsements), "endorsement is not bytes")
    # pycddl cannot look into endorsements; check_endorsements does.
    matches("envelope", cbor2.dumps([*envelope[:11], []], canonical=True))
    return commitment


def check_signed_event_carries_the_envelope(case, _keys):
    _, header, payload, _ = sign1(case["signed"], True)
    require(payload == case["envelope"], "payload is not the envelope")
    require(header[1] == case["alg"], "header names another algorithm")
    require(header[4] == case["kid"], "header names another key")


def check_signature_by_cryptography(case, _keys):
    protected, _, payload, signature = sign1(case["signed"], True)
    key = public_key(case["public_key"])
    require(algorithm(key) == case["alg"], "key of another algorithm")
    verify(key, signature, sig_structure(protected, EVENT_AAD, payload))


def check_signature_by_openssl(case, _keys):
    protected, _, payload, signature = sign1(case["signed"], True)
    key = public_key(case["public_key"])
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    raw = case["alg"] == ED25519
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder, name) for name in ("key", "signature", "message")]
        contents = (pem, signature if raw else der(signature), sig_structure(protected, EVENT_AAD, payload))
        for path, content in zip(paths, contents):
            path.write_bytes(content)
        digest = [] if raw else ["-digest", "sha256"]
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *digest]
        run(*command, "-inkey", paths[0], "-sigfile", paths[1], "-in", paths[2])


def check_private_key_signs_the_same_bytes(case, _keys):
    """Both algorithms are deterministic (RFC 8032, RFC 6979), so the vector can be made again."""
    key = private_key(case["alg"], case["private_key"])
    protected, _, payload, signature = sign1(case["signed"], True)
    message = sig_structure(protected, EVENT_AAD, payload)
    if case["alg"] == ED25519:
        again = key.sign(message)
    else:
        r, s = utils.decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
        s = min(s, P256_ORDER - s)
        again = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    require(again == signature, "another signature")


def check_kid_is_the_thumbprint(case, _keys):
    key = public_key(case["public_key"])
    require(thumbprint(key) == case["kid"], "kid is another thumbprint")
    require(thumbprint(private_key(case["alg"], case["private_key"]).public_key()) == case["kid"], "keys do not pair")


def check_endorsements(case, keys):
    last = b""
    for endorsement in strict(case["envelope"])[11]:
        protected, header, _, signature = sign1(endorsement, False)
        require(header[4] > last, "endorsements are not in ascending order of key id")
        last = header[4]
        require(header[4] in keys, "endorsed by a key that no vector has")
        require(header[4] != case["kid"], "endorsed by the signer")
        key = keys[header[4]]
        require(algorithm(key) == header[1], "key of another algorithm")
        commitment = case["commitment_blake3"] + case["commitment_sha256"]
        verify(key, signature, sig_structure(protected, ENDORSEMENT_AAD, commitment))


def check_commitment_by_b3sum(case, _keys):
    fixed(case["salt"], 32, "salt")
    require(b3sum(case["salt"] + case["body"]) == case["commitment_blake3"], "another BLAKE3")


def check_commitment_by_hashlib(case, _keys):
    digest = hashlib.sha256(case["salt"] + case["body"]).digest()
    require(digest == case["commitment_sha256"], "another SHA-256")


def check_hash_by_b3sum(case, _keys):
    require(b3sum(case["signed"]) == case["hash"], "another BLAKE3")


def check_twin_by_openssl(case, _keys):
    require(openssl_sha256(case["signed"]) == case["twin"], "another SHA-256")


def check_leaf(case, _keys):
    require(case["leaf_entry"] == b"\x01" + case["hash"] + case["twin"], "another leaf entry")
    require(hashlib.sha256(b"\x00" + case["leaf_entry"]).digest() == case["leaf_hash"], "another leaf hash")


def check_chains(document):
    """Each event follows the one before it in its stream, and saw the latest event of every entry that it touches."""
    streams, entries, founding = {}, {}, None
    for case in document["cases"]:
        envelope, own = cbor2.loads(bytes.fromhex(case["envelope"])), bytes.fromhex(case["hash"])
        _, _, stream, seq, prev, kind, entry, basis, targets, *_ = envelope
        start = (0, founding or bytes(32))
        require((seq, prev) == streams.get(tuple(stream), start), f"{case['name']}: not next in its stream")
        streams[tuple(stream)] = (seq + 1, own)
        founding = founding or own
        require(basis == entries.get(entry), f"{case['name']}: another basis")
        for target, seen in targets:
            require(target != entry and seen == entries[target], f"{case['name']}: another basis of a target")
            entries[target] = own
        if entry is not None and kind != COPY_ISSUED:
            entries[entry] = own


def tree_head(leaf_hashes):
    """RFC 6962 §2.1."""
    if len(leaf_hashes) == 1:
        return leaf_hashes[0]
    split = 1 << ((len(leaf_hashes) - 1).bit_length() - 1)
    left, right = tree_head(leaf_hashes[:split]), tree_head(leaf_hashes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def check_root(document):
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(case["leaf_entry"])).digest() for case in document["cases"]]
    require(tree_head(leaves) == bytes.fromhex(document["root"]), "another tree head")


# The changed copies that each check has to refuse.


def flip(field, at=-1):
    def change(case):
        data = bytearray(case[field])
        data[at] ^= 1
        case[field] = bytes(data)

    change.__name__ = f"a flipped bit in {field}"
    return change


def put(field, value, name):
    def change(case):
        case[field] = value(case[field])

    change.__name__ = name
    return change


def envelope_with(index, value, name):
    def replace(data):
        fields = list(cbor2.loads(data))
        fields[index] = value
        return cbor2.dumps(fields, canonical=True)

    return put("envelope", replace, name)


def signed_with(index, value, name):
    """Another item in the COSE_Sign1; `value` is given the old one."""

    def replace(data):
        items = list(cbor2.loads(data).value)
        items[index] = value(items[index])
        return cbor2.dumps(cbor2.CBORTag(18, items), canonical=True)

    return put("signed", replace, name)


def other_alg(protected):
    header = cbor2.loads(protected)
    return cbor2.dumps({**header, 1: -8}, canonical=True)


NOT_DETERMINISTIC = {
    "a trailing byte": lambda data: data + b"\x00",
    "a missing byte": lambda data: data[:-1],
    "an integer not in its shortest form": lambda _: bytes.fromhex("811801"),
    "an array of indefinite length": lambda _: bytes.fromhex("9f01ff"),
    "text of indefinite length": lambda _: bytes.fromhex("7f6161ff"),
    "map keys out of order": lambda _: bytes.fromhex("a202000100"),
    "a map key twice": lambda _: bytes.fromhex("a201000100"),
    "a negative map key": lambda _: bytes.fromhex("a12000"),
    "a text map key": lambda _: bytes.fromhex("a1616100"),
    "a float": lambda _: bytes.fromhex("81f93c00"),
    "a COSE tag": lambda _: bytes.fromhex("d200"),
    "a date tag": lambda _: bytes.fromhex("c11a514b67b0"),
    "a big integer": lambda _: bytes.fromhex("c249010000000000000000"),
    "text not in NFC": lambda _: bytes.fromhex("6361cc81"),
    "too much depth": lambda _: bytes.fromhex("81" * 12 + "80"),
    "another version": lambda data: changed_body(data, 0, 2),
    "another kind": lambda data: changed_body(data, 1, 7),
    "an empty act": lambda data: changed_body(data, 2, {}),
    "acknowledgements out of order": lambda data: changed_body(data, 3, [["b", "x"], ["a", "x"]]),
    "a reason that is not trimmed": lambda data: changed_body(data, 3, [["a", "x "]]),
}


def changed_body(data, index, value):
    items = list(cbor2.loads(data))
    items[index] = value
    return cbor2.dumps(items, canonical=True)


BODY_CHANGES = [put("body", change, f"body with {name}") for name, change in NOT_DETERMINISTIC.items()]
SIGNATURE_CHANGES = [
    signed_with(3, lambda old: old[:-1] + bytes([old[-1] ^ 1]), "a flipped bit in the signature"),
    signed_with(2, lambda old: old + b"\x00", "another payload"),
    signed_with(0, lambda old: old[:-1] + bytes([old[-1] ^ 1]), "another kid in the header"),
    flip("public_key", 1),
]
CHECKS = {
    check_body: BODY_CHANGES,
    check_body_by_the_newest_grammar: BODY_CHANGES[:1],
    check_envelope_has_its_twelve_fields: [
        put("envelope", lambda data: data + b"\x00", "envelope with a trailing byte"),
        put("envelope", lambda data: b"\x98\x0c" + data[1:], "envelope with a longer head"),
        put("envelope", lambda data: cbor2.dumps(cbor2.loads(data)[:11]), "envelope of 11 fields"),
        put("envelope", lambda data: b"\x9f" + data[1:] + b"\xff", "envelope of indefinite length"),
        envelope_with(0, 2, "version 2"),
        envelope_with(0, True, "version true"),
        envelope_with(1, bytes(16), "event id that is no UUIDv7"),
        envelope_with(2, [1, 3], "unknown lane"),
        envelope_with(2, [1 << 32, 0], "office of 33 bits"),
        envelope_with(3, -1, "negative seq"),
        envelope_with(3, 1 << 63, "seq of 64 bits"),
        envelope_with(4, None, "no prev"),
        envelope_with(5, 1 << 16, "kind of 17 bits"),
        envelope_with(6, bytes(16), "entry that is no UUIDv7"),
        envelope_with(6, bytes(15), "entry of 15 bytes"),
        envelope_with(7, bytes(31), "basis of 31 bytes"),
        envelope_with(8, [[bytes(16)]], "target without a basis"),
        envelope_with(9, "1", "signed_at as text"),
        envelope_with(9, SIGNED_AT_END, "signed_at past the calendar"),
        envelope_with(10, [bytes(32), bytes(32)], "another commitment"),
        envelope_with(11, [None], "endorsement that is no bytes"),
    ],
    check_signed_event_carries_the_envelope: [
        flip("envelope"),
        flip("kid"),
        put("alg", lambda alg: ED25519 + ES256 - alg, "the other algorithm"),
        put("signed", lambda data: data[1:], "no tag"),
        put("signed", lambda data: b"\xd8\x12" + data[1:], "a longer tag"),
        put("signed", lambda data: data + b"\x00", "signed with a trailing byte"),
        signed_with(0, other_alg, "an algorithm that the format does not have"),
        signed_with(1, lambda _: {4: b""}, "an unprotected header"),
        signed_with(2, lambda _: None, "a detached payload"),
        signed_with(3, lambda old: old[:-1], "a short signature"),
    ],
    check_signature_by_cryptography: SIGNATURE_CHANGES,
    check_signature_by_openssl: SIGNATURE_CHANGES,
    check_private_key_signs_the_same_bytes: [flip("private_key"), *SIGNATURE_CHANGES[:2]],
    check_kid_is_the_thumbprint: [flip("kid"), flip("private_key"), flip("public_key", 1)],
    check_endorsements: [
        envelope_with(11, [b""], "an empty endorsement"),
        put("envelope", lambda data: endorsed(data, "stranger"), "an endorsement by an unknown key"),
        put("envelope", lambda data: endorsed(data, "wrong"), "an endorsement of something else"),
    ],
    check_commitment_by_b3sum: [flip("salt"), flip("body"), flip("commitment_blake3")],
    check_commitment_by_hashlib: [flip("salt"), flip("body"), flip("commitment_sha256")],
    check_hash_by_b3sum: [flip("hash"), flip("signed")],
    check_twin_by_openssl: [flip("twin"), flip("signed")],
    check_leaf: [flip("leaf_entry", 0), flip("leaf_entry"), flip("hash"), flip("twin"), flip("leaf_hash")],
}

SECOND_PERSON = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


def endorsed(envelope, how):
    """The envelope with one endorsement: good, by a stranger, or of something else."""
    fields = list(cbor2.loads(envelope))
    key = STRANGER if how == "stranger" else SECOND_PERSON
    protected = cbor2.dumps({1: ED25519, 4: thumbprint(key.public_key())}, canonical=True)
    payload = bytes(64) if how == "wrong" else b"".join(fields[10])
    signature = key.sign(sig_structure(protected, ENDORSEMENT_AAD, payload))
    fields[11] = [cbor2.dumps(cbor2.CBORTag(18, [protected, {}, None, signature]), canonical=True)]
    return cbor2.dumps(fields, canonical=True)


# What has to be refused.


def refuse(item):
    """Raises when the bytes are not what they claim to be."""
    data, other = bytes.fromhex(item["bytes"]), bytes.fromhex(item.get("with", ""))
    match item["item"]:
        case "cbor":
            strict(data)
        case "body":
            body(data)
        case "sealed_body":
            require(len(data) <= BODY_SIZE_MAX + 32, "too large")
            body(data[32:])
        case "envelope":
            envelope_fields(data)
        case "signed_event":
            sign1(data, True)
        case "endorsement":
            sign1(data, False)
        case "cose_key":
            strict_key(data)
        case "signature":
            protected, header, payload, signature = sign1(data, True)
            key = strict_key(other)
            require(algorithm(key) == header[1], "key of another algorithm")
            verify(key, signature, sig_structure(protected, EVENT_AAD, payload))
        case unknown:
            raise SystemExit(f"no such item: {unknown}")


def strict_key(data):
    members = cbor2.loads(data)
    require(cbor2.dumps(members, canonical=True) == data, "re-encoding gives other bytes")
    matches("cose-key", data)
    return public_key(members[-2] if members[1] == 1 else b"\x04" + members[-2] + members[-3])


# Running them


def unhex(case):
    return {
        field: bytes.fromhex(value) if isinstance(value, str) and field not in ("name", "kind") else value
        for field, value in case.items()
    }


def fault(check, *arguments):
    """Why the check refuses, or None. Whatever a library raises over wrong bytes is a refusal too."""
    try:
        check(*arguments)
    except subprocess.CalledProcessError as error:
        return f"{error.cmd[0]} refuses"
    except Exception as error:  # the libraries raise many kinds
        return f"{type(error).__name__}: {error}"
    return None


class Count:
    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def add(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}")

    def close(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed")


def check_file(path, vectors, mutants):
    global CURRENT
    CURRENT = GRAMMARS[generation(path)]
    document = json.loads(path.read_text(encoding="utf-8"))
    cases = [unhex(case) for case in document.get("cases", [])]
    seconds = [public_key(bytes.fromhex(key)) for key in document.get("endorsers", [])]
    signers = [public_key(case["public_key"]) for case in cases] + seconds + [SECOND_PERSON.public_key()]
    keys = {thumbprint(key): key for key in signers}
    for number, case in enumerate(cases):
        label = f"{path.name} case {number} ({case.get('name', 'unnamed')})"
        for check, changes in CHECKS.items():
            why = fault(check, case, keys)
            vectors.add(why is None, f"{label}: {check.__name__}: {why}")
            for change in changes:
                changed = copy.deepcopy(case)
                change(changed)
                refused = fault(check, changed, keys) is not None
                mutants.add(refused, f"{label}: {check.__name__} takes {change.__name__}")
        # The changed endorsements above are refused for the right reason only if a good one is taken.
        good = {**case, "envelope": endorsed(case["envelope"], "good")}
        mutants.add(fault(check_endorsements, good, keys) is None, f"{label}: a good endorsement is refused")
    if "root" in document:
        why = fault(check_root, document)
        vectors.add(why is None, f"{path.name}: check_root: {why}")
        for name, changed in changed_trees(document):
            mutants.add(fault(check_root, changed) is not None, f"{path.name}: check_root takes {name}")
    if document.get("chained"):
        why = fault(check_chains, document)
        vectors.add(why is None, f"{path.name}: check_chains: {why}")
        for name, changed in changed_chains(document):
            mutants.add(fault(check_chains, changed) is not None, f"{path.name}: check_chains takes {name}")
    refused = [item for item in document.get("refused", []) if item["by"] == "form"]
    for item in refused:
        vectors.add(fault(refuse, item) is not None, f"{path.name}: {item['item']} {item['name']}: taken")
    if skipped := len(document.get("refused", [])) - len(refused):
        print(f"{path.name}: {skipped} need the meaning of the records and were not judged here")


def changed_chains(document):
    cases = document["cases"]
    streams = [cbor2.loads(bytes.fromhex(case["envelope"]))[2] for case in cases]
    for index, stream in enumerate(streams):
        if stream in streams[index + 1 :]:
            yield f"without case {index}", {**document, "cases": cases[:index] + cases[index + 1 :]}
    yield "a case twice", {**document, "cases": [*cases, cases[-1]]}
    yield "another founding", {**document, "cases": [{**cases[0], "hash": "00" * 32}, *cases[1:]]}


def changed_trees(document):
    cases, root = document["cases"], bytes.fromhex(document["root"])
    yield "a flipped bit in root", {**document, "root": bytes([root[0] ^ 1, *root[1:]]).hex()}
    yield "a missing leaf", {**document, "cases": cases[:-1]}
    if len(cases) > 1:
        yield "leaves in another order", {**document, "cases": cases[::-1]}


def main(arguments):
    paths = [pathlib.Path(path) for path in arguments] or sorted(pathlib.Path(__file__).parent.glob("*.json"))
    vectors, mutants = Count("vectors"), Count("mutants")
    for path in paths:
        check_file(path, vectors, mutants)
    mutants.close()
    vectors.close()
    if not vectors.passed:
        print("no vectors were checked")
    return 0 if vectors.passed and not vectors.failed and not mutants.failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
