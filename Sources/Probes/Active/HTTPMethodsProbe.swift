public import Checklist

/// Whether the server answers methods that only give things away.
public struct HTTPMethodsProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "http.methods", version: 1, claim: "The server does not echo requests (TRACE)",
    standards: ["ASVS 13.4.4", "RFC 9110", "NIST CM-7"], scope: .target,
    method: """
      TRACE with a random field, which must not come back, and OPTIONS, of / and of the first \
      two paths of the target over verified TLS; 256 KiB of each body.
      """,
    sends: "at most 6 requests: one OPTIONS and one TRACE for each of up to three paths",
    facts: "the methods that OPTIONS lists, and whether TRACE is echoed",
    fix: "refuse TRACE (Apache: TraceEnable off; nginx refuses it by itself)",
    reproduce: "curl -sSi -X TRACE -H 'X-Launchgate: 1' https://HOST/")

  /// A probe; it has no parameters.
  public init(parameters: Parameters) {}

  /// Sends both methods and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 6) { target throws(Obstacle) in
      let mark = "\(UInt64.random(in: .min ... .max))"
      var looks: [Look] = []
      for (label, path) in target.network.paths.prefix(3) {
        let url = try target.url(path)
        let options = HTTPRequest(url, method: "OPTIONS")
        let trace = HTTPRequest(url, method: "TRACE", fields: [("X-Launchgate", mark)])
        looks.append(
          Look(
            path: label, options: await target.ask("OPTIONS \(label)", options),
            trace: await target.ask("TRACE \(label)", trace)))
      }
      var finding = Self.judge(looks, mark: mark)
      finding.reproduce = target.network.curl(
        "-sSi -X TRACE -H 'X-Launchgate: 1'", target.network.secureURL)
      return finding
    }
  }

  /// What one path answered.
  struct Look: Sendable {
    var path: String
    var options: ActiveAnswer
    var trace: ActiveAnswer
  }

  /// Concludes from all answers: only what comes back shows an echo.
  static func judge(_ looks: [Look], mark: String) -> Finding {
    var facts: [String: String] = [:]
    var details: [Finding.Detail] = []
    for look in looks {
      guard let trace = look.trace.response, look.trace.obstacle == nil else {
        details.append(.init(.unknown, look.trace.obstacle ?? look.path))
        continue
      }
      let isEchoed = trace.text.contains(mark)
      facts["\(look.path) TRACE"] = isEchoed ? "echoed" : "not echoed"
      details.append(
        isEchoed
          ? .init(.fail, "\(look.path): TRACE sends the request back, its secrets included")
          : .init(.pass, "\(look.path): TRACE answers \(trace.status)"))
      guard let options = look.options.response, look.options.obstacle == nil else { continue }
      let methods = methods(of: options)
      facts["\(look.path) methods"] = methods.joined(separator: " ")
      if !isEchoed, let odd = methods.first(where: { ["TRACE", "TRACK", "CONNECT"].contains($0) }) {
        details.append(.init(.review, "\(look.path): OPTIONS offers \(odd)"))
      }
    }
    var finding = Finding.concluded(
      details, good: "TRACE is not echoed", fix: manual.fix,
      unseen: "make the paths answer, or correct paths: of the target",
      doubt: "ask for that method by hand and see what it does")
    finding.facts = facts
    finding.coverage = ["paths": looks.count]
    finding.transcript = looks.flatMap { [$0.options, $0.trace] }.transcript
    return finding
  }

  private static func methods(of response: HTTPResponse) -> [String] {
    let fields = response.values("Allow") + response.values("Access-Control-Allow-Methods")
    let names = fields.flatMap { $0.split(separator: ",") }.map { $0.trimmingSpaces.uppercased() }
    return Set(names.filter { !$0.isEmpty && $0.utf8.count < 32 }).sorted()
  }
}
