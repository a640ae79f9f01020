"""The program on a screen: a window of tmux, driven by keys. What is expected is waited for, generously."""
import os, pathlib, re, shlex, subprocess, time


class Screen:
    """A window in which a launch is open; `under` are words before the program, such as strace."""

    def __init__(self, launch, under=(), size=(100, 30), socket=None):
        self.launch = launch
        self.socket = str(socket) if socket else f"{launch.folder.parent}/{launch.folder.name}.tmux"
        self.environment = {**launch.environment, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        # Settings of git that come by the environment are not taken, so this person has a file.
        (pathlib.Path(launch.environment["HOME"]) / ".gitconfig").write_text(
            "[user]\n  name = Mara Lindqvist\n  email = mara@acme.example\n")
        command = shlex.join([*under, launch.launchgate])
        self.tmux("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), f"{command}; echo code=$?.; cat",
                  cwd=launch.folder)
        self.shows("shop 1.0", "Controls")

    def tmux(self, *words, cwd=None):
        done = subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "-u", *words], cwd=cwd,
                              env=self.environment, capture_output=True, text=True, timeout=60)
        return done.stdout

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def shows(self, *texts, pattern="", seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            page = self.tmux("capture-pane", "-p")
            if all(text in page for text in texts) and re.search(pattern, page):
                return page
            if time.monotonic() > deadline:
                raise AssertionError(f"not in {seconds} s: {texts} {pattern}. The screen is:\n{page}")
            time.sleep(0.02)

    def decide(self, note):
        """Collects a decision on the control under the cursor."""
        self.press("s")
        if "[x]" in self.shows("Decide on ", "Note"):
            self.press("Tab")
        else:
            self.press("Space", "BTab", "BTab", "BTab")  # the points have the keys then
        self.type("today")
        self.press("Tab")
        self.type(note)
        self.press("C-s")
        self.shows(" drafted", "Controls")  # a notice of somebody else may have taken the place of ours

    def sign(self, wanted="on disk: ", pattern=""):
        """Signs what was collected, and waits for those words, or that pattern."""
        self.press("S")
        self.shows("one record")
        self.type("1.0")
        self.press("C-s")
        return self.shows(*([] if pattern else [wanted]), pattern=pattern)

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True)
        if os.path.exists(self.socket):
            os.unlink(self.socket)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
