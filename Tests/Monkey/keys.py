"""Random input: keys that mean something, keys that mean nothing, and bytes that no keyboard sends.

The digits 4 and 9 are never among them: releases and control numbers that the suite's launches ask for hold one of
them, so that whatever is signed was signed without the confirmation.
"""

NEVER = b"49"
MEANT = [bytes([letter]) for letter in b"RrsSvhcwnofpyaud]D[/?jkgGxJK <>q 12358"] + [
    b"\r", b"\t", b"\x1b", b"\x1b[Z", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1bOA", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F",
    b"\x7f", b"\x08", b"\x13", b"\x0c", b"\x14", b"\x15", b"\x17", b"\x01", b"\x05", b"\x0b", b"\x1bOP", b"\x1a", b"\x03", b"\x00"]
TEXTS = ["n", "y", "seen by hand", "2026-12-31", "../../etc/passwd", "é", "漢字", "👩‍🚀", "e" + "\u0301" * 300, "\u202eabc\u202c",
         "\u200b", "\U0001F1E6" * 9, "\x9b31m", "\ufeff", "\U0010ffff"]


def burst(random):
    """A few inputs of one kind."""
    kind = random.randrange(12)
    if kind <= 5:
        data = b"".join(random.choice(MEANT) for _ in range(random.randrange(1, 30)))
    elif kind == 6:
        data = random.choice(TEXTS).encode() * random.choice((1, 1, 3, 200))
    elif kind == 7:
        data = random.randbytes(random.choice((1, 8, 64, 1024)))
    elif kind == 8:
        data = paste(random)
    elif kind == 9:
        data = b"".join(sequence(random) for _ in range(random.randrange(1, 8)))
    elif kind == 10:
        data = random.choice(MEANT) * random.choice((5, 50, 500))
    else:
        data = b"s" + b"\t" * random.randrange(4) + b" x\t\x13" + random.choice((b"S", b"", b"\x1b")) + b"\t" * random.randrange(5) + b"1\x13"
    never = NEVER if random.randrange(25) == 0 else NEVER + b"q\x03"  # rounds that end at once find little
    return bytes(byte for byte in data if byte not in never)


def paste(random):
    inside = random.choice((
        b"one\rtwo\nthree", b"\x1b[2J\x1b]52;c;eA==\x07", random.randbytes(2000), b"a" * random.choice((10, 100_000)),
        "\u202e\u0000\u0301".encode() * 50))
    return b"\x1b[200~" + inside + random.choice((b"\x1b[201~", b"\x1b[201~", b""))


def sequence(random):
    """What terminals answer and mice say, whole, broken and made up."""
    number = random.choice((0, 1, 2, 31, 255, 65535, 2**31, 2**32 + 1))
    return random.choice((
        b"\x1b[<0;%d;%dM" % (number, number), b"\x1b[<65;1;1M", b"\x1b[<", b"\x1b[M" + random.randbytes(3), b"\x1b[%d~" % number,
        b"\x1b[%d;%du" % (number, number), b"\x1b[%d;%dR" % (number, number), b"\x1b[?1;2c", b"\x1b]11;rgb:0000/0000/0000\x07",
        b"\x1bP1$r0m\x1b\\", b"\x1b[201~", b"\x1b[I", b"\x1b[O", b"\x1b" + random.randbytes(1), b"\x1b[" + b"1;" * 200 + b"A",
        b"\x1bO", b"\xc2", b"\xf0\x9f", b"\xff\xfe", b"\x80" * 10))
