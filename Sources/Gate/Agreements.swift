internal import Checklist
internal import Evidence

/// Who says the same of a point, each person once: a second pair of eyes may be a sign-off of its own.
///
/// Made once for a point, so that judging each of its decisions does not go through all others.
struct Agreements {
  /// What two decisions have to have in common.
  private struct Subject: Hashable {
    var answer: Decision.Answer
    var pointDigest: Digest
    var factsDigest: Digest?

    init(_ decision: Decision) {
      answer = decision.answer
      pointDigest = decision.pointDigest
      factsDigest = decision.factsDigest
    }
  }

  private struct Identity: Hashable {
    var id: String
    var email: String
    var until: CalendarDate?
    /// Fingerprints of the keys that signed it: two names with one key are one pair of eyes.
    var keys: [String]
  }

  /// One person's sign-offs of one subject, up to one day.
  fileprivate struct Voice {
    var signer: Author.Signer
    /// The first of them, for the keys that signed it.
    var origin: Entry
    var until: CalendarDate?
    /// When the last of them ends; nil where one does not end.
    var end: Timestamp?
  }

  private var voices: [Subject: [Voice]] = [:]

  /// Of sign-offs that count; those that have ended, or of something older, stand behind nothing.
  init(_ positives: [Timeline.Said], on point: Point, _ scope: JudgementScope) {
    var places: [Subject: [Identity: Int]] = [:]
    for said in positives {
      let end = scope.end(of: said, on: point)
      guard let signer = said.origin.record.by.person, end.map({ scope.now < $0 }) ?? true,
        !scope.hasMoved(under: said, on: point)
      else { continue }
      let subject = Subject(said.decision)
      let until = said.decision.until
      let identity = Identity(
        id: signer.id, email: signer.email, until: until,
        keys: said.origin.signatures.map(\.key))
      if let place = places[subject]?[identity] {
        let latest = voices[subject]?[place].end.flatMap { old in end.map { max(old, $0) } }
        voices[subject]?[place].end = latest
        continue
      }
      places[subject, default: [:]][identity] = voices[subject]?.count ?? 0
      voices[subject, default: []].append(
        Voice(signer: signer, origin: said.origin, until: until, end: end))
    }
  }

  /// Other people who say the same as that signer, for at least as long, and when each of them ends.
  func others(
    than signer: Author.Signer, of said: Timeline.Said, _ admission: Admission
  ) -> [(signer: Author.Signer, end: Timestamp?)] {
    (voices[Subject(said.decision)] ?? [])
      .filter {
        $0.covers(said.decision.until) && !admission.isSamePerson($0.signer, signer)
          && !admission.hasOnlyKeys(of: said.origin, $0.origin)
      }
      .map { ($0.signer, $0.end) }
  }
}

extension Agreements.Voice {
  /// Whether an accepted risk lasts at least until that day.
  fileprivate func covers(_ day: CalendarDate?) -> Bool {
    guard let until, let day else { return until == day }
    return day <= until
  }
}
