"""What people and servers may write who mean no good. Each says PWNED, so that a test can see that it arrived."""

SHORT = "PWNED\x1b[31;5;77m\x1b]52;c;UFdORUQ=\x07\x1b]0;PWNED\x07\r\u202eevil\u202c\u200b\u2066\x9b31m\x9d0;PWNED\x9ca\u0301\u0301\u0301\u0301\u0301\u0301"
ALL = [
    SHORT, "PWNED\rall is well", "PWNED\u202egpj.exe\u202c \u2066x\u2069", "PWNED\u200b\u200d\u2060\ufeff\u00ad", "PWNED a" + "\u0301" * 10_000,
    "PWNED\x9b2J\x9d52;c;UFdORUQ=\x9c\x90q\x9c", "PWNED\x07\x08\x0b\x0c\x05\x0e\x0f", "PWNED " + "x" * 100_000,
    "PWNED\u2028\u2029\u0085next", "PWNED\U000e0041\U000e0042\ufff9\ufffb", "PWNED \x1bP+q544e\x1b\\ \x1b[6n \x1b[c \x1b]11;?\x07",
    b"PWNED\xff\xfe\xc0\x80\xed\xa0\x80".decode(errors="surrogateescape")]
