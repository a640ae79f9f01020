import Checklist

/// What to do about each verdict but a pass.
struct WayOut: Sendable {
  var fix: String
  var review: String
  var unknown: String
}

extension Finding {
  /// A conclusion from its parts: the gravest counts, and without any part nothing was seen.
  static func judged(
    _ details: [Detail], pass: String, _ way: WayOut, facts: [String: String] = [:],
    coverage: [String: Int] = [:]
  ) -> Finding {
    let sorted = details.enumerated().sorted {
      ($1.element.verdict.gravity, $0.offset) < ($0.element.verdict.gravity, $1.offset)
    }.map(\.element)
    guard let worst = sorted.first else {
      return .unknown("nothing was looked at", hint: way.unknown)
    }
    let hint: String? =
      switch worst.verdict {
      case .pass, .notApplicable: nil
      case .fail: way.fix
      case .review: way.review
      case .unknown: way.unknown
      }
    return Finding(
      worst.verdict, worst.verdict == .pass ? pass : worst.text, hint: hint,
      details: Array(sorted.prefix(200)), facts: facts, coverage: coverage,
      transcript: sorted.prefix(500).map { "\($0.verdict.rawValue) \($0.text)" }
        .joined(separator: "\n"))
  }
}
