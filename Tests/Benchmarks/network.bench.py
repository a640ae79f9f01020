"""One server's TLS, headers, cookies, origins and redirect, and 20 ports, beside the tools that people use for them."""
import os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Accuracy"))
from measure import beside, head, row
from servers import HOST, Servers

PROGRAM = os.environ["LAUNCHGATE"]
JUDGES = os.path.join(HERE, "..", "..", ".build", "outside-judges")
RUNS = int(os.environ.get("NETWORK_RUNS", "5"))
PORTS = [21, 23, 1433, 1521, 2375, 2376, 3306, 5432, 5555, 5601, 5672, 6379, 8080, 8081, 9000, 9181, 9200, 11211, 15672, 27017]
PROBES = ["tls.minimum-version", "tls.cipher-suites", "tls.certificate", "http.redirects-to-https", "headers.security",
          "headers.banner", "cookies.flags", "cors.origins"]


def launch(folder, port, probes, authority):
    """A folder in which `probe` looks with exactly these probes."""
    points = "".join(f'            - {{ id: "1.{n}", text: it holds, how: automatic, bound-to: target, probe: {{ {probe} }} }}\n'
                     for n, probe in enumerate(probes, 1))
    with open(f"{folder}/own.yaml", "w") as file:
        file.write('checklist: own\ntitle: Own\nversion: 1\ndomains:\n  - title: N\n    controls:\n      - number: "1"\n        slug: one\n'
                   "        title: One\n        severity: high\n        signers: [lead]\n        why: because\n        fix: do it\n"
                   "        references: [NIST SC-8]\n        points:\n" + points)
    with open(f"{folder}/launchgate.yaml", "w") as file:
        file.write(f'launch: {{ subject: s, release: "1", environment: e }}\nchecklist: own.yaml\nevidence: e.json\ntargets:\n'
                   f"  - url: https://{HOST}\n    paths: [/a, /b, /c, /login]\n    ca: {authority}\n    resolve:\n"
                   f'      "{HOST}:443": "127.0.0.1:{port}"\n      "{HOST}:80": "127.0.0.1:1"\nauthorised: [{HOST}]\n')
    subprocess.run(["git", "init", "-q", folder], check=True)
    said = subprocess.run([PROGRAM, "probe"], cwd=folder, capture_output=True, text=True).stderr
    digests = re.search(r'LAUNCHGATE_TRUST="([^"]+)"', said)
    return {"cwd": folder, "env": {"LAUNCHGATE_TRUST": digests[1] if digests else ""}}


def compare(title, name, options, peers):
    head(title)
    for peer, words, accepted in peers:
        # A record of an earlier run would make the next one read more.
        ours = ["sh", "-c", f"rm -f e.json; exec {PROGRAM} probe --json"]
        # One that takes minutes is run once, and once before that does not count.
        runs = 1 if peer == "testssl" else RUNS
        a, b, ratio = beside(ours, words, runs, ours_options=options, theirs_options={"accepted": accepted})
        row(name, a), row(peer, b, f"ratio of wall times {ratio:.2f}")


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as web, tempfile.TemporaryDirectory() as closed:
        os.chmod(folder, 0o755)
        servers = Servers(folder)
        try:
            port = servers.nginx("good", "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;")
            scan, some = shutil.which("sslscan"), tuple(range(256))
            headers = f"{JUDGES}/bin/shcheck.py"
            peers = []
            if scan and os.path.exists(headers):
                peers.append(("sslscan + shcheck", ["sh", "-c", f"{scan} --no-colour 127.0.0.1:{port}; {headers} -d -j https://127.0.0.1:{port}"], some))
            elif scan:
                peers.append(("sslscan alone", [scan, "--no-colour", f"127.0.0.1:{port}"], some))
            if os.path.exists(f"{JUDGES}/bin/sslyze"):
                peers.append(("sslyze", [f"{JUDGES}/bin/sslyze", f"localhost:{port}"], some))
            if shutil.which("testssl"):
                peers.append(("testssl", ["testssl", "--quiet", "--color", "0", "--warnings", "batch", f"127.0.0.1:{port}"], some))
            compare("One server", "launchgate, verdicts on eight claims",
                    launch(web, port, [f"id: {probe}" for probe in PROBES], f"{folder}/ca.pem"), peers)
            if shutil.which("nmap"):
                listed = ",".join(map(str, PORTS))
                compare("20 ports", "launchgate", launch(closed, port, [f"id: ports.not-public, ports: [{listed}]"], f"{folder}/ca.pem"),
                        [("nmap -sT", ["nmap", "-Pn", "-n", "-sT", "-p", listed, "127.0.0.1"], (0,))])
        finally:
            servers.stop()


main()
