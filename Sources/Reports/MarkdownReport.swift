internal import Checklist
internal import Evidence
internal import Gate

/// Tables for tickets, wikis and pull requests (GitHub Flavored Markdown).
struct MarkdownReport {
  private let report: Report

  init(_ report: Report) { self.report = report }

  /// The whole document.
  var text: String {
    let parts =
      [head, blockers, domains, risks, people, proof, check]
      + report.walk.flatMap { area in
        ["## \(Self.escaped(area.title))"] + area.controls.map(control)
      }
      + [attachments, records, foot]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    var lines = [
      "# \(report.verdict.rawValue): \(Self.escaped(report.title))", "",
      "**\(Self.escaped(report.verdictWords))**", "",
      Self.table(["", ""], facts),
    ]
    if !report.warnings.isEmpty {
      lines += [""] + report.warnings.map { "- to know: \(Self.escaped($0))" }
    }
    return lines.joined(separator: "\n")
  }

  private var facts: [[String]] {
    var facts = [
      ["scope", Self.escaped(report.scopeWords)],
      [
        "checklist",
        Self.escaped(
          "\(report.checklist.title) (\(report.checklist.id), version \(report.checklist.version))"),
      ], ["points", Self.escaped(report.countWords)],
      ["commit", Self.escaped(report.candidate?.commit ?? "not recorded")],
    ]
    if let artifact = report.candidate?.artifact {
      facts.append(["artifact", Self.escaped(artifact)])
    }
    facts.append(["release", Self.escaped(report.seal.words)])
    if let seal = report.seal.record { facts.append(["seal", "`\(seal)`"]) }
    facts += report.heads.prefix(20).map { ["last record", "`\($0)`"] }
    if let due = report.nextDue { facts.append(["next due", due.rfc3339]) }
    facts += report.duties.map { ["duty", Self.escaped("\($0.duty): \($0.person)")] }
    return facts
  }

  private var blockers: String {
    if report.blockers.isEmpty { return "## What blocks\n\nNothing." }
    return "## What blocks\n\n"
      + Self.table(
        ["state", "points", "why", "what to do"],
        report.blockerGroups.map {
          [
            Self.sign($0.state),
            Self.escaped($0.points.isEmpty ? "launch" : $0.points.joined(separator: " ")),
            Self.escaped($0.reason), Self.escaped($0.wayOut ?? ""),
          ]
        })
  }

  private var domains: String {
    "## How the points stand\n\n"
      + Self.table(
        ["domain"] + report.states.map(\.rawValue) + ["points"],
        report.areas.map { area in
          [Self.escaped(area.title)] + report.states.map { "\(area.count($0))" }
            + ["\(area.points.count)"]
        })
  }

  private var risks: String {
    if report.risks.isEmpty { return "" }
    return "## Accepted risks\n\n"
      + Self.table(
        ["point", "what", "accepted by", "why", "ends"],
        report.risks.map { point in
          [
            Self.escaped(point.id), Self.escaped(point.text),
            Self.escaped("\(point.said?.who ?? ""), \(point.said?.role ?? "")"),
            Self.escaped(point.said?.note ?? ""), point.expires?.rfc3339 ?? "",
          ]
        })
  }

  private var people: String {
    if report.signers.isEmpty { return "## Who signed\n\nNobody has signed anything." }
    return "## Who signed\n\n"
      + Self.table(
        ["name", "role", "records", "key", "first", "last"],
        report.signers.map { signer in
          [
            Self.escaped(signer.who), Self.escaped(signer.role), Self.escaped(signer.words),
            Self.escaped(([signer.signature] + signer.keys).joined(separator: " ")),
            signer.first.rfc3339, signer.last.rfc3339,
          ]
        })
  }

  private var proof: String {
    "## What is proven, and what is not\n\n"
      + (report.established.map { "- established: \(Self.escaped($0))" }
      + report.notEstablished.map { "- **NOT established**: \(Self.escaped($0))" })
      .joined(separator: "\n")
  }

  private var check: String {
    "## Check it yourself\n\nThis page proves nothing by itself; the evidence file does.\n\n"
      + report.commands.map { command in
        "\(Self.escaped(command.what)):\n\n"
          + command.lines.map { "    \($0)" }.joined(separator: "\n")
      }.joined(separator: "\n\n")
  }

  private func control(_ control: ControlEntry) -> String {
    let eyes = control.fourEyes ? ", two people" : ""
    return "### \(Self.escaped("\(control.number) \(control.title)")) "
      + "(\(control.severity.rawValue)\(eyes)): \(control.state.rawValue)\n\n"
      + Self.table(
        ["point", "state", "what", "why it stands so", "decided", "record"],
        control.points.map(row))
  }

  private func row(_ point: PointEntry) -> [String] {
    [
      Self.escaped(point.id), Self.sign(point.state), Self.escaped(point.text),
      Self.escaped(point.reason + (point.expires.map { "; until \($0.rfc3339)" } ?? "")),
      Self.escaped(point.said.map(decision) ?? ""),
      (point.said?.record ?? point.seen.first?.record).map { "`\($0.short)`" } ?? "",
    ]
  }

  private func decision(_ said: SaidEntry) -> String {
    let others =
      said.countersigners.isEmpty ? "" : "\nagreed: \(said.countersigners.joined(separator: ", "))"
    return "\(said.answer.rawValue) by \(said.who) (\(said.role)), \(said.at.rfc3339)\n\(said.note)"
      + "\(others)\n\(([said.signature] + said.keys).joined(separator: " "))"
  }

  private var attachments: String {
    let rows = report.points.flatMap { point in
      (point.said?.attachments ?? []).map {
        [Self.escaped(point.id), Self.escaped($0.name), "\($0.size)", "`\($0.digest)`"]
      }
    }
    return rows.isEmpty
      ? "" : "## Attached files\n\n" + Self.table(["point", "file", "bytes", "SHA-256"], rows)
  }

  private var records: String {
    "## What happened\n\n"
      + Self.table(
        ["time", "record", "by", "what", "key", "id"],
        report.records.suffix(HTMLReport.recordLimit).map { record in
          [
            record.at.rfc3339, record.type, Self.escaped("\(record.who) (\(record.role))"),
            Self.escaped(record.words), Self.escaped(record.signature), "`\(record.id.short)`",
          ]
        })
      + (report.records.count > HTMLReport.recordLimit
        ? "\n\n\(report.records.count - HTMLReport.recordLimit) older records are not listed." : "")
  }

  private var foot: String {
    "---\n\n"
      + (report.limits + ["Made by \(report.source.tool) from \(report.source.file)."])
      .map { Self.escaped($0) }.joined(separator: "\n\n")
  }
}

extension MarkdownReport {
  /// The text with all that means something in Markdown or HTML made literal, on one line.
  ///
  /// Addresses and mentions would become links and notify people: their signs are written as
  /// character references.
  static func escaped(_ text: String) -> String {
    var output = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n": output += "<br>"
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "|": output += "&#124;"
      case "@": output += "&#64;"
      case ":" where !isPunctuation(scalars, index): output += "&#58;"
      case "\\", "`", "*", "_", "[", "]", "#", "~", "$", "!", "{", "}", "^", "=":
        output += "\\\(scalar)"
      default: output.unicodeScalars.append(scalar)
      }
    }
    // A bare address would become a link without its colon, too.
    output = output.split(separator: "www.", omittingEmptySubsequences: false)
      .joined(separator: "www&#46;")
    guard let first = output.unicodeScalars.first, ["-", "+"].contains(first) else { return output }
    return "\\\(output)"
  }

  /// Whether the colon stands in a sentence or in a time, where it makes no address and no picture.
  private static func isPunctuation(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    guard index + 1 < scalars.count, scalars[index + 1] != " " else { return true }
    let digits: ClosedRange<Unicode.Scalar> = "0"..."9"
    return index > 0 && digits.contains(scalars[index - 1]) && digits.contains(scalars[index + 1])
  }

  private static func sign(_ state: State) -> String { "\(state.glyph) \(state.rawValue)" }

  private static func table(_ headers: [String], _ rows: [[String]]) -> String {
    let lines = [headers, headers.map { _ in "---" }] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}
