internal import Checklist

/// What an active probe is about to send, and to whom; said before it is sent.
public struct Announcement: Hashable, Sendable {
  /// The probe's id.
  public var probe: String
  /// The target's URL.
  public var target: String
  /// What is sent, and how often at most.
  public var sends: String
  /// The parameters of this use, as `name=value`; secrets are never among them.
  public var parameters: [String]

  /// One line for people.
  public var words: String {
    let with = parameters.isEmpty ? "" : " (\(parameters.joined(separator: ", ")))"
    return "\(probe) sends to \(target): \(sends)\(with)"
  }
}

extension ProbeRunner {
  /// What a run of these jobs sends beyond what a visitor would, in their order; nothing where the
  /// user did not ask for it, nor for a probe that may not run or lacks a parameter or a target.
  public func announcements(_ jobs: [Job]) -> [Announcement] {
    guard context.active else { return [] }
    // A run tells uses apart as the checklist writes them.
    var uses: Set<ProbeReference> = []
    // Of those that share what they see, only the first sends.
    var looks: Set<SharedObservations.Look> = []
    return jobs.map(\.reference).filter { uses.insert($0).inserted }.flatMap { reference in
      guard mayRun(reference), let manual = lookup(reference.id)?.manual,
        let sends = manual.sends,
        let parameters = try? ParameterResolution.resolve(reference.parameters, from: values),
        manual.misfit(parameters.values) == nil
      else { return [Announcement]() }
      let words = manual.sought(parameters).sorted { $0.key < $1.key }.map {
        "\($0.key)=\($0.value.words)"
      }
      return relevantTargets(manual.scope).filter { target in
        !manual.sharesLooks || looks.insert(.init(manual, parameters, of: target)).inserted
      }.compactMap { $0?.url }.map {
        Announcement(probe: manual.id, target: Redaction.url($0), sends: sends, parameters: words)
      }
    }
  }
}

extension JSONValue {
  /// The value in one line for people.
  fileprivate var words: String {
    switch self {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .integer(let number): "\(number)"
    case .string(let text): text
    case .array(let values): values.map(\.words).joined(separator: " ")
    case .object(let members):
      members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.words)" }
        .joined(separator: " ")
    }
  }
}
