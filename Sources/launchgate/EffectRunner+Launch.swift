internal import Checklist
internal import Evidence
internal import Foundation
internal import Gate
internal import Session

extension EffectRunner {
  /// Does what is about the launch as a whole: duties, seals, occasions, earlier launches.
  func performOnLaunch(_ effect: Effect) async throws {
    switch effect {
    case .assign(let duty, let to, let person):
      try await write(person) { recorder in
        .assign(try Assign(duty, to: to, under: recorder.workspace.configuration.policy))
      }
    case .reopen(let record, let occasion, let reason, let person):
      try await write(person) { _ in
        .reopen(Reopen(record: record, occasion: occasion, reason: reason))
      }
    case .examine(let path): try examine(path)
    case .carry(let path, let points, let note, let person):
      try await write(person) { recorder in
        let carry = try self.carryOver(path, recorder).carry(note: note)
        guard carry.points == points else {
          throw Problem(
            "what can be carried over is not what was shown", hint: "look again: :carry \(path)")
        }
        return .carry(carry)
      }
    default: break
    }
  }

  private func examine(_ path: String) throws {
    let over = try carryOver(path, LaunchRecorder(workspace: try workspace()))
    let points = try over.carry(note: "").points
    send(.carryFound(path: path, points: points, lines: over.lines(path)))
  }

  /// What of the latest earlier launch of the same subject still holds; nil where there is none, or
  /// it cannot be read.
  func earlierLaunch(_ workspace: Workspace) -> CarryOffer? {
    let own = URL(fileURLWithPath: workspace.evidence.path).standardizedFileURL.path
    let found = EarlierLaunches(workspace.folder, besides: own)
      .first { $0.subject == workspace.configuration.subject }
    guard let found,
      let over = try? CarryOver(
        from: found.evidence, to: workspace.checklist, under: workspace.configuration.policy,
        at: Clock.now)
    else { return nil }
    return CarryOffer(
      name: "\(found.subject) \(found.release)", path: found.path,
      points: over.standings.map(\.point.id),
      lines: over.lines(URL(fileURLWithPath: found.path).lastPathComponent))
  }

  private func carryOver(_ path: String, _ recorder: LaunchRecorder) throws -> CarryOver {
    let checklist = try recorder.current().map { try Gate.evaluate($0, at: Clock.now).checklist }
    return try CarryOver(
      from: try EvidenceUnion.read(path), to: checklist ?? recorder.workspace.checklist,
      under: try recorder.policy(), at: Clock.now)
  }
}

extension Assign {
  /// That duty for a person: by an id of the policy, or as `Name <address>`.
  ///
  /// - Throws: a usage problem where it is neither.
  init(_ duty: String, to: String, under policy: Policy) throws {
    if let person = policy.people.first(where: { $0.id == to }) {
      self.init(duty: duty, id: person.id, name: person.name, email: person.emails.first ?? "")
      return
    }
    guard let open = to.firstIndex(of: "<"), to.hasSuffix(">") else {
      throw Problem(
        "\(to) is no person of the policy", hint: "give 'Name <address>'", code: Status.usage)
    }
    let email = String(to[to.index(after: open)...].dropLast())
    let name = String(to[..<open].reversed().drop { $0 == " " }.reversed())
    self.init(duty: duty, id: email, name: name.isEmpty ? email : name, email: email)
  }
}
