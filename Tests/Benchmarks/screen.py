"""A program on a pseudo-terminal of 100 by 30, and what the kernel counts of it."""
import fcntl, glob, os, pty, select, signal, struct, termios, time

FRAME = b"\x1b[?2026l"


class Screen:
    def __init__(self, command, cwd=None, env=None, rows=30, columns=100):
        self.output = b""
        self.began = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(cwd or ".")
            os.execvpe(command[0], command, {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})})

    def read(self, seconds):
        """What is written within that time; nothing where it stays silent."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            some = os.read(self.terminal, 1 << 16)
        except OSError:
            return b""
        self.output += some
        return some

    def until(self, is_there, seconds=30):
        """Seconds from the start until then."""
        deadline = time.monotonic() + seconds
        while not is_there(self.output):
            if time.monotonic() > deadline:
                raise SystemExit(f"error: in {seconds} s not what was expected, but {self.output[-600:]!r}")
            self.read(0.05)
        return time.monotonic() - self.began

    def quiet(self, seconds=0.5, most=5):
        """Reads until it is silent for that long, or goes on for too long."""
        deadline = time.monotonic() + most
        while time.monotonic() < deadline and self.read(seconds):
            pass

    def press(self, keys):
        os.write(self.terminal, keys)

    def processor(self):
        """Milliseconds of processor time of its own, over all threads, without the programs that it ran."""
        # The clock of another process (clock_getcpuclockid): it counts threads that have ended, too.
        return time.clock_gettime((~self.process << 3) | 2) * 1e3

    def wakes(self):
        """How often each thread was woken, by its number: it went to sleep as often."""
        found = {}
        for path in glob.glob(f"/proc/{self.process}/task/*/status"):
            try:
                with open(path) as file:
                    found[path] = next(int(line.split()[1]) for line in file if line.startswith("voluntary_ctxt_switches:"))
            except OSError:
                pass
        return found

    def memory(self):
        """MiB that are resident now."""
        with open(f"/proc/{self.process}/status") as file:
            return int(next(line for line in file if line.startswith("VmRSS:")).split()[1]) / 1024

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        for _ in range(300):
            self.read(0.01)
            if os.waitpid(self.process, os.WNOHANG)[0]:
                break
        else:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.terminal)
