public import Checklist

/// What a probe claims, what it needs and what it does.
public struct ProbeManual: Sendable {
  /// What the probe looks at; it decides what has to be configured before it can look.
  public enum Scope: String, Sendable {
    /// A URL of the launch, over the network.
    case target
    /// The git repository and its working tree.
    case repository
    /// The machine on which it runs, if it is one of the target's hosts.
    case host
    /// Files that the configuration names, wherever they lie.
    case files
  }

  /// A parameter that a checklist may give.
  public struct Parameter: Sendable {
    /// The type of a parameter's value.
    public enum Kind: String, Sendable {
      case text
      case integer
      case flag
      case period
      case texts
      case integers
      case codes
      case value
    }

    /// Name as in the checklist.
    public var name: String
    /// Type of its value.
    public var kind: Kind
    /// What it means, with the default.
    public var meaning: String
    /// Which values ask for more, where that can be told; else every change is a loosening.
    public var strictness: Strictness?
    /// Whether the probe cannot look without it.
    public var isRequired: Bool
    /// Whether it changes only what is concluded from what was seen.
    ///
    /// Uses that differ in it alone share what they see: the probe looks through
    /// `SharedObservations`.
    public var isForJudging: Bool

    /// A parameter of that name and type.
    public init(
      _ name: String, _ kind: Kind, _ meaning: String, stricter strictness: Strictness? = nil,
      isRequired: Bool = false, isForJudging: Bool = false
    ) {
      self.name = name
      self.kind = kind
      self.meaning = meaning
      self.strictness = strictness
      self.isRequired = isRequired
      self.isForJudging = isForJudging
    }
  }

  /// The claim as an id: `tls.minimum-version`.
  public var id: String
  /// Increases whenever the judgement changes.
  public var version: Int
  /// The claim as a sentence that is true or false.
  public var claim: String
  /// The standards from which the rule comes, as identifiers.
  public var standards: [String]
  /// What it looks at.
  public var scope: Scope
  /// What is done, and with which limits in time, bytes and count.
  public var method: String
  /// In words, what it sends that a normal visitor would not, and how often at most.
  ///
  /// Nil for a probe that only looks. What sends runs only where the user asked for it by
  /// `--active`.
  public var sends: String?
  /// Whether it may use up what the server grants to one address: it runs last on its host.
  public var exhausts: Bool
  /// Which facts a sign-off relies on.
  public var facts: String
  /// How to fix a failure.
  public var fix: String
  /// A command by which a person sees the same.
  public var reproduce: String
  /// External programs that it runs; with the first argument where it runs no other, such as
  /// `docker save`.
  public var tools: [String]
  /// What a checklist may set.
  public var parameters: [Parameter]
  /// Commands that a person would type and for which this probe stands, such as `curl -I`.
  ///
  /// Where one of `tools` is what a command begins with, that program does the work, else it is
  /// done natively.
  public var standsFor: [String]
  /// What is wrong with parameters that are each of their kind, beyond what the kinds say.
  public var refuse: @Sendable ([String: JSONValue]) -> [ParameterFault] = { _ in [] }
  /// Names under which `--from NAME=FILE` hands it what a tool wrote elsewhere, such as `audit`.
  public var reports: [String]

  /// A manual of these parts.
  public init(
    id: String, version: Int, claim: String, standards: [String], scope: Scope, method: String,
    sends: String? = nil, exhausts: Bool = false, facts: String, fix: String, reproduce: String,
    tools: [String] = [], parameters: [Parameter] = [], standsFor: [String] = [],
    reports: [String] = []
  ) {
    self.id = id
    self.version = version
    self.claim = claim
    self.standards = standards
    self.scope = scope
    self.method = method
    self.sends = sends
    self.exhausts = exhausts
    self.facts = facts
    self.fix = fix
    self.reproduce = reproduce
    self.tools = tools
    self.parameters = parameters
    self.standsFor = standsFor
    self.reports = reports
  }

  /// The same, where a use is refused whose parameters cannot be read so.
  func refusing(
    _ read: @escaping @Sendable ([String: JSONValue]) throws(ParameterFault) -> Void
  ) -> ProbeManual {
    var manual = self
    manual.refuse = { values in
      do throws(ParameterFault) {
        try read(values)
        return []
      } catch {
        return [error]
      }
    }
    return manual
  }

  /// The commands for which it stands, each with the way in which the work is done.
  public var commands: [String] {
    standsFor.map { command in
      let isRun = tools.contains { "\(command) ".hasPrefix("\($0) ") }
      return isRun ? "\(command) (runs \(command.prefix { $0 != " " }))" : "\(command) (native)"
    }
  }
}

/// What is wrong with the parameters of one use of a probe.
public struct ParameterFault: Error, Hashable, Sendable {
  /// Which one; nil where something is missing.
  public var parameter: String?
  /// What is wrong, in one clause.
  public var reason: String
  /// The way out, if there is a plain one.
  public var suggestion: String?
}

extension ProbeManual {
  /// Whether uses that look at the same share in a run what they see.
  var sharesLooks: Bool { parameters.contains(where: \.isForJudging) }

  /// The parameters on which it depends what is looked at.
  func sought(_ parameters: Parameters) -> [String: JSONValue] {
    let judging = Set(self.parameters.filter(\.isForJudging).map(\.name))
    return parameters.values.filter { !judging.contains($0.key) }
  }

  /// What a probe that sends concludes where it was not asked to; nil where it may run.
  func refusal(active: Bool) -> Finding? {
    guard let sends, !active else { return nil }
    return .unknown(
      "it sends \(sends): only with --active",
      hint: "if the owner of the target agrees: launchgate probe --active")
  }
}
