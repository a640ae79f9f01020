internal import Checklist
internal import Gate

/// Pieces of HTML that need no thought where they are used.
enum HTMLText {
  /// The text with all that means something in HTML replaced, for content and attributes alike.
  static func escaped(_ text: String) -> String {
    var output = ""
    output.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  /// Glyph and word of a state; colour comes third.
  static func state(_ state: State) -> String {
    "<span class=\"state s-\(state.styleName)\">\(state.glyph) \(state.rawValue)</span>"
  }

  /// A table whose header cells are marked as such; `rows` are ready.
  static func table(
    _ caption: String, _ headers: [String], _ rows: [String], numbersFrom: Int = .max,
    isCaptionShown: Bool = true
  ) -> String {
    let heads = headers.enumerated().map { index, title in
      "<th scope=\"col\"\(index >= numbersFrom ? " class=\"n\"" : "")>\(title)</th>"
    }
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(caption)\"><table>"
      + "<caption\(isCaptionShown ? "" : " class=\"vh\"")>\(caption)</caption>\n<thead><tr>\(heads.joined())</tr></thead>\n<tbody>\n"
      + rows.joined(separator: "\n") + "\n</tbody></table></div>"
  }

  /// What the words mean.
  static let legend: String = [
    (State.ok, "seen or signed off"), (.notApplicable, "does not apply, and a person said so"),
    (.risk, "not so, and accepted until a day"), (.open, "needs a person"),
    (.review, "suspects that a person has to judge"), (.stale, "older than it may be"),
    (.lapsed, "what it was said of has changed"), (.unknown, "could not be looked at"),
    (.fail, "a probe or a person says that it is not so"),
  ].map { "\(state($0.0)) \($0.1)" }.joined(separator: " · ")
}

extension State {
  /// One character that tells the states apart without colour.
  var glyph: String {
    switch self {
    case .ok: "✓"
    case .notApplicable: "–"
    case .risk: "▲"
    case .open: "○"
    case .review: "◆"
    case .stale: "◔"
    case .lapsed: "↻"
    case .unknown: "?"
    case .fail: "✗"
    }
  }

  /// The ending of its style classes.
  var styleName: String { self == .notApplicable ? "na" : rawValue.lowercased() }
}

extension GateVerdict {
  /// One character that tells the verdicts apart without colour.
  var glyph: String {
    switch self {
    case .go: "✓"
    case .noGo: "✗"
    case .incomplete: "○"
    }
  }
}
