"""The tools that are compared. Each stores a file or a folder tree and takes it out again."""

import atexit
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from .measure import Meter, StepFailed

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(HERE)
PASSPHRASE = "bench only: correct horse battery staple 7"


class Unavailable(Exception):
    """This tool cannot be run on this machine; the message says why."""


def secret_file(text):
    """A file only we can read, gone when the benchmark ends."""
    handle, path = tempfile.mkstemp(prefix="usbguard-bench-")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    atexit.register(os.unlink, path)
    return path


def first_line(*argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[0].strip() if lines else "unknown"


def install(program, *packages):
    """Makes sure that a program is there, from Debian's packages if need be."""
    if shutil.which(program):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Unavailable(f"{program} is not installed (Debian: {' '.join(packages)})")
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    subprocess.run(["apt-get", "-qq", "update"], check=False, **quiet)
    subprocess.run(
        ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *packages],
        check=False,
        **quiet,
    )
    if not shutil.which(program):
        raise Unavailable(f"{program} could not be installed ({' '.join(packages)})")


def java_homes():
    """JDKs on this machine, newest first, as (feature version, home)."""
    found = {}
    for home in [os.environ.get("JAVA_HOME", ""), *glob.glob("/usr/lib/jvm/*")]:
        java = os.path.join(home, "bin", "javac")
        if home and os.access(java, os.X_OK):
            release = re.search(r"(\d+)", first_line(java, "-version"))
            if release:
                found[os.path.realpath(home)] = int(release.group(1))
    return sorted(((version, home) for home, version in found.items()), reverse=True)


class Tool:
    """A way to store things. `source` is a file or a folder; `store` a folder of the tool's own."""

    name = "?"
    note = ""

    def prepare(self):
        """Installs or builds what is needed, once. Raises Unavailable."""

    def version(self):
        return "unknown"

    def ready(self, store):
        """What comes before the measured part: an empty vault, say."""

    def put(self, meter, source, store):
        raise NotImplementedError

    def take(self, meter, name, store, target):
        """Takes what was stored as `name` out to the folder `target`."""
        raise NotImplementedError


class Usbguard(Tool):
    name = "usbguard"
    note = "creates the container, so key derivation and recovery key are in the figure"

    def __init__(self, program):
        self.program = program
        self.passphrase_file = None

    def prepare(self):
        if not os.access(self.program, os.X_OK):
            raise Unavailable("the usbguard launcher is not there")
        self.passphrase_file = secret_file(PASSPHRASE + "\n")
        with Meter() as meter:
            meter.run(self.program, "--version")  # builds what is missing, untimed

    def version(self):
        return first_line(self.program, "--version")

    def key(self):
        return ["--passphrase-file", self.passphrase_file]

    def container(self, store):
        return os.path.join(store, "C.ugc")

    def encrypt(self, source, store):
        """The command that stores a source in a new container."""
        return [
            self.program,
            "encrypt",
            source,
            "--to",
            self.container(store),
            *self.key(),
            "--recovery-to-stdout",
            "--no-progress",
        ]

    def put(self, meter, source, store):
        meter.run(*self.encrypt(source, store))

    def take(self, meter, name, store, target):
        meter.run(
            self.program,
            "decrypt",
            self.container(store),
            "--to",
            target,
            *self.key(),
            "--no-progress",
        )


class Cp(Tool):
    name = "cp"
    note = "the floor: no encryption"

    def version(self):
        return first_line("cp", "--version")

    def put(self, meter, source, store):
        meter.run("cp", "-R", source, store)

    def take(self, meter, name, store, target):
        meter.run("cp", "-R", os.path.join(store, name), target)


class Tar(Tool):
    name = "tar"
    note = "the floor: no encryption"

    def version(self):
        return first_line("tar", "--version")

    def put(self, meter, source, store):
        folder, name = os.path.split(source)
        meter.run("tar", "-cf", os.path.join(store, "t.tar"), "-C", folder, name)

    def take(self, meter, name, store, target):
        meter.run("tar", "-xf", os.path.join(store, "t.tar"), "-C", target)


class Age(Tool):
    name = "age"
    note = "key file, no passphrase: no key derivation in the figure"

    def __init__(self):
        self.identity = None
        self.recipient = None

    def prepare(self):
        install("age", "age")
        done = subprocess.run(["age-keygen"], capture_output=True, check=True, text=True)
        self.recipient = re.search(r"age1[0-9a-z]+", done.stdout).group(0)
        self.identity = secret_file(done.stdout)

    def version(self):
        return "age " + first_line("age", "--version")

    def sealed_file(self, store):
        return os.path.join(store, "file.age")

    def sealed_tree(self, store):
        return os.path.join(store, "tree.tar.age")

    def put(self, meter, source, store):
        seal = ["age", "-r", self.recipient, "-o"]
        if os.path.isdir(source):
            folder, name = os.path.split(source)
            pack = ["tar", "-cf", "-", "-C", folder, name]
            meter.pipe(pack, [*seal, self.sealed_tree(store)])
        else:
            meter.run(*seal, self.sealed_file(store), source)

    def take(self, meter, name, store, target):
        opened = ["age", "-d", "-i", self.identity]
        if os.path.exists(self.sealed_tree(store)):
            unpack = ["tar", "-xf", "-", "-C", target]
            meter.pipe([*opened, self.sealed_tree(store)], unpack)
        else:
            meter.run(*opened, "-o", os.path.join(target, name), self.sealed_file(store))


class SevenZip(Tool):
    name = "7z"
    note = "-mx=0 -mhe=on: stored, names encrypted; passphrase through stdin"

    def prepare(self):
        install("7zz", "7zip")

    def version(self):
        return first_line("7zz").split(" :")[0]

    def put(self, meter, source, store):
        meter.run(
            *["7zz", "a", "-bd", "-y", "-mx=0", "-mhe=on", "-p"],
            *[os.path.join(store, "s.7z"), source],
            stdin=f"{PASSPHRASE}\n".encode(),
        )

    def take(self, meter, name, store, target):
        meter.run(
            *["7zz", "x", "-bd", "-y", f"-o{target}", os.path.join(store, "s.7z")],
            stdin=f"{PASSPHRASE}\n".encode(),
        )


class Gocryptfs(Tool):
    name = "gocryptfs"
    note = "mount (scrypt), cp, unmount; the empty vault is made beforehand"
    PATIENCE = 30.0

    def __init__(self):
        self.passphrase_file = None

    def prepare(self):
        install("gocryptfs", "gocryptfs")
        if not shutil.which("fusermount"):
            install("fusermount", "fuse3")
        if not os.path.exists("/dev/fuse"):
            raise Unavailable("there is no /dev/fuse")
        self.passphrase_file = secret_file(PASSPHRASE + "\n")

    def version(self):
        return first_line("gocryptfs", "-version").split(";")[0]

    def folders(self, store):
        return os.path.join(store, "cipher"), os.path.join(store, "plain")

    def ready(self, store):
        cipher, plain = self.folders(store)
        os.mkdir(cipher)
        os.mkdir(plain)
        with Meter() as meter:
            meter.run("gocryptfs", "-q", "-init", "-passfile", self.passphrase_file, cipher)

    def mounted(self, meter, store, copy):
        """Mounts, copies, unmounts; kept in the foreground so that its CPU time is counted."""
        cipher, plain = self.folders(store)
        with tempfile.TemporaryFile() as err:
            argv = ["gocryptfs", "-q", "-fg", "-passfile", self.passphrase_file, cipher, plain]
            daemon = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=err
            )
            give_up = time.monotonic() + self.PATIENCE
            while not os.path.ismount(plain) and time.monotonic() < give_up:
                if os.waitid(os.P_PID, daemon.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                    break
                time.sleep(0.002)
            try:
                if os.path.ismount(plain):
                    copy(plain)
            finally:
                if os.path.ismount(plain):
                    meter.run("fusermount", "-u", plain)
                else:
                    daemon.terminate()
                meter.wait(daemon, err)

    def put(self, meter, source, store):
        self.mounted(meter, store, lambda plain: meter.run("cp", "-R", source, plain))

    def take(self, meter, name, store, target):
        self.mounted(
            meter, store, lambda plain: meter.run("cp", "-R", os.path.join(plain, name), target)
        )


class Rclone(Tool):
    name = "rclone crypt"
    note = "crypt over a local folder, defaults (4 transfers), scrypt at each start"

    def __init__(self):
        self.obscured = None

    def prepare(self):
        install("rclone", "rclone")
        done = subprocess.run(
            ["rclone", "obscure", "-"],
            input=PASSPHRASE,
            capture_output=True,
            check=True,
            text=True,
        )
        self.obscured = done.stdout.strip()

    def version(self):
        return first_line("rclone", "version")

    def environment(self, store):
        return dict(
            os.environ,
            RCLONE_CONFIG="/dev/null",
            RCLONE_CONFIG_PEER_TYPE="crypt",
            RCLONE_CONFIG_PEER_REMOTE=os.path.join(store, "crypt"),
            RCLONE_CONFIG_PEER_PASSWORD=self.obscured,
        )

    def put(self, meter, source, store):
        inside = "peer:" + (os.path.basename(source) if os.path.isdir(source) else "")
        meter.run("rclone", "copy", source, inside, env=self.environment(store))

    def take(self, meter, name, store, target):
        meter.run("rclone", "copy", "peer:", target, env=self.environment(store))


class Cryptomator(Tool):
    name = "Cryptomator"
    note = "cryptofs library through java.nio, one process; the empty vault is made beforehand"
    LEVEL = 21

    def __init__(self):
        self.base = os.path.join(HERE, "cryptomator")
        self.made = os.path.join(HERE, "target", "cryptomator")
        self.java = None
        self.passphrase_file = None
        self.release = None

    def prepare(self):
        homes = [(version, home) for version, home in java_homes() if version >= self.LEVEL]
        if not homes:
            raise Unavailable(f"cryptofs needs a JDK {self.LEVEL} or newer")
        self.release, home = homes[0]
        self.java = os.path.join(home, "bin", "java")
        if not shutil.which("mvn"):
            raise Unavailable("mvn is not installed")
        jars = os.path.join(self.made, "lib")
        try:
            with Meter() as meter:
                meter.run(
                    *["mvn", "-q", "-B", "-f", os.path.join(self.base, "pom.xml")],
                    *["dependency:copy-dependencies", f"-DoutputDirectory={jars}"],
                )
                meter.run(
                    *[os.path.join(home, "bin", "javac"), "-proc:none", "-d", self.made],
                    *["-cp", os.path.join(jars, "*")],
                    os.path.join(self.base, "CryptomatorPeer.java"),
                )
        except StepFailed as failed:
            raise Unavailable(f"cryptofs could not be fetched: {failed}") from failed
        self.passphrase_file = secret_file(PASSPHRASE + "\n")

    def version(self):
        with open(os.path.join(self.base, "pom.xml"), encoding="utf-8") as pom:
            found = re.search(r"<artifactId>cryptofs</artifactId>\s*<version>([^<]+)", pom.read())
        return f"cryptofs {found.group(1)} on JDK {self.release}"

    def main(self, meter, verb, store, *paths):
        jars = os.path.join(self.made, "lib", "*")
        meter.run(
            *[self.java, "-cp", self.made + os.pathsep + jars, "CryptomatorPeer"],
            *[verb, os.path.join(store, "vault"), self.passphrase_file, *paths],
        )

    def ready(self, store):
        with Meter() as meter:
            self.main(meter, "create", store)

    def put(self, meter, source, store):
        self.main(meter, "in", store, source, "/" + os.path.basename(source))

    def take(self, meter, name, store, target):
        self.main(meter, "out", store, "/" + name, os.path.join(target, name))


def prepared(tools, only_peers):
    """The tools that can run here; says on stderr which cannot and why."""
    able = []
    missing = {}
    for tool in tools:
        if only_peers and isinstance(tool, Usbguard):
            continue
        try:
            tool.prepare()
            able.append(tool)
        except (Unavailable, StepFailed, OSError, subprocess.CalledProcessError) as reason:
            print(f"not measured: {tool.name}: {reason}", file=sys.stderr)
            missing[tool.name] = str(reason)
    return able, missing
