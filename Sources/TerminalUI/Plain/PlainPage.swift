internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// What each page of the session says, as lines.
enum PlainPage {
  /// What is said when the page opens.
  static func opening(_ state: SessionState) -> [String] {
    switch state.screen {
    case .loading: ["reading configuration and evidence"]
    case .broken: ["Nothing was changed. q quits."]
    case .gate: whereabouts(state)
    case .setup: setup(state)
    case .facts: facts(state)
    case .running: running(state)
    case .form: form(state)
    case .review: review(state)
    case .history: history(state)
    case .verdict: verdict(state)
    case .seal: seal(state)
    case .prompt: prompt(state)
    case .launch: launch(state)
    case .trust: PlainText.of(state.trust.map { TrustScreen.lines($0.content) } ?? [])
    case .announcement:
      PlainText.of(state.announcement.map(AnnouncementScreen.lines) ?? [])
    case .log: log(state)
    }
  }

  /// The launch, how it stands, and what is next.
  static func whereabouts(_ state: SessionState) -> [String] {
    guard let report = state.report else { return [] }
    let demo = state.isDemo ? "DEMO  " : ""
    var lines = [demo + VerdictSummary.headline(report), VerdictSummary.counts(report)]
    lines += VerdictSummary.notices(report)
    if !state.drafts.isEmpty { lines.append("\(state.drafts.count) collected, not signed yet") }
    if let filter = state.list.filter, !filter.isEmpty { lines.append(filtered(filter, state)) }
    if state.isRunning { lines.append("probes are running") }
    if let control = state.selectedControl {
      lines.append("at \(control.number) \(control.title), \(report.state(of: control).rawValue)")
    }
    return lines + [state.whatNext.map { "next: \($0)" }].compactMap(\.self)
  }

  private static func filtered(_ filter: TextInput, _ state: SessionState) -> String {
    "filtered by \(filter.text): \(state.visibleControls.count) of "
      + "\((state.report?.controls.count ?? 0).counted("control")); filter alone shows all"
  }

  /// All controls that the filter lets through, by domain.
  static func list(_ state: SessionState) -> [String] {
    guard let report = state.report else { return [] }
    let listed = Set(state.visibleControls.map(\.number))
    var lines: [String] = []
    if let filter = state.list.filter, !filter.isEmpty { lines.append(filtered(filter, state)) }
    for domain in report.walk {
      let controls = domain.controls.filter { listed.contains($0.number) }
      if controls.isEmpty { continue }
      lines += [domain.title] + controls.map { "  \(row($0, report, state))" }
    }
    return listed.isEmpty ? lines + ["no control has these words"] : lines
  }

  private static func row(_ control: Control, _ report: GateReport, _ state: SessionState) -> String
  {
    let standings = report.standings(of: control)
    let left = standings.count { !$0.state.isSettled }
    let drafted = control.points.count { state.draft($0.id) != nil }
    let notes =
      [report.state(of: control).rawValue, control.severity.rawValue]
      + (left > 0 ? ["\(left) of \(standings.count) open"] : [])
      + (drafted > 0 ? ["\(drafted) collected"] : [])
    return "\(control.number) \(control.title): \(notes.joined(separator: ", "))"
  }

  /// A control in short: what is open, why, and the way out.
  static func control(_ state: SessionState) -> [String] {
    guard let report = state.report, let control = state.selectedControl else { return [] }
    var lines = [row(control, report, state) + (control.fourEyes ? ", four eyes" : "")]
    let standings = report.standings(of: control)
    for standing in standings where !standing.state.isSettled {
      lines.append("  \(standing.point.id) \(standing.state.rawValue): \(standing.point.text)")
      lines.append("    \(standing.reason)")
      if let wayOut = standing.wayOut { lines.append("    -> \(KeyPhrase.onScreen(wayOut))") }
    }
    let settled = standings.count(where: \.state.isSettled)
    if settled > 0 { lines.append("  \(settled) settled") }
    return lines + ["  show: claim, findings and guidance whole"]
  }

  /// Everything about a control.
  static func detail(_ state: SessionState) -> [String] {
    guard let report = state.report, let control = state.selectedControl else { return [] }
    let detail = ControlDetail(control, report, state)
    return ["\(control.number) \(control.title)"] + PlainText.of(detail.lines(PlainText.glyphs))
  }

  private static func verdict(_ state: SessionState) -> [String] {
    guard let report = state.report else { return [] }
    let lines = PlainText.of(VerdictScreen.lines(report, PlainText.glyphs))
    return ["Gate verdict as of \(report.at.short) UTC"] + lines.filter { !$0.isEmpty }
  }

  private static func log(_ state: SessionState) -> [String] {
    let commands = state.log.commands
    if commands.isEmpty { return ["no program was run yet; most probes look by themselves"] }
    return ["Programs that were run, newest first"]
      + PlainText.of(LogScreen.lines(state.log))
  }
}

extension PlainPage {
  fileprivate static func setup(_ state: SessionState) -> [String] {
    guard let form = state.setup else { return [] }
    return [
      "Set up this gate. Nothing is contacted before you start a probe.",
      form.repository.map { "Repository: \($0)" }
        ?? "This folder is no git repository: repository probes will say unknown.",
    ] + [form.earlierNotice].compactMap(\.self) + [
      "This writes launchgate.yaml, .gitattributes and .gitignore here: commit them."
    ]
  }

  /// The facts with their answers, and the one to be answered now.
  fileprivate static func facts(_ state: SessionState) -> [String] {
    let facts = state.listedFacts
    let rows = facts.enumerated().map { index, fact in
      "  \(index + 1). \(answer(to: fact, state)): \(fact.point.text)"
    }
    return [
      "Facts of this launch: \(facts.count - state.unansweredFacts) of \(facts.count) answered"
    ] + rows + fact(state)
  }

  private static func answer(to fact: PointStanding, _ state: SessionState) -> String {
    let draft = state.draft(fact.point.id)
    let answer = draft?.answer ?? (fact.state.isSettled ? fact.decision?.decision.answer : nil)
    let word =
      switch answer {
      case .met: "yes"
      case .notApplicable: "no"
      default: "not answered"
      }
    return draft == nil ? word : "\(word), not signed yet"
  }

  /// The fact under the cursor.
  static func fact(_ state: SessionState) -> [String] {
    guard let report = state.report, let fact = state.selectedFact else { return [] }
    let lines = FactsScreen.detail(fact, report, state, PlainText.glyphs)
    let place = "Fact \(state.facts.selection + 1) of \(state.listedFacts.count)"
    return ["\(place), \(answer(to: fact, state)): \(fact.point.text)"]
      + PlainText.of(lines.dropFirst().map(\.self)).map { "  \($0)" } + [
        "  y or n answers, e writes something down, S signs all"
      ]
  }

  fileprivate static func running(_ state: SessionState) -> [String] {
    guard let run = state.run else { return [] }
    if run.finished == 0, !run.isFinished {
      return [
        run.lines.count.counted("probe is", "probes are")
          + " running; stop ends them, and what has ended is kept"
      ]
    }
    return ["\(run.finished) of \(run.lines.count.counted("probe has", "probes have")) ended"]
      + run.lines.map { "  \(probe($0))" }
  }

  /// One probe of a run.
  static func probe(_ line: ProbeRun.Line) -> String {
    let name = "\(line.point) \(line.probe)"
    switch line.stage {
    case .waiting: return "\(name): waits"
    case .running(let text, _): return "\(name): running, \(text)"
    case .finished(let verdict, let message, let took):
      return "\(name): \(verdict.rawValue), \(message), "
        + "\(took / 1_000).\(took / 100 % 10) s"
    }
  }

  fileprivate static func form(_ state: SessionState) -> [String] {
    guard let form = state.form, let control = state.report?.control(form.control) else {
      return []
    }
    let rows = form.rows.enumerated().map { index, row in
      "  \(index + 1). \(row.point) \(row.state.rawValue): \(row.text)"
        + (state.draft(row.point) == nil ? "" : " (collected)")
    }
    return ["Decide on \(control.number) \(control.title)"] + rows
      + (form.shownFaults.isEmpty ? [] : ["Found:"] + PlainQuestion.faults(state))
      + (control.fourEyes ? ["A second person has to countersign before it counts."] : [])
      + ["Nothing is signed here. A dot alone leaves the form, ? explains."]
  }

  fileprivate static func review(_ state: SessionState) -> [String] {
    guard let report = state.report, let page = state.review else { return [] }
    let rows = state.drafts.map { draft in
      ReviewScreen.line(draft, state.trouble(with: draft), report, PlainText.glyphs)
    }
    return [ReviewScreen.title(state.drafts.count)]
      + PlainText.of(rows).map { "  \($0)" } + signing(page.fields, state)
  }

  fileprivate static func prompt(_ state: SessionState) -> [String] {
    guard let page = state.prompt else { return [] }
    let title =
      page.purpose == .revoke ? "Take a record back" : "Countersign as the second person"
    return [title] + page.lines.map { "  \($0)" } + signing(page.fields, state)
  }

  fileprivate static func launch(_ state: SessionState) -> [String] {
    guard let page = state.launchPrompt else { return [] }
    return [page.title] + page.lines.map { "  \($0)" } + signing(page.fields, state)
  }

  fileprivate static func seal(_ state: SessionState) -> [String] {
    guard let report = state.report, let fields = state.seal else { return [] }
    return [
      "Seal the release: \(VerdictSummary.headline(report))",
      "The seal names the verdict, all records before it and their signatures.",
      "What is recorded later does not belong to it; something negative reopens the launch.",
      "Keep its id outside of this file, such as in the release ticket.",
    ] + signing(fields, state)
  }

  /// As whom one signs, before the first question that is not about that.
  private static func signing(_ fields: FieldList, _ state: SessionState) -> [String] {
    let person = fields.identity(keepingKeyOf: state.identity)
    let signer =
      person.name.isEmpty
      ? "Whoever signs is asked for."
      : "You sign as \(person.name) <\(person.email)>, \(person.role); < goes back to change it."
    return [signer, SigningFields.signature(fields, state.identity)]
  }

  fileprivate static func history(_ state: SessionState) -> [String] {
    let entries = state.listedHistory
    let subject =
      state.history.showsAll
      ? "the whole launch" : state.selectedControl.map { "\($0.number) \($0.title)" } ?? ""
    let rows = entries.enumerated().map { index, entry in
      "  \(index + 1). \(entry.at.short) UTC \(entry.type) \(entry.outcome) by \(entry.who)"
        + (entry.isSigned ? ", signed with a key" : "")
    }
    return ["History of \(subject): \(entries.count.counted("record")), newest first"] + rows
      + ["A number reads that record, revoke and countersign act on it, back leaves."]
  }

  /// The record under the cursor, whole.
  static func record(_ state: SessionState) -> [String] {
    let entries = state.listedHistory
    guard entries.indices.contains(state.history.selection) else { return [] }
    let entry = entries[state.history.selection]
    return ["\(state.history.selection + 1). \(entry.type) \(entry.outcome) by \(entry.who)"]
      + entry.lines.map { "  \($0)" }
  }
}
