internal import Checklist

/// When records of each kind were written, from the first to the last.
struct TimelinePlot {
  private static let (left, right, row) = (120, 735, 26)
  private static let kinds = [
    "opened", "policy", "candidate", "run", "sign-off", "countersign", "carry", "assign", "revoke",
    "reopen", "seal", "timestamp",
  ]
  private let report: Report
  private let kinds: [String]
  private let first: Timestamp
  private let span: Int

  init(_ report: Report) {
    self.report = report
    let present = Set(report.records.map(\.type))
    kinds = Self.kinds.filter(present.contains)
    first = report.records.map(\.at).min() ?? report.at
    let last = report.records.map(\.at).max() ?? report.at
    span = max(1, last.seconds - first.seconds)
  }

  /// The picture as an SVG element with its description in words.
  var svg: String {
    let bottom = kinds.count * Self.row + 6
    let lanes = kinds.enumerated().map { lane($1, at: $0 * Self.row + 16) }
    return """
      <svg viewBox="0 0 760 \(bottom + 40)" role="img" aria-label="\(description)">
      \((lanes + [axis(at: bottom)]).joined(separator: "\n"))
      </svg>
      """
  }

  private func lane(_ kind: String, at y: Int) -> String {
    var bins: [Int: Int] = [:]
    for record in report.records where record.type == kind {
      bins[x(record.at) / 7, default: 0] += 1
    }
    let dots = bins.sorted { $0.key < $1.key }.map { bin, count in
      let x = min(Self.right, max(Self.left, bin * 7 + 3))
      let radius = count == 1 ? 5 : count < 10 ? 7 : 9
      return "<circle class=\"dot\(Self.style(kind))\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\">"
        + "<title>\(count) \(kind)</title></circle>"
        + (count > 1
          ? "<text class=\"i\" x=\"\(x)\" y=\"\(y + 4)\" text-anchor=\"middle\" "
            + "font-size=\"10\">\(count < 100 ? "\(count)" : "∞")</text>" : "")
    }
    return
      "<text x=\"\(Self.left - 18)\" y=\"\(y + 5)\" text-anchor=\"end\">\(kind)</text>"
      + "<line x1=\"\(Self.left - 8)\" y1=\"\(y)\" x2=\"\(Self.right + 8)\" y2=\"\(y)\"/>"
      + dots.joined()
  }

  private func axis(at y: Int) -> String {
    // Two ticks would say the same where everything happened within seconds.
    let steps = span < 8 ? 1 : 4
    return (0...steps).map { step in
      let time = Timestamp(seconds: first.seconds + span * step / steps)
      let x = Self.left + (Self.right - Self.left) * step / steps
      let anchor = step == 0 ? "start" : step == steps ? "end" : "middle"
      let parts = time.rfc3339.dropLast().split(separator: "T")
      let clock = span < 600 ? String(parts[1]) : String(parts[1].prefix(5))
      return "<line x1=\"\(x)\" y1=\"\(y)\" x2=\"\(x)\" y2=\"\(y + 6)\"/>"
        + "<text class=\"d\" x=\"\(x)\" y=\"\(y + 20)\" text-anchor=\"\(anchor)\">\(parts[0])</text>"
        + "<text class=\"d\" x=\"\(x)\" y=\"\(y + 35)\" text-anchor=\"\(anchor)\">\(clock)</text>"
    }.joined(separator: "\n")
  }

  private func x(_ time: Timestamp) -> Int {
    Self.left + (Self.right - Self.left) * (time.seconds - first.seconds) / span
  }

  private static func style(_ kind: String) -> String {
    switch kind {
    case "revoke", "reopen": " bad"
    case "opened", "run", "candidate": " machine"
    case "seal": " done"
    default: ""
    }
  }

  private var description: String {
    let counts = kinds.map { kind in
      "\(report.records.filter { $0.type == kind }.count) \(kind)"
    }
    return "From \(first.rfc3339) on: \(counts.joined(separator: ", "))"
  }
}
