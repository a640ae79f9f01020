"""A terminal of our own: what a program may write to it, what that leaves switched on, and a shell's job control."""
import errno, fcntl, os, pty, re, select, signal, struct, sys, termios, time

# Whatever is none of these is nothing that a screen of cells needs.
PRIVATE_MODES = {1, 7, 12, 25, 1000, 1002, 1003, 1006, 1034, 1049, 2004, 2026}
TOKEN = re.compile(
    rb"\x1b\[(?P<private>\??)(?P<numbers>[0-9;]*)(?P<final>[@A-HJKLMPSTXZ`abcdefghlmnrstu])"
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b(?P<plain>[=>78DM])|\x1b[()][AB0]"
    rb"|(?P<control>[\x00-\x1f\x7f])")
UNFINISHED = re.compile(rb"\x1b(?:\[\??[0-9;]{0,40}|\][^\x07\x1b]*\x1b?|[()])?$")
HIDDEN = (
    set(range(0x80, 0xA0)) | {0xAD, 0x61C, 0x180E, 0xFEFF} | set(range(0x200B, 0x2010)) | set(range(0x2028, 0x202F))
    | set(range(0x2060, 0x2070)) | set(range(0xFFF9, 0xFFFC)) | set(range(0xE0000, 0xE0100)) | set(range(0xD800, 0xE000)))


class Stream:
    """Reads what a program writes, notes what is strange in it and which modes are on."""

    def __init__(self):
        self.rest, self.text, self.strange, self.modes, self.count = b"", "", [], {}, 0
        self.attributes = False

    def feed(self, data):
        self.count += len(data)
        data = self.rest + data
        cut = UNFINISHED.search(data)
        self.rest = b"" if cut is None else data[cut.start():]
        data = data[: len(data) - len(self.rest)]
        if not self.rest:  # a character that is not whole yet
            for back in range(1, min(4, len(data)) + 1):
                lead = data[-back]
                if lead >= 0xC0 and back < (2 if lead < 0xE0 else 3 if lead < 0xF0 else 4):
                    self.rest, data = data[-back:], data[:-back]
                if lead < 0x80 or lead >= 0xC0:
                    break
        position = 0
        for token in TOKEN.finditer(data):
            self.letters(data[position:token.start()])
            position = token.end()
            self.token(token)
        self.letters(data[position:])

    def token(self, token):
        if token["control"]:
            if token["control"] not in b"\x07\x08\n\r\x0e\x0f":
                self.note(token.string[token.start():token.start() + 20])
        elif token["osc"] is not None:
            if not re.fullmatch(rb"104|2;[^\x00-\x1f]*|52;c;[A-Za-z0-9+/=]*", token["osc"]):
                self.note(token[0])
        elif token["private"] and token["final"] == b"c":  # the cursor's shape on a Linux console
            if token["numbers"] not in (b"0", b"1", b"8"):
                self.note(token[0])
        elif token["private"]:
            for number in token["numbers"].split(b";"):
                if token["final"] not in b"hl" or int(number or 0) not in PRIVATE_MODES:
                    self.note(token[0])
                else:
                    self.modes[int(number)] = token["final"] == b"h"
        elif token["final"] == b"m":
            self.attributes = token["numbers"] not in (b"", b"0")
        elif token["final"] == b"t":  # keeps the window's title aside, and brings it back
            if token["numbers"] not in (b"22;0;0", b"23;0;0", b"22;2", b"23;2"):
                self.note(token[0])
        elif token["final"] and token["final"] in b"cns":
            self.note(token[0])

    def letters(self, data):
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.note(data)
            return
        if "\x1b" in text or any(ord(letter) in HIDDEN for letter in text):
            self.note(data)
        self.text = (self.text + text)[-20000:]

    def note(self, data):
        if len(self.strange) < 20:
            self.strange.append(bytes(data[:120]))

    def left_on(self):
        """What a program has forgotten to switch off."""
        wrong = [f"mode {number}" for number in (1000, 1002, 1003, 1006, 1049, 2004, 2026) if self.modes.get(number)]
        return wrong + (["cursor hidden"] if self.modes.get(25) is False else [])


class Terminal:
    """A pseudo-terminal with a program on it, which a small shell stops and continues as shells do."""

    def __init__(self, words, folder, environment, rows=30, columns=100):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        modes = termios.tcgetattr(self.slave)
        # What is typed too early or too late is neither shown nor obeyed by the kernel.
        modes[3] &= ~(termios.ECHO | termios.ISIG)
        termios.tcsetattr(self.slave, termios.TCSANOW, modes)
        self.before = termios.tcgetattr(self.slave)
        self.stream = Stream()
        told, tell = os.pipe()
        self.shell = os.fork()
        if self.shell == 0:
            try:
                os.close(told)
                os.close(self.master)
                run_shell(self.slave, tell, words, folder, environment)
            finally:
                os._exit(99)
        os.close(tell)
        self.told, self.answer, self.closed, self.code = told, b"", False, None
        os.set_blocking(self.master, False)
        self.program = int(self.line(20) or 0)

    def line(self, seconds):
        """The next line that the small shell has to say, or None."""
        until = time.monotonic() + seconds
        while b"\n" not in self.answer:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.told], [], [], left)[0]:
                return None
            part = os.read(self.told, 100)
            if not part:
                return None
            self.answer += part
        line, self.answer = self.answer.split(b"\n", 1)
        return line.decode()

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drain(self, seconds, limit=1 << 30):
        """Reads for that long, at most so many bytes; how many came."""
        until, count = time.monotonic() + seconds, 0
        while not self.closed and count < limit:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                break
            try:
                data = os.read(self.master, min(65536, limit - count))
            except OSError as error:
                if error.errno == errno.EIO:
                    break
                raise
            self.stream.feed(data)
            count += len(data)
        return count

    def type(self, data):
        """Types what the terminal takes; a program that does not read leaves the rest untyped."""
        position = 0
        while position < len(data) and not self.closed:
            if not select.select([], [self.master], [], 0.05)[1]:
                self.drain(0.01)
                if not select.select([], [self.master], [], 0.2)[1]:
                    return
            try:
                position += os.write(self.master, data[position:position + 512])
            except (BlockingIOError, OSError):
                return
            self.drain(0)

    def finished(self, seconds=0.0):
        """The exit code of the program (negative: the signal that killed it), or None while it runs."""
        until = time.monotonic() + seconds
        while self.code is None:
            word = self.line(0.02)
            if word is not None:
                self.code = int(word)
            elif time.monotonic() >= until:
                break
            else:
                self.drain(0.02)
        return self.code

    def hang_up(self):
        self.closed = True
        os.close(self.master)

    def signal(self, number):
        try:
            os.kill(self.program, number)
        except ProcessLookupError:
            pass

    def restored(self):
        """What is not as it was found; only after the end."""
        self.drain(0.3)
        if self.closed:
            return []
        after = termios.tcgetattr(self.slave)
        modes = [] if after == self.before else [f"modes {self.before[:4]} became {after[:4]}"]
        return modes + self.stream.left_on()

    def end(self):
        if self.code is None:
            self.signal(signal.SIGKILL)
            self.finished(5)
        if not self.closed:
            self.hang_up()
        for descriptor in (self.slave, self.told):
            os.close(descriptor)
        os.waitpid(self.shell, 0)


def run_shell(slave, tell, words, folder, environment):
    """In a session of its own: starts the program in the foreground; what stops is continued."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    ready, go = os.pipe()
    program = os.fork()
    if program == 0:
        for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGTSTP, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.read(ready, 1)
        for descriptor in (0, 1, 2):
            os.dup2(slave, descriptor)
        os.closerange(3, 64)
        os.chdir(folder)
        os.execve(words[0], words, environment)
    os.setpgid(program, program)
    os.tcsetpgrp(slave, program)
    os.write(go, b"x")
    os.write(tell, b"%d\n" % program)
    while True:
        _, status = os.waitpid(program, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
            os.write(tell, b"%d\n" % code)
            os._exit(0)
        try:
            os.tcsetpgrp(slave, os.getpgrp())
            time.sleep(0.05)
            os.tcsetpgrp(slave, program)
        except OSError:
            pass
        os.kill(-program, signal.SIGCONT)
