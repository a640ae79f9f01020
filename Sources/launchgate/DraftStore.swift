internal import Checklist
internal import Evidence
internal import Foundation
internal import Session
internal import Synchronization

/// Keeps drafts on disk until they are signed: private, one file for each evidence file.
///
/// Several screens of one user share the file: each replaces only what it wrote or read itself.
final class DraftStore: Sendable {
  private let path: String
  /// What this screen has last read or written.
  private let seen = Mutex(Drafts())

  /// The drafts that belong to that evidence file (XDG base directory specification).
  init(evidence: String, environment: [String: String]) {
    let full = URL(fileURLWithPath: evidence).standardizedFileURL.path
    path = "\(StateFolder.path(environment))/drafts/\(Digest(of: full.utf8).short).json"
  }

  /// What an earlier session left; nothing where the file is missing or not ours.
  func load() -> (drafts: [DecisionDraft], forms: [FormDraft]) {
    let found = Drafts(FileManager.default.contents(atPath: path).map(Array.init))
    seen.withLock { $0 = found }
    return (found.decisions, found.forms)
  }

  /// Writes the drafts beside those of other screens, or removes the file where there are none.
  ///
  /// - Throws: where they cannot be written; they are still in memory then.
  func save(_ drafts: [DecisionDraft], _ forms: [FormDraft]) throws {
    let mine = Drafts(decisions: drafts, forms: forms)
    let file = EvidenceFile(path: path)
    guard !mine.isEmpty || file.exists else { return }
    try seen.withLock { seen in
      try file.keepPrivately { bytes in
        let all = mine.adding(Drafts(bytes).without(seen))
        return all.isEmpty ? nil : CanonicalJSON.bytes(all.value)
      }
      seen = mine
    }
  }
}

/// Decisions that are not signed, and forms that are not filled in wholly.
private struct Drafts: Sendable {
  /// More bytes than notes of the longest kind take for every point of a checklist.
  static let limit = 64 << 20

  var decisions: [DecisionDraft] = []
  var forms: [FormDraft] = []

  init(decisions: [DecisionDraft] = [], forms: [FormDraft] = []) {
    self.decisions = decisions
    self.forms = forms
  }

  /// Those in a file; none where there is no file, or it is not ours.
  init(_ bytes: [UInt8]?) {
    guard let bytes, bytes.count <= Self.limit, let value = CanonicalText.value(bytes)
    else { return }
    decisions = (value["drafts"]?.array ?? []).compactMap(DecisionDraft.init)
    forms = (value["forms"]?.array ?? []).compactMap(FormDraft.init)
  }

  var isEmpty: Bool { decisions.isEmpty && forms.isEmpty }

  var value: JSONValue {
    .object([
      "drafts": .array(decisions.map(\.value)), "forms": .array(forms.map(\.value)),
    ])
  }

  func without(_ known: Drafts) -> Drafts {
    Drafts(
      decisions: decisions.filter { !known.decisions.contains($0) },
      forms: forms.filter { !known.forms.contains($0) })
  }

  /// With those of another screen, except about what is decided here too.
  func adding(_ others: Drafts) -> Drafts {
    let points = Set(decisions.map(\.point))
    let controls = Set(forms.map(\.control))
    return Drafts(
      decisions: decisions + others.decisions.filter { !points.contains($0.point) },
      forms: forms + others.forms.filter { !controls.contains($0.control) })
  }
}

extension FormDraft {
  fileprivate var value: JSONValue {
    .object([
      "control": .string(control), "answer": .string(answer.rawValue),
      "points": .strings(points), "texts": .object(texts.mapValues(JSONValue.string)),
      "accepted": .array(accepted.map(\.value)),
    ])
  }

  fileprivate init?(_ value: JSONValue) {
    guard let control = value["control"]?.string,
      let answer = value["answer"]?.string.flatMap(Decision.Answer.init)
    else { return nil }
    self.init(
      control: control, answer: answer,
      points: (value["points"]?.array ?? []).compactMap(\.string),
      texts: (value["texts"]?.object ?? [:]).compactMapValues(\.string),
      accepted: (value["accepted"]?.array ?? []).compactMap(Decision.Acceptance.init))
  }
}

extension DecisionDraft {
  fileprivate var value: JSONValue {
    .object(
      [
        "point": .string(point), "answer": .string(answer.rawValue), "note": .string(note),
        "attachments": .strings(attachments), "point-digest": pointDigest.value,
        "accepted": .array(accepted.map(\.value)),
      ]
      .adding("performed-on", performedOn.map { .string($0.description) })
      .adding("until", until.map { .string($0.description) })
      .adding("facts-digest", factsDigest?.value))
  }

  fileprivate init?(_ value: JSONValue) {
    guard let point = value["point"]?.string,
      let answer = value["answer"]?.string.flatMap(Decision.Answer.init),
      let note = value["note"]?.string,
      let digest = value["point-digest"]?.string.flatMap(Digest.init)
    else { return nil }
    self.init(
      point: point, answer: answer, note: note,
      performedOn: value["performed-on"]?.string.flatMap(CalendarDate.init),
      until: value["until"]?.string.flatMap(CalendarDate.init),
      attachments: (value["attachments"]?.array ?? []).compactMap(\.string),
      pointDigest: digest, factsDigest: value["facts-digest"]?.string.flatMap(Digest.init),
      accepted: (value["accepted"]?.array ?? []).compactMap(Decision.Acceptance.init))
  }
}

extension Decision.Acceptance {
  fileprivate var value: JSONValue {
    .object(["fact": .string(fact), "rotated": .string(isRotated ? "yes" : "no")])
  }

  fileprivate init?(_ value: JSONValue) {
    guard let fact = value["fact"]?.string, let rotated = value["rotated"]?.string else {
      return nil
    }
    self.init(fact: fact, isRotated: rotated == "yes")
  }
}
