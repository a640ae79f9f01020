"""The whole automatic gate on the example launch, beside the commands by which people look, run one after the other."""
import os, re, shutil, socket, statistics, subprocess, tempfile, time

PROGRAM = os.environ["LAUNCHGATE"]
HERE = os.path.dirname(os.path.abspath(__file__))
JUDGES = os.path.join(HERE, "..", "..", ".build", "outside-judges", "bin")
RUNS = int(os.environ.get("GATE_RUNS", "5"))
HOST = "shop.example"
FAR = {"npm", "pip-audit", "aws"}


def commands(https, http, authority):
    """(name, shell line): those that the guides behind the checklists print, then those that `checklist show` names for the same points."""
    curl = f"curl -sS --cacert {authority} --connect-to {HOST}:443:127.0.0.1:{https} --connect-to {HOST}:80:127.0.0.1:{http}"
    client = f"openssl s_client -connect 127.0.0.1:{https} -servername {HOST} -CAfile {authority} </dev/null 2>/dev/null"
    secret = "SECRET_KEY|API_KEY|TOKEN|DATABASE_URL|STRIPE_SECRET|AWS_SECRET"
    guides = [
        ("curl -I, strict transport", f"{curl} -I https://{HOST} | grep -i strict-transport"),
        ("curl -I, other headers", f"{curl} -I https://{HOST} | grep -Ei 'x-content|x-frame|content-security'"),
        ("curl /login, cookie and headers", f"{curl} -D - -o /dev/null https://{HOST}/login | grep -Ei 'set-cookie|strict-transport|content-security'"),
        ("openssl s_client", client),
        ("nmap -p 5432", "nmap -p 5432 127.0.0.1"),
        ("ss -tulpn", "ss -tulpn"),
        ("ss, databases", "ss -tulpn | grep -E ':5432|:3306|:6379'"),
        ("ufw status verbose", "ufw status verbose"),
        ("git log, *.env", "git log --all --full-history -- '*.env' | head"),
        ("git grep, secrets", f"git grep -nE '({secret})'"),
        ("npm audit --production", "npm audit --production"),
        ("npm audit --audit-level=high", "npm audit --audit-level=high"),
        ("pip-audit", "pip-audit"),
        ("docker images", "docker images"),
        ("redis-cli ping", "redis-cli -h 127.0.0.1 ping"),
        ("psql, select now()", "psql \"${DATABASE_URL:-postgresql://127.0.0.1/postgres?connect_timeout=3}\" -wc 'select now();'"),
        ("nginx -T", "nginx -T"),
        ("systemctl status nginx", "systemctl status nginx --no-pager"),
        ("aws s3 ls", "aws s3 ls s3://backup/"),
    ]
    looks = [
        ("openssl x509 -checkend", f"{client} | openssl x509 -noout -enddate -checkend 1814400"),
        ("curl, plain HTTP", f"{curl} -o /dev/null -D - http://{HOST}/"),
        ("openssl s_client -tls1_1", client.replace("</dev/null", "-tls1_1 -cipher ALL:@SECLEVEL=0 </dev/null")),
        ("sslscan", f"sslscan --no-colour 127.0.0.1:{https}"),
        ("nmap -Pn -p-", "nmap -Pn -p- --open 127.0.0.1"),
        ("sshd -T", "sshd -T | grep -E '^(permitrootlogin|passwordauthentication)'"),
        ("git grep, FROM", "git grep -nEi '^[[:space:]]*FROM ' -- '*Dockerfile*'"),
        ("git check-ignore", "git check-ignore --no-index .env .env.production"),
        ("git log, .env added", "git log --all --diff-filter=A --name-only --format=%h -- ':(glob)**/.env*'"),
        ("gitleaks", "gitleaks git --redact ."),
        ("trufflehog", "trufflehog git \"file://$PWD\" --no-verification"),
        ("git grep, SQL", "git grep -nEi '(select|insert into|update|delete from)[^;]*(\" *\\+|\\$\\{)'"),
        ("git grep, raw HTML", "git grep -nE 'innerHTML|document\\.write|dangerouslySetInnerHTML|v-html'"),
        ("curl, headers of three pages", f"for p in / /login /does-not-exist; do {curl} -o /dev/null -D - https://{HOST}$p; done"),
        ("curl, security.txt", f"{curl} -D - https://{HOST}/.well-known/security.txt"),
        ("find, backups", "find ../operations/backups -type f -size +0 -mmin -1560 -printf '%s %p\\n'"),
        ("grep, logs", "grep -nEi '[a-z0-9._%+-]+@[a-z0-9-]+\\.[a-z]{2,}|\"(password|token|secret|ssn|iban)\"' ../operations/shop.log"),
        ("git log, incident plan", "git log -1 --format='%cs %h %an' -- docs/incident-plan.md"),
    ]
    return guides, looks


def timed(line, folder, environment):
    """Seconds and exit code; what it wanted from a network is part of it."""
    began = time.monotonic()
    try:
        code = subprocess.run(["sh", "-c", line], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, timeout=120).returncode
    except subprocess.TimeoutExpired:
        code = "no end"
    return time.monotonic() - began, code


def program(line):
    words = re.findall(r"^(?:for .*?; do )?([\w.-]+)", line)
    return words[0]


def measured(title, steps, folder, environment):
    """Prints what each of them takes; returns the sum of those that are installed, and of these without the internet."""
    print(f"\n### {title}, one after the other (medians of {RUNS})\n\n| | wall | exit |\n|---|---|---|", flush=True)
    total, near, missing = 0, 0, []
    for name, line in steps:
        if not shutil.which(program(line), path=environment["PATH"]):
            missing.append(name)
            continue
        runs = [timed(line, folder, environment) for _ in range(RUNS)]
        wall = statistics.median(run[0] for run in runs)
        total += wall
        near += 0 if program(line) in FAR else wall
        print(f"| {name} | {wall * 1e3:.0f} ms | {runs[-1][1]} |", flush=True)
    print(f"| all of these | {total * 1e3:.0f} ms | |\n"
          f"| without those that ask the internet | {near * 1e3:.0f} ms | |\n\nNot installed: {', '.join(missing) or 'none'}.", flush=True)
    return total, near


def listening(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)


def main():
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, "HOME": work, "XDG_STATE_HOME": f"{work}/state", "PATH": f"{os.environ['PATH']}:/usr/sbin:{JUDGES}",
                       "PIP_AUDIT_PROGRESS_SPINNER": "off"}
        started = []
        try:
            shop = subprocess.Popen([PROGRAM, "demo", "--serve", "--folder", f"{work}/demo"], env=environment, text=True,
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            started.append(shop)
            folder = shop.stdout.readline().strip()
            if shutil.which("redis-server"):
                started.append(subprocess.Popen(["redis-server", "--bind", "127.0.0.1", "--save", ""], cwd=work, stdout=subprocess.DEVNULL))
                listening(6379)
            with open(f"{folder}/launchgate.yaml") as file:
                text = file.read()
            https, http = (re.search(rf'"{HOST}:{port}": "127.0.0.1:(\d+)"', text)[1] for port in (443, 80))
            guides, looks = commands(https, http, re.search(r'ca: "([^"]+)"', text)[1])

            # A record of an earlier run would make the next one read more.
            ours = f"rm -f *.evidence.json; '{PROGRAM}' probe; '{PROGRAM}' gate"
            runs = [timed(ours, folder, environment) for _ in range(RUNS + 1)][1:]
            wall = statistics.median(run[0] for run in runs)
            print(f"\n### The whole automatic gate on the example (medians of {RUNS})\n\n| | wall | exit |\n|---|---|---|\n"
                  f"| launchgate probe, launchgate gate | {wall * 1e3:.0f} ms | {runs[-1][1]} |", flush=True)
            one = measured("The commands of the guides", guides, folder, environment)
            two = measured("The commands that the checklist names for the same points", looks, folder, environment)
            print(f"\nThe gate takes {wall / one[0]:.2f} of the time of the guides' commands, {wall / two[0]:.2f} of the checklist's, "
                  f"{wall / (one[0] + two[0]):.2f} of both, {wall / (one[1] + two[1]):.2f} without those that ask the internet.", flush=True)
        finally:
            for process in started:
                process.terminate()
                process.wait()


main()
