/// What a probe concluded from what it saw.
public struct Finding: Equatable, Sendable {
  /// The five possible conclusions; what could not be observed is never a pass.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Observed, and as it should be.
    case pass
    /// Observed, and not as it should be.
    case fail
    /// Suspects were found that only a person can judge.
    case review
    /// Could not look: tool missing, time-out, shallow clone, parameter not set.
    case unknown
    /// The claim has no object here, such as containers in a repository without any.
    case notApplicable = "not-applicable"

    /// Rank when several findings of one point are combined; the highest counts.
    public var gravity: Int {
      switch self {
      case .fail: 4
      case .unknown: 3
      case .review: 2
      case .pass: 1
      case .notApplicable: 0
      }
    }
  }

  /// What a fail consists of, where a person can accept each part of it by name.
  public struct Faults: Equatable, Sendable {
    /// Names of facts, each of which is one fault; at least one.
    public var facts: [String]
    /// What the finding says once all of them are accepted; never a fail.
    public var rest: Verdict

    /// These faults; nil where there is none, or where the rest fails too.
    public init?(_ facts: [String], rest: Verdict) {
      guard !facts.isEmpty, rest != .fail else { return nil }
      self.facts = facts
      self.rest = rest
    }
  }

  /// One observed part of the claim, such as a single header or port.
  public struct Detail: Equatable, Sendable {
    /// How this part stands.
    public var verdict: Verdict
    /// One line; may hold text from outside, which is sanitised where it is shown.
    public var text: String

    /// A part that stands so.
    public init(_ verdict: Verdict, _ text: String) {
      self.verdict = verdict
      self.text = text
    }
  }

  /// The conclusion.
  public var verdict: Verdict
  /// What happened, in one sentence.
  public var message: String
  /// What to do about it: the fix of a fault, or the way out of an unknown.
  public var hint: String?
  /// The parts, worst or most telling first; at most 200 are kept.
  public var details: [Detail]
  /// Stable facts, without times and counters.
  ///
  /// A change of any of them makes a sign-off lapse that relied on them.
  public var facts: [String: String]
  /// The faults of a fail, where they can be accepted one by one.
  public var faults: Faults?
  /// How much was looked at, such as `paths`, `objects`, `bytes`, `ports`.
  public var coverage: [String: Int]
  /// What was sent and seen, redacted; at most 64 KiB are kept.
  public var transcript: String
  /// A command by which a person sees the same without this tool.
  public var reproduce: String?
  /// From where it was seen.
  public var vantage: Vantage

  /// A finding of these parts.
  public init(
    _ verdict: Verdict, _ message: String, hint: String? = nil, details: [Detail] = [],
    facts: [String: String] = [:], faults: Faults? = nil, coverage: [String: Int] = [:],
    transcript: String = "",
    reproduce: String? = nil, vantage: Vantage = Vantage(host: "", network: .local)
  ) {
    self.verdict = verdict
    self.message = message
    self.hint = hint
    self.details = details
    self.facts = facts
    self.faults = faults
    self.coverage = coverage
    self.transcript = transcript
    self.reproduce = reproduce
    self.vantage = vantage
  }

  /// Could not look, for this reason; the hint says how to make it possible.
  public static func unknown(_ reason: String, hint: String) -> Finding {
    Finding(.unknown, reason, hint: hint)
  }
}

/// From where something was seen.
public struct Vantage: Hashable, Sendable {
  /// What lay between the probe and what it looked at.
  public enum Network: String, Sendable, CaseIterable {
    /// Files, processes or git objects of this machine; no network at all.
    case local
    /// The target is this machine itself.
    case loopback
    /// The target has a private address (RFC 1918, RFC 4193, link-local).
    case privateNetwork = "private"
    /// The target has a public address.
    case internet
  }

  /// The name of the machine on which the probe ran.
  public var host: String
  /// What lay between.
  public var network: Network

  /// A view from that machine over that network.
  public init(host: String, network: Network) {
    self.host = host
    self.network = network
  }
}
