"""Random secrets that are shown once and kept as digests, and keeping a secret readable only to the service."""

import hashlib
import os
from secrets import token_urlsafe

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from scheduling.errors import Unavailable

UNREADABLE = "A stored secret cannot be read: TIMEWRIGHT_SECRET is not the one it was stored with."
NONCE = 12
"""Bytes of an AES-GCM nonce."""


def new_secret(prefix: str = "") -> str:
    """256 random bits as text that needs no escaping in addresses and headers."""
    return prefix + token_urlsafe(32)


def digest(secret: str) -> str:
    """SHA-256, 64 hexadecimal digits. Enough for random secrets; passwords need argon2."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Sealer:
    """Encrypts with a key derived from the service's secret. A sealed value opens only under its own name."""

    def __init__(self, secret: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"timewright sealing 1").derive(secret.encode())
        self.cipher = AESGCM(derived)

    def seal(self, plain: bytes, name: str) -> bytes:
        """name: what it belongs to, for example "webhook:<id>"."""
        nonce = os.urandom(NONCE)
        return nonce + self.cipher.encrypt(nonce, plain, name.encode())

    def open(self, sealed: bytes, name: str) -> bytes:
        """Unavailable when the service's secret is another one than when it was sealed."""
        try:
            return self.cipher.decrypt(sealed[:NONCE], sealed[NONCE:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise Unavailable(UNREADABLE) from error
