internal import Checklist
internal import Evidence
internal import Foundation
internal import Session

/// Keeps drafts on disk until they are signed: private, one file for each evidence file.
struct DraftStore: Sendable {
  private let path: String

  /// The drafts that belong to that evidence file (XDG base directory specification).
  init(evidence: String, environment: [String: String]) {
    let full = URL(fileURLWithPath: evidence).standardizedFileURL.path
    path = "\(StateFolder.path(environment))/drafts/\(Digest(of: full.utf8).short).json"
  }

  /// What an earlier session left; nothing where the file is missing or not ours.
  func load() -> (drafts: [DecisionDraft], forms: [FormDraft]) {
    guard let data = FileManager.default.contents(atPath: path), data.count < 4 << 20,
      let value = CanonicalText.value(Array(data))
    else { return ([], []) }
    return (
      (value["drafts"]?.array ?? []).compactMap(DecisionDraft.init),
      (value["forms"]?.array ?? []).compactMap(FormDraft.init)
    )
  }

  /// Writes the drafts, or removes the file where there are none.
  ///
  /// - Throws: where they cannot be written; they are still in memory then.
  func save(_ drafts: [DecisionDraft], _ forms: [FormDraft]) throws {
    if drafts.isEmpty && forms.isEmpty {
      try? FileManager.default.removeItem(atPath: path)
      return
    }
    let value: JSONValue = .object([
      "drafts": .array(drafts.map(\.value)), "forms": .array(forms.map(\.value)),
    ])
    try EvidenceFile(path: path).keepPrivately(CanonicalJSON.bytes(value))
  }
}

extension FormDraft {
  fileprivate var value: JSONValue {
    .object([
      "control": .string(control), "answer": .string(answer.rawValue),
      "points": .strings(points), "texts": .object(texts.mapValues(JSONValue.string)),
    ])
  }

  fileprivate init?(_ value: JSONValue) {
    guard let control = value["control"]?.string,
      let answer = value["answer"]?.string.flatMap(Decision.Answer.init)
    else { return nil }
    self.init(
      control: control, answer: answer,
      points: (value["points"]?.array ?? []).compactMap(\.string),
      texts: (value["texts"]?.object ?? [:]).compactMapValues(\.string))
  }
}

extension DecisionDraft {
  fileprivate var value: JSONValue {
    .object(
      [
        "point": .string(point), "answer": .string(answer.rawValue), "note": .string(note),
        "attachments": .strings(attachments), "point-digest": pointDigest.value,
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
      pointDigest: digest, factsDigest: value["facts-digest"]?.string.flatMap(Digest.init))
  }
}
