"""Seeds of what programs write and machines hold: (way, variant, content), as ProbesFuzzTools.swift numbers them."""
import base64, json

AUDITS = [
    {"auditReportVersion": 2, "vulnerabilities": {"lodash": {"name": "lodash", "severity": "high", "via": [
        {"source": 1, "url": "https://github.com/advisories/GHSA-p6mc-m468-83gw"}], "range": "<4.17.19"}},
     "metadata": {"vulnerabilities": {"high": 1, "critical": 0}, "dependencies": {"total": 2}}},
    {"advisories": {"1": {"module_name": "a", "severity": "low", "github_advisory_id": "GHSA-1"}},
     "metadata": {"vulnerabilities": {"high": 0, "critical": 0}, "totalDependencies": 9223372036854775807}},
    {"dependencies": [{"name": "flask", "version": "3.0.0", "vulns": [{"id": "PYSEC-1"}]}, {"name": "b", "skip_reason": "x"}], "fixes": []},
    {"results": [{"source": {}, "packages": [{"package": {"name": "a", "version": "1", "ecosystem": "npm:x"}, "groups": [
        {"ids": ["CVE-1"], "max_severity": "9.8"}]}, {"package": {"name": "b", "ecosystem": "PyPI"}, "vulnerabilities": [{"id": "x"}]}]}]},
    {"report_meta": {"packages_found": 9223372036854775807, "vulnerabilities_found": 1}, "scanned_packages": {"A_b.c": {}},
     "vulnerabilities": [{"package_name": "a", "severity": {"cvssv3": {"base_score": 9.1}}, "CVE": "CVE-1"}],
     "ignored_vulnerabilities": [{"vulnerability_id": "1"}]},
    {"database": {"last-updated": "2027-01-14T00:00:00+00:00", "advisory-count": 9}, "lockfile": {"dependency-count": 9},
     "vulnerabilities": {"list": [{"package": {"name": "a", "version": "1"}, "advisory": {"id": "RUSTSEC-1"}}]}, "settings": {"ignore": ["x"]}},
    {"error": {"code": "ENOTFOUND", "summary": "no"}},
]
TRIVY = {
    "SchemaVersion": 2, "CreatedAt": "2027-01-14T00:00:00.000000001+01:00", "ArtifactName": "shop:1", "ArtifactType": "container_image",
    "Metadata": {"OS": {"EOSL": True}, "RepoDigests": ["r.example/shop@sha256:ab"]}, "Results": [
        {"Target": "t", "Class": "os-pkgs", "Type": "debian", "Packages": [{}], "Vulnerabilities": [
            {"PkgName": "a", "InstalledVersion": "1", "VulnerabilityID": "CVE-1", "Severity": "CRITICAL"}]},
        {"Target": "p", "Class": "lang-pkgs", "Type": "npm", "Packages": [{}]},
        {"Target": "s", "Class": "secret", "Secrets": [{"RuleID": "aws"}]}]}
VERSION = {"Version": "0.59.1", "VulnerabilityDB": {"Version": 2, "UpdatedAt": "2027-01-14T00:00:00Z"}}
INSPECT = [{"Id": "4f1c", "Name": "/shop", "Config": {"User": "0:0", "Image": "a@sha256:b", "Env": ["A=b"]}, "HostConfig": {
    "Memory": 1, "Privileged": False, "CapAdd": ["ALL"], "Binds": ["/var/run/docker.sock:/s"]}, "Mounts": [{"Source": "/run/podman.sock"}]}]
LISTING = {"KeyCount": 2, "IsTruncated": False, "Contents": [
    {"Key": "a.dump", "Size": 4611686018427387904, "LastModified": "2027-01-14T00:00:00.000Z"},
    {"Key": "b.dump", "Size": 9, "LastModified": "2027-01-13T00:00:00+00:00"}, {"Key": "c/", "Size": 0, "LastModified": "2026-01-13T00:00:00Z"}]}
NFT = {"nftables": [{"metainfo": {"version": "1"}}, {"chain": {
    "family": "inet", "table": "filter", "name": "input", "type": "filter", "hook": "input", "policy": "drop"}},
    {"rule": {"family": "inet", "table": "filter", "chain": "input", "expr": [
        {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": {"set": [22, {"range": [80, 443]}]}}},
        {"accept": None}]}},
    {"rule": {"family": "inet", "table": "filter", "chain": "input", "expr": [
        {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": {"set": ["established", "related"]}}}, {"jump": {"target": "input"}}]}}]}
DATABASE = {"superuser": False, "attributes": {"CREATEDB": True}, "tls": True, "connection_tls": False, "local": False}
RULES = [{"line": 1, "type": "host", "method": "trust", "error": None}]
IPTABLES = ("-P INPUT DROP\n-N more\n-A INPUT -j more\n-A more -p tcp -m multiport --dports 80,8000:8010 -j ACCEPT\n"
            "-A INPUT ! -s 10.0.0.0/8 -i lo -m conntrack --ctstate NEW,ESTABLISHED -m comment --comment \"a b\" -j REJECT\n-A more -j more\n")
NGINX = ("events {}\nhttp {\n client_max_body_size 999999999999999g;\n upstream app { server 10.0.0.4:8000; server [fd00::5]:80; }\n server {\n"
         " listen 443 ssl; server_name \"shop.example\";\n location ~ ^/a{1,2}$ { proxy_pass http://app; proxy_set_header Host $host;\n"
         " if ($x = 'y') { return 403; } }\n include /etc/nginx/conf.d/*.conf;\n }\n}\n")
SOCKET = ("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
          "   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   0   0 7 1\n")
SOCKET6 = SOCKET.replace("0100007F", "0" * 24 + "01000000")
MACHINES = [
    [f"# configuration file /etc/nginx/nginx.conf:\n{NGINX}\n# configuration file /etc/nginx/conf.d/a.conf:\nclient_max_body_size 1m;\n"],
    [NGINX, "include /etc/nginx/conf.d/*.conf;\n", "include /etc/nginx/conf.d/*.conf;\nproxy_pass http://127.0.0.1:80;\n"],
    ["[Journal]\nStorage=persistent\nMaxRetentionSec=999999999y 1month 2w\n",
     "weekly\nrotate 4\ninclude /etc/logrotate.d\n", "/var/log/a.log \"/var/log/b c\" {\n daily\n rotate 9223372036854775807\n maxage 30\n postrotate\n x\n endscript\n}\n",
     "*.* @@logs.example:6514\naction(type=\"omfwd\"\n target=\"a.example\" port=\"1\")\n",
     "File path: /var/log/journal/x\nHead realtime timestamp: Tue 2026-11-17 09:00:01 UTC (63f)\n", "rsyslogd\n"],
    ["Inst libssl3 [3.0.17-1] (3.0.18-1~deb12u1 Debian-Security:12/oldstable-security [amd64])\nConf libssl3 (x)\n",
     "Origin: Debian\nDate: Sat, 21 Nov 2026 20:09:54 UTC\nValid-Until: Sun, 22 Nov 2026 1:00:00 +0000\n",
     "7f00 r-xp 0 8:1 9 /usr/lib/libssl.so.3 (deleted)\n", "nginx\n", ""],
    ["[DEFAULT]\nenabled = false\n[sshd]\nport = ssh\n", "[sshd]\nenabled: yes # on\n", "Status for the jail: sshd\n|- Filter\n",
     "maxauthtries 6\npersourcepenalties crash:90 authfail:5\n", "fail2ban-server\n"],
    [SOCKET, SOCKET6, SOCKET.replace(" 0A ", " 07 "), "Name:\tnginx\nUid:\t0\t33\t0\t0\n"],
    [SOCKET, SOCKET6, SOCKET.replace(" 0A ", " 07 "), SOCKET6],
    ["21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n24 21 0:41 / /mnt/my\\040disk rw - nfs 10.0.0.5:/export rw\n", "CRYPT-LUKS2-x\n"],
    ["NextElapseUSecRealtime=@1800040000\nLastTriggerUSec=\nId=certbot.timer\nActiveState=active\n\nId=acme.timer\nActiveState=inactive\n",
     "17 3 * * * root certbot renew -q\n", "@daily root lego renew\n", "#!/bin/sh\ndehydrated --cron\n", "cron\n"],
    [json.dumps(NFT), IPTABLES, "-P INPUT ACCEPT\n", "ENABLED=yes\n", "fe80 02 40 20 80 eth0\n20010db8 02 40 00 80 eth0\n"],
]
COMPOSE = ("services:\n  web:\n    image: a\n    privileged: yes\n    cap_add: [ALL]\n    ports: ['127.0.0.1:5432:5432/tcp', '[::1]:80:80', 8000-8010, "
           "{target: 5432, published: \"5433\"}]\n    volumes: ['/:/host', {type: bind, source: /run/docker.sock, target: /s}]\n    user: \"0:0\"\n"
           "    mem_limit: 1g\n    network_mode: host\n    deploy: &d {resources: {limits: {memory: 1.5Gi}}}\n  b: {<<: *d, extends: web, include: [x]}\n")
DEPLOYMENT = ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      securityContext: "
              "{runAsNonRoot: true, runAsUser: 0}\n      containers:\n        - {name: a, image: b, resources: {limits: {memory: 512Mi}}, securityContext: "
              "{privileged: true, capabilities: {add: [SYS_ADMIN]}}}\n      volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\n---\nkind: List\nitems: []\n")
SETTINGS = ("export APP_DEBUG=true # no\nspring.profiles.active: dev\n- name: DEBUG\n  value: \"1\"\nEnvironment=\"A=b c\" NODE_ENV=development\n"
            "web: NODE_ENV=production x\nALLOWED_HOSTS = ['*']\nSENTRY_DSN=https://a@b/1\n\"stripe\": \"sk_test_abc\",\n"
            "$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA\n$2b$12$" + "a" * 53 + "\npbkdf2:sha256:600000$a$b\nscrypt:32768:8:1$a$b\n$scrypt$ln=17,r=8,p=1$a$b\n")
TOKEN = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (
    {"alg": "RS256", "kid": "a"}, {"iat": 1800000000, "exp": 1.8e9, "email": "a"})) + b".AAAA\n"
DOCUMENT = ("# Incident plan #\n\nRoles\n=====\n1. Detection: a\n**Contact**:\n<h2 class=\"x\">Recovery</h2>\n```\n# no\n```\nWords of it.\n== Detect ==\n")
RENOVATE = "{ // a\n extends: ['config:recommended',], /* b */ \"enabled\": true, packageRules: [{a: '\"',},], }\n"
DEPENDABOT = ("version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule: {interval: weekly}\n    open-pull-requests-limit: 0\n")
PNPM = "lockfileVersion: '9.0'\npackages:\n\n  a@1.0.0:\n    deprecated: no longer\n"
NPM_LOCK = '{"lockfileVersion":3,"packages":{"":{},"node_modules/a":{"version":"1","deprecated":"use b"}}}'
COMPOSER = '{"packages":[{"name":"a/b","abandoned":"c/d"}]}'
PYPROJECT = "[project]\ndependencies = [\n  'a>=1', # x\n  \"b[c] == 1.0 ; python_version > '3'\",\n]\n[tool.poetry.dependencies]\nd = { git = \"https://x/y\", rev = \"a\" }\n"
LOG = ("2026-11-22T03:04:05Z INFO login user=a@b.example password=hunter2 card 4111 1111 1111 1111 token=eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abcdefghij\n"
       "Authorization: Bearer sk_live_abcdefghijklmnopqrstuvwx\npassword=***\n")


def greeting():
    """An identification and a packet with the lists of a key exchange."""
    lists = [b"curve25519-sha256,kex-strict-s-v00@openssh.com", b"rsa-sha2-512,ssh-ed25519", b"aes256-gcm@openssh.com", b"aes128-cbc",
             b"hmac-sha2-256", b"hmac-md5", b"none", b"none", b"", b""]
    payload = b"\x14" + bytes(16) + b"".join(len(one).to_bytes(4, "big") + one for one in lists) + bytes(5)
    padding = 4 + (-(len(payload) + 9)) % 8
    packet = (len(payload) + padding + 1).to_bytes(4, "big") + bytes([padding]) + payload + bytes(padding)
    return b"SSH-2.0-OpenSSH_9.2p1\r\n" + packet


def seeds():
    def text(value):
        return value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()

    yield from ((0, 0, text(report)) for report in [*AUDITS, TRIVY])
    yield 0, 0, b"\0".join(map(text, [*AUDITS, TRIVY]))
    yield from ((1, 0, text(report)) for report in (TRIVY, VERSION, INSPECT))
    yield 1, 0, b"\0".join(map(text, (TRIVY, VERSION, INSPECT)))
    yield from ((2, 0, text(listing)) for listing in (LISTING, {"KeyCount": 0}, {"IsTruncated": True, "Contents": []}))
    yield from ((3, 0, text(NFT)), (3, 1, text(IPTABLES)))
    yield 4, 0, text(DATABASE) + b"\0" + text(RULES)
    yield 4, 0, b"postgresql+asyncpg://app:p%40ss@[::1]:5432/shop?sslmode=verify-full&host=/run"
    yield from ((5, number, b"\0".join(map(text, parts))) for number, parts in enumerate(MACHINES))
    for variant, answer in ((0, greeting()), (1, greeting()), (80, greeting()), (2, b"-NOAUTH Authentication required.\r\n"), (2, b"+PONG\r\n"),
                            (3, b"S"), (3, b"N"), (4, greeting()), (4, b"SSH-1.5-x\r\n"),
                            (5, b"\xfftOc\0\0\0\2" + bytes(1023) + b"\1" + bytes(20 + 4 + 4 + 40)), (6, b'{"a":1}'),
                            (255, b"\x16\3\3\0\x0c\x0c\0\0\x08\0\x04\xff\0\0\1\0\0")):
        yield 6, variant, answer
    yield from ((7, 0, text(COMPOSE)), (7, 1, text(DEPLOYMENT)), (8, 0, text(SETTINGS)), (8, 0, TOKEN), (9, 0, text(DOCUMENT)), (11, 0, text(LOG)))
    for variant, config in ((0, DEPENDABOT), (1, RENOVATE), (2, RENOVATE), (3, '{"renovate":{"enabled":false}}'), (0, COMPOSER), (1, NPM_LOCK),
                            (2, NPM_LOCK), (3, PNPM), (10, PYPROJECT), (7, "a==1 --hash=sha256:00\n-r b\nc>1 # x\nd @ git+https://x/y@" + "a" * 40),
                            (12, "[package]\n[dependencies]\na = { version = \"=1.2.3\" }\n"), (13, "gem 'rails', '~> 7'\n")):
        yield 10, variant, text(config)
