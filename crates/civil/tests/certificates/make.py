#!/usr/bin/env python3
"""Makes the certificates beside this file, of keys that are thrown away: what the ledger takes as seals, and what it refuses.

Each run makes other ones. The golden vectors hold root.der and seal.der: keep them.
"""

import datetime
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HERE = pathlib.Path(__file__).parent


def day(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)


def name(common, office=None):
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    if office:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, office))
    return x509.Name(parts)


def make(file, subject, key, issuer=None, authority=False, extended=None, years=("2025-01-01", "2031-12-31")):
    issuer_name, issuer_key = issuer or (subject, key)
    usage = dict.fromkeys(
        ["content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
    )
    usage |= {"digital_signature": not authority, "key_cert_sign": authority, "crl_sign": authority}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer_name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day(years[0]))
        .not_valid_after(day(years[1]))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )
    if extended:
        builder = builder.add_extension(x509.ExtendedKeyUsage([extended]), critical=True)
    made = builder.sign(issuer_key, hashes.SHA256())
    (HERE / f"{file}.der").write_bytes(made.public_bytes(serialization.Encoding.DER))


def p256():
    return ec.generate_private_key(ec.SECP256R1())


ROOT, STRANGER = (name("Chứng thư gốc thử nghiệm"), p256()), (name("Người lạ"), p256())
MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
make("root", *ROOT, authority=True, years=("2025-01-01", "2045-12-31"))
make("stranger", *STRANGER, authority=True, years=("2025-01-01", "2045-12-31"))
make("seal", name("UBND phường An Hội", "303"), p256(), issuer=ROOT, extended=MAIL)
make("seal_of_stranger", name("UBND phường An Hội", "303"), p256(), issuer=STRANGER, extended=MAIL)
make("weak", name("UBND phường An Hội", "303"), rsa.generate_private_key(65537, 1024), issuer=ROOT, extended=MAIL)
make("time_stamp", name("Dấu thời gian thử nghiệm"), p256(), issuer=ROOT, extended=ExtendedKeyUsageOID.TIME_STAMPING)
