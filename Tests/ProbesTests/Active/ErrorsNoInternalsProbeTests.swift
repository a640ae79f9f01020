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
}
