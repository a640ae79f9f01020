"""Real servers on loopback, configured well and badly; each is a process of its own that ends with the script."""
import os, signal, socket, subprocess, time

HOST = "good.test"
FIELDS = """
  add_header Strict-Transport-Security "max-age=31536000" always;
  add_header Content-Security-Policy "default-src 'self'; frame-ancestors 'none'" always;
  add_header X-Content-Type-Options nosniff always;
  add_header X-Frame-Options DENY always;
  add_header Referrer-Policy no-referrer always;
  add_header Permissions-Policy "camera=()" always;
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def command(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"error: {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


def wait_for(port, host="127.0.0.1"):
    for _ in range(100):
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"error: nothing listens on {port}")


class Servers:
    """All that was started; `stop` ends exactly these."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        with open(self.path("openssl.cnf"), "w") as file:
            file.write(
                "openssl_conf=s\n[s]\nssl_conf=l\n[l]\nsystem_default=d\n[d]\nCipherString=ALL:@SECLEVEL=0\nMinProtocol=None\n"
                "[req]\ndistinguished_name=n\n[n]\n[ca]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
                f"[leaf]\nbasicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:{HOST},DNS:localhost\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\nkeyUsage=critical,digitalSignature\n")
        self.environment = {**os.environ, "OPENSSL_CONF": self.path("openssl.cnf")}
        self.openssl("req", "-x509", "-new", "-nodes", "-newkey", "rsa:2048", "-keyout", self.path("ca.key"), "-out",
                     self.path("ca.pem"), "-subj", "/CN=judges", "-days", "60", "-extensions", "ca")

    def path(self, name):
        return os.path.join(self.folder, name)

    def openssl(self, *words):
        configuration = ["-config", self.path("openssl.cnf")] if words[0] == "req" else []
        command("openssl", *words, *configuration, env=self.environment)

    def identity(self, name, key="rsa:2048", digest="sha256", days="60"):
        self.openssl("req", "-new", "-nodes", "-newkey", key, "-keyout", self.path(f"{name}.key"), "-out",
                     self.path(f"{name}.csr"), "-subj", f"/CN={HOST}")
        self.openssl("x509", "-req", "-in", self.path(f"{name}.csr"), "-CA", self.path("ca.pem"), "-CAkey", self.path("ca.key"),
                     "-CAcreateserial", "-out", self.path(f"{name}.pem"), "-days", days, f"-{digest}", "-extfile",
                     self.path("openssl.cnf"), "-extensions", "leaf")

    def nginx(self, name, tls, fields=FIELDS, locations="", plain=lambda port: "", **identity):
        """The port of an nginx with these lines."""
        self.identity(name, **identity)
        port = free_port()
        with open(self.path(f"{name}.conf"), "w") as file:
            file.write(f"""daemon off; master_process off; pid {self.path(name)}.pid; error_log {self.path(name)}.log;
events {{}}
http {{ access_log off; server_tokens off; client_body_temp_path {self.folder}/b; proxy_temp_path {self.folder}/p;
fastcgi_temp_path {self.folder}/f; uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s;
ssl_certificate {self.path(name)}.pem; ssl_certificate_key {self.path(name)}.key;
server {{ listen 127.0.0.1:{port} ssl; server_name {HOST}; {tls} {fields}
{locations} location / {{ return 200 "x"; }} }}
{plain(port)} }}
""")
        self.start(["nginx", "-c", self.path(f"{name}.conf"), "-p", self.folder, "-e", self.path(f"{name}.log")], port)
        return port

    def sshd(self, name, lines, key=("-t", "ed25519")):
        """The port of an sshd with these lines."""
        port = free_port()
        os.makedirs("/run/sshd", exist_ok=True)
        command("ssh-keygen", "-q", "-N", "", "-f", self.path(f"{name}.key"), *key)
        with open(self.path(f"{name}.conf"), "w") as file:
            file.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {self.path(name)}.key\nPidFile none\nUsePAM no\n"
                       f"StrictModes no\n{lines}\n")
        self.start(["/usr/sbin/sshd", "-D", "-f", self.path(f"{name}.conf"), "-E", self.path(f"{name}.log")], port)
        return port

    def pair(self, name, tls, fields, login, http):
        """The ports of an nginx for HTTPS and for HTTP, which sends to it (good), to itself (http) or answers (plain)."""
        plain = free_port()
        answer = {"plain": 'return 200 "x"', "http": f"return 301 http://localhost:{plain}/x"}
        page = f'location = /login {{ {login} return 200 "y"; }}' if login else ""
        port = self.nginx(name, tls, fields, page, plain=lambda port: (
            f"server {{ listen 127.0.0.1:{plain}; "
            f"location / {{ {answer.get(http, f'return 301 https://localhost:{port}$request_uri')}; }} }}"))
        wait_for(plain)
        return port, plain

    def start(self, words, port, host="127.0.0.1"):
        process = subprocess.Popen(
            words, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        wait_for(port, host)
        return process

    def end(self, process):
        """Ends one before the others, and lets it clean up."""
        self.processes.remove(process)
        process.send_signal(signal.SIGINT)
        process.wait()

    def stop(self):
        for process in self.processes:
            process.send_signal(signal.SIGKILL)
            process.wait()
