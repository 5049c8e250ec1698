#!/usr/bin/env python3
"""What programs that the project did not write say of sealed papers and of their codes.

Reads one JSON document: {"root": PEM file, "moment": seconds or null, "crl": DER file or null, "files": [PDF files],
"key": {"x": hex, "y": hex, "kid": hex}, "codes": [texts of QR codes], "grammar": CDDL file, "payloads": [[rule, hex]],
"pictures": [PNG files]}. Answers {"pyhanko": [...], "codes": [...], "payloads": [...], "pictures": [...]} in that order.
"""

import datetime
import json
import sys
import zlib

import cwt
import pycddl
import zxingcpp
from asn1crypto import crl as asn1_crl
from asn1crypto import pem, x509
from PIL import Image
from pycose.keys import EC2Key
from pycose.messages import Sign1Message
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def context(asked):
    with open(asked["root"], "rb") as file:
        root = x509.Certificate.load(pem.unarmor(file.read())[2])
    options = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "soft-fail"}
    if asked["moment"] is not None:
        options["moment"] = datetime.datetime.fromtimestamp(asked["moment"], datetime.timezone.utc)
    if asked["crl"]:
        with open(asked["crl"], "rb") as file:
            options["crls"] = [asn1_crl.CertificateList.load(file.read())]
            options["revocation_mode"] = "require"
    return ValidationContext(**options)


def pyhanko(path, asked):
    """Strict reading, path to the root, time stamp."""
    try:
        with open(path, "rb") as file:
            signatures = PdfFileReader(file, strict=True).embedded_signatures
            if len(signatures) != 1:
                return {"error": f"{len(signatures)} signatures"}
            status = validate_pdf_signature(
                signatures[0],
                signer_validation_context=context(asked),
                ts_validation_context=context(asked),
            )
            stamp = status.timestamp_validity
            return {
                "bottom_line": status.bottom_line,
                "intact": status.intact,
                "valid": status.valid,
                "trusted": status.trusted,
                "coverage": status.coverage.name,
                "stamp": None if stamp is None else bool(stamp.valid and stamp.trusted),
            }
    except Exception as error:  # whatever it stumbles over, it does not call the file good
        return {"error": f"{type(error).__name__}: {error}"}


def unpacked(text):
    digits = [BASE45.index(letter) for letter in text]
    out = bytearray()
    for at in range(0, len(digits), 3):
        group = digits[at : at + 3]
        number = sum(digit * 45**place for place, digit in enumerate(group))
        out += number.to_bytes(len(group) - 1, "big")
    return zlib.decompress(bytes(out))


def code(text, key):
    x, y, kid = (bytes.fromhex(key[part]) for part in ("x", "y", "kid"))
    answer = {}
    try:
        signed = unpacked(text)
        message = Sign1Message.decode(signed)
        message.key = EC2Key(crv="P_256", x=x, y=y)
        answer["pycose"] = message.verify_signature()
    except Exception as error:
        answer["pycose"] = False
        answer["pycose_error"] = repr(error)
    try:
        public = cwt.COSEKey.new({1: 2, 3: -7, -1: 1, -2: x, -3: y, 2: kid})
        claims = cwt.decode(signed, public)
        answer["cwt"] = True
        answer["name"] = claims[169].get(4)
        answer["leaf_hash"] = claims[-70001][6].hex()
        answer["content_hash"] = claims[-70001][8].hex()
    except Exception as error:
        answer["cwt"] = False
        answer["cwt_error"] = repr(error)
    return answer


def fits(rule, data, grammar):
    """Whether the grammar's rule fits these bytes."""
    try:
        pycddl.Schema(f"start = {rule}\n{grammar}").validate_cbor(bytes.fromhex(data))
        return True
    except pycddl.ValidationError:
        return False


def main():
    asked = json.load(sys.stdin)
    with open(asked["grammar"], encoding="utf-8") as file:
        grammar = file.read()
    answer = {
        "pyhanko": [pyhanko(path, asked) for path in asked["files"]],
        "codes": [code(text, asked["key"]) for text in asked["codes"]],
        "pictures": [[found.text for found in zxingcpp.read_barcodes(Image.open(path))] for path in asked["pictures"]],
        "payloads": [fits(rule, data, grammar) for rule, data in asked["payloads"]],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
