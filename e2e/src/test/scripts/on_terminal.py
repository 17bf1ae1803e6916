"""Runs a program on a terminal of its own and types answers when their prompts appear.

Reads lines PROMPT<TAB>ANSWER from standard input; writes what the terminal showed to standard
output; ends with the program's exit code (128 + signal if a signal ended it). An answer "^C" is
Ctrl-C. Environment: PTY_STDOUT and PTY_STDERR name files that standard output and standard error go to
instead of the terminal.
"""

import os
import pty
import select
import sys

script = [line.rstrip("\n").split("\t", 1) for line in sys.stdin if line.strip()]
pid, terminal = pty.fork()
if pid == 0:
    for stream, variable in ((1, "PTY_STDOUT"), (2, "PTY_STDERR")):
        target = os.environ.get(variable)
        if target:
            os.dup2(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    os.execvp(sys.argv[1], sys.argv[1:])

shown = b""
seen = 0
while True:
    ready, _, _ = select.select([terminal], [], [], 240)
    if not ready:
        os.kill(pid, 9)
        break
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    shown += data
    while script and (at := shown.find(script[0][0].encode(), seen)) >= 0:
        seen = at + len(script[0][0].encode())
        answer = script.pop(0)[1]
        os.write(terminal, b"\x03" if answer == "^C" else answer.encode() + b"\n")

_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.stdout.buffer.flush()
sys.exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
