import Checklist
import Testing

@testable import Probes

@Suite struct CodeReviewSuspectsProbeTests {
  private func kinds(_ line: String, _ name: String = "a.js") -> Set<CodeSuspect.Kind> {
    Set(
      (CodeSearch(CodeSuspect.Kind.allCases)
        .sightings(GitPath(name), "\n\(line)\n", deadline: .now + .seconds(60)) ?? []).map(\.kind))
  }

  @Test(arguments: [
    (#"db.query("SELECT * FROM users WHERE id = " + id)"#, CodeSuspect.Kind.sql),
    ("db.query(`SELECT * FROM users WHERE id = ${id}`)", .sql),
    (#"cur.execute(f"SELECT name FROM users WHERE id = {uid}")"#, .sql),
    (#"cur.execute("DELETE FROM users WHERE id = %s" % uid)"#, .sql),
    (#"q = "UPDATE users SET a = '{}'".format(a)"#, .sql),
    (#"$r = mysql_query("SELECT * FROM t WHERE id = $id");"#, .sql),
    (#"fmt.Sprintf("SELECT a FROM t WHERE b = '%s'", b)"#, .sql),
    (#"User.where("name = '#{name}'").raw(x)"#, .sql), ("prisma.$queryRawUnsafe(q)", .sql),
    ("<div dangerouslySetInnerHTML={{__html: x}} />", .html), ("el.innerHTML = note", .html),
    ("el.innerHTML += note", .html), ("<p v-html=\"note\">", .html), ("{{ note|safe }}", .html),
    ("{{ note | safe }}", .html), ("return mark_safe(note)", .html),
    ("<%= note.html_safe %>", .html),
    ("{!! $note !!}", .html), ("{{{note}}}", .html), ("document.write(x)", .html),
    ("{% autoescape off %}", .html), ("{@html note}", .html),
    ("eval(code)", .evaluation), ("x = pickle.loads(data)", .evaluation),
    ("yaml.load(f)", .evaluation),
    ("new Function(body)", .evaluation), ("requests.get(u, verify=False)", .tlsVerification),
    ("{ rejectUnauthorized: false }", .tlsVerification),
    ("InsecureSkipVerify: true,", .tlsVerification),
    ("process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'", .tlsVerification),
    ("jwt.decode(token)", .tokenVerification),
    ("options={\"verify_signature\": False}, jwt", .tokenVerification),
    ("jwt.verify(t, k, { algorithms: ['none'] })", .tokenVerification),
    ("hashlib.md5(password.encode())", .passwordHashing),
    ("const hash = createHash('sha1').update(password)", .passwordHashing),
    ("bcrypt.hash(password, 8)", .passwordHashing), ("const saltRounds = 10", .passwordHashing),
    ("fs.writeFile('up/' + file.originalname)", .fileNames),
    ("res.sendFile(req.query.name)", .fileNames),
    ("subprocess.run(cmd, shell=True)", .shell), ("os.system(cmd)", .shell),
  ])
  func finds(_ line: String, _ kind: CodeSuspect.Kind) {
    #expect(kinds(line).contains(kind), "\(line)")
  }

  @Test(arguments: [
    #"db.query("SELECT * FROM users WHERE id = $1", [id])"#,
    #"cur.execute("SELECT a FROM t WHERE b = %s", (b,))"#, "el.textContent = note",
    "if (el.innerHTML == x)", "// el.innerHTML = note", "# eval(x)", "retrieval(x)", "model.eval()",
    "{{ note }}", "yaml.load(f, Loader=yaml.SafeLoader)", "verify=True", "password = form.password",
    "select an option from the list", "class Passport {", "",
  ])
  func leavesOthersAlone(_ line: String) {
    #expect(kinds(line).isEmpty, "\(line): \(kinds(line))")
  }

  @Test func namesTheLine() {
    let text = "a\nb\neval(x)\nc\neval(y); eval(z)\n"
    let found = CodeSearch([.evaluation])
      .sightings(GitPath("a.py"), text, deadline: .now + .seconds(60))
    #expect(found?.map(\.line) == [3, 5])
  }

  @Test func isNeverAPass() async throws {
    let sandbox = try await GitSandbox()
    let probe = CodeReviewSuspectsProbe(parameters: Parameters())
    #expect(await sandbox.run(probe).verdict == .unknown, "no source at all")
    try sandbox.write("src/a.py", "print(1)\n")
    let clean = await sandbox.run(probe)
    #expect(clean.verdict == .review)
    #expect(clean.message.contains("does not show"))
    try sandbox.write("src/a.py", "eval(x)\n")
    try sandbox.write("node_modules/b.js", "eval(x)\n")
    try sandbox.write("tests/c.py", "eval(x)\n")
    let found = await sandbox.run(probe)
    #expect(found.verdict == .review)
    #expect(found.details.map(\.text) == ["src/a.py:1: code from data"])
    #expect(found.facts != clean.facts)
    try sandbox.write("src/b.py", Array("eval(x)\n".utf8) + [0])
    #expect(await sandbox.run(probe).verdict == .unknown, "a file that is no text")
    let wrong = CodeReviewSuspectsProbe(parameters: Parameters(["suspects": .strings(["xss"])]))
    #expect(await sandbox.run(wrong).verdict == .unknown)
    #expect(await probe.run(in: sandbox.context(folder: sandbox.root)).verdict == .unknown)
  }

  @Test func movingALineChangesNoFactAndAnotherTextDoes() async throws {
    let sandbox = try await GitSandbox()
    let probe = CodeReviewSuspectsProbe(parameters: Parameters())
    try sandbox.write("a.py", "eval(x)\n")
    let first = await sandbox.run(probe).facts
    try sandbox.write("a.py", "\n\n  eval(x)\n")
    #expect(await sandbox.run(probe).facts == first)
    try sandbox.write("a.py", "eval(y)\n")
    #expect(await sandbox.run(probe).facts != first)
  }

  @Test func aLargeRepositoryEndsInTime() async throws {
    let sandbox = try await GitSandbox()
    let line = String(repeating: "select pass jwt eval( ", count: 90_000) + "\n"
    for number in 0..<20 { try sandbox.write("\(number).js", line) }
    let start = ContinuousClock.now
    let finding = await CodeReviewSuspectsProbe(parameters: Parameters())
      .run(in: sandbox.context(timeout: .seconds(2)))
    #expect([.unknown, .review].contains(finding.verdict))
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test func linesThatRulesReadSlowlyEndInTime() async throws {
    let sandbox = try await GitSandbox()
    let line = String(repeating: "\"select x ", count: 190) + "\n"
    try sandbox.write("a.js", String(repeating: line, count: 1_000))
    let start = ContinuousClock.now
    let finding = await CodeReviewSuspectsProbe(
      parameters: Parameters(["suspects": .strings(["sql"])])
    )
    .run(in: sandbox.context(timeout: .seconds(2)))
    #expect([.unknown, .review].contains(finding.verdict))
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test func latinOneIsRead() async throws {
    let sandbox = try await GitSandbox()
    try sandbox.write("a.php", [0xE4, 0x0A] + Array("eval(x)\n".utf8))
    let finding = await sandbox.run(CodeReviewSuspectsProbe(parameters: Parameters()))
    #expect(finding.details.map(\.text) == ["a.php:2: code from data"])
  }
}
