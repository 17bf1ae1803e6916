"""A key area made from docs/format.md alone, sharing no code with the product.

Needs Python 3 and the package "cryptography" 44 or newer (for Argon2id).
Prints the SHA-256 of the 24,576 bytes, the recovery key on paper, and some keys; KeySlotsTest and
others hold what was printed:    python3 key_area.py
"""

import hashlib
import hmac
import struct
import zlib

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_wrap_with_padding


def hkdf(key, salt, info, length):
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(key)


def counting(start, length):
    return bytes(i % 256 for i in range(start, start + length))


def paper(key):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    def multiply(a, b):
        product = 0
        for i in range(5):
            if b >> i & 1:
                product ^= a << i
        for i in (8, 7, 6, 5):
            if product >> i & 1:
                product ^= 0b100101 << (i - 5)
        return product

    def power(n):
        result = 1
        for _ in range(n):
            result = multiply(result, 2)
        return result

    number = int.from_bytes(key, "big")
    symbols = [number >> (155 - 5 * i) & 31 for i in range(32)]
    groups = []
    for g in range(8):
        s = symbols[4 * g:4 * g + 4]
        check = power(g + 5)
        for i in range(4):
            check ^= multiply(power(i + 1), s[i])
        groups.append("".join(alphabet[x] for x in s + [check]))
    return "-".join(groups)


def slot(kind, kdf, costs, made, slot_id, salt, derived, master):
    wrapped = aes_key_wrap_with_padding(derived[:32], master)
    body = struct.pack(">BBHIIIQ", kind, kdf, 0, *costs, made) + slot_id + salt + derived[32:] + wrapped
    return body.ljust(1024, b"\0")


master = counting(0, 32)
container = counting(0xA0, 16)
made = 1_790_000_000
passphrase = "Zw\u00f6lf Boxk\u00e4mpfer jagen Eva".encode()
recovery = counting(0, 20)

costs = (19_456, 2, 1)
salt0, id0, salt1, id1 = counting(32, 32), counting(64, 16), counting(80, 32), counting(112, 16)
derived0 = Argon2id(salt=salt0, length=64, iterations=costs[1], lanes=costs[2],
                    memory_cost=costs[0]).derive(passphrase)
derived1 = hkdf(recovery, salt1, b"usbguard/1 recovery slot", 64)

header = b"UGC\r\n\x1a\n\0" + struct.pack(">HBBI", 1, 1, 0, 4096) + container
header += struct.pack(">QQQIHHI", 1, made, made, 4095, 16, 1024, 0)
slots = slot(1, 1, costs, made, id0, salt0, derived0, master)
slots += slot(2, 3, (0, 0, 0), made, id1, salt1, derived1, master)
covered = header.ljust(4096, b"\0") + slots.ljust(16 * 1024, b"\0")
mac_key = hkdf(master, container, b"usbguard/1 key area", 32)
covered += hmac.new(mac_key, covered, hashlib.sha256).digest()
area = (covered + struct.pack(">I", zlib.crc32(covered))).ljust(24_576, b"\0")

print("sha256 of the key area", hashlib.sha256(area).hexdigest())
print("mac key     ", mac_key.hex())
print("root key    ", hkdf(master, container, b"usbguard/1 root slot", 32).hex())
print("epoch key   ", hkdf(master, container, b"usbguard/1 epoch" + counting(0, 32), 32).hex())
print("recovery key", paper(recovery))
print("zeros       ", paper(bytes(20)))
print("ones        ", paper(b"\xff" * 20))
