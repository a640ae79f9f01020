public import Checklist

/// Whether requests that are too big are refused.
public struct HTTPBodyLimitProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "http.body-limit", version: 1, claim: "A request that is too big is refused with 413",
    standards: ["RFC 9110", "ASVS 4.3.1", "NIST SC-5"], scope: .target,
    method: """
      One POST over verified TLS with a body of zeros, which ends as soon as the server answers. \
      413 is the refusal; any other is for review or tells nothing, because it may stand for the \
      path alone.
      """,
    sends: "one POST of 11 MiB (or size) of zeros",
    facts: "how it was answered",
    fix: """
      set the limit where the body is read first (nginx: client_max_body_size; the framework's \
      own beside it)
      """,
    reproduce: "head -c 11534336 /dev/zero | curl -sSi --data-binary @- https://HOST/path",
    parameters: [
      .init("path", .text, "path that takes a body (default: login: of the target, else /)"),
      .init(
        "size", .integer, "bytes of the body, 1024 to 67108864 (default 11534336)",
        stricter: .lower),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Posts the body and judges the answer.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 1) { target throws(Obstacle) in
      let size = parameters.integer("size") ?? 11 << 20
      guard (1_024...(64 << 20)).contains(size) else {
        throw Obstacle("size is not within 1 KiB and 64 MiB", hint: "correct size")
      }
      let path = parameters.text("path") ?? target.network.configuration.login ?? "/"
      let url = try target.url(path)
      var request = HTTPRequest(url, method: "POST").with(
        body: "", type: "application/octet-stream")
      request.zeros = size
      let answer = await target.ask("a body of \(size) bytes", request)
      var finding = Self.judge(answer)
      finding.reproduce =
        "head -c \(size) /dev/zero | " + target.network.curl("-sSi --data-binary @-", url)
      return finding
    }
  }

  /// Concludes from the answer.
  static func judge(_ answer: ActiveAnswer) -> Finding {
    var finding = conclusion(answer)
    finding.facts = ["answer": answer.status.map(String.init) ?? "none"]
    finding.transcript = [answer].transcript
    return finding
  }

  private static func conclusion(_ answer: ActiveAnswer) -> Finding {
    guard let response = answer.response else {
      if case .failure(.closed) = answer.outcome {
        return Finding(
          .review, "the server closed the connection without an answer",
          hint: "say whether that is its limit; 413 would tell the client")
      }
      return .unknown(answer.obstacle ?? "no answer", hint: answer.hint)
    }
    switch response.status {
    case 413: return Finding(.pass, "\(answer.label) is refused (413)")
    case 200..<300, 302, 303:
      return Finding(
        .review, "\(answer.label) is accepted (\(response.status))",
        hint: "\(manual.fix); or say why bodies of this size are wanted there")
    default:
      return .unknown(
        "\(answer.label) gets \(response.status), which may stand for the path alone",
        hint: "give a path that takes a body in path")
    }
  }
}
