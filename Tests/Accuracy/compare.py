"""Prints claim, our verdict and theirs for each server; ends with 1 where a fault of theirs is a pass of ours.

A difference that expected.tsv explains is printed with its reason; no explanation excuses a pass on a fault.
"""
import datetime, os, signal, sys, tempfile
import headers, judges, outside
from gate import ours
from servers import HOST, Servers
from table import Table


def seen(servers, port, probes):
    """Findings by probe, of a server for HTTPS behind the usual name."""
    found = ours(probes, f"https://{HOST}", [HOST, "127.0.0.1"], ca=servers.path("ca.pem"), paths=["/login"],
                 resolve={f"{HOST}:443": f"127.0.0.1:{port}"})
    return {row["probe"]: row for row in found}


GOOD = "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;"
ALL = "ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;"
TLS = {
    "good": (GOOD, {}),
    "old-versions": (f"ssl_protocols TLSv1 TLSv1.1 TLSv1.2; {ALL}", {}),
    "null-and-anonymous": (f"ssl_protocols TLSv1.2; {ALL}", {}),
    "short-key": ("ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM:@SECLEVEL=0;", {"key": "rsa:1024"}),
    "sha1": ("ssl_protocols TLSv1.2; ssl_ciphers ECDHE+AESGCM:@SECLEVEL=0;", {"digest": "sha1"}),
}
SSH = {
    "ssh-sound": ("KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256\nCiphers aes256-gcm@openssh.com\n"
                  "MACs hmac-sha2-256-etm@openssh.com", ("-t", "ed25519")),
    "ssh-default": ("", ("-t", "ed25519")),
    "ssh-old": ("KexAlgorithms +diffie-hellman-group14-sha1\nCiphers +aes128-cbc,3des-cbc\nMACs +hmac-md5", ("-t", "ed25519")),
    "ssh-short-key": ("RequiredRSASize 1024\nHostKeyAlgorithms rsa-sha2-256", ("-t", "rsa", "-b", "1024")),
}
LATER = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%SZ")
TEXTS = {
    "text-good": f"Contact: mailto:a@{HOST}\nExpires: {LATER}\n",
    "text-expired": f"Contact: mailto:a@{HOST}\nExpires: 2020-01-01T00:00:00Z\n",
    "text-no-contact": f"Expires: {LATER}\n",
    "text-two-expires": f"Contact: mailto:a@{HOST}\nExpires: {LATER}\nExpires: {LATER}\n",
    "text-plain-http": f"Contact: http://{HOST}/\nExpires: {LATER}\n",
    "text-no-space": f"Contact:mailto:a@{HOST}\nExpires: {LATER}\n",
    "text-two-languages": f"Contact: mailto:a@{HOST}\nExpires: {LATER}\nPreferred-Languages: en\nPreferred-Languages: de\n",
}


def tls(table, servers):
    for case, (lines, identity) in TLS.items():
        port = servers.nginx(case, lines, **identity)
        found = seen(servers, port, ["{ id: tls.minimum-version }", "{ id: tls.cipher-suites }", "{ id: tls.certificate }"])
        versions, suites = judges.sslscan(port, HOST)
        table.row(case, "tls.minimum-version", found["tls.minimum-version"], "sslscan", versions and versions + suites or suites)
        table.row(case, "tls.cipher-suites", found["tls.cipher-suites"], "sslscan", suites)
        theirs = judges.sslyze(port, "localhost", servers.path("ca.pem"))
        if theirs:
            table.row(case, "tls.minimum-version", found["tls.minimum-version"], "sslyze", theirs["versions"] + theirs["suites"])
            table.row(case, "tls.cipher-suites", found["tls.cipher-suites"], "sslyze", theirs["suites"])
            table.row(case, "tls.certificate", found["tls.certificate"], "sslyze", theirs["certificate"])
            print(f"  suites: ours {found['tls.cipher-suites']['coverage'].get('accepted')}, "
                  f"sslyze {sum(map(len, theirs['accepted'].values()))}")


def ssh(table, servers):
    for case, (lines, key) in SSH.items():
        port = servers.sshd(case, lines, key)
        web = servers.nginx(f"{case}-web", GOOD)
        found = seen(servers, web, [f"{{ id: ssh.server-algorithms, host: 127.0.0.1, port: {port} }}"])
        table.row(case, "ssh.server-algorithms", found["ssh.server-algorithms"], "ssh-audit", judges.ssh_audit(port))


def texts(table, servers):
    for case, text in TEXTS.items():
        quoted = text.replace("\n", "\\n")
        port = servers.nginx(case, GOOD, locations=(
            'location = /.well-known/security.txt { types { } default_type "text/plain; charset=utf-8"; '
            f'return 200 "{quoted}"; }}'))
        found = seen(servers, port, ["{ id: disclosure.security-txt }"])
        table.row(case, "disclosure.security-txt", found["disclosure.security-txt"], "sectxt", judges.sectxt(text))


def main():
    # Whoever ends this script ends the servers and the cable with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    groups = {"tls": tls, "ssh": ssh, "texts": texts, "headers": headers.compare, "outside": outside.compare}
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        servers = Servers(folder)
        try:
            for name in [name for name in sys.argv[1:] if name in groups] or groups:
                groups[name](table, servers)
        finally:
            servers.stop()
    print(f"\n{table.rows} verdicts, {table.wrong} differences without an explanation.")
    sys.exit(1 if table.wrong else 0)


main()
