import Checklist
import Testing

@testable import Probes

@Suite(.timeLimit(.minutes(1))) struct ErrorsNoInternalsProbeTests {
  static let traces: [(String, String)] = [
    ("Traceback (most recent call last):\n  File \"/app/x.py\"", "Python"),
    ("java.lang.NullPointerException\n\tat x.y(Z.java:12)", "Java"),
    ("at a (/srv/app.js:10:5)\nat b (/srv/b.js:1:2)", "Node.js"),
    ("SyntaxError<br> &nbsp; &nbsp;at JSON.parse (&lt;anonymous&gt;)", "Node.js"),
    ("goroutine 7 [running]:\nmain.main()", "Go"),
    ("ORA-00933: SQL command not properly ended", "Oracle"),
    ("SQLSTATE[42000]: Syntax error", "SQLSTATE"),
    ("You have an error in your SQL syntax; check", "MySQL"),
    ("ERROR: unterminated quoted string at or near \"'\"", "PostgreSQL"),
    ("sqlite3.OperationalError: unrecognized token: \"'\"", "SQLite"),
    ("<title>Werkzeug Debugger</title>", "Werkzeug"),
    ("You're seeing this error because you have <code>DEBUG = True</code>", "Django"),
    ("You&#39;re seeing this error because you have", "Django"),
    ("Whoops, looks like something went wrong.", "Laravel"),
    ("Action Controller: Exception caught", "Rails"),
    ("app/models/a.rb:3:in `x'\napp/models/b.rb:9:in `y'", "Ruby"),
    ("<b>Fatal error</b>: Uncaught", "PHP"),
  ]

  @Test(arguments: traces.indices) func knowsWhatStandsInErrors(_ index: Int) {
    let (body, name) = Self.traces[index]
    let finding = ErrorsNoInternalsProbe.judge([(active("x", 500, body), true)], Parameters())
    #expect(finding.verdict == .fail, "\(body): \(finding.summary)")
    #expect(finding.message.contains(name), "\(finding.message)")
  }

  static let harmless = [
    "<h1>Not found</h1>", "{\"error\":\"bad request\",\"id\":\"4f2a\"}", "Internal Server Error",
    "An error occurred. Please try again later.", "see app.js:1 for help", "oracle", "",
  ]

  @Test(arguments: harmless) func leavesGeneralTextsAlone(_ body: String) {
    let finding = ErrorsNoInternalsProbe.judge([(active("x", 500, body), true)], Parameters())
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test func whatAPageShowsByItselfIsForReview() {
    let trace = "Traceback (most recent call last):"
    let finding = ErrorsNoInternalsProbe.judge(
      [
        (active("/help as it is", 200, trace), false),
        (active("/help with a quote", 404, trace), true),
      ],
      Parameters())
    #expect(finding.verdict == .review)
  }

  @Test func withoutAnErrorNothingIsSeen() {
    let good = ErrorsNoInternalsProbe.judge([(active("x", 200, "fine"), true)], Parameters())
    #expect(good.verdict == .unknown)
    let limited = ErrorsNoInternalsProbe.judge([(active("x", 429, ""), true)], Parameters())
    #expect(limited.verdict == .unknown)
    let silent = ErrorsNoInternalsProbe.judge(
      [(active("x", 404, ""), true), (active("y", failing: .timedOut), true)], Parameters())
    #expect(silent.verdict == .unknown)
  }

  @Test func serverErrorsNeedAServerError() {
    let wanted = Parameters(["kinds": .strings(["server-errors"])])
    let none = ErrorsNoInternalsProbe.judge([(active("x", 404, "no"), true)], wanted)
    #expect(none.verdict == .review)
    let plain = ErrorsNoInternalsProbe.judge([(active("x", 500, "sorry"), true)], wanted)
    #expect(plain.verdict == .pass)
    let wordy = ErrorsNoInternalsProbe.judge([(active("x", 500, "PG::SyntaxError"), true)], wanted)
    #expect(wordy.verdict == .fail)
    let odd = ErrorsNoInternalsProbe.judge([], Parameters(["kinds": .strings(["all"])]))
    #expect(odd.verdict == .unknown)
  }

  @Test(arguments: [true, false]) func provokesARealServer(isBad: Bool) async throws {
    let server = try await CountingServer.start { request in
      guard request.path.hasPrefix("/search") else { return .init(404, "nothing here") }
      if request.path.contains("%27") {
        return isBad ? .init(500, "psycopg2.errors.SyntaxError") : .init(500, "sorry")
      }
      if request.method == "POST" { return .json("{\"error\":\"bad request\"}", 400) }
      return .html("search")
    }
    let probe = ErrorsNoInternalsProbe(parameters: Parameters(["paths": .strings(["/search?q=1"])]))
    let finding = await probe.run(in: try server.context())
    #expect(finding.verdict == (isBad ? .fail : .pass), "\(finding.summary)")
    #expect(server.requests.map(\.method) == ["GET", "GET", "GET", "POST"])
    #expect(server.requests[2].path == "/search?q=1&id=%27%22")
    #expect(!server.requests[3].body.hasSuffix("}"))
  }

  @Test("uses that differ in what they conclude ask once in a run, and are announced once")
  func severalUsesAskOnce() async throws {
    let server = try await CountingServer.start { request in
      request.path.contains("%27") ? .init(500, "psycopg2.errors.SyntaxError") : .init(404, "no")
    }
    let context = try server.context()
    let target = try #require(context.target)
    let runner = ProbeRunner(
      context: context, targets: [target], values: [:], mayRun: { _ in true })
    func job(_ point: String, _ path: String, _ kinds: String...) -> ProbeRunner.Job {
      let parameters: [String: JSONValue] = ["paths": .strings([path]), "kinds": .strings(kinds)]
      return .init(
        point: point, reference: .init(id: "errors.no-internals", parameters: parameters))
    }
    let jobs = [
      job("9.1", "/a", "traces", "debug"), job("9.2", "/a", "server-errors"),
      job("9.3", "/a", "database"),
    ]
    #expect(runner.announcements(jobs).map(\.parameters) == [["paths=/a"]])
    let outcomes = await runner.run(jobs) { _ in }
    #expect(outcomes.map(\.finding.verdict) == [.pass, .fail, .fail])
    #expect(server.requests.count == 4)
    for outcome in outcomes {
      #expect(outcome.finding.coverage["requests"] == 4)
      #expect(outcome.finding.transcript.contains("/a with a quote"))
    }
    let other = [job("9.1", "/b", "traces")]
    #expect(runner.announcements(jobs + other).count == 2)
    _ = await runner.run(jobs + other) { _ in }
    #expect(server.requests.count == 12, "another run and another path look anew")
  }

  @Test("a target of the same URL that is reached or asked otherwise is asked itself")
  func targetsOfOneURL() async throws {
    let server = try await CountingServer.start { request in
      request.path.hasPrefix("/green?") ? .init(500, "psycopg2.errors.Syntax") : .init(404, "no")
    }
    let context = try server.context()
    var (blue, green) = (try #require(context.target), try #require(context.target))
    blue.paths = ["/blue"]
    green.paths = ["/green"]
    let jobs = ["traces", "database"].map { kind in
      ProbeRunner.Job(
        point: kind,
        reference: .init(id: "errors.no-internals", parameters: ["kinds": .strings([kind])]))
    }
    func runner(_ targets: Target...) -> ProbeRunner {
      ProbeRunner(context: context, targets: targets, values: [:], mayRun: { _ in true })
    }
    _ = await runner(blue).run(jobs) { _ in }
    let single = server.requests.count
    let outcomes = await runner(blue, green).run(jobs) { _ in }
    #expect(server.requests.count == 3 * single)
    #expect(outcomes.last?.finding.verdict == .fail)
  }

  @Test("what kept the first use from an answer keeps the others too, and nothing is sent again")
  func anObstacleIsShared() async throws {
    let server = try await CountingServer.start { _ in .init(404, "no") }
    let context = try server.context()
    let target = try #require(context.target)
    let runner = ProbeRunner(
      context: context, targets: [target], values: [:], mayRun: { _ in true })
    let jobs = ["traces", "database"].map { kind in
      ProbeRunner.Job(
        point: kind,
        reference: .init(
          id: "errors.no-internals",
          parameters: [
            "kinds": .strings([kind]), "paths": .strings(["/a", "http://shop.test/b"]),
          ]))
    }
    let outcomes = await runner.run(jobs) { _ in }
    #expect(outcomes.map(\.finding.verdict) == [.unknown, .unknown])
    #expect(outcomes.first?.finding.message == outcomes.last?.finding.message)
    #expect(server.requests.count == 4)
  }

  @Test("a look that was given up is not begun again, and what it saw is taken by nobody")
  func aLookThatWasGivenUp() async throws {
    let observations = SharedObservations()
    let manual = ErrorsNoInternalsProbe.manual
    let first = Task {
      try await observations.once(manual, Parameters(), of: nil) { () async throws(Obstacle) in
        try? await Task.sleep(for: .seconds(60))
        return "a part"
      }
    }
    first.cancel()
    #expect(try await first.value == "a part")
    await #expect(throws: Obstacle.self) {
      _ = try await observations.once(manual, Parameters(), of: nil) {
        () async throws(Obstacle) in "sent again"
      }
    }
  }

  @Test("each target that is asked is announced, though none can be told from another in print")
  func targetsThatReadAlikeAreAnnounced() {
    let urls = ["https://shop.test/?token=1", "https://shop.test/?token=2"]
    let targets = urls.map { Target(url: $0) } + [Target(url: urls[0], paths: ["/green"])]
    let runner = ProbeRunner(
      context: ProbeContext(hostName: "tester", now: .real, active: true),
      targets: targets, values: [:], mayRun: { _ in true })
    let jobs = ["traces", "database"].map { kind in
      ProbeRunner.Job(
        point: kind,
        reference: .init(id: "errors.no-internals", parameters: ["kinds": .strings([kind])]))
    }
    #expect(runner.announcements(jobs).count == 3)
  }
}
