"""What may be on the disk after a crash, by a file system that promises no more than POSIX.

Until it was synchronised, every write may be missing or torn, and every change of a folder may be missing while a later
one is there; fsync of a file brings its content alone, fsync of a folder its entries (Pillai et al., OSDI 2014).
"""
import collections, itertools, os

import syscalls

CALLS = "openat,creat,write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,ftruncate,truncate,link,linkat,symlink"
Entry = collections.namedtuple("Entry", "folder name file")  # file None: taken away


class Disk:
    """Changes under some folders, in order, with what is already forced to the disk."""

    def __init__(self, tops):
        self.tops = [str(top) for top in tops]
        self.names, self.content = {}, {}
        for top in self.tops:
            self.names[top] = top
            for folder, folders, files in os.walk(top):
                for name in folders:
                    self.names[os.path.join(folder, name)] = os.path.join(folder, name)
                for name in files:
                    path = os.path.join(folder, name)
                    self.names[path] = path
                    with open(path, "rb") as file:
                        self.content[path] = file.read()
        self.start = dict(self.names), dict(self.content)
        self.changes, self.points = [], []  # [what, is durable]; what of it after each call
        self.told, self.told_changes = None, 0

    def is_ours(self, path):
        return any(path == top or path.startswith(top + "/") for top in self.tops)

    def change(self, what):
        self.changes.append([what, False])
        self.points.append([tuple(one) for one in self.changes])

    def enter(self, path, file):
        if file is None:
            self.names.pop(path, None)
        else:
            self.names[path] = file
        return Entry(os.path.dirname(path), os.path.basename(path), file)

    def create(self, path, flags):
        if path not in self.names and "O_CREAT" in flags:
            file = f"{path}#{len(self.changes)}"
            self.content[file] = b""
            self.change((self.enter(path, file),))
        elif "O_TRUNC" in flags and self.content.get(self.names.get(path)):
            self.content[self.names[path]] = b""
            self.change(("data", self.names[path], None))

    def write(self, file, data):
        self.content[file] += data
        self.change(("data", file, data))

    def synchronise(self, file):
        for one in self.changes:
            what = one[0]
            if what[0] == "data":
                one[1] |= what[1] == file
            else:
                one[1] |= any(entry.folder == file for entry in what)
        self.points.append([tuple(one) for one in self.changes])

    def tell(self):
        """From here on the user was told that it is on disk."""
        if self.told is None:
            self.told, self.told_changes = len(self.points), len(self.changes)


def read(disk, log, is_told):
    """Lets the disk live through a log of strace; `is_told(data)` knows the words of acknowledgement."""
    for call in syscalls.of_program(log):
        name, paths = call.name, call.paths
        # What a descriptor stands for is told by the kernel: numbers are used again, copied, and of many threads.
        file = disk.names.get(call.descriptor) if call.descriptor else None
        if name in ("openat", "creat"):
            if disk.is_ours(call.opened):
                disk.create(call.opened, "O_CREAT|O_TRUNC" if name == "creat" else call.words)
        elif name == "write" and file:
            disk.write(file, call.data)
        elif name == "write" and is_told(call.data):
            disk.tell()
        elif name in ("fsync", "fdatasync") and file:
            disk.synchronise(file)
        elif name.startswith("rename") and disk.is_ours(paths[0]):
            moved = disk.names[paths[0]]
            disk.change((disk.enter(paths[0], None), disk.enter(paths[1], moved)))
        elif name in ("unlink", "unlinkat", "rmdir") and disk.is_ours(paths[0]):
            disk.change((disk.enter(paths[0], None),))
        elif name in ("mkdir", "mkdirat") and disk.is_ours(paths[0]):
            disk.change((disk.enter(paths[0], paths[0]),))
        elif name in ("pwrite64", "writev", "ftruncate", "truncate", "link", "linkat", "symlink"):
            assert not file and not any(map(disk.is_ours, paths)), f"not modelled: {name}({call.words[:200]})"


def all_of(disk):
    """Pairs of what may be there (path -> content, None for a folder) and whether it was acknowledged; each pair once."""
    seen = set()
    points = [[]] + disk.points
    for index, changes in enumerate(points):
        is_told = disk.told is not None and index >= disk.told
        loose = [number for number, (_, is_durable) in enumerate(changes) if not is_durable]
        choices = [(0, 1, 2) if changes[number][0][0] == "data" else (0, 2) for number in loose]
        for chosen in itertools.product(*choices):
            state = apply(disk, changes, dict(zip(loose, chosen)))
            key = (frozenset(state.items()), is_told)
            if key not in seen:
                seen.add(key)
                yield state, is_told


def apply(disk, changes, chosen):
    names, content = dict(disk.start[0]), dict(disk.start[1])
    for number, (what, _) in enumerate(changes):
        part = chosen.get(number, 2)
        if part == 0:
            continue
        if what[0] == "data":
            _, file, data = what
            content[file] = b"" if data is None else content.get(file, b"") + (data if part == 2 else data[:len(data) // 2])
            continue
        for entry in what:
            path = os.path.join(entry.folder, entry.name)
            if entry.file is None:
                names.pop(path, None)
            else:
                names[path] = entry.file
    found = {}
    for path, file in names.items():
        # What lies in a folder that is not there is not there either.
        above, reachable = os.path.dirname(path), True
        while disk.is_ours(above) and reachable:
            reachable, above = above in names, os.path.dirname(above)
        if reachable:
            found[path] = None if file == path and file not in disk.start[1] else content.get(file, b"")
    return found
