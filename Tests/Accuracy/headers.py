"""Header fields, cookies, CORS and the redirect of real nginx, beside Mozilla's HTTP Observatory and shcheck."""
import judges
from gate import ours
from servers import FIELDS

TLS = "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;"
# What the Observatory calls a test, and what we claim.
CLAIMS = {
    "content-security-policy": "headers.security, headers: [content-security-policy]",
    "strict-transport-security": "headers.security, headers: [strict-transport-security]",
    "x-content-type-options": "headers.security, headers: [x-content-type-options]",
    "x-frame-options": "headers.security, headers: [x-frame-options]",
    "referrer-policy": "headers.security, headers: [referrer-policy]",
    "cookies": "cookies.flags",
    "cross-origin-resource-sharing": "cors.origins",
    "redirection": "http.redirects-to-https",
}
SHCHECK = {"Content-Security-Policy": 0, "Strict-Transport-Security": 1, "X-Content-Type-Options": 2, "X-Frame-Options": 3,
           "Referrer-Policy": 4}
COOKIE = 'add_header Set-Cookie "sessionid=4f9a1c7e; Path=/; Secure; HttpOnly; SameSite=Lax" always;'
GOOD = FIELDS + COOKIE


def changed(name, value):
    """The good fields with one of another value, or without it."""
    lines = [line for line in GOOD.splitlines() if f"add_header {name} " not in line]
    return "\n".join(lines + ([f'add_header {name} "{value}" always;'] if value else []))


def cookie(text):
    return FIELDS + f'add_header Set-Cookie "{text}" always;'


# Name: fields of the server, and of the page /login where they differ, and what HTTP answers.
CASES = {
    "all-good": (GOOD, None, "good"),
    "lost-in-a-location": (GOOD, "add_header X-Frame-Options DENY;" + COOKIE, "good"),
    "no-fields": ("", None, "good"),
    "csp-absent": (changed("Content-Security-Policy", ""), None, "good"),
    "csp-unsafe-inline": (changed("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"), None, "good"),
    "csp-any-host": (changed("Content-Security-Policy", "default-src https:; frame-ancestors 'none'"), None, "good"),
    "csp-twice": (changed("Content-Security-Policy", "default-src 'self'; default-src *; frame-ancestors 'none'"), None, "good"),
    "hsts-absent": (changed("Strict-Transport-Security", ""), None, "good"),
    "hsts-one-day": (changed("Strict-Transport-Security", "max-age=86400"), None, "good"),
    "hsts-six-months": (changed("Strict-Transport-Security", "max-age=15768000"), None, "good"),
    "hsts-nonsense": (changed("Strict-Transport-Security", "max-age=soon"), None, "good"),
    "nosniff-nonsense": (changed("X-Content-Type-Options", "sniff"), None, "good"),
    "frames-nowhere": (changed("Content-Security-Policy", "default-src 'self'").replace("add_header X-Frame-Options DENY always;", ""), None, "good"),
    "frames-allow-from": (changed("Content-Security-Policy", "default-src 'self'").replace("X-Frame-Options DENY", 'X-Frame-Options "ALLOW-FROM https://a.test"'), None, "good"),
    "referrer-unsafe": (changed("Referrer-Policy", "unsafe-url"), None, "good"),
    "referrer-absent": (changed("Referrer-Policy", ""), None, "good"),
    "cookie-bare": (cookie("sessionid=4f9a1c7e; Path=/"), None, "good"),
    "cookie-script": (cookie("sessionid=4f9a1c7e; Path=/; Secure; SameSite=Lax"), None, "good"),
    "cookie-none": (FIELDS, None, "good"),
    "cors-any": (GOOD + 'add_header Access-Control-Allow-Origin "*" always;', None, "good"),
    "cors-reflected": (GOOD + "add_header Access-Control-Allow-Origin $http_origin always; add_header Access-Control-Allow-Credentials true always;", None, "good"),
    "http-plain": (GOOD, None, "plain"),
    "http-to-http": (GOOD, None, "http"),
}


def compare(table, servers):
    for case, (fields, login, http) in CASES.items():
        port, plain = servers.pair(case, TLS, fields, login, http)
        found = ours(["{ id: " + claim + " }" for claim in CLAIMS.values()], f"https://localhost:{port}", ["localhost"],
                     ca=servers.path("ca.pem"), paths=["/login"], resolve={"localhost:80": f"127.0.0.1:{plain}"})
        pages = [judges.observatory(port, plain, page, servers.path("ca.pem")) for page in ("/", "/login")]
        for name, finding in zip(CLAIMS, found):
            faults = None if None in pages else sorted({page[name]["result"] for page in pages if not page[name]["pass"]})
            table.row(case, name, finding, "observatory", faults)
        missing = [judges.shcheck(port, page) for page in ("/", "/login")]
        for field, place in SHCHECK.items():
            faults = None if None in missing else ["missing"] if any(field in page for page in missing) else []
            table.row(case, list(CLAIMS)[place], found[place], "shcheck", faults)
