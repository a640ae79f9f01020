internal import Checklist
internal import Evidence
internal import Gate
internal import Session

/// The page that shows all decisions and takes one signature for them.
enum ReviewScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.review, let report = state.report else { return }
    let inner = Frame(title: Line(title(state.drafts.count)))
      .draw(into: &surface, in: rect).inset(columns: 1)
    let height = min(page.fields.fields.count + 3, inner.rows * 2 / 3)
    let (top, bottom) = inner.splitBottom(height)
    let lines = state.drafts.map { draft in
      line(draft, state.trouble(with: draft), report, surface.glyphs)
    }
    let block = TextBlock(lines)
    let total = block.rows(width: top.columns, glyphs: surface.glyphs).count
    let scroll = Scroll.clamped(page.scroll, total: total, visible: top.rows - 1)
    let shown = top.splitBottom(1).top
    _ = block.draw(into: &surface, in: shown, scroll: scroll)
    surface.mark(shown, .review, total: total)
    surface.put(
      Scroll.position(scroll, total: total, visible: top.rows - 1) ?? "",
      row: top.endRow - 1, column: top.column, style: .dim)
    SigningFields.draw(
      page.fields, refusal: page.refusal ?? page.gap.map { "still to do: \($0)" },
      isRefused: page.refusal != nil, identity: state.identity, into: &surface, in: bottom)
  }

  /// What is signed, and in how many records.
  static func title(_ decisions: Int) -> String {
    "Review and sign: \(decisions == 1 ? "a decision" : "\(decisions) decisions"), one record"
  }

  /// Which faults are accepted, and how many of them were replaced.
  private static func accepted(_ draft: DecisionDraft) -> String {
    if draft.accepted.isEmpty { return "" }
    let shown = draft.accepted.prefix(3).map { "\($0.fact) \($0.isRotated ? "" : "NOT ")rotated" }
    let more = draft.accepted.count - shown.count
    let rotated = draft.accepted.count(where: \.isRotated)
    return "accepts " + shown.joined(separator: ", ")
      + (more > 0 ? " and \(more) more, \(rotated) of all rotated" : "") + "  "
  }

  /// One decision as it would be signed.
  static func line(
    _ draft: DecisionDraft, _ trouble: String?, _ report: GateReport, _ glyphs: Glyphs
  ) -> Line {
    let style: Style =
      switch draft.answer {
      case .met, .observedByHand: .ok
      case .notMet: .fail
      case .notApplicable: .dim
      case .riskAccepted: .risk
      }
    let standing = report.standing(draft.point)
    let isFact = standing?.point.isFact ?? false
    let words = isFact ? (draft.answer == .met ? "yes" : "no") : draft.answer.words
    let until = draft.until.map { " until \($0)" } ?? ""
    let day = draft.performedOn.map { " (\($0))" } ?? ""
    let files = draft.attachments.isEmpty ? "" : " + \(draft.attachments.joined(separator: ", "))"
    return Line(
      [
        Span(isFact ? "" : "\(draft.point.padded(to: 5))", .key),
        Span("\(words.padded(to: isFact ? 5 : 12))\(until) ", style),
        Span(accepted(draft), .risk), Span(trouble.map { "CHANGED: \($0)  " } ?? "", .error),
        Span(standing?.point.text ?? ""),
        Span(
          draft.note.isEmpty && isFact ? "" : "  \(glyphs.dash) \(draft.note)\(day)\(files)", .dim),
      ], hanging: 18)
  }
}

/// Who signs, and what has to be typed: the same on every page that signs.
enum SigningFields {
  static func draw(
    _ fields: FieldList, refusal: String?, isRefused: Bool, identity: Identity,
    into surface: inout Surface, in rect: Rect
  ) {
    let (top, bottom) = rect.splitBottom(2)
    let width = min(44, top.columns / 2)
    // The focused field stays visible where there are more fields than rows.
    let skipped = max(0, fields.focus - top.rows + 1)
    let shown = FieldList(
      Array(fields.fields.dropFirst(skipped)), focus: fields.focus - skipped)
    FieldRows.draw(
      shown, focus: shown.focus, label: width, into: &surface, in: top, skipping: skipped)
    surface.put(
      signature(fields, identity), row: bottom.row, column: bottom.column, style: .dim,
      width: bottom.columns)
    surface.put(
      refusal ?? "Ctrl-S signs; the record cannot be changed afterwards, only taken back",
      row: bottom.row + 1, column: bottom.column,
      style: isRefused ? .error : refusal == nil ? .ok : .todo, width: bottom.columns)
  }

  /// By which key it is going to be signed, in words.
  static func signature(_ fields: FieldList, _ identity: Identity) -> String {
    fields.identity(keepingKeyOf: identity).key.map { "signed with \($0)" }
      ?? identity.key.map {
        "\($0) is the key of \(identity.email): one of this person is looked for"
      }
      ?? "no SSH key is used: the name counts as typed"
  }
}

/// The page on which one record is taken back or agreed to.
enum PromptScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let page = state.prompt else { return }
    let title =
      page.purpose == .revoke ? "Take a record back" : "Countersign as the second person"
    let inner = Frame(title: Line(title)).draw(into: &surface, in: rect).inset(columns: 1)
    let (top, bottom) = inner.splitBottom(page.fields.fields.count + 3)
    let block = TextBlock(page.lines.map { Line($0, hanging: 2) })
    let room = top.splitBottom(1).top
    let total = block.draw(into: &surface, in: room, scroll: page.scroll)
    surface.mark(room, .prompt, total: total)
    surface.put(
      Scroll.position(page.scroll, total: total, visible: room.rows) ?? "",
      row: room.endRow, column: top.column, style: .dim)
    SigningFields.draw(
      page.fields, refusal: page.refusal ?? page.gap.map { "still to do: \($0)" },
      isRefused: page.refusal != nil, identity: state.identity, into: &surface, in: bottom)
  }
}

/// The page on which the release is signed off.
enum SealScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let fields = state.seal, let report = state.report else { return }
    let inner = Frame(title: Line("Seal the release")).draw(into: &surface, in: rect)
      .inset(columns: 1)
    let (top, bottom) = inner.splitBottom(fields.fields.count + 3)
    _ = TextBlock([
      Line([
        Span(" \(report.verdict.rawValue) ", report.verdict.style.bold),
        Span("  \(report.subject) \(report.release) \(surface.glyphs.arrow) \(report.environment)"),
      ]), "",
      Line("The seal names the verdict, all records before it and their signatures."),
      Line("What is recorded later does not belong to it; something negative reopens the launch."),
      Line("Keep its id outside of this file, such as in the release ticket."),
    ]).draw(into: &surface, in: top)
    SigningFields.draw(
      fields, refusal: fields.firstUnconfirmed.map { "still to do: \($0.label)" },
      isRefused: false, identity: state.identity, into: &surface, in: bottom)
  }
}
