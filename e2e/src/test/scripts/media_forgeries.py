"""Media that claim to be encrypted and are not, or not wholly. Each has to be seen through."""
import os
import struct

import media_build as build
from media_build import KIB, MIB

LUKS1 = b"LUKS\xba\xbe\0\1" + b"aes".ljust(32, b"\0") + b"xts-plain64".ljust(32, b"\0")


def uuid(image):
    image.write(168, b"2f5b3a0e-1111-4222-8333-444455556666".ljust(40, b"\0"))


def real_luks(image, version, length):
    """The first bytes of a header that cryptsetup made, over what is there."""
    header = build.part(os.path.basename(image.path) + "-header")
    header.resize(32 * MIB)
    header.luks(version)
    image.write(0, header.read(0, length))


def register(medium):
    """The seven of the brief that libblkid calls crypto, then our own."""

    @medium("forged-ext4-luks1-magic", "PLAINTEXT", "mkfs.ext4; LUKS1 magic, cipher and UUID at 0")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.ext4", "-q", "-F", "{}")
        image.write(0, LUKS1)
        uuid(image)

    @medium("forged-udf-luks1-magic", "PLAINTEXT", "mkudffs -m hd; the same")
    def _(image):
        image.resize(32 * MIB)
        image.run("mkudffs", "-m", "hd", "{}")
        image.write(0, LUKS1)
        uuid(image)

    @medium("forged-btrfs-luks1-magic", "PLAINTEXT", "mkfs.btrfs; the same")
    def _(image):
        image.resize(256 * MIB)
        image.run("mkfs.btrfs", "-q", "-f", "{}")
        image.write(0, LUKS1)
        uuid(image)

    @medium("forged-iso-luks1-magic", "PLAINTEXT", "xorriso; the same")
    def _(image):
        image.run("xorriso", "-as", "mkisofs", "-quiet", "-J", "-R", "-o", "{}", build.letters())
        image.write(0, LUKS1)
        uuid(image)

    @medium("forged-ext4-bitlocker-magic", "PLAINTEXT", "mkfs.ext4; EB 52 90 -FVE-FS- at 0")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.ext4", "-q", "-F", "{}")
        image.write(0, b"\xeb\x52\x90-FVE-FS-")

    @medium("forged-mbr-luks1-boot-code", "PLAINTEXT", "FAT32 in MBR; LUKS1 magic in the boot code")
    def _(image):
        image.partitioned("mbr", "fat32")
        image.write(0, LUKS1)

    @medium("forged-bitlocker-mbr-entries", "PLAINTEXT",
            "BitLocker; MBR entry patched in that points to a FAT32 inside")
    def _(image):
        image.bitlocker(size=128 * MIB)
        image.put(16 * MIB, os.path.join(build.folder, ".parts", "fat32"), 16 * MIB)
        image.mbr([(0x0C, 16 * MIB // 512, PART_SECTORS)])

    @medium("forged-bitlocker-mbr-odd-flag", "PARTIAL",
            "BitLocker with letters in its ciphertext; an entry with boot flag 78 that points at noise")
    def _(image):
        image.bitlocker(size=128 * MIB, text=True)
        image.mbr([(0x0C, 16 * MIB // 512, PART_SECTORS)], flag=0x78)

    @medium("forged-bitlocker-odd-flag-fat", "PLAINTEXT", "BitLocker; entry with boot flag 78, FAT32 there")
    def _(image):
        image.bitlocker(size=128 * MIB)
        image.put(16 * MIB, os.path.join(build.folder, ".parts", "fat32"), 16 * MIB)
        image.mbr([(0x0C, 16 * MIB // 512, PART_SECTORS)], flag=0x78)

    @medium("forged-luks1-real-header-ext4", "PLAINTEXT",
            "ext4; the first 592 bytes of a real LUKS1 header; both are sound by themselves")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.ext4", "-q", "-F", "{}")
        real_luks(image, 1, 592)

    @medium("forged-luks1-header-and-keys-udf", "PLAINTEXT",
            "UDF with an anchor at 256 and its volume behind 2 MiB; real LUKS1 header and keys before")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkudffs", "-m", "hd", "-b", "512", "{}")
        real_luks(image, 1, 32 * KIB)

    @medium("forged-luks2-real-header-btrfs", "PLAINTEXT",
            "Btrfs, whose superblock lies behind the 32 KiB of two real LUKS2 headers")
    def _(image):
        image.resize(256 * MIB)
        image.run("mkfs.btrfs", "-q", "-f", "{}")
        real_luks(image, 2, 32 * KIB)

    @medium("forged-luks2-overwritten-ext4", "PARTIAL",
            "letters in ext4, then 16 MiB of a real LUKS2 over its start: quick encryption")
    def _(image):
        image.resize(192 * MIB)
        image.run("mkfs.ext4", "-q", "-F", "-b", "4096", "{}")
        image.text(40 * MIB, 40 * MIB)
        real_luks(image, 2, 16 * MIB)

    @medium("forged-exfat-luks1-boot-code", "PLAINTEXT",
            "exFAT with a LUKS word in its boot code, its checksum put right")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.exfat", "{}")
        image.write(120, LUKS1)
        data = image.read(0, 11 * 512)
        total = 0
        for index, byte in enumerate(data):
            if index not in (106, 107, 112):
                total = ((total << 31 | total >> 1) + byte) & 0xFFFFFFFF
        image.write(11 * 512, struct.pack("<I", total) * 128)

    @medium("forged-gpt-fat-between", "PARTIAL", "GPT with two LUKS2 and a FAT32 in the space between them")
    def _(image):
        image.resize(2 * MIB + 3 * build.PART)
        image.gpt([(MIB, MIB + build.PART), (MIB + 2 * build.PART, MIB + 3 * build.PART)])
        image.put(MIB, os.path.join(build.folder, ".parts", "luks2"))
        image.put(MIB + build.PART, os.path.join(build.folder, ".parts", "fat32"))
        image.put(MIB + 2 * build.PART, os.path.join(build.folder, ".parts", "luks2"))

    @medium("forged-fat12-in-first-mebibyte", "PARTIAL", "GPT with LUKS2; a FAT12 in the MiB before it")
    def _(image):
        image.partitioned("gpt", "luks2")
        inner = build.part("small-fat")
        inner.resize(512 * KIB)
        inner.run("mkfs.fat", "-F", "12", "{}")
        image.put(128 * KIB, inner.path)

    @medium("forged-luks-with-protective-mbr", "PARTIAL",
            "protective MBR and a real entry for FAT32, GPT for LUKS2 only")
    def _(image):
        image.resize(2 * MIB + 2 * build.PART)
        image.gpt([(MIB, MIB + build.PART)])
        image.put(MIB, os.path.join(build.folder, ".parts", "luks2"))
        image.put(MIB + build.PART, os.path.join(build.folder, ".parts", "fat32"))
        image.mbr([(0xEE, 1, 2047), (0x0C, (MIB + build.PART) // 512, PART_SECTORS)])

    @medium("forged-gpt-copies-differ", "PARTIAL", "primary GPT for LUKS2, backup GPT for FAT32 as well")
    def _(image):
        image.resize(2 * MIB + 2 * build.PART)
        image.gpt([(MIB, MIB + build.PART), (MIB + build.PART, MIB + 2 * build.PART)])
        keep = image.read(image.size() - 33 * 512, 33 * 512)
        image.gpt([(MIB, MIB + build.PART)])
        image.write(image.size() - 33 * 512, keep)
        image.put(MIB, os.path.join(build.folder, ".parts", "luks2"))
        image.put(MIB + build.PART, os.path.join(build.folder, ".parts", "fat32"))

    @medium("forged-luks2-secondary-only", "PARTIAL", "only the second LUKS2 header, in noise")
    def _(image):
        image.resize(32 * MIB)
        image.luks(2)
        image.noise(0, 16 * KIB)

    @medium("forged-ebr-loop", "PARTIAL", "a logical partition with LUKS2 whose chain runs in a circle")
    def _(image):
        image.partitioned("mbr-logical", "luks2")
        image.write(MIB + 446 + 16, struct.pack("<B3sB3sII", 0, b"\0\0\0", 5, b"\0\0\0", 0, 2048))
        image.write(MIB + 446 + 32, struct.pack("<B3sB3sII", 0, b"\0\0\0", 5, b"\0\0\0", 0, 2048))

    @medium("forged-overlapping-partitions", "PARTIAL", "two MBR entries, one inside the other, LUKS2")
    def _(image):
        image.partitioned("mbr", "luks2")
        image.mbr([(0x83, 2048, 40960), (0x83, 2048 + 32768, 8192)])

    @medium("forged-partition-beyond-end", "PARTIAL", "an MBR entry that ends behind the end, LUKS2")
    def _(image):
        image.partitioned("mbr", "luks2")
        image.mbr([(0x83, 2048, 100 * PART_SECTORS)])

    @medium("forged-luks1-iso-behind", "PLAINTEXT",
            "a LUKS1 header whose payload offset is given as beyond an ISO 9660")
    def _(image):
        image.run("xorriso", "-as", "mkisofs", "-quiet", "-o", "{}", build.letters())
        image.resize(32 * MIB)
        real_luks(image, 1, 592)

    @medium("forged-luks2-tail-of-letters", "PARTIAL", "LUKS2 of 20 MiB by its header, letters behind it")
    def _(image):
        image.resize(32 * MIB)
        image.luks(2)
        image.luks2_json(build.to_short)
        image.text(20 * MIB, 12 * MIB)

    @medium("forged-xz-as-ciphertext", "OPAQUE",
            "random-looking though not encrypted: compressed; never more than opaque")
    def _(image):
        import lzma
        words = bytes(image.random.choices(range(97, 123), k=6 * MIB))
        image.write(0, lzma.compress(words, format=lzma.FORMAT_RAW,
                                     filters=[{"id": lzma.FILTER_LZMA2, "preset": 1}])[:2 * MIB])

    @medium("forged-ugc-name-only", "PLAINTEXT", "FAT32 with letters in a file that is called .ugc")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.fat", "-F", "32", "-s", "1", "{}")
        image.mfile("letters.ugc", build.text(MIB))

    @medium("forged-luks-file-in-xfs", "PLAINTEXT", "XFS that holds a LUKS2 image (util-linux 3897)")
    def _(image):
        image.resize(320 * MIB)
        image.run("mkfs.xfs", "-q", "-f", "{}")
        image.put(128 * MIB, os.path.join(build.folder, ".parts", "luks2"))

    @medium("forged-luks2-duplicate-field", "PARTIAL",
            "LUKS2 whose JSON has segments twice: a linear one and a crypt one")
    def _(image):
        image.resize(32 * MIB)
        image.luks(2)
        image.luks2_json(lambda document: document["segments"].update(
            {"0": document["segments"]["0"]}))
        duplicate_segments(image)

    @medium("forged-swap-luks1", "PLAINTEXT", "mkswap; LUKS1 magic at 0, which mkswap leaves free")
    def _(image):
        image.resize(16 * MIB)
        image.run("mkswap", "-q", "{}")
        image.write(0, LUKS1)
        uuid(image)


    @medium("forged-hfsplus-luks1-magic", "PLAINTEXT", "HFS+ of xorriso; LUKS1 magic, cipher and UUID at 0")
    def _(image):
        image.hfs_plus()
        image.write(0, LUKS1)
        uuid(image)

    @medium("forged-luks1-sun-label", "PARTIAL",
            "LUKS1; a Sun label in its unused slots, whose partition is a FAT32 in the payload")
    def _(image):
        image.resize(64 * MIB)
        image.luks(1)
        # The label's first partition: what slot 4 says, 4000 cylinders of 16 sectors in.
        image.put(4000 * 16 * 512, os.path.join(build.folder, ".parts", "fat32"), 30 * MIB)
        image.write(436, struct.pack(">HH", 1, 16))
        image.write(508, struct.pack(">HH", 0xDABE, 0))
        total = 0
        for (word,) in struct.iter_unpack(">H", image.read(0, 512)):
            total ^= word
        image.write(510, struct.pack(">H", total))

    @medium("forged-bitlocker-mbr-type-0", "PLAINTEXT",
            "BitLocker; an MBR entry of type 0, which Linux takes, that points to a FAT32 inside")
    def _(image):
        image.bitlocker(size=128 * MIB)
        image.put(16 * MIB, os.path.join(build.folder, ".parts", "fat32"), 16 * MIB)
        image.mbr([(0, 16 * MIB // 512, PART_SECTORS)])

    @medium("forged-fat16-letter-behind-end", "PLAINTEXT",
            "FAT16 with a container; a letter behind the end mark of the root, where Linux reads on")
    def _(image):
        image.resize(32 * MIB)
        image.run("mkfs.fat", "-F", "16", "-s", "1", "{}")
        image.mcopy("letters.ugc", "LETTER.DOC")
        image.hide_fat_entry(b"LETTER  DOC")

    @medium("forged-exfat-letter-behind-end", "PLAINTEXT",
            "exFAT with a container; a letter behind the end mark of the root, where exfat-fuse reads on")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.exfat", "-c", "4K", "{}")
        image.exfat_files(("letters.ugc",))
        image.exfat_files(("letter.docx",), behind_end=True)

    @medium("forged-fat32-other-table", "PLAINTEXT",
            "FAT32 with a container; told that its second FAT is the one in use, which Windows follows")
    def _(image):
        image.resize(64 * MIB)
        image.run("mkfs.fat", "-F", "32", "-s", "1", "{}")
        image.mcopy("letters.ugc")
        image.write(40, struct.pack("<H", 0x81))


PART_SECTORS = build.PART // 512


def duplicate_segments(image):
    import hashlib
    import json
    size = struct.unpack(">Q", image.read(8, 8))[0]
    document = json.dumps(image.document())
    linear = json.dumps({"0": {"type": "linear", "offset": "16777216", "size": "dynamic"}})
    body = ('{"segments": ' + linear + ", " + document[1:]).encode().ljust(size - 4096, b"\0")
    for offset in (0, size):
        binary = bytearray(image.read(offset, 4096))
        binary[448:512] = bytes(64)
        binary[448:480] = hashlib.sha256(bytes(binary) + body).digest()
        image.write(offset, bytes(binary) + body)
