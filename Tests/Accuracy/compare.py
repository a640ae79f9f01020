"""Prints claim, our verdict and theirs for each server; ends with 1 where a fault of theirs is a pass of ours.

A difference that expected.tsv explains is printed with its reason; no explanation excuses a pass on a fault.
"""
import csv, datetime, json, os, re, subprocess, sys, tempfile
import judges
from servers import FIELDS, HOST, Servers

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "expected.tsv")) as file:
    EXPLAINED = list(csv.DictReader(file, delimiter="\t"))


def ours(folder, port, probes, ssh=None):
    """Findings by probe, of the real program in a folder of its own."""
    with tempfile.TemporaryDirectory() as own:
        points = "".join(
            f'            - {{ id: "1.{n}", text: it holds, how: automatic, bound-to: target, probe: {probe} }}\n'
            for n, probe in enumerate(probes, 1))
        with open(f"{own}/own.yaml", "w") as file:
            file.write('checklist: own\ntitle: Own\nversion: 1\ndomains:\n  - title: N\n    controls:\n      - number: "1"\n        slug: one\n'
                       "        title: One\n        severity: high\n        signers: [lead]\n        why: because\n        fix: do it\n"
                       "        references: [NIST SC-8]\n        points:\n" + points)
        with open(f"{own}/launchgate.yaml", "w") as file:
            file.write(f'launch: {{ subject: s, release: "1", environment: e }}\nchecklist: own.yaml\nevidence: e.json\ntargets:\n'
                       f"  - url: https://{HOST}\n    paths: [/login]\n    ca: {folder}/ca.pem\n    resolve:\n"
                       f'      "{HOST}:443": "127.0.0.1:{port}"\nauthorised: [{HOST}, 127.0.0.1]\n')
        subprocess.run(["git", "init", "-q", own], check=True)
        program = [os.environ["LAUNCHGATE"], "probe", "--json"]
        environment = {**os.environ}
        first = subprocess.run(program, cwd=own, capture_output=True, text=True, env=environment)
        digests = re.search(r'LAUNCHGATE_TRUST="([^"]+)"', first.stderr)
        if digests:
            environment["LAUNCHGATE_TRUST"] = digests[1]
        done = subprocess.run(program, cwd=own, capture_output=True, text=True, env=environment)
        if not done.stdout.strip():
            raise SystemExit(f"error: {done.stderr}")
        return {row["probe"]: row for row in json.loads(done.stdout)}


class Table:
    def __init__(self):
        self.wrong = 0
        print("| server | claim | ours | judge | theirs | |\n|---|---|---|---|---|---|")

    def row(self, case, claim, finding, judge, faults):
        if faults is None:
            return print(f"| {case} | {claim} | {finding['verdict']} | {judge} | not installed | |")
        note, verdict = "", finding["verdict"]
        if faults and verdict == "pass":
            note, self.wrong = "**a pass on a fault**", self.wrong + 1
        elif not faults and verdict == "fail":
            note, self.wrong = "**a fault that they do not see**", self.wrong + 1
        elif faults and verdict != "fail":
            reasons = {row["why ours differs"] for row in EXPLAINED if row["case"] == case and row["claim"] == claim
                       and any(row["word of the judge"] in fault for fault in faults)}
            unexplained = [fault for fault in faults if not any(
                row["case"] == case and row["claim"] == claim and row["word of the judge"] in fault for row in EXPLAINED)]
            note = "; ".join(sorted(reasons)) if not unexplained else "**not explained**"
            self.wrong += bool(unexplained)
        print(f"| {case} | {claim} | {verdict} | {judge} | {', '.join(faults)[:120] or 'nothing'} | {note} |", flush=True)


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


def main():
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        servers = Servers(folder)
        try:
            for case, (lines, identity) in TLS.items():
                port = servers.nginx(case, lines, **identity)
                found = ours(folder, port, ["{ id: tls.minimum-version }", "{ id: tls.cipher-suites }", "{ id: tls.certificate }"])
                versions, suites = judges.sslscan(port, HOST)
                table.row(case, "tls.minimum-version", found["tls.minimum-version"], "sslscan", versions and versions + suites or suites)
                table.row(case, "tls.cipher-suites", found["tls.cipher-suites"], "sslscan", suites)
                theirs = judges.sslyze(port, "localhost", f"{folder}/ca.pem")
                if theirs:
                    table.row(case, "tls.minimum-version", found["tls.minimum-version"], "sslyze", theirs["versions"] + theirs["suites"])
                    table.row(case, "tls.cipher-suites", found["tls.cipher-suites"], "sslyze", theirs["suites"])
                    table.row(case, "tls.certificate", found["tls.certificate"], "sslyze", theirs["certificate"])
                    print(f"  suites: ours {found['tls.cipher-suites']['coverage'].get('accepted')}, "
                          f"sslyze {sum(map(len, theirs['accepted'].values()))}")
            for case, (lines, key) in SSH.items():
                port = servers.sshd(case, lines, key)
                web = servers.nginx(f"{case}-web", GOOD)
                found = ours(folder, web, [f"{{ id: ssh.server-algorithms, host: 127.0.0.1, port: {port} }}"])
                table.row(case, "ssh.server-algorithms", found["ssh.server-algorithms"], "ssh-audit", judges.ssh_audit(port))
            for case, text in TEXTS.items():
                quoted = text.replace("\n", "\\n")
                port = servers.nginx(case, GOOD, locations=(
                    'location = /.well-known/security.txt { types { } default_type "text/plain; charset=utf-8"; '
                    f'return 200 "{quoted}"; }}'))
                found = ours(folder, port, ["{ id: disclosure.security-txt }"])
                table.row(case, "disclosure.security-txt", found["disclosure.security-txt"], "sectxt", judges.sectxt(text))
        finally:
            servers.stop()
    print(f"\n{table.wrong} differences without an explanation.")
    sys.exit(1 if table.wrong else 0)


main()
