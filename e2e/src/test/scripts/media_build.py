"""What media_corpus.py and media_forgeries.py build media with."""
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess
import zlib

KIB, MIB = 1 << 10, 1 << 20
PART = 36 * MIB
SIZES = {"exfat": 8 * MIB, "ntfs": 8 * MIB, "ext4": 8 * MIB, "luks1": 8 * MIB, "luks2": 20 * MIB,
         "noise": 4 * MIB, "zeros": 20 * MIB, "bitlocker": 8 * MIB, "ugc": 16 * MIB}

container = ""  # a container that usbguard made
folder = ""

ENVIRONMENT = dict(os.environ, PATH=os.environ["PATH"] + ":/sbin:/usr/sbin", LC_ALL="C",
                   MTOOLS_SKIP_CHECK="1")
LETTER = ("Dear Mrs Example, your appointment on the ward is on the third of May at nine. "
          "Please bring the results of your last blood test.\n").encode()
LUKS = ["cryptsetup", "luksFormat", "-q", "--disable-locks", "--key-file=-"]


def run(*command, feed=None):
    subprocess.run(command, check=True, env=ENVIRONMENT, input=feed, capture_output=True)


def text(length):
    return (LETTER * (length // len(LETTER) + 1))[:length]


def letters():
    return os.path.join(folder, ".letters")


def prepare():
    """Makes the folder of letters and the contents of partitions."""
    os.makedirs(os.path.join(letters(), "2026"), exist_ok=True)
    for i in range(20):
        with open(os.path.join(letters(), "2026", f"{i}.txt"), "wb") as letter:
            letter.write(text(1000 + 700 * i))
    os.makedirs(os.path.join(folder, ".parts"), exist_ok=True)
    for name, make in CONTENTS.items():
        image = part(name)
        image.resize(SIZES.get(name, PART))
        make(image)


def part(name):
    return Image(os.path.join(folder, ".parts", name))


def only_container():
    """A folder with the container and nothing else."""
    place = os.path.join(folder, ".parts", "only-container")
    os.makedirs(place, exist_ok=True)
    shutil.copy(container, os.path.join(place, "letters.ugc"))
    return place


def luks_command(version, *options):
    options = list(options)
    if "--pbkdf" not in options:
        options += ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"]
    return LUKS + ["--type", f"luks{version}", *options]


class Image:
    """A sparse file that pretends to be a medium."""

    def __init__(self, path):
        self.path = path
        self.random = random.Random(os.path.basename(path))
        with open(path, "wb"):
            pass

    def size(self):
        return os.path.getsize(self.path)

    def resize(self, size):
        os.truncate(self.path, size)

    def run(self, *command):
        run(*[word.replace("{}", self.path) for word in command])

    def write(self, offset, data):
        with open(self.path, "r+b") as file:
            file.seek(offset)
            file.write(data)

    def read(self, offset, length):
        with open(self.path, "rb") as file:
            file.seek(offset)
            return file.read(length)

    def zero(self, offset, length):
        self.write(offset, bytes(length))

    def noise(self, offset, length):
        self.write(offset, self.random.randbytes(length))

    def text(self, offset, length):
        self.write(offset, text(length))

    def put(self, offset, path, limit=1 << 60):
        """Copies what is not zero."""
        with open(path, "rb") as source, open(self.path, "r+b") as target:
            end = offset + min(limit, os.path.getsize(path))
            target.truncate(max(end, self.size()))
            position = 0
            while position < limit and (chunk := source.read(min(64 * KIB, limit - position))):
                if chunk.strip(b"\0"):
                    target.seek(offset + position)
                    target.write(chunk)
                position += len(chunk)

    # --- LUKS
    def luks(self, version, *options):
        run(*luks_command(version, *options), self.path, feed=b"passphrase")

    def payload(self):
        if self.read(6, 2) == b"\0\1":
            return struct.unpack(">I", self.read(104, 4))[0] * 512
        return int(self.document()["segments"]["0"]["offset"])

    def rename_cipher(self, cipher):
        """Names another cipher in the header, as if the container had been made with it."""
        if self.read(6, 2) == b"\0\1":
            name, mode = cipher.split("-", 1)
            self.write(8, name.encode().ljust(32, b"\0") + mode.encode().ljust(32, b"\0"))
        else:
            self.luks2_json(lambda document: document["segments"]["0"].update(encryption=cipher))

    def noise_payload(self):
        self.noise(self.payload(), self.size() - self.payload())

    def add_key(self):
        new = os.path.join(folder, ".parts", "second-key")
        with open(new, "wb") as key:
            key.write(b"second")
        run("cryptsetup", "luksAddKey", "-q", "--disable-locks", "--key-file=-", "--pbkdf",
            "pbkdf2", "--pbkdf-force-iterations", "1000", self.path, new, feed=b"passphrase")

    def erase_slots(self):
        run("cryptsetup", "luksErase", "-q", "--disable-locks", self.path)

    def zero_keys(self):
        first = 4096 if self.read(6, 2) == b"\0\1" else 32 * KIB
        self.zero(first, 256 * KIB)

    def start_reencryption(self):
        run("cryptsetup", "reencrypt", "-q", "--disable-locks", "--init-only", "--key-file=-",
            "--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", self.path,
            feed=b"passphrase")

    def detached_header(self):
        data = part("detached-data")
        data.resize(16 * MIB)
        self.resize(16 * MIB)
        run(*luks_command(2), "--header", self.path, data.path, feed=b"passphrase")

    def document(self):
        size = struct.unpack(">Q", self.read(8, 8))[0]
        return json.loads(self.read(4096, size - 4096).split(b"\0")[0])

    def luks2_json(self, change, first_only=False):
        """Changes the JSON of a LUKS2 header and puts its checksums right."""
        size = struct.unpack(">Q", self.read(8, 8))[0]
        document = self.document()
        change(document)
        body = json.dumps(document).encode().ljust(size - 4096, b"\0")
        for offset in (0,) if first_only else (0, size):
            binary = bytearray(self.read(offset, 4096))
            binary[448:512] = bytes(64)
            binary[448:480] = hashlib.sha256(bytes(binary) + body).digest()
            self.write(offset, bytes(binary) + body)

    # --- stacks
    def raid(self, place):
        if place == "0.90":
            offset = (self.size() // 65536) * 65536 - 65536
            self.write(offset, struct.pack("<IIII", 0xA92B4EFC, 0, 90, 0) + self.random.randbytes(4)
                       + struct.pack("<IIIII", 0, 1, 30 * 1024, 2, 2))
            return
        sectors = self.size() // 512
        offset = {"1.0": ((sectors - 16) & ~7) * 512, "1.1": 0, "1.2": 4096}[place]
        block = bytearray(256 + 4)
        struct.pack_into("<III", block, 0, 0xA92B4EFC, 1, 0)
        block[16:32] = self.random.randbytes(16)
        struct.pack_into("<QIIQII", block, 64, 0, 1, 0, sectors - 4096, 0, 2)
        struct.pack_into("<QQQ", block, 128, 2048, sectors - 4096, offset // 512)
        struct.pack_into("<I", block, 220, 2)
        total = sum(struct.unpack("<65I", block))
        struct.pack_into("<I", block, 216, ((total & 0xFFFFFFFF) + (total >> 32)) & 0xFFFFFFFF)
        self.write(offset, bytes(block))

    def core_storage(self):
        block = bytearray(512)
        struct.pack_into("<IIHH", block, 0, 0, 0xFFFFFFFF, 1, 0x10)
        struct.pack_into("<Q", block, 64, self.size())
        block[88:90] = b"CS"
        struct.pack_into("<I", block, 90, 1)
        struct.pack_into("<II", block, 96, 4096, 4 * MIB)
        struct.pack_into("<II", block, 168, 16, 2)
        block[176:192] = self.random.randbytes(16)
        struct.pack_into("<I", block, 0, crc32c(block[8:]))
        self.write(0, bytes(block))
        self.noise(MIB, 4 * MIB)

    # --- BitLocker
    def bitlocker(self, size=32 * MIB, text=False, jump=b"\xeb\x58\x90", **options):
        self.resize(size)
        self.noise(0, size)
        if text:
            self.text(10 * MIB, MIB)
        boot = bytearray(512)
        boot[0:11] = jump + b"-FVE-FS-"
        struct.pack_into("<HB", boot, 11, 512, 8)
        boot[21] = 0xF8
        struct.pack_into("<I", boot, 36, 0x1FE0)
        boot[71:90] = b"NO NAME    FAT32   "
        boot[200:510] = b"\x78" * 310
        self.fve(boot, 160, size, **options)

    def fve(self, boot, at, size, used_space=False, method=0x8004, state=4, next_state=4,
            encrypted=None, protections=(0x2000,), damage=0):
        guid = ("3b4da89280dd0e4d9e4eb1e3284eaed8" if used_space
                else "3bd66749292ed84a8399f6a339e3d001")
        places = (size // 8 * 3, size // 2, size // 8 * 5)
        boot[at:at + 16] = bytes.fromhex(guid)
        struct.pack_into("<3Q", boot, at + 16, *places)
        boot[510:512] = b"\x55\xaa"
        self.write(0, bytes(boot))
        entries = b"".join(self.protector(p) for p in protections)
        key = struct.pack("<QI", 0x01D0000000000000, 7) + self.random.randbytes(60)
        entries += struct.pack("<4H", 8 + len(key), 3, 5, 1) + key
        length = 48 + len(entries)
        block = b"-FVE-FS-" + struct.pack(
            "<HHHHQII3QQ", (64 + length + 15) // 16, 2, state, next_state,
            size if encrypted is None else encrypted, 0, 16, *places, places[0] + 64 * KIB)
        block += struct.pack("<4I", length, 1, 48, length) + self.random.randbytes(16)
        block += struct.pack("<IHHQ", 9, method, 0, 0x01D0000000000000) + entries
        for number, place in enumerate(places):
            self.write(place, block.ljust(64 * KIB, b"\0"))
            if number < damage:
                self.noise(place, 64)

    def protector(self, protection):
        nested = self.random.randbytes(72)
        nested = struct.pack("<4H", 8 + len(nested), 0, 5, 1) + nested
        body = self.random.randbytes(16) + struct.pack("<QHH", 0x01D0000000000000, 0, protection)
        return struct.pack("<4H", 8 + len(body) + len(nested), 2, 8, 1) + body + nested

    def to_go(self, extra=None, **options):
        size = 64 * MIB
        self.resize(size)
        self.run("mkfs.fat", "-F", "32", "-s", "1", "{}")
        for name, data in (("autorun.inf", b"[autorun]\r\nopen=BitLockerToGo.exe\r\n"),
                           ("BitLockerToGo.exe", b"MZ" + text(200 * KIB)),
                           ("en-US_BitLockerToGo.exe.mui", text(9000)),
                           ("Read Me.url", b"[InternetShortcut]\r\n"),
                           ("COV 0000. BL", b""), ("COV 0000. ER", b""), ("PAD 0000. NG", b"")):
            self.mfile(name, data)
        if extra:
            self.mfile(extra, text(5000))
        boot = bytearray(self.read(0, 512))
        boot[0:11] = b"\xeb\x58\x90MSWIN4.1"
        self.noise(8 * MIB, size - 8 * MIB)
        self.fve(boot, 424, size, **options)

    # --- APFS
    def apfs(self, container, volume):
        size = 512 * MIB
        self.resize(size)
        self.run("mkapfs", "{}")
        for place in range(0, size, 4 * MIB):
            chunk = self.read(place, 4 * MIB)
            for at in range(0, len(chunk), 4096):
                if chunk[at + 32:at + 36] in (b"NXSB", b"APSB"):
                    self.apfs_block(place + at, container, volume)

    def apfs_block(self, place, container, volume):
        data = bytearray(self.read(place, 4096))
        if container and data[32:36] == b"NXSB":
            struct.pack_into("<Q", data, 1264, 4 | struct.unpack_from("<Q", data, 1264)[0])
            struct.pack_into("<QQ", data, 1296, 12000, 1)
        elif volume and data[32:36] == b"APSB":
            struct.pack_into("<Q", data, 264, struct.unpack_from("<Q", data, 264)[0] & ~1)
        data[0:8] = fletcher64(bytes(data[8:]))
        self.write(place, bytes(data))

    # --- FAT and exFAT with files
    def mfile(self, name, data):
        path = self.path + ".file"
        with open(path, "wb") as file:
            file.write(data)
        run("mcopy", "-o", "-i", self.path, path, "::" + name)
        os.remove(path)

    def mcopy(self, *files):
        for name in files:
            if name == "companions":
                run("mmd", "-i", self.path, "::System Volume Information", "::.Trashes")
                self.mfile("System Volume Information/IndexerVolumeGuid", b"{" + b"\0" * 75)
                self.mfile("System Volume Information/WPSettings.dat", b"\x0c" + bytes(11))
            elif name == "large-companion":
                run("mmd", "-i", self.path, "::System Volume Information")
                self.mfile("System Volume Information/WPSettings.dat", text(4000))
            elif name == "folder":
                run("mmd", "-i", self.path, "::Letters")
            else:
                self.mfile(name, file_content(name))

    def hide_fat_entry(self, short_name):
        """Moves an entry of the root so that an end mark lies before it."""
        whole = self.read(0, 4 * MIB)
        at = whole.index(short_name)
        self.write(at, bytes(32))
        self.write(at + 64, whole[at:at + 32])

    def exfat_files(self, names, chained=False, behind_end=False):
        boot = self.read(0, 512)
        sector, cluster = 1 << boot[108], 1 << (boot[108] + boot[109])
        fat, heap = (struct.unpack_from("<I", boot, at)[0] * sector for at in (80, 88))
        place = lambda number: heap + (number - 2) * cluster
        root = place(struct.unpack_from("<I", boot, 96)[0])
        entries = self.read(root, cluster)
        end = next(at for at in range(0, cluster, 32) if entries[at] == 0)
        end += 64 if behind_end else 0
        first = 9000 if behind_end else 1000
        for name in names:
            data = file_content(name)
            count = -(-len(data) // cluster)
            clusters = list(range(first, first + count))
            if chained:
                clusters = clusters[0:1] + clusters[:0:-1]
                links = clusters[1:] + [0xFFFFFFFF]
                for number, link in zip(clusters, links):
                    self.write(fat + 4 * number, struct.pack("<I", link))
            for index, number in enumerate(clusters):
                self.write(place(number), data[index * cluster:(index + 1) * cluster])
            entry = exfat_entry(name, len(data), first, chained)
            self.write(root + end, entry)
            end += len(entry)
            first += count

    # --- Apple's, by tools for Linux
    def hfs_plus(self):
        """The HFS+ that xorriso lays into an image of a CD, cut out of it."""
        disc = self.path + ".iso"
        run("xorriso", "-as", "mkisofs", "-quiet", "-hfsplus", "-o", disc, letters())
        with open(disc, "rb") as file:
            whole = file.read()
        os.remove(disc)
        for entry in range(512, 64 * 512, 512):
            if whole[entry:entry + 2] == b"PM" and whole[entry + 48:entry + 57] == b"Apple_HFS":
                start, count = struct.unpack_from(">II", whole, entry + 8)
                self.resize(count * 512)
                self.write(0, whole[start * 512:(start + count) * 512])
                return
        raise ValueError("xorriso made no HFS+")

    # --- partitions
    def partitioned(self, table, *contents):
        gap = MIB if table == "mbr-logical" else 0
        spans, at = [], MIB
        for content in contents:
            spans.append((at + gap, at + gap + SIZES.get(content, PART)))
            at = spans[-1][1]
        self.resize(at + MIB)
        if table in ("mbr", "mbr-logical"):
            lines = ["label: dos"]
            if gap:
                lines.append(f"start=2048, size={(self.size() - 2 * MIB) // 512}, type=f")
            for number, (start, end) in enumerate(spans, 5 if gap else 1):
                lines.append(f"{self.path}{number} : start={start // 512}, "
                             f"size={(end - start) // 512}, type=7")
            run("sfdisk", "-q", self.path, feed="\n".join(lines).encode())
        elif table == "gpt4k":
            self.gpt(spans, sector=4096)
        else:
            sgdisk = ["sgdisk", "-a", "1"]
            for number, (start, end) in enumerate(spans, 1):
                sgdisk += ["-n", f"{number}:{start // 512}:{end // 512 - 1}"]
            run(*sgdisk, self.path)
            if table == "hybrid":
                run("sgdisk", "-h", "1", self.path)
            if table == "gpt-backup-only":
                self.zero(512, 512)
            if table == "gpt-primary-only":
                self.zero(self.size() - 512, 512)
        for (start, _), content in zip(spans, contents):
            self.put(start, os.path.join(folder, ".parts", content))

    def gpt(self, spans, sector=512, size=None):
        """Both copies of a GPT with these partitions, and the protective MBR."""
        last = (size or self.size()) // sector - 1
        entries = b"".join(
            bytes.fromhex("a2a0d0ebe5b9334487c068b6b72699c7") + self.random.randbytes(16)
            + struct.pack("<QQQ", start // sector, end // sector - 1, 0) + bytes(72)
            for start, end in spans).ljust(128 * 128, b"\0")
        disk = self.random.randbytes(16)
        length = -(-len(entries) // sector)
        for at, other, list_at in ((1, last, 2), (last, 1, last - length)):
            header = bytearray(struct.pack(
                "<8sIIIIQQQQ16sQIII", b"EFI PART", 0x10000, 92, 0, 0, at, other, 2 + length,
                last - length - 1, disk, list_at, 128, 128, zlib.crc32(entries)))
            struct.pack_into("<I", header, 16, zlib.crc32(header))
            self.write(at * sector, bytes(header))
            self.write(list_at * sector, entries)
        self.mbr([(0xEE, 1, min(last, 0xFFFFFFFF))])

    def mbr(self, entries, flag=0):
        """Entries of type, first sector, number of sectors."""
        table = b"".join(struct.pack("<B3sB3sII", flag, b"\0\2\0", kind, b"\xff\xff\xff", start, count)
                         for kind, start, count in entries)
        self.write(446, table.ljust(64, b"\0") + b"\x55\xaa")


def file_content(name):
    if name.lower().endswith(".ugc.001"):
        return b"UGCSEGMT\0\1\0\0\0\0\0\1" + random.Random(1).randbytes(65536)
    if name == "forged.ugc":
        with open(container, "rb") as file:
            return file.read(1179648) + text(MIB)
    if name.lower().endswith(".ugc"):
        with open(container, "rb") as file:
            return file.read()
    return text(30000)


def exfat_entry(name, length, first, chained):
    units = name.encode("utf-16-le")
    names = [units[at:at + 30].ljust(30, b"\0") for at in range(0, len(units), 30)]
    upper, hashed = name.upper().encode("utf-16-le"), 0
    for byte in upper:
        hashed = ((hashed << 15 | hashed >> 1) + byte) & 0xFFFF
    entry = bytearray(struct.pack("<BBHHHIII", 0x85, 1 + len(names), 0, 0x20, 0, 0x5A000000,
                                  0x5A000000, 0x5A000000) + bytes(12))
    entry += struct.pack("<BBBBHHQIIQ", 0xC0, 1 if chained else 3, 0, len(name), hashed, 0, length,
                         0, first, length)
    for part_of_name in names:
        entry += b"\xc1\0" + part_of_name
    checksum = 0
    for index, byte in enumerate(entry):
        if index not in (2, 3):
            checksum = ((checksum << 15 | checksum >> 1) + byte) & 0xFFFF
    struct.pack_into("<H", entry, 2, checksum)
    return bytes(entry)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc  # CoreStorage leaves out the last inversion


def fletcher64(data):
    low = high = 0
    for (word,) in struct.iter_unpack("<I", data):
        low = (low + word) % 0xFFFFFFFF
        high = (high + low) % 0xFFFFFFFF
    first = 0xFFFFFFFF - (low + high) % 0xFFFFFFFF
    return struct.pack("<II", first, 0xFFFFFFFF - (low + first) % 0xFFFFFFFF)


def lvm_label(size):
    body = struct.pack("<I8s", 32, b"LVM2 001") + b"abcdefghijklmnopqrstuvwxyz012345"
    body += struct.pack("<QQQQQQQ", size, MIB, 0, 0, 0, 4096, MIB - 4096)
    body = body.ljust(492, b"\0")
    crc = 0xF597A6CF
    for byte in body:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return b"LABELONE" + struct.pack("<QI", 1, crc) + body


# --- changes of LUKS2 documents
def to_linear(document):
    document["segments"]["0"] = {"type": "linear", "offset": "16777216", "size": "dynamic"}


def to_short(document):
    document["segments"]["0"]["size"] = str(4 * MIB)


def half_linear(document):
    document["segments"]["0"]["size"] = str(4 * MIB)
    document["segments"]["1"] = {"type": "linear", "offset": str(20 * MIB), "size": "dynamic"}


def with_requirement(document):
    document["config"]["requirements"] = {"mandatory": ["online-reencrypt-v2"]}


def to_opal(document):
    document["segments"]["0"]["type"] = "hw-opal"


def with_label(document):
    document["tokens"] = {"0": {"type": "x", "keyslots": []}}


# --- file systems behind or before a header
def behind(image, *command):
    inner = part(os.path.basename(image.path) + "-inner")
    inner.resize(image.size() - image.payload())
    inner.run(*command)
    image.put(image.payload(), inner.path)


def ext4_behind_header(image):
    behind(image, "mkfs.ext4", "-q", "-F", "-d", letters(), "{}")


def fat_behind_header(image):
    behind(image, "mkfs.fat", "{}")


def ntfs_remains(image):
    """What quick encryption leaves of an NTFS that lay there: the boot sector in the last one."""
    inner = part(os.path.basename(image.path) + "-before")
    inner.resize(image.size())
    inner.run("mkntfs", "-F", "-q", "-f", "{}")
    image.write(image.size() - 512, inner.read(image.size() - 512, 512))


def fill(*command):
    return lambda image: image.run(*command)


def fat_with_container(image):
    image.run("mkfs.fat", "-F", "16", "-s", "1", "{}")
    image.mcopy("letters.ugc")


CONTENTS = {
    "fat32": fill("mkfs.fat", "-F", "32", "-s", "1", "{}"),
    "exfat": fill("mkfs.exfat", "{}"),
    "ntfs": fill("mkntfs", "-F", "-q", "-f", "{}"),
    "ext4": fill("mkfs.ext4", "-q", "-F", "{}"),
    "luks1": lambda image: image.luks(1),
    "luks2": lambda image: image.luks(2),
    "noise": lambda image: image.noise(0, SIZES["noise"]),
    "zeros": lambda image: None,
    "bitlocker": lambda image: image.bitlocker(size=SIZES["bitlocker"]),
    "ugc": fat_with_container,
    "hfsplus": lambda image: image.hfs_plus(),
}
