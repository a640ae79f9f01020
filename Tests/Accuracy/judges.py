"""What outside judges say of a server: for each claim, the faults that they name. None where a judge is not installed."""
import json, os, re, shutil, ssl, subprocess, urllib.request, xml.etree.ElementTree as tree

JUDGES = os.environ["JUDGES"]


def output(words, **options):
    return subprocess.run(words, capture_output=True, text=True, timeout=180, **options)


def sslscan(port, host):
    """(versions below 1.2, faults of suites and key)."""
    if not shutil.which("sslscan"):
        return None, None
    done = output(["sslscan", "--xml=-", "--no-colour", f"--sni-name={host}", f"127.0.0.1:{port}"])
    root = tree.fromstring(done.stdout[done.stdout.index("<"):])
    old = [f"{row.get('type')} {row.get('version')}" for row in root.iter("protocol")
           if row.get("enabled") == "1" and (row.get("type") == "ssl" or row.get("version") in ("1.0", "1.1"))]
    weak = {row.get("cipher") for row in root.iter("cipher") if row.get("strength") in ("null", "weak", "anonymous")}
    weak |= {f"group of {row.get('dhebits')} bits" for row in root.iter("cipher") if 0 < int(row.get("dhebits") or 0) < 2048}
    return sorted(old), sorted(weak)


def sslyze(port, host, ca):
    """Faults against Mozilla's intermediate profile, by claim."""
    with_file = os.path.join(os.path.dirname(ca), f"sslyze-{port}.json")
    output([f"{JUDGES}/sslyze", f"{host}:{port}", f"--certinfo_ca_file={ca}", f"--json_out={with_file}"],
           env={**os.environ, "HOSTALIASES": "/dev/null"})
    with open(with_file) as file:
        result = json.load(file)["server_scan_results"][0]["scan_result"]
    if result is None:
        return None
    names = {"ssl_2_0": "ssl 2", "ssl_3_0": "ssl 3", "tls_1_0": "tls 1.0", "tls_1_1": "tls 1.1", "tls_1_2": "tls 1.2", "tls_1_3": "tls 1.3"}
    accepted = {name: [suite["cipher_suite"]["name"] for suite in result[f"{key}_cipher_suites"]["result"]["accepted_cipher_suites"]]
                for key, name in names.items() if result[f"{key}_cipher_suites"]["result"]}
    old = [name for name, suites in accepted.items() if suites and name not in ("tls 1.2", "tls 1.3")]
    broken = [suite for suites in accepted.values() for suite in suites
              if re.search(r"NULL|anon|EXPORT|_DES_|3DES|RC4|RC2", suite)]
    deployment = result["certificate_info"]["result"]["certificate_deployments"][0]
    chain = []
    for check in deployment["path_validation_results"]:
        if check["trust_store"]["name"].startswith("Supplied") and not check["was_validation_successful"]:
            chain.append("not trusted")
    if deployment["received_certificate_chain"][0]["public_key"].get("key_size", 4096) < 2048:
        chain.append("short key")
    if deployment["verified_chain_has_sha1_signature"]:
        chain.append("SHA-1")
    return {"versions": sorted(old), "suites": sorted(set(broken)), "certificate": chain,
            "accepted": {name: sorted(suites) for name, suites in accepted.items() if suites}}


def ssh_audit(port):
    """Names of algorithms that fail, without its opinion on P-curves."""
    done = output([f"{JUDGES}/ssh-audit", "-j", "--skip-rate-test", "-p", str(port), "127.0.0.1"])
    result = json.loads(done.stdout)
    return sorted({f"{kind} {entry['algorithm']}" for kind in ("kex", "key", "enc", "mac") for entry in result[kind]
                   if entry.get("notes", {}).get("fail")})


def sectxt(text):
    """Codes of the errors in the text of a security.txt."""
    program = "import json,sys; from sectxt import Parser; print(json.dumps([e['code'] for e in Parser(sys.stdin.buffer.read()).errors]))"
    done = output([f"{JUDGES}/python3", "-c", program], input=text)
    return sorted(set(json.loads(done.stdout)))


def observatory(port, plain, page, ca):
    """Mozilla's tests of one page of localhost, by name."""
    program = f"{JUDGES}/httpobs-local-scan"
    if not os.path.exists(program):
        return None
    done = output([program, "--http-port", str(plain), "--https-port", str(port), "--path", page, "--format", "json", "localhost"],
                  env={**os.environ, "REQUESTS_CA_BUNDLE": ca})
    return json.loads(done.stdout)["tests"]


def shcheck(port, page):
    """Names of the header fields that a page lacks."""
    place = f"https://localhost:{port}{page}"
    done = output([f"{JUDGES}/shcheck.py", "-j", "-d", place])
    return json.loads(done.stdout)[place]["missing"]


def nmap(inside, host, ports):
    """The ports that are open."""
    if not shutil.which("nmap"):
        return None
    done = output([*inside, "nmap", "-Pn", "-n", "-sT", "-p", ",".join(map(str, ports)), "-oX", "-", host])
    root = tree.fromstring(done.stdout)
    return [f"{row.get('portid')} open" for row in root.iter("port") if row.find("state").get("state") == "open"]


def redis_cli(inside, host, port):
    """What Redis does for a stranger, and that it can be reached at all."""
    answer = output([*inside, "redis-cli", "-h", host, "-p", str(port), "PING"]).stdout.strip()
    return ["obeys a stranger"] if answer == "PONG" else ["reached from the internet"]


def postgres(inside, host, port):
    """Versions below 1.2, or no TLS at all."""
    if not shutil.which("sslscan"):
        return None
    done = output([*inside, "sslscan", "--xml=-", "--no-colour", "--starttls-psql", "--no-ciphersuites", f"{host}:{port}"])
    root = tree.fromstring(done.stdout[done.stdout.index("<"):])
    versions = {row.get("version") for row in root.iter("protocol") if row.get("enabled") == "1" and row.get("type") == "tls"}
    return [f"tls {version}" for version in sorted(versions - {"1.2", "1.3"})] if versions else ["no TLS"]
