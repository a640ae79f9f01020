internal import Checklist
internal import Gate
internal import Session

/// How states and verdicts are shown: glyph and word first, colour third.
extension State {
  /// The role of its colour.
  var style: Style {
    switch self {
    case .ok: .ok
    case .notApplicable: .dim
    case .risk: .risk
    case .open: .todo
    case .review: .review
    case .stale, .lapsed: .warning
    case .unknown: .unknown
    case .fail: .fail
    }
  }

  /// One cell.
  func glyph(_ glyphs: Glyphs) -> String {
    switch self {
    case .ok: glyphs.ok
    case .notApplicable: glyphs.notApplicable
    case .risk: glyphs.risk
    case .open: glyphs.open
    case .review: glyphs.review
    case .stale, .lapsed: glyphs.stale
    case .unknown: glyphs.unknown
    case .fail: glyphs.fail
    }
  }

  /// Glyph and word, as wide as the widest of them.
  func sign(_ glyphs: Glyphs) -> Span {
    Span("\(glyph(glyphs)) \(rawValue.padded(to: 7))", style)
  }
}

extension Finding.Verdict {
  /// The role of its colour.
  var style: Style {
    switch self {
    case .pass: .ok
    case .fail: .fail
    case .review: .review
    case .unknown: .unknown
    case .notApplicable: .dim
    }
  }

  /// Glyph and word, as wide as the widest of them.
  func sign(_ glyphs: Glyphs) -> Span {
    switch self {
    case .pass: Span("\(glyphs.ok) PASS   ", style)
    case .fail: Span("\(glyphs.fail) FAIL   ", style)
    case .review: Span("\(glyphs.review) REVIEW ", style)
    case .unknown: Span("\(glyphs.unknown) UNKNOWN", style)
    case .notApplicable: Span("\(glyphs.notApplicable) N/A    ", style)
    }
  }
}

extension GateVerdict {
  /// The role of its colour.
  var style: Style {
    switch self {
    case .go: .verdictGo
    case .noGo: .verdictNoGo
    case .incomplete: .verdictIncomplete
    }
  }
}

extension String {
  /// Filled up with spaces on the right.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }
}
