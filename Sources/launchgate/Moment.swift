internal import Checklist
internal import Evidence

/// The moment that is judged, and the records that count for it.
enum Moment {
  /// Now with all records, a given time with all records, or `seal`: the time of the last seal
  /// with the records in its past.
  static func of(_ text: String?, in evidence: Evidence) throws -> (Evidence, Timestamp) {
    guard let text else { return (evidence, Clock.now) }
    if text == "seal" {
      let seals = evidence.entries.filter {
        if case .seal = $0.record.body { true } else { false }
      }
      guard let last = evidence.latest(seals, record: \.id).last else {
        throw Problem("there is no seal", hint: "launchgate seal makes one", code: Status.usage)
      }
      return (evidence.restricted(to: [last.id]), last.record.at)
    }
    guard let time = Timestamp(rfc3339: text) else {
      throw Problem(
        "--at has to be a time such as \(Clock.now.rfc3339), or seal", code: Status.usage)
    }
    return (evidence, time)
  }
}
