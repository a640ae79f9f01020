internal import Checklist
internal import Gate

/// Old beside new under a point that no longer holds, with who relied on the old and who brought
/// the new.
enum ChangeLines {
  static func of(_ changes: [Change], _ glyphs: Glyphs) -> [Line] {
    var lines: [Line] = []
    var heading: Change?
    for change in changes {
      if !isSameGroup(heading, change) {
        heading = change
        lines.append(Line("  \(title(change))", .dim, hanging: 4))
      }
      if let old = change.old { lines.append(row("-", change.name, old, .removed)) }
      if let new = change.new { lines.append(row("+", change.name, new, .added)) }
    }
    return lines
  }

  private static func row(_ sign: String, _ name: String, _ text: String, _ style: Style) -> Line {
    Line("    \(sign) \(name): \(text)", style, hanging: 6)
  }

  private static func isSameGroup(_ one: Change?, _ other: Change) -> Bool {
    one?.subject == other.subject && one?.then == other.then && one?.now == other.now
  }

  private static func title(_ change: Change) -> String {
    let then = change.then.map { "\($0.by), \($0.at.short) UTC" }
    let now = change.now.map { "\($0.by), \($0.at.short) UTC" }
    switch change.subject {
    case .text:
      return "the text, - as signed by \(then ?? "nobody"), + as changed by \(now ?? "nobody")"
    case .facts:
      return "what a probe saw, - for \(then ?? "nobody"), + for \(now ?? "nobody")"
    case .code:
      return "the code, - recorded by \(then ?? "nobody"), + recorded by \(now ?? "nobody")"
    case .age: return "its age, recorded by \(then ?? "nobody")"
    }
  }
}
