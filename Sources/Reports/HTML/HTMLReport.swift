internal import Checklist
internal import Evidence
internal import Gate

/// One self-contained page that can be read, printed and kept: summary first, then all of it.
///
/// No scripts, no requests: its content security policy lets in its own style sheet alone.
struct HTMLReport {
  /// Records that the table lists at most; the file has all.
  static let recordLimit = 5_000

  let report: Report

  init(_ report: Report) { self.report = report }

  /// The whole document.
  var text: String {
    let name = HTMLText.escaped(report.title)
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(HTMLStyle.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(report.verdict.rawValue): \(name)</title>
      <style>\(HTMLStyle.css)</style>
      </head>
      <body>
      <main>
      <header>
      <p class="kicker">Launch gate report</p>
      <h1>\(name)</h1>
      \(banner)
      \(facts)
      \(contents)
      </header>
      \(sections.map(section).joined(separator: "\n"))
      <footer>
      \(report.limits.map { "<p>\(HTMLText.escaped($0))</p>" }.joined(separator: "\n"))
      <p>Made by \(HTMLText.escaped(report.source.tool)) from \(HTMLText.escaped(report.source.file)). \
      The same file and moment give this page byte for byte.</p>
      </footer>
      </main>
      </body>
      </html>

      """
  }

  /// A heading with its content; one without content is left out.
  struct Section {
    var id: String
    var title: String
    var body: String
  }

  private var sections: [Section] {
    [
      Section(id: "domains", title: "How the points stand", body: domains),
      Section(id: "blocks", title: "What blocks", body: blockers),
      Section(id: "risks", title: "Accepted risks", body: risks),
      Section(id: "people", title: "Who signed", body: people),
      Section(id: "proof", title: "What is proven, and what is not", body: proof),
      Section(id: "check", title: "Check it yourself", body: check),
      Section(id: "points", title: "Every point", body: HTMLPoints(report).text),
      Section(id: "attachments", title: "Attached files", body: attachments),
      Section(id: "timeline", title: "What happened", body: timeline),
    ].filter { !$0.body.isEmpty }
  }

  private func section(_ section: Section) -> String {
    """
    <section aria-labelledby="\(section.id)">
    <h2 id="\(section.id)">\(section.title)</h2>
    \(section.body)
    </section>
    """
  }

  private var contents: String {
    let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" }
    return "<nav aria-label=\"Contents\"><ul>\(links.joined())</ul></nav>"
  }

  private var banner: String {
    """
    <div class="banner \(report.verdict.rawValue.lowercased())">
    <p class="word">\(report.verdict.glyph) \(report.verdict.rawValue)</p>
    <p>\(HTMLText.escaped(report.verdictWords))</p>
    </div>
    """
  }

  private var facts: String {
    var facts: [(String, String)] = [
      ("Scope", HTMLText.escaped(report.scopeWords)),
      (
        "Checklist",
        HTMLText.escaped(
          "\(report.checklist.title) (\(report.checklist.id), version \(report.checklist.version))")
      ),
    ]
    if let candidate = report.candidate {
      facts.append(("Commit", "<span class=\"id\">\(HTMLText.escaped(candidate.commit))</span>"))
      if let artifact = candidate.artifact {
        facts.append(("Artifact", "<span class=\"id\">\(HTMLText.escaped(artifact))</span>"))
      }
    } else {
      facts.append(
        ("Commit", "not recorded, so that nothing here is tied to a version of the code"))
    }
    facts.append(("Release", HTMLText.escaped(report.seal.words)))
    if let seal = report.seal.record {
      facts.append(("Seal", "<span class=\"id\">\(seal)</span>"))
    }
    facts += report.heads.prefix(20).map { ("Last record", "<span class=\"id\">\($0)</span>") }
    if let due = report.nextDue { facts.append(("Next due", due.rfc3339)) }
    facts += report.duties.prefix(50).map {
      ("Duty", "\(HTMLText.escaped($0.duty)): \(HTMLText.escaped($0.person))")
    }
    return "<dl class=\"facts\">"
      + facts.map { "<dt>\($0.0)</dt><dd>\($0.1)</dd>" }.joined(separator: "\n") + "</dl>"
  }

  private var blockers: String {
    var text = ""
    if report.blockers.isEmpty {
      text = "<p>Nothing. \(HTMLText.escaped(report.verdictWords))</p>"
    } else {
      let rows = report.blockerGroups.map { group in
        "<tr><td>\(HTMLText.state(group.state))</td><td class=\"w\">\(places(group))</td>"
          + "<td class=\"w\">\(HTMLText.escaped(group.reason))</td>"
          + "<td class=\"w\">\(HTMLText.escaped(group.wayOut ?? ""))</td></tr>"
      }
      text = HTMLText.table(
        "All that keeps the launch from GO, gravest first",
        ["State", "Points", "Why", "What to do"], rows)
    }
    if !report.warnings.isEmpty {
      text +=
        "\n<h3>To know</h3>\n<ul class=\"plain\">"
        + report.warnings.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n")
        + "</ul>"
    }
    return text
  }

  /// Links to the points; of one or a few points their text too.
  private func places(_ group: BlockerGroup) -> String {
    if group.points.isEmpty { return "the launch as a whole" }
    let links = group.points.map { id in
      guard let index = report.points.firstIndex(where: { $0.id == id }) else {
        return HTMLText.escaped(id)
      }
      let link = "<a href=\"#p\(index)\">\(HTMLText.escaped(id))</a>"
      return group.points.count > 4
        ? link : "\(link) \(HTMLText.escaped(report.points[index].text))"
    }
    if links.count > 4 || links.count == 1 { return links.joined(separator: " ") }
    return "<ul>\(links.map { "<li>\($0)</li>" }.joined())</ul>"
  }

  private var domains: String {
    let plot = DomainPlot(report)
    let rows = report.areas.map { area in
      "<tr><th scope=\"row\">\(HTMLText.escaped(area.title))</th>"
        + report.states.map { "<td class=\"n\">\(area.count($0))</td>" }.joined()
        + "<td class=\"n\">\(area.points.count)</td></tr>"
    }
    let total =
      "<tr><th scope=\"row\">All</th>"
      + report.states.map { "<td class=\"n\">\(report.count($0))</td>" }.joined()
      + "<td class=\"n\">\(report.counted.count)</td></tr>"
    let byHand = report.points.filter(\.isObservedByHand).count
    return "<figure><figcaption>Points of each domain by state</figcaption>\(plot.svg)</figure>\n"
      + HTMLText.table(
        "The same as numbers", ["Domain"] + report.states.map(\.rawValue) + ["points"],
        rows + [total], numbersFrom: 1)
      + (byHand > 0
        ? "<p>Of the OK points, \(byHand) were observed by hand in place of a probe.</p>" : "")
      + "\n<p class=\"small\">\(HTMLText.legend)</p>"
  }

  private var risks: String {
    if report.risks.isEmpty { return "" }
    let rows = report.risks.map { point in
      "<tr><th scope=\"row\">\(HTMLText.escaped(point.id))</th>"
        + "<td class=\"w\">\(HTMLText.escaped(point.text))"
        + "<div class=\"note\">\(HTMLText.escaped(point.said?.note ?? ""))</div></td>"
        + "<td>\(HTMLText.escaped(point.said?.who ?? "")), "
        + "\(HTMLText.escaped(point.said?.role ?? ""))</td>"
        + "<td class=\"t\">\(point.expires?.rfc3339 ?? "")</td></tr>"
    }
    return HTMLText.table(
      "What is known to be missing and was accepted for a time",
      ["Point", "What", "Accepted by", "Ends"], rows)
  }
}

extension HTMLReport {
  private var people: String {
    if report.signers.isEmpty {
      return "<p>Nobody has signed anything.</p>"
    }
    let rows = report.signers.map { signer in
      "<tr><th scope=\"row\"><bdi>\(HTMLText.escaped(signer.who))</bdi></th>"
        + "<td>\(HTMLText.escaped(signer.role))</td>"
        + "<td>\(HTMLText.escaped(signer.words))</td>"
        + "<td class=\"w\">\(HTMLText.escaped(signer.signature))"
        + signer.keys.map { "<br><span class=\"id\">\(HTMLText.escaped($0))</span>" }.joined()
        + "</td><td class=\"t\">\(signer.first.short)<br>\(signer.last.short)</td></tr>"
    }
    return HTMLText.table(
      "People who decided something, with the key behind the name",
      ["Name", "Role", "Records", "Key", "First and last"], rows)
  }

  private var proof: String {
    func list(_ lines: [String]) -> String {
      "<ul>\(lines.map { "<li>\(HTMLText.escaped($0))</li>" }.joined(separator: "\n"))</ul>"
    }
    return """
      <div class="cols">
      <div class="card yes"><h3>Established</h3>\(list(report.established))</div>
      <div class="card not"><h3>Not established</h3>\(list(report.notEstablished))</div>
      </div>
      """
  }

  private var check: String {
    let blocks = report.commands.map { command in
      "<h3>\(HTMLText.escaped(command.what))</h3>\n"
        + "<pre tabindex=\"0\"><code>\(HTMLText.escaped(command.lines.joined(separator: "\n")))"
        + "</code></pre>"
    }
    return "<p>This page proves nothing by itself: whoever made it could have written anything. "
      + "The evidence file does; check that.</p>\n" + blocks.joined(separator: "\n")
  }

  private var attachments: String {
    let rows = report.points.flatMap { point in
      (point.said?.attachments ?? []).map { file in
        "<tr><th scope=\"row\">\(HTMLText.escaped(point.id))</th>"
          + "<td><bdi>\(HTMLText.escaped(file.name))</bdi></td>"
          + "<td class=\"n\">\(file.size)</td><td class=\"id\">\(file.digest)</td></tr>"
      }
    }
    if rows.isEmpty { return "" }
    return HTMLText.table(
      "Files that back decisions; only their digests are in the evidence",
      ["Point", "File", "Bytes", "SHA-256"], rows)
  }

  private var timeline: String {
    let rows = report.records.suffix(Self.recordLimit).reversed().map { record in
      "<tr><td class=\"t\">\(record.at.rfc3339)</td>"
        + "<th scope=\"row\">\(record.type)</th>"
        + "<td><bdi>\(HTMLText.escaped(record.who))</bdi><br>"
        + "<span class=\"small\">\(HTMLText.escaped(record.role))</span></td>"
        + "<td class=\"w\">\(HTMLText.escaped(record.words))<br>"
        + "<span class=\"small\">\(HTMLText.escaped(record.signature))"
        + record.keys.map { " <span class=\"id\">\(HTMLText.escaped($0))</span>" }.joined()
        + "<br><span class=\"id\">\(record.id)</span></span></td></tr>"
    }
    let left = max(0, report.records.count - Self.recordLimit)
    return
      "<figure><figcaption>Records over time (UTC)</figcaption>\(TimelinePlot(report).svg)</figure>"
      + (left > 0 ? "\n<p>\(left) older records are not listed; the file has them.</p>" : "") + "\n"
      + HTMLText.table("All records, newest first", ["Time", "Record", "By", "What"], rows)
  }
}
