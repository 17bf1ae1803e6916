#!/usr/bin/env python3
"""Makes some hundred media with the tools that make real ones, and forgeries of them.

media_corpus.py FOLDER CONTAINER.ugc   writes FOLDER/*.img and FOLDER/manifest.tsv with the lines
name, the verdict that follows from how it was made, how it was made.
All files are sparse. Needs the packages of the group media in scripts/packages.txt.
"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import media_build as build
from media_build import KIB, MIB, Image

ENCRYPTED, PARTIAL, PLAINTEXT = "VERIFIED_ENCRYPTED", "PARTIAL", "PLAINTEXT"
EMPTY, OPAQUE, UNREADABLE = "EMPTY", "OPAQUE", "UNREADABLE"

jobs = []


def medium(name, verdict, how):
    """Registers a maker: a function that gets an Image to fill."""
    def register(fill):
        jobs.append((name, verdict, how, fill))
        return fill
    return register


def made_by(name, verdict, size, *command, before=None):
    """A medium that one command makes; {} is the image."""
    def fill(image):
        image.resize(size)
        if before:
            before(image)
        image.run(*command)
    jobs.append((name, verdict, " ".join(command).replace("{}", name + ".img"), fill))


# --- file systems, each with the options that move its structures
for bits in (12, 16, 32):
    for cluster in (1, 2, 4, 8, 16):
        size = {12: 2 * MIB, 16: 20 * MIB * cluster, 32: 40 * MIB * cluster}[bits]
        if bits == 12 and cluster < 2:
            continue
        made_by(f"fat{bits}-c{cluster}", PLAINTEXT, size, "mkfs.fat", "-F", str(bits), "-s",
                str(cluster), "{}")
    for sector in (1024, 2048, 4096):
        made_by(f"fat{bits}-s{sector}", PLAINTEXT, {12: 4, 16: 64, 32: 600}[bits] * MIB, "mkfs.fat",
                "-F", str(bits), "-S", str(sector), "-s", "1" if bits == 32 else "2", "{}")
    made_by(f"fat{bits}-two-fats-label", PLAINTEXT, (2 if bits == 12 else 64) * MIB, "mkfs.fat",
            "-F", str(bits), "-n", "WARD 7", "-R", "32" if bits == 32 else "4", "{}")
for cluster in ("512", "4K", "32K", "128K", "1M", "32M"):
    made_by(f"exfat-c{cluster}", PLAINTEXT, 256 * MIB, "mkfs.exfat", "-c", cluster, "{}")
made_by("exfat-pack", PLAINTEXT, 64 * MIB, "mkfs.exfat", "--pack-bitmap", "-L", "WARD", "{}")
for cluster in (512, 1024, 4096, 16384, 65536):
    made_by(f"ntfs-c{cluster}", PLAINTEXT, 32 * MIB, "mkntfs", "-F", "-q", "-f", "-c",
            str(cluster), "{}")
for sector in (1024, 2048, 4096):
    made_by(f"ntfs-s{sector}", PLAINTEXT, 32 * MIB, "mkntfs", "-F", "-q", "-f", "-s",
            str(sector), "-c", "4096", "{}")
for kind in ("ext2", "ext3", "ext4"):
    for block in (1024, 2048, 4096, 65536):
        made_by(f"{kind}-b{block}", PLAINTEXT, 64 * MIB, f"mkfs.{kind}", "-q", "-F", "-b",
                str(block), "{}")
for feature in ("^metadata_csum", "metadata_csum_seed", "64bit,^resize_inode,meta_bg", "^64bit",
                "bigalloc", "encrypt", "casefold", "^has_journal", "sparse_super2", "flex_bg",
                "inline_data", "quota", "verity"):
    made_by(f"ext4-{feature.replace('^', 'no-').replace(',', '+')}", PLAINTEXT, 64 * MIB,
            "mkfs.ext4", "-q", "-F", "-O", feature, "{}")
for options in (("-b", "size=1024"), ("-b", "size=4096"), ("-s", "size=4096"), ("-m", "crc=0"),
                ("-m", "crc=1"), ("-b", "size=65536")):
    made_by(f"xfs-{options[1].replace('=', '')}{options[0]}", PLAINTEXT, 320 * MIB, "mkfs.xfs",
            "-q", "-f", *options, "{}")
for options in ((), ("-n", "65536"), ("-m", "dup"), ("--csum", "xxhash"), ("--csum", "sha256"),
                ("--mixed",), ("-O", "^no-holes")):
    made_by(f"btrfs{''.join(options).replace('^', 'no-')}", PLAINTEXT, 256 * MIB, "mkfs.btrfs",
            "-q", "-f", *options, "{}")
for feature in ("encrypt", "extra_attr,inode_checksum", "verity", "casefold", "sb_checksum"):
    options = ("-C", "utf8") if feature == "casefold" else ()
    made_by(f"f2fs-{feature}", PLAINTEXT, 64 * MIB, "mkfs.f2fs", "-q", "-f", "-O",
            "extra_attr," + feature if feature != "encrypt" else feature, *options, "{}")
for kind in ("hd", "dvdram", "cdrw"):
    for revision in ("1.50", "2.01"):
        made_by(f"udf-{kind}-{revision}", PLAINTEXT, 32 * MIB, "mkudffs", "-m", kind, "-r",
                revision, "{}")
for block in (512, 1024, 2048, 4096):
    made_by(f"udf-b{block}", PLAINTEXT, 32 * MIB, "mkudffs", "-b", str(block), "{}")
for page in (4096, 8192, 16384, 65536):
    made_by(f"swap-p{page}", PLAINTEXT, 16 * MIB, "mkswap", "-q", "-p", str(page), "{}")
made_by("jfs", PLAINTEXT, 32 * MIB, "mkfs.jfs", "-q", "{}")
made_by("nilfs2", PLAINTEXT, 160 * MIB, "mkfs.nilfs2", "-q", "{}")
made_by("reiserfs", PLAINTEXT, 64 * MIB, "mkreiserfs", "-q", "-f", "-f", "{}")
for version in ("-1", "-2", "-3"):
    made_by(f"minix{version}", PLAINTEXT, 8 * MIB, "mkfs.minix", version, "{}")
made_by("apfs", PLAINTEXT, 512 * MIB, "mkapfs", "{}")
made_by("apfs-case-sensitive", PLAINTEXT, 600 * MIB, "mkapfs", "-s", "{}")
for name, options in {
        "plain": (), "joliet": ("-J",), "rock-ridge": ("-R",), "both": ("-J", "-R"),
        "level3": ("-iso-level", "3"), "hfsplus": ("-hfsplus",),
        "hybrid-partition": ("-partition_offset", "16"),
        "gpt-appended": ("-appended_part_as_gpt",)}.items():
    @medium(f"iso-{name}", PLAINTEXT, f"xorriso -as mkisofs {' '.join(options)}")
    def _(image, options=options):
        image.run("xorriso", "-as", "mkisofs", "-quiet", *options, "-o", "{}", build.letters())
@medium("iso-udf", PLAINTEXT, "genisoimage -udf")
def _(image):
    image.run("genisoimage", "-quiet", "-udf", "-J", "-o", "{}", build.letters())
made_by("hfs", PLAINTEXT, 4 * MIB, "hformat", "-l", "WARD", "{}")
@medium("hfsplus", PLAINTEXT, "xorriso -as mkisofs -hfsplus, the partition with HFS+ cut out")
def _(image):
    image.hfs_plus()
@medium("hfsplus-in-mbr", PLAINTEXT, "sfdisk, label dos; the same in its one partition")
def _(image):
    image.partitioned("mbr", "hfsplus")
for compression in ("gzip", "xz", "lzo", "lz4", "zstd"):
    @medium(f"squashfs-{compression}", PLAINTEXT, f"mksquashfs -comp {compression}")
    def _(image, compression=compression):
        os.remove(image.path)
        image.run("mksquashfs", build.letters(), "{}", "-comp", compression, "-quiet",
                  "-no-progress")


# --- LUKS, by cryptsetup
def luks(name, verdict, version, *options, size=32 * MIB, then=None):
    command = build.luks_command(version, *options)

    def fill(image):
        image.resize(size)
        image.luks(version, *options)
        if then:
            then(image)
    jobs.append((name, verdict, " ".join(command), fill))


for version in (1, 2):
    for cipher, key in (("aes-xts-plain64", 512), ("aes-xts-plain64", 256),
                        ("aes-cbc-essiv:sha256", 256), ("aes-cbc-plain64", 128)):
        luks(f"luks{version}-{cipher.replace(':', '-')}-{key}", ENCRYPTED, version,
             "--cipher", cipher, "--key-size", str(key))
    for hashed in ("sha1", "sha512", "ripemd160", "whirlpool"):
        luks(f"luks{version}-{hashed}", ENCRYPTED, version, "--hash", hashed)
    for cipher, verdict in (("serpent-xts-plain64", ENCRYPTED), ("twofish-xts-plain64", ENCRYPTED),
                            ("camellia-xts-plain64", ENCRYPTED), ("cipher_null-ecb", PLAINTEXT),
                            ("rot13-ecb", PARTIAL)):
        # cryptsetup asks the kernel for these, which a build machine may not have
        luks(f"luks{version}-renamed-{cipher}", verdict, version,
             then=lambda image, cipher=cipher: image.rename_cipher(cipher))
    luks(f"luks{version}-null-holding-ext4", PLAINTEXT, version,
         then=lambda image: (image.rename_cipher("cipher_null-ecb"), build.ext4_behind_header(image)))
    luks(f"luks{version}-random-payload", ENCRYPTED, version, then=lambda image: image.noise_payload())
    luks(f"luks{version}-two-slots", ENCRYPTED, version, then=lambda image: image.add_key())
    luks(f"luks{version}-plaintext-behind", PARTIAL, version,
         then=lambda image: image.text(17 * MIB, 15 * MIB))
    luks(f"luks{version}-ext4-at-payload", PLAINTEXT, version,
         then=lambda image: build.ext4_behind_header(image))
    luks(f"luks{version}-fat-at-payload", PLAINTEXT, version,
         then=lambda image: build.fat_behind_header(image))
    luks(f"luks{version}-no-slot", PARTIAL, version, then=lambda image: image.erase_slots())
    luks(f"luks{version}-zeroed-keys", PARTIAL, version, then=lambda image: image.zero_keys())
    luks(f"luks{version}-ntfs-before", PARTIAL, version,
         then=lambda image: build.ntfs_remains(image))
for size in ("16k", "32k", "128k", "1024k", "4096k"):
    luks(f"luks2-metadata-{size}", ENCRYPTED, 2, "--luks2-metadata-size", size)
for sector in (512, 1024, 2048, 4096):
    luks(f"luks2-sector-{sector}", ENCRYPTED, 2, "--sector-size", str(sector))
luks("luks2-argon2id", ENCRYPTED, 2, "--pbkdf", "argon2id", "--pbkdf-force-iterations", "4",
     "--pbkdf-memory", "64", "--pbkdf-parallel", "1")
luks("luks2-label", ENCRYPTED, 2, "--label", "WARD7", "--subsystem", "x")
luks("luks2-offset", ENCRYPTED, 2, "--offset", "16384")
luks("luks2-adiantum", ENCRYPTED, 2,
     then=lambda image: image.rename_cipher("xchacha20,aes-adiantum-plain64"))
luks("luks2-small", ENCRYPTED, 2, "--luks2-keyslots-size", "1m", size=4 * MIB)
luks("luks2-reencrypting", PARTIAL, 2, then=lambda image: image.start_reencryption())
luks("luks2-first-header-gone", PARTIAL, 2, then=lambda image: image.zero(0, 16 * KIB))
luks("luks2-second-header-gone", PARTIAL, 2, then=lambda image: image.zero(16 * KIB, 16 * KIB))
luks("luks2-linear", PLAINTEXT, 2, then=lambda image: image.luks2_json(build.to_linear))
luks("luks2-short-segment", PARTIAL, 2, then=lambda image: image.luks2_json(build.to_short))
luks("luks2-two-segments", PLAINTEXT, 2, then=lambda image: image.luks2_json(build.half_linear))
luks("luks2-requirement", PARTIAL, 2, then=lambda image: image.luks2_json(build.with_requirement))
luks("luks2-opal-only", PARTIAL, 2, then=lambda image: image.luks2_json(build.to_opal))
luks("luks2-headers-differ", PARTIAL, 2,
     then=lambda image: image.luks2_json(build.with_label, first_only=True))
luks("luks1-flipped-payload-offset", PARTIAL, 1, then=lambda image: image.write(104, b"\xff" * 4))


@medium("luks2-detached-header", PARTIAL, "cryptsetup luksFormat --header")
def _(image):
    image.detached_header()


@medium("luks2-detached-data", OPAQUE, "the data of a detached header: noise")
def _(image):
    image.noise(0, 16 * MIB)


# --- what has no structure
made_by("zeros", EMPTY, 16 * MIB, "true")
for size in (512, 4096, 64 * KIB, 8 * MIB):
    @medium(f"noise-{size}", OPAQUE, "random bytes, as VeraCrypt and plain dm-crypt look")
    def _(image, size=size):
        image.noise(0, size)
@medium("erased-flash", EMPTY, "bytes FF")
def _(image):
    image.write(0, b"\xff" * 8 * MIB)
@medium("text", PLAINTEXT, "letters one after the other, no file system")
def _(image):
    image.text(0, 8 * MIB)
@medium("text-in-noise", PLAINTEXT, "random bytes with 1 MiB of letters in the middle of 8 MiB")
def _(image):
    image.noise(0, 8 * MIB)
    image.text(4 * MIB, MIB)
@medium("tar", PLAINTEXT, "tar of a folder of letters")
def _(image):
    image.run("tar", "-cf", "{}", "-C", build.letters(), ".")
@medium("one-sector-zeros", EMPTY, "512 zeros")
def _(image):
    image.resize(512)
@medium("nothing", UNREADABLE, "a file of no bytes")
def _(image):
    image.resize(0)
@medium("veracrypt-quick", OPAQUE, "128 KiB of noise, zeros, 128 KiB of noise, as a quick format leaves")
def _(image):
    image.resize(32 * MIB)
    image.noise(0, 128 * KIB)
    image.noise(32 * MIB - 128 * KIB, 128 * KIB)


# --- stacks
@medium("lvm2", PARTIAL, "label of pvcreate, built with its CRC")
def _(image):
    image.resize(32 * MIB)
    image.write(512, build.lvm_label(32 * MIB))
for place in ("1.0", "1.1", "1.2", "0.90"):
    @medium(f"md-{place}", PARTIAL, f"superblock of mdadm --metadata={place}, built")
    def _(image, place=place):
        image.resize(32 * MIB)
        image.raid(place)
@medium("luks2-in-md", PARTIAL, "LUKS2 under a superblock of mdadm --metadata=1.0")
def _(image):
    image.resize(32 * MIB)
    image.luks(2)
    image.raid("1.0")
@medium("zfs", PARTIAL, "uberblock of ZFS, built")
def _(image):
    image.resize(64 * MIB)
    image.write(128 * KIB + 4 * KIB, (0x00BAB10C).to_bytes(8, "little") + (5000).to_bytes(8, "little"))
@medium("core-storage", PARTIAL, "volume header of CoreStorage, built")
def _(image):
    image.resize(32 * MIB)
    image.core_storage()


# --- BitLocker, built from its documentation: there is no maker but Windows
for name, verdict, options in (
        ("win10", ENCRYPTED, {}),
        ("xts256", ENCRYPTED, {"method": 0x8005}),
        ("cbc-elephant", ENCRYPTED, {"method": 0x8000}),
        ("password-and-recovery", ENCRYPTED, {"protections": (0x2000, 0x0800)}),
        ("clear-key", PLAINTEXT, {"protections": (0x0800, 0x0000)}),
        ("decrypting", PARTIAL, {"state": 5, "next_state": 1}),
        ("encrypting", PARTIAL, {"encrypted": 8 * MIB}),
        ("no-protector", PARTIAL, {"protections": ()}),
        ("unknown-method", PARTIAL, {"method": 0x0000}),
        ("one-copy-damaged", PARTIAL, {"damage": 1}),
        ("all-copies-damaged", PARTIAL, {"damage": 3}),
        ("used-space", PARTIAL, {"used_space": True}),
        ("vista", PARTIAL, {"jump": b"\xeb\x52\x90"}),
        ("plaintext-behind", PARTIAL, {"text": True})):
    @medium(f"bitlocker-{name}", verdict, "built from libbde's description")
    def _(image, options=options):
        image.bitlocker(**options)
for name, verdict, options in (
        ("plain-area", ENCRYPTED, {}),
        ("letter-beside", PLAINTEXT, {"extra": "letter.doc"}),
        ("clear-key", PLAINTEXT, {"protections": (0x0000,)})):
    @medium(f"togo-{name}", verdict, "mkfs.fat, mcopy and metadata built from libbde's description")
    def _(image, options=options):
        image.to_go(**options)


# --- APFS, encrypted by flags as the reference describes them
@medium("apfs-encrypted", ENCRYPTED, "mkapfs, then the flags that encryption sets")
def _(image):
    image.apfs(container=True, volume=True)
@medium("apfs-container-flag-only", PLAINTEXT, "mkapfs, then the container's flags, not the volume's")
def _(image):
    image.apfs(container=True, volume=False)
@medium("apfs-volume-flag-only", PLAINTEXT, "mkapfs, then the volume's flag, not the container's")
def _(image):
    image.apfs(container=False, volume=True)
@medium("apfs-broken-checksum", PLAINTEXT, "mkapfs, one bit of the superblock flipped")
def _(image):
    image.apfs(container=False, volume=False)
    image.write(80, b"\x55")


# --- our container
@medium("ugc", ENCRYPTED, "usbguard encrypt: the container itself")
def _(image):
    image.put(0, build.container)
@medium("ugc-text-appended", PARTIAL, "a container with letters behind it")
def _(image):
    image.put(0, build.container)
    image.text(os.path.getsize(build.container), 4 * MIB)
@medium("ugc-header-damaged", PARTIAL, "a container, one byte of the first key area flipped")
def _(image):
    image.put(0, build.container)
    image.write(30, b"\x5a")
for bits in (12, 16, 32):
    size = {12: 8, 16: 32, 32: 64}[bits] * MIB
    for name, verdict, files in (
            ("alone", ENCRYPTED, ("letters.ugc",)),
            ("companions", ENCRYPTED, ("letters.ugc", "companions")),
            ("two", ENCRYPTED, ("letters.ugc", "MORE.UGC")),
            ("letter-beside", PLAINTEXT, ("letters.ugc", "letter.docx")),
            ("folder-beside", PLAINTEXT, ("letters.ugc", "folder")),
            ("forged", PLAINTEXT, ("forged.ugc",)),
            ("stray-segment", PLAINTEXT, ("letters.ugc", "letters.ugc.001")),
            ("large-companion", PLAINTEXT, ("letters.ugc", "large-companion"))):
        @medium(f"ugc-fat{bits}-{name}", verdict, f"mkfs.fat -F {bits}, mcopy {' '.join(files)}")
        def _(image, bits=bits, size=size, files=files):
            image.resize(size)
            image.run("mkfs.fat", "-F", str(bits), "-s", "4" if bits == 12 else "1", "{}")
            image.mcopy(*files)
@medium("ugc-fat32-deleted-letter", ENCRYPTED, "mcopy letter.docx, mdel letter.docx, mcopy letters.ugc")
def _(image):
    image.resize(64 * MIB)
    image.run("mkfs.fat", "-F", "32", "-s", "1", "{}")
    image.mcopy("letter.docx")
    image.run("mdel", "-i", "{}", "::letter.docx")
    image.mcopy("letters.ugc")
for name, verdict, files in (("alone", ENCRYPTED, ("letters.ugc",)),
                             ("chained", ENCRYPTED, ("letters.ugc",)),
                             ("letter-beside", PLAINTEXT, ("letters.ugc", "letter.docx")),
                             ("empty", PLAINTEXT, ())):
    @medium(f"ugc-exfat-{name}", verdict, f"mkfs.exfat, directory entries for {' '.join(files)} built")
    def _(image, name=name, files=files):
        image.resize(64 * MIB)
        image.run("mkfs.exfat", "-c", "4K", "{}")
        image.exfat_files(files, chained=name == "chained")
@medium("ugc-ext4", PLAINTEXT, "mkfs.ext4 -d with a container: a raw image of ext4 is not listed")
def _(image):
    image.resize(64 * MIB)
    image.run("mkfs.ext4", "-q", "-F", "-d", build.only_container(), "{}")


# --- partitions
CONTENT = ("fat32", "exfat", "ntfs", "ext4", "luks1", "luks2", "noise", "zeros", "bitlocker", "ugc")
SINGLE = {"luks1": ENCRYPTED, "luks2": ENCRYPTED, "bitlocker": ENCRYPTED, "noise": OPAQUE,
          "zeros": EMPTY, "ugc": ENCRYPTED}


def expected(*contents):
    """The lattice of docs/verdict.md, in other words."""
    one = {SINGLE.get(c, PLAINTEXT) for c in contents}
    if PLAINTEXT in one:
        return PARTIAL if ENCRYPTED in one else PLAINTEXT
    return one.pop() if len(one) == 1 else PARTIAL


TABLES = {"mbr": "sfdisk, label dos", "mbr-logical": "sfdisk, label dos, logical partitions",
          "gpt": "sgdisk", "gpt4k": "a GPT for sectors of 4096, built",
          "hybrid": "sgdisk --hybrid", "gpt-backup-only": "sgdisk, primary header zeroed",
          "gpt-primary-only": "sgdisk, backup header zeroed"}
for table, how in TABLES.items():
    for content in CONTENT:
        broken = table in ("gpt-backup-only", "gpt-primary-only")
        verdict = expected(content)
        if broken and verdict != PLAINTEXT:
            verdict = PARTIAL
        @medium(f"{table}-{content}", verdict, f"{how}; one partition: {content}")
        def _(image, table=table, content=content):
            image.partitioned(table, content)
for table in ("mbr", "mbr-logical", "gpt"):
    for pair in (("luks2", "luks1"), ("luks2", "fat32"), ("luks2", "noise"), ("luks2", "zeros"),
                 ("noise", "noise"), ("zeros", "zeros"), ("exfat", "noise"), ("fat32", "ntfs"),
                 ("bitlocker", "luks2"), ("ugc", "luks2"), ("ext4", "zeros"),
                 ("luks2", "ugc", "bitlocker")):
        @medium(f"{table}-{'+'.join(pair)}", expected(*pair),
                f"{TABLES[table]}; partitions: {', '.join(pair)}")
        def _(image, table=table, pair=pair):
            image.partitioned(table, *pair)

import media_forgeries  # noqa: E402  registers its media with this module's lists

media_forgeries.register(medium)


def run(job):
    name, verdict, how, fill = job
    image = Image(os.path.join(folder, name + ".img"))
    try:
        fill(image)
    except subprocess.CalledProcessError as e:
        return name, f"{name}: {e.cmd}: {e.stderr}"
    return name, None


if __name__ == "__main__":
    folder = sys.argv[1]
    build.container = os.path.abspath(sys.argv[2])
    build.folder = folder
    os.makedirs(folder, exist_ok=True)
    build.prepare()
    if len(sys.argv) > 3:
        jobs = [job for job in jobs if job[0].startswith(sys.argv[3])]
    with ThreadPoolExecutor(2) as pool:
        failures = [failure for _, failure in pool.map(run, jobs) if failure]
    with open(os.path.join(folder, "manifest.tsv"), "w", encoding="utf-8") as manifest:
        for name, verdict, how, _ in jobs:
            manifest.write(f"{name}\t{verdict}\t{how}\n")
    print("\n".join(failures) if failures else f"{len(jobs)} media")
    sys.exit(1 if failures else 0)
