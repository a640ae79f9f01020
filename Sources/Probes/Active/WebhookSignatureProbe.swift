public import Checklist

/// Whether a webhook refuses events that nobody signed.
public struct WebhookSignatureProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "webhook.signature", version: 1,
    claim: "The webhook refuses an event without a valid signature",
    standards: ["ASVS 4.1.5", "NIST SC-8"], scope: .target,
    method: """
      Two POST requests over verified TLS with an event of no known type: without signature, and \
      with a bogus one. 400, 401 and 403 are refusals, a success is none. That a genuine event is \
      accepted and that replays are refused is not seen.
      """,
    sends: "2 POST requests with a made-up event: one unsigned, one with a bogus signature",
    facts: "how both events were answered",
    fix: """
      verify the signature over the raw body with the provider's library before anything else, \
      and refuse old timestamps
      """,
    reproduce: """
      curl -sSi -X POST -H 'Stripe-Signature: t=1,v1=00' -H 'Content-Type: application/json' \
      -d '{}' https://HOST/webhook
      """,
    parameters: [
      .init("path", .text, "path of the webhook", isRequired: true),
      .init("header", .text, "field of the signature (default Stripe-Signature)"),
      .init("bogus", .text, "value of a bogus signature (default in the form of Stripe)"),
      .init("body", .text, "the event (default one of the type launchgate.test)"),
    ])

  private let parameters: Parameters

  /// A probe with these parameters.
  public init(parameters: Parameters) { self.parameters = parameters }

  /// Posts both events and judges the answers.
  public func run(in context: ProbeContext) async -> Finding {
    await ActiveTarget.observe(context, Self.manual, requests: 2) { target throws(Obstacle) in
      guard let path = parameters.text("path") else {
        throw Obstacle("path is not set", hint: "give the path of the webhook")
      }
      let zeros = String(repeating: "0", count: 64)
      let body =
        parameters.text("body")
        ?? #"{"id":"evt_launchgate","object":"event","type":"launchgate.test","data":{}}"#
      let event = HTTPRequest(try target.url(path), method: "POST").with(
        body: body, type: "application/json")
      var signed = event
      signed.fields.append(
        .init(
          name: parameters.text("header") ?? "Stripe-Signature",
          value: parameters.text("bogus") ?? "t=\(context.now.seconds),v1=\(zeros)"))
      return Self.judge([
        await target.ask("without signature", event),
        await target.ask("with a bogus signature", signed),
      ])
    }
  }

  /// Concludes from the answers to both events.
  static func judge(_ answers: [ActiveAnswer]) -> Finding {
    let details = answers.map { answer -> Finding.Detail in
      guard let response = answer.response, answer.obstacle == nil else {
        return .init(.unknown, answer.obstacle ?? answer.label)
      }
      switch response.status {
      case 400, 401, 403:
        return .init(.pass, "an event \(answer.label) is refused (\(response.status))")
      case 200..<300:
        return .init(.fail, "an event \(answer.label) is accepted (\(response.status))")
      case 404, 405, 415, 300..<400:
        return .init(
          .unknown, "an event \(answer.label) gets \(response.status): is the path right?")
      default:
        return .init(.review, "an event \(answer.label) ends in status \(response.status)")
      }
    }
    var finding = Finding.concluded(
      details, good: "events without a valid signature are refused", fix: manual.fix,
      unseen: "correct the path of the webhook, or give a body that it understands",
      doubt: "look into the log and say whether the event was refused for its signature")
    for answer in answers { finding.facts[answer.label] = answer.status.map(String.init) ?? "-" }
    finding.transcript = answers.transcript
    return finding
  }
}
