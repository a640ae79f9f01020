"""Ports, PostgreSQL and Redis, seen from another host: a network namespace with a cable to this one.

Its addresses are of RFC 5737, so that this host is a stranger on the internet to whoever looks from there.
"""
import glob, os, shutil, socket, subprocess, xml.etree.ElementTree as tree
import judges
from gate import ours
from servers import command, free_port

NAME = f"lgj{os.getpid()}"
HERE, THERE = "198.51.100.1", "198.51.100.2"
INSIDE = ["ip", "netns", "exec", NAME]
PORTS = [5432, 3306, 6379, 9200]


class Cable:
    def __enter__(self):
        command("ip", "netns", "add", NAME)
        command("ip", "link", "add", f"{NAME}a", "type", "veth", "peer", "name", f"{NAME}b", "netns", NAME)
        command("ip", "addr", "add", f"{HERE}/30", "dev", f"{NAME}a")
        command("ip", "link", "set", f"{NAME}a", "up")
        command("ip", "-n", NAME, "addr", "add", f"{THERE}/30", "dev", f"{NAME}b")
        command("ip", "-n", NAME, "link", "set", f"{NAME}b", "up")
        command("ip", "-n", NAME, "link", "set", "lo", "up")
        return self

    def __exit__(self, *_):
        command("ip", "link", "del", f"{NAME}a")
        command("ip", "netns", "del", NAME)


def listen(port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HERE, port))
    listener.listen(64)
    return listener


def ports(table):
    for case, wanted, dropped in (("ports-closed", [], []), ("ports-open", [5432, 6379], []), ("ports-filtered", [], [9200]),
                                  ("ports-open-and-filtered", [3306], [9200, 6379])):
        listeners = [listen(port) for port in [443, *wanted]]
        try:
            if dropped:
                command("nft", "add", "table", "inet", NAME)
                command("nft", "add", "chain", "inet", NAME, "c", "{ type filter hook input priority 0 ; }")
                command("nft", "add", "rule", "inet", NAME, "c", "iifname", f"{NAME}a", "tcp", "dport",
                        "{ " + ", ".join(map(str, dropped)) + " }", "drop")
            finding, = ours([f"{{ id: ports.not-public, ports: {PORTS} }}"], f"https://{HERE}", [HERE], inside=INSIDE)
            table.row(case, "ports.not-public", finding, "nmap", judges.nmap(INSIDE, HERE, PORTS))
        finally:
            for listener in listeners:
                listener.close()
            if dropped:
                command("nft", "delete", "table", "inet", NAME)


def redis(table, servers):
    for case, lines in (("redis-open", ["--protected-mode", "no"]), ("redis-password", ["--requirepass", "long-enough-to-be-one"]),
                        ("redis-protected", ["--protected-mode", "yes"])):
        port = free_port()
        servers.start(["redis-server", "--port", str(port), "--bind", HERE, "--save", "", "--dir", servers.folder, *lines], port, HERE)
        finding, = ours([f"{{ id: redis.authentication, host: {HERE}, port: {port} }}"], f"https://{HERE}", [HERE], active=True,
                        inside=INSIDE)
        table.row(case, "redis.authentication", finding, "redis-cli", judges.redis_cli(INSIDE, HERE, port))


def postgres(table, servers):
    folder = servers.path("pg")
    binaries = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    os.makedirs(folder)
    servers.identity("pg")
    for name in ("pg.key", "pg.pem"):
        shutil.copy(servers.path(name), folder)
    os.chmod(f"{folder}/pg.key", 0o600)
    with open(f"{folder}/password", "w") as file:
        file.write("admin-secret")
    command("chown", "-R", "postgres", folder)
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    command(*user, f"{binaries}/initdb", "-D", f"{folder}/data", "-A", "scram-sha-256", "-U", "admin", "-N",
            f"--pwfile={folder}/password")
    with open(f"{folder}/data/pg_hba.conf", "a") as file:
        file.write(f"host all all {THERE}/32 scram-sha-256\n")
    on = ["-c", "ssl=on", "-c", f"ssl_cert_file={folder}/pg.pem", "-c", f"ssl_key_file={folder}/pg.key"]
    for case, lines in (
            ("postgres-plain", ["-c", "ssl=off"]), ("postgres-good", on),
            ("postgres-old", on + ["-c", "ssl_min_protocol_version=TLSv1", "-c", "ssl_max_protocol_version=TLSv1.1",
                                   "-c", "ssl_ciphers=ALL:@SECLEVEL=0"]),
            ("postgres-any", on + ["-c", "ssl_min_protocol_version=TLSv1", "-c", "ssl_ciphers=ALL:@SECLEVEL=0"])):
        port = free_port()
        process = servers.start([*user, f"{binaries}/postgres", "-D", f"{folder}/data", "-p", str(port), "-k", folder, "-c",
                                 f"listen_addresses={HERE}", "-c", "fsync=off", *lines], port, HERE)
        finding, = ours([f"{{ id: postgres.tls, host: {HERE}, port: {port} }}"], f"https://{HERE}", [HERE], inside=INSIDE)
        table.row(case, "postgres.tls", finding, "sslscan", judges.postgres(INSIDE, HERE, port))
        servers.end(process)


def compare(table, servers):
    with Cable():
        ports(table)
        redis(table, servers)
        postgres(table, servers)
