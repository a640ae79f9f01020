"""The power goes right after the acknowledgement: an image of the disk is copied at that moment, and the copy mounted."""
import subprocess

SYSTEMS = {
    "ext4": (["mkfs.ext4", "-q", "-F"], "64M", []),
    "ext2": (["mkfs.ext2", "-q", "-F"], "64M", []),
    "xfs": (["mkfs.xfs", "-q", "-f"], "320M", ["-o", "nouuid"]),
}


def cut(work, make, row, rounds=20):
    for name, (format, size, options) in SYSTEMS.items():
        lost, told = cuts(work / name, make, format, size, options, rounds)
        row(f"power cut right after the acknowledgement, {name}", f"{told} acknowledged, {lost} lost",
            told == rounds and lost == 0)
        # The test has to see what it looks for: without fsync the same loses what was promised.
        lost, told = cuts(work / f"{name}-control", make, format, size, options, 4,
                          ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:retval=0"])
        row(f"the same with fsync taken out, {name}", f"{told} acknowledged, {lost} lost", lost > 0)


def cuts(work, make, format, size, options, rounds, under=()):
    """How many acknowledged sign-offs a mounted copy of the image lacks, and how many there were."""
    image, copy, disk, after = (work / name for name in ("image", "copy", "disk", "after"))
    for folder in (disk, after):
        folder.mkdir(parents=True)
    run("truncate", "-s", size, image)
    run(*format, image)
    run("mount", "-o", "loop", image, disk)
    lost = told = 0
    try:
        launch = make(disk / "launch")
        promised = {launch.sign("first")[1]}
        run("sync")
        for number in range(rounds):
            _, id, said = launch.sign(f"round {number}", under=under)
            # At once, before anything that the kernel does of itself.
            run("cp", "--sparse=always", image, copy)
            assert id, said
            told += 1
            promised.add(id)
            run("mount", "-o", ",".join(["loop", *options[1:]]), copy, after)
            try:
                lost += not promised <= (launch.at(after / "launch").ids() or set())
            finally:
                run("umount", after)
            run("sync")
    finally:
        run("umount", disk)
        run("rm", "-rf", work)
    return lost, told


def run(*words):
    subprocess.run([str(word) for word in words], check=True, capture_output=True)
