internal import Checklist
internal import Evidence
internal import Gate

/// Every control with its points: how each stands, who said so, and what was seen.
struct HTMLPoints {
  private let report: Report

  init(_ report: Report) { self.report = report }

  var text: String {
    var index = 0
    return report.walk.map { area in
      let controls = area.controls.map { control in
        defer { index += control.points.count }
        return self.text(control, from: index)
      }
      return "<h3 class=\"area\">\(HTMLText.escaped(area.title))</h3>\n"
        + controls.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func text(_ control: ControlEntry, from index: Int) -> String {
    let title = "\(control.number) \(control.title)"
    let rows = control.points.enumerated().map { row($1, id: "p\(index + $0)") }
    let eyes = control.fourEyes ? "<span class=\"sev\">two people</span>" : ""
    let references =
      control.references.isEmpty
      ? ""
      : "<p class=\"small\">\(HTMLText.escaped(control.references.joined(separator: ", ")))</p>"
    return """
      <h4>\(HTMLText.escaped(title)) \(HTMLText.state(control.state))\
      <span class="sev">\(control.severity.rawValue)</span>\(eyes)</h4>
      \(references)
      \(HTMLText.table(
        "Points of control \(HTMLText.escaped(title))", ["Point", "State", "What, and why it stands so"], rows,
        isCaptionShown: false))
      """
  }

  private func row(_ point: PointEntry, id: String) -> String {
    var parts = [
      "<strong>\(HTMLText.escaped(point.text))</strong>",
      HTMLText.escaped(point.reason) + expiry(point),
    ]
    if let said = point.said { parts.append(decision(said)) }
    parts += point.seen.map(finding)
    parts += point.discounted.prefix(20).map {
      "<span class=\"small\">Does not count: \(HTMLText.escaped($0))</span>"
    }
    let body = parts.map { "<div>\($0)</div>" }.joined(separator: "\n")
    return "<tr id=\"\(id)\"><th scope=\"row\">\(HTMLText.escaped(point.id))<br>"
      + "<span class=\"small\">\(point.how.rawValue)</span></th>"
      + "<td>\(HTMLText.state(point.state))</td><td class=\"w\">\(body)</td></tr>"
  }

  private func expiry(_ point: PointEntry) -> String {
    point.expires.map { "; holds until \($0.rfc3339)" } ?? ""
  }

  private func decision(_ said: SaidEntry) -> String {
    var line =
      "<bdi>\(HTMLText.escaped(said.who))</bdi>, \(HTMLText.escaped(said.role)): "
      + "<strong>\(said.answer.rawValue)</strong>, \(said.at.rfc3339)"
    if let day = said.performedOn { line += ", performed on \(day)" }
    if let day = said.until { line += ", until \(day)" }
    if said.isCarried { line += ", carried over from an earlier launch" }
    if !said.countersigners.isEmpty {
      line +=
        "; agreed: "
        + said.countersigners.map { "<bdi>\(HTMLText.escaped($0))</bdi>" }.joined(separator: ", ")
    }
    let note = said.note.isEmpty ? "" : "<div class=\"note\">\(HTMLText.escaped(said.note))</div>"
    let keys = said.keys.map { " <span class=\"id\">\(HTMLText.escaped($0))</span>" }.joined()
    return "\(line)\(note)<span class=\"small\">\(HTMLText.escaped(said.signature))\(keys)<br>"
      + "<span class=\"id\">\(said.record)</span></span>"
  }

  private func finding(_ seen: SeenEntry) -> String {
    var text =
      "<span class=\"small\">\(HTMLText.escaped(seen.probe)) \(seen.version): "
      + "<strong>\(seen.verdict.rawValue)</strong>, \(HTMLText.escaped(seen.message)) "
      + "(\(seen.at.rfc3339), from \(HTMLText.escaped(seen.vantage))"
    text += seen.coverage.isEmpty ? ")" : "; looked at \(HTMLText.escaped(seen.coverage)))"
    if !seen.details.isEmpty {
      text +=
        "<ul class=\"plain\">"
        + seen.details.map { "<li>\(HTMLText.escaped($0))</li>" }.joined()
        + (seen.more > 0 ? "<li>and \(seen.more) more in the record</li>" : "") + "</ul>"
    }
    if let command = seen.reproduce {
      text += "<br>See it yourself: <code>\(HTMLText.escaped(command))</code>"
    }
    return text + "</span>"
  }
}
