internal import Checklist
internal import Evidence
internal import Session

extension PlainDialogue {
  /// Puts a line into the page as the answer to what it asks for.
  mutating func answer(_ line: String, to question: PlainQuestion) {
    if note.isEmpty, question != .quit {
      switch line.trimmed {
      case ".": return leave()
      case "<": return goBack(from: question)
      case "?": return explain(question)
      case "+" where isNote(question):
        return press(.control("o"))
      default: break
      }
    }
    guard put(line, into: question) else {
      if !isInteractive { leave() }
      return
    }
    if note.isEmpty, self.question == question { advance(from: question) }
  }

  /// Leaves the page; what was typed into a form is kept.
  mutating func leave() {
    note = []
    press(.escape)
    // Nobody is there to be asked.
    if session.asksToQuit, !isInteractive { reduce(.interrupted) }
  }

  /// Asks everything again after a refusal; where nobody answers, the page is left.
  mutating func askAgain() {
    guard isInteractive else { return leave() }
    answered = []
    question = PlainQuestion.first(session)
    say("a dot alone leaves it as it is")
  }

  /// Whether a note is asked for, which can be written in an editor.
  private func isNote(_ question: PlainQuestion) -> Bool {
    switch question {
    case .field(let index): PlainQuestion.fields(session)?.fields[index].name == "note"
    case .factNote: true
    default: false
    }
  }

  private mutating func goBack(from question: PlainQuestion) {
    let all = PlainQuestion.all(session)
    guard let index = all.firstIndex(of: question), index > 0 else {
      return say("this is the first question")
    }
    self.question = all[index - 1]
  }

  private mutating func explain(_ question: PlainQuestion) {
    say(question.advice(session))
    say(PlainCommand.answers.map { "\($0.name): \($0.meaning)" })
  }

  private mutating func advance(from question: PlainQuestion) {
    let all = PlainQuestion.all(session)
    guard let index = all.firstIndex(of: question) else { return }
    if let next = all[(index + 1)...].first(where: { !answered.contains($0) }) {
      self.question = next
      if session.screen == .form, question == .answer || question == .points {
        if let asked = session.form?.question { say("Answer in the note: \(asked)") }
      }
      if next == .faults { say(["Found:"] + PlainQuestion.faults(session)) }
      return
    }
    let screen = session.screen
    press(.control("s"))
    let isTaken = session.screen != screen || session.isRecording || !takesLines
    if isTaken { return }
    let refusal =
      session.form?.refusal ?? session.review?.refusal ?? session.prompt?.refusal
      ?? session.launchPrompt?.refusal
    if let refusal { say("not yet: \(refusal)") }
    askAgain()
  }

  /// False where the line is no answer.
  private mutating func put(_ line: String, into question: PlainQuestion) -> Bool {
    switch question {
    case .points: return tick(line)
    case .answer: return choose(line)
    case .faults: return accept(line)
    case .field(let index): return fill(line, field: index)
    case .authorised: return authorise(line)
    case .factNote:
      if !line.isEmpty { replace(with: line == "-" ? "" : line) { $0.session.facts.note } }
      press(.enter)
      return true
    case .quit:
      press(.character(["y", "yes"].contains(line.trimmed.lowercased()) ? "y" : "n"))
      return true
    }
  }

  /// Ticks those points, and no others.
  mutating func tick(_ line: String) -> Bool {
    guard let rows = session.form?.rows, !line.trimmed.isEmpty else { return true }
    let words = line.split { $0 == " " || $0 == "," }.map(String.init)
    let chosen: [Int?] =
      words == ["all"]
      ? rows.indices.map { $0 }
      : words.map { word in
        rows.firstIndex { $0.point == word }
          ?? Int(word).flatMap { rows.indices.contains($0 - 1) ? $0 - 1 : nil }
      }
    guard !chosen.contains(nil) else {
      say("there is no such point here: 1 to \(rows.count), their ids, or all")
      return false
    }
    for (index, row) in rows.enumerated() where row.isTicked != chosen.contains(index) {
      focus(.point(index))
      press(.character(" "))
    }
    return true
  }

  /// Turns to that answer.
  mutating func choose(_ line: String) -> Bool {
    let word = line.trimmed.lowercased()
    guard let form = session.form, !word.isEmpty else { return true }
    let answers = form.answers
    let number = Int(word).flatMap { answers.indices.contains($0 - 1) ? answers[$0 - 1] : nil }
    guard let answer = number ?? answers.first(where: { [$0.rawValue, $0.words].contains(word) })
    else {
      say("that is no decision here: 1 to \(answers.count), or its words")
      return false
    }
    focus(.answer)
    for _ in answers where session.form?.answer != answer { press(.right) }
    return true
  }

  /// Says of faults, by number, name or all together, whether what was exposed was replaced.
  private mutating func accept(_ line: String) -> Bool {
    guard let form = session.form, !line.trimmed.isEmpty else { return true }
    let shown = form.shownFaults
    var choices: [Int: FormFault.Choice] = [:]
    for word in line.split(whereSeparator: { $0 == " " || $0 == "," }) {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let choice: FormFault.Choice? =
        ["rotated": .rotated, "not-rotated": .notRotated, "no": .open][parts.last ?? ""]
      let number = Int(parts[0]).flatMap { shown.indices.contains($0 - 1) ? shown[$0 - 1] : nil }
      let meant =
        parts[0] == "all"
        ? shown : [number ?? shown.first { form.faults[$0].fact == parts[0] }].compactMap(\.self)
      guard parts.count == 2, let choice, !meant.isEmpty else {
        say("give 1 to \(shown.count), a name or all, then =rotated, =not-rotated or =no")
        return false
      }
      for index in meant { choices[index] = choice }
    }
    for (index, choice) in choices.sorted(by: { $0.key < $1.key }) {
      focus(.fault(index))
      for _ in FormFault.Choice.allCases where session.form?.faults[index].choice != choice {
        press(.right)
      }
    }
    return true
  }

  private mutating func focus(_ focus: SignOffForm.Focus) {
    for _ in session.form?.order ?? [] where session.form?.focus != focus { press(.tab) }
  }

  private mutating func fill(_ line: String, field index: Int) -> Bool {
    guard let field = PlainQuestion.fields(session)?.fields[index] else { return true }
    if field.input.isMultiline, line.hasSuffix("\\") {
      note.append(String(line.dropLast()))
      return true
    }
    let text = (note + [line]).joined(separator: "\n")
    let isKept = text.isEmpty && note.isEmpty
    note = []
    if !isKept {
      focus(field: index)
      replace(with: text == "-" ? "" : text) {
        PlainQuestion.fields($0.session)?.fields[index].input
      }
    }
    guard let now = PlainQuestion.fields(session)?.fields[index], !now.isConfirmed else {
      return true
    }
    say("it has to be exactly \(now.expected ?? ""); nothing is signed yet")
    return false
  }

  private mutating func focus(field index: Int) {
    guard session.screen != .form else { return focus(.field(index)) }
    for _ in PlainQuestion.fields(session)?.fields ?? []
    where PlainQuestion.fields(session)?.focus != index { press(.tab) }
  }

  /// Deletes what stands in the focused text, and pastes: what is pasted is never a command.
  private mutating func replace(with text: String, in input: (Self) -> TextInput?) {
    while let old = input(self), !old.isEmpty {
      press(.control("u"))
      if input(self) == old { press(.backspace) }
      // The cursor stands where it was left, at the end; whatever is behind it goes, too.
      if input(self) == old { press(.delete) }
      if input(self) == old { break }
    }
    if !text.isEmpty { press(.paste(text)) }
  }

  private mutating func authorise(_ line: String) -> Bool {
    let word = line.trimmed.lowercased()
    guard !word.isEmpty else { return true }
    guard ["y", "yes", "n", "no"].contains(word) else {
      say("yes or no")
      return false
    }
    if word.hasPrefix("y") != session.setup?.isAuthorised { press(.control("t")) }
    return true
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let head = drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(head[...last])
  }
}
