"""Repositories with secrets of our own making: each is made up at run time, so that none stands in any file of ours."""
import base64, os, random, subprocess, zlib

SMALL, CAPITAL, DIGIT = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
HEX, WORD = DIGIT + "abcdef", SMALL + CAPITAL + DIGIT
URL64 = WORD + "-_"
chance = random.Random(20261122)


def some(count, alphabet=WORD):
    return "".join(chance.choice(alphabet) for _ in range(count))


def checked(prefix):
    """Thirty characters and their checksum, as GitHub and npm put it."""
    body = some(30)
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = (DIGIT + CAPITAL + SMALL)[digit] + digits
    return prefix + body + digits


def encoded(text):
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def web_token():
    def part(text):
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f'{part(chr(123) + chr(34) + "alg" + chr(34) + ":" + chr(34) + "HS256" + chr(34) + chr(125))}.' \
        f'{part(chr(123) + chr(34) + "sub" + chr(34) + ":" + chr(34) + "ops-" + some(6, DIGIT) + chr(34) + chr(125))}.{some(43, URL64)}'


def private_key(bits=2048):
    return subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], check=True, capture_output=True, text=True).stdout


def public_key():
    key = subprocess.run(["openssl", "genrsa", "2048"], check=True, capture_output=True, text=True).stdout
    return subprocess.run(["openssl", "rsa", "-pubout"], input=key, check=True, capture_output=True, text=True).stdout


def secrets():
    """Forty kinds: name, text of the file."""
    uuid = "-".join(some(n, HEX) for n in (8, 4, 4, 4, 12))
    return [
        ("github", f"GITHUB_TOKEN={checked('gh' + 'p_')}\n"),
        ("github-fine", f"token: {'github' + '_pat_'}{some(22)}_{some(59)}\n"),
        ("gitlab", f"GITLAB_TOKEN={'glp' + 'at-'}{some(20)}\n"),
        ("npm", f"//registry.npmjs.org/:_authToken={checked('np' + 'm_')}\n"),
        ("pypi", f"password = {'pypi-' + 'AgEIcHlwaS5vcmc'}{some(160, URL64)}\n"),
        ("aws", f"aws_access_key_id = {'AK' + 'IA'}{some(16, CAPITAL + '234567')}\naws_secret_access_key = {some(40, WORD + '+/')}\n"),
        ("google-key", f"MAPS_KEY={'AI' + 'za'}{some(35, URL64)}\n"),
        ("google-oauth", f'{{"client_secret": "{"GOC" + "SPX-"}{some(28, URL64)}"}}\n'),
        ("azure-storage", f"DefaultEndpointsProtocol=https;AccountName=shopfiles;AccountKey={encoded(chance.randbytes(64))};EndpointSuffix=core.windows.net\n"),
        ("azure-client", f"AZURE_CLIENT_SECRET={some(3)}{'8Q' + '~'}{some(34)}\n"),
        ("stripe", f"STRIPE_KEY={'sk_' + 'live_'}{some(24)}\n"),
        ("stripe-restricted", f"STRIPE_RESTRICTED={'rk_' + 'live_'}{some(24)}\n"),
        ("slack-bot", f"SLACK={'xo' + 'xb-'}{some(12, DIGIT)}-{some(12, DIGIT)}-{some(24)}\n"),
        ("slack-webhook", f"hook: https://hooks.slack.com/services/T{some(8, CAPITAL + DIGIT)}/B{some(8, CAPITAL + DIGIT)}/{some(24)}\n"),
        ("discord-webhook", f"hook: https://discord.com/api/webhooks/{some(18, '123456789')}/{some(68)}\n"),
        ("discord-bot", f"bot.run('{encoded('8' + some(17, DIGIT))}.{some(6)}.{some(38, URL64)}')\n"),
        ("telegram", f"TELEGRAM_BOT_TOKEN={some(10, '123456789')}:A{'A'}{some(33, URL64)}\n"),
        ("sendgrid", f"SENDGRID_API_KEY=S{'G.'}{some(22, URL64)}.{some(43, URL64)}\n"),
        ("mailgun", f"MAILGUN_API_KEY={'ke' + 'y-'}{some(32, HEX)}\n"),
        ("mailchimp", f"MAILCHIMP_API_KEY={some(32, HEX)}-us14\n"),
        ("twilio", f"TWILIO_API_KEY={'S' + 'K'}{some(32, HEX)}\nTWILIO_AUTH_TOKEN={some(32, HEX)}\n"),
        ("shopify", f"SHOPIFY_TOKEN={'shp' + 'at_'}{some(32, HEX)}\n"),
        ("square", f"SQUARE_ACCESS_TOKEN={'sq0' + 'atp-'}{some(22, URL64)}\n"),
        ("openai", f"OPENAI_API_KEY={'sk-' + 'proj-'}{some(74, URL64)}{'T3Bl' + 'bkFJ'}{some(74, URL64)}\n"),
        ("anthropic", f"ANTHROPIC_API_KEY={'sk-' + 'ant-api03-'}{some(93, URL64)}AA\n"),
        ("huggingface", f"HF_TOKEN={'hf' + '_'}{some(34, SMALL + CAPITAL)}\n"),
        ("databricks", f"DATABRICKS_TOKEN={'da' + 'pi'}{some(32, HEX)}\n"),
        ("digitalocean", f"DO_TOKEN={'dop' + '_v1_'}{some(64, HEX)}\n"),
        ("doppler", f"DOPPLER_TOKEN={'dp.' + 'pt.'}{some(43)}\n"),
        ("grafana", f"GRAFANA={'gl' + 'sa_'}{some(32)}_{some(8, HEX)}\n"),
        ("vault", f"VAULT_TOKEN={'hv' + 's.'}{some(95, URL64)}\n"),
        ("terraform", f'token = "{some(14)}{".atl" + "asv1."}{some(67, URL64)}"\n'),
        ("postman", f"POSTMAN_KEY={'PM' + 'AK-'}{some(24, HEX)}-{some(34, HEX)}\n"),
        ("newrelic", f"NEW_RELIC_API_KEY={'NR' + 'AK-'}{some(27, CAPITAL + DIGIT)}\n"),
        ("private-key", private_key()),
        ("web-token", f"Authorization: Bearer {web_token()}\n"),
        ("postgres-url", f"DATABASE_URL=postgres://app:{some(16)}@db.shop-internal.net:5432/orders\n"),
        ("redis-url", f"REDIS_URL=redis://:{some(20)}@cache.shop-internal.net:6379/0\n"),
        ("basic-auth-url", f"origin: https://deploy:{some(18)}@git.shop-internal.net/app.git\n"),
        ("django", f"SECRET_KEY = '{some(50, SMALL + DIGIT + '!@#$%^&*(-_=+)')}'\n"),
    ]


def decoys():
    """Twenty-four texts that look like secrets and are none: name, text of the file."""
    token = checked("gh" + "p_")
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    sample = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ." \
        "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
    return [
        ("aws-documentation", "aws_access_key_id = AKIA" + "IOSFODNN7EXAMPLE\n"),
        ("web-token-sample", f"token: {sample}\n"), ("wrong-checksum", f"GITHUB_TOKEN={wrong}\n"),
        ("crossed-out", f"GITHUB_TOKEN=gh{'p_'}{'x' * 36}\n"), ("angle-brackets", "api_key: <your-api-key-goes-here-0001>\n"),
        ("variable", "DATABASE_URL=postgres://${DB_USER}:${DB_PASSWORD}@db.shop-internal.net/orders\n"),
        ("local-url", "DATABASE_URL=postgres://postgres:password@localhost:5432/dev\n"),
        ("environment", "password = os.environ['DB_PASSWORD_2']\n"), ("replace-me", "secret_key: replace-me-with-32-random-bytes\n"),
        ("integrity", f'"integrity": "sha512-{encoded(chance.randbytes(64))}"\n'), ("sha256", f"sha256: {some(64, HEX)}\n"),
        ("revision", f'SRCREV = "{some(40, HEX)}"\n'), ("uuid", "tenant_id: " + "-".join(some(n, HEX) for n in (8, 4, 4, 4, 12)) + "\n"),
        ("public-key", public_key()), ("ssh-public-key", f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ{some(340, WORD + '+/')} ops@host\n"),
        ("publishable", f"STRIPE_PUBLISHABLE_KEY={'pk_' + 'live_'}{some(24)}\n"),
        ("sealed", f"kind: SealedSecret\nspec:\n  encryptedData:\n    password: Ag{some(340, WORD + '+/')}\n"),
        ("sops", f"db_password: ENC[AES256_GCM,data:{encoded(chance.randbytes(18))},iv:{encoded(chance.randbytes(32))},tag:{encoded(chance.randbytes(16))},type:str]\n"),
        ("image", f"background: url(data:image/png;base64,{encoded(b'%cPNG' % 0x89 + chance.randbytes(400))})\n"),
        ("ellipsis", "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----\n"),
        ("path-to-it", "secret_file: /run/secrets/database_password_1\n"), ("workflow", "token: ${{ secrets.DEPLOY_TOKEN_2026 }}\n"),
        ("vault-reference", "password: vault:secret/data/shop#db_password_1\n"), ("css", f".token-{some(12, SMALL)}-{some(12, SMALL)} {{ color: #a1b2c3 }}\n"),
    ]


def git(folder, *arguments, text=None, data=None):
    environment = {
        **os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@shop.test",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@shop.test", "GIT_AUTHOR_DATE": "2026-11-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-11-01T00:00:00Z"}
    answer = subprocess.run(
        ["git", "-C", folder, *arguments], check=True, capture_output=True, env=environment,
        input=data if data is not None else text.encode() if text else None)
    return answer.stdout.decode(errors="replace").strip()


def write(folder, path, content):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def commit(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def plant(folder):
    """Fills a new repository; gives path to name for secrets and decoys, and for each shape what a finding of it names."""
    os.makedirs(folder)
    git(folder, "init", "-q", "-b", "main")
    for number in range(200):
        write(folder, f"src/module{number}.py", f"def step{number}(value):\n    return value * {number} + 1\n")
    commit(folder, "Begin")
    planted, fooled, shapes = {}, {}, {}
    for number, (name, text) in enumerate(secrets()):
        path = f"deploy/service{number}/settings.conf"
        planted[path] = name
        write(folder, path, f"# service {number}\n\n{text}")
    for number, (name, text) in enumerate(decoys()):
        path = f"config/part{number}/values.conf"
        fooled[path] = name
        write(folder, path, f"# part {number}\n\n{text}")
    commit(folder, "Configure")
    # Every other one is deleted again, and lies in the history alone.
    for path in list(planted)[::2]:
        os.unlink(os.path.join(folder, path))
    commit(folder, "Clean up")
    shapes.update(shape(folder))
    return planted, fooled, shapes


def shape(folder):
    """One token for each way in which a secret hides: the place or the token itself is what a finding has to name."""
    made = []

    def token():
        made.append(checked("gh" + "p_"))
        return made[-1]

    def line():
        return f"GITHUB_TOKEN={token()}\n"
    main = git(folder, "rev-parse", "HEAD")
    git(folder, "checkout", "-q", "-b", "side", "HEAD~1")
    write(folder, "src/side.py", "side = 1\n")
    commit(folder, "Side")
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", "--no-commit", "side")
    write(folder, "ops/merged.conf", line())
    commit(folder, "Merge")
    os.unlink(os.path.join(folder, "ops/merged.conf"))
    commit(folder, "Tidy up")
    git(folder, "checkout", "-q", "--detach")
    write(folder, "ops/unreachable.conf", line())
    commit(folder, "Lost")
    git(folder, "checkout", "-q", "main")
    git(folder, "reflog", "expire", "--expire=now", "--all")
    write(folder, "src/module1.py", line())
    git(folder, "stash", "-q")
    git(folder, "commit", "-q", "--allow-empty", "-m", f"Deploy with {token()}")
    message = git(folder, "rev-parse", "HEAD")
    git(folder, "tag", "-a", "v1", "-m", f"Released with {token()}")
    tag = git(folder, "rev-parse", "v1")
    write(folder, "ops/encoded.yaml", f"data:\n  settings: {encoded('# settings' + chr(10) + line())}\n")
    wrapped = encoded("# settings of the shop\n" + "a = 1\n" * 9 + line() + "b = 2\n" * 9)
    write(folder, "ops/wrapped.yaml", "data: |\n" + "".join(f"  {wrapped[at:at + 76]}\n" for at in range(0, len(wrapped), 76)))
    write(folder, "ops/wide.reg", b"\xff\xfe" + line().encode("utf-16-le"))
    write(folder, "ops/markless.ps1", ("# made by a tool\n" + line()).encode("utf-16-le"))
    commit(folder, "Encode")
    write(folder, "ops/untracked.conf", line())
    places = {
        "evil merge": "ops/merged.conf", "unreachable commit": "ops/unreachable.conf", "stash": "src/module1.py",
        "commit message": message[:10], "tag message": tag[:10], "base 64": "ops/encoded.yaml", "wrapped base 64": "ops/wrapped.yaml",
        "UTF-16": "ops/wide.reg", "UTF-16 without a mark": "ops/markless.ps1", "untracked file": "ops/untracked.conf"}
    return {name: (place, secret) for (name, place), secret in zip(places.items(), made)}


def grow(folder, documents, versions, size):
    """A repository of documents x versions blobs of about that many bytes, the same on every machine."""
    words = [some(chance.randint(2, 11), SMALL) for _ in range(4_000)]
    os.makedirs(folder)
    git(folder, "init", "-q", "-b", "main")
    importer = subprocess.Popen(
        ["git", "-C", folder, "fast-import", "--quiet", "--depth=50"], stdin=subprocess.PIPE)
    for document in range(documents):
        lines = []
        while sum(map(len, lines)) < size:
            lines.append((" ".join(chance.choices(words, k=chance.randint(4, 14))) + "\n").encode())
        for version in range(versions):
            for _ in range(chance.randint(1, 6)):
                lines[chance.randrange(len(lines))] = (" ".join(chance.choices(words, k=9)) + "\n").encode()
            text = b"".join(lines)
            mark = document * versions + version + 1
            importer.stdin.write(b"blob\nmark :%d\ndata %d\n%s\n" % (mark, len(text), text))
    for version in range(versions):
        message = b"Version %d\n" % version
        importer.stdin.write(b"commit refs/heads/main\ncommitter A <a@shop.test> %d +0000\ndata %d\n%s" % (1_700_000_000 + version * 60, len(message), message))
        for document in range(documents):
            importer.stdin.write(b"M 100644 :%d docs/part%d/page%d.md\n" % (document * versions + version + 1, document % 40, document))
    importer.stdin.close()
    if importer.wait() != 0:
        raise SystemExit("error: git fast-import failed")
    git(folder, "reset", "-q", "--hard")
