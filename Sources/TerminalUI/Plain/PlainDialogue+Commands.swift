internal import Checklist
internal import Evidence
internal import Gate
internal import Session

extension PlainDialogue {
  /// Does what a line says where no question is open.
  mutating func command(_ line: String) {
    let before = session
    let text = line.trimmed
    perform(text)
    guard isSilent, session == before else { return }
    say(
      text.isEmpty
        ? "help lists what can be typed" : "nothing came of that here; help lists what can be typed"
    )
  }

  private mutating func perform(_ text: String) {
    if text.isEmpty {
      say(PlainPage.whereabouts(session))
      return
    }
    if text.hasPrefix("/") { return filter(String(text.dropFirst()).trimmed) }
    let line = text.hasPrefix(":") ? String(text.dropFirst()).trimmed : text
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let word = words.first else { return }
    let argument = words.count > 1 ? words[1].trimmed : ""
    if text.hasPrefix("?") { return help(String(text.dropFirst()).trimmed) }
    if argument.isEmpty, choose(place: word) { return }
    if word.count == 1, let key = word.first, !key.isNumber {
      press(key, at: argument)
    } else if session.report == nil || session.screen == .broken {
      begin(word, argument)
    } else if !performOwn(word, argument) {
      enter(line)
    }
  }

  /// Presses a key of the page, at that control, record or fact where one is given.
  private mutating func press(_ key: Character, at place: String) {
    let isList = session.screen == .history || session.screen == .facts
    if isList, let number = Int(place) {
      guard select(number - 1) else { return }
    } else if !place.isEmpty {
      return at(place) { $0.press(.character(key)) }
    }
    press(.character(key))
  }

  /// The few words that mean something before there is a launch.
  private mutating func begin(_ word: String, _ argument: String) {
    switch word {
    case "quit": press(.character("q"))
    case "help": help(argument)
    default: say("there is no launch yet: help, or quit")
    }
  }

  /// A number is a record of the history, a fact among the facts, and else a control or a point.
  private mutating func choose(place: String) -> Bool {
    guard place.first?.isNumber ?? false else { return false }
    if session.screen == .history || session.screen == .facts {
      return Int(place).map { select($0 - 1) } ?? false
    }
    guard session.report != nil else { return false }
    let selection = session.list.selection
    enter("goto \(place)")
    if session.list.selection == selection, isSilent { tellSelected() }
    return true
  }

  /// Moves the cursor of a list to that row.
  private mutating func select(_ index: Int) -> Bool {
    let isHistory = session.screen == .history
    let count = isHistory ? session.listedHistory.count : session.listedFacts.count
    guard (0..<count).contains(index) else {
      say("there are \(count)")
      return true
    }
    let current = isHistory ? session.history.selection : session.facts.selection
    for _ in 0..<abs(index - current) { press(index > current ? .down : .up) }
    if index == current { say(isHistory ? PlainPage.record(session) : PlainPage.fact(session)) }
    return true
  }

  /// Types a command of the screen.
  private mutating func enter(_ command: String) {
    press(.character(":"), .paste(command), .enter)
  }

  /// Closes pages until the main one is open.
  mutating func toMainPage() {
    for _ in 0..<3 where session.screen != .gate { press(.escape) }
  }

  /// Stops the probes that run.
  mutating func stop() {
    guard session.isRunning else { return say("no probes are running") }
    enter("running")
    press(.character("x"))
    say("stopping; what has ended is kept")
  }

  private mutating func tellSelected() {
    say(PlainPage.control(session))
    hasToldControl = true
  }

  private mutating func filter(_ words: String) {
    guard session.report != nil else { return }
    enter("filter \(words)")
    say(PlainPage.list(session))
    hasToldControl = true
  }

  /// Words that mean more here than on the screen; false where it is none of them.
  private mutating func performOwn(_ word: String, _ argument: String) -> Bool {
    switch word {
    case "list": list(argument)
    case "show": show(argument)
    case "where": say(PlainPage.whereabouts(session))
    case "filter": filter(argument)
    case "previous":
      toMainPage()
      press(.character("["))
    case "yes" where session.screen == .facts: press(.character("y"))
    case "no" where session.screen == .facts: press(.character("n"))
    case "decide": decide(argument)
    case "facts":
      toMainPage()
      press(.character("0"))
      if session.listedFacts.isEmpty { say("this launch has no facts") } else { press(.enter) }
    case "accept": accept(argument)
    case "drop": at(argument) { $0.press(.character("D")) }
    case "mend": at(argument) { $0.press(.character("f")) }
    case "stop": stop()
    case "history": history(argument)
    case "countersign": countersign(argument)
    case "revoke": revoke(argument)
    case "seal":
      enter("verdict")
      press(.character("S"))
    case "back": press(.escape)
    case "help": help(argument)
    case "mouse", "theme", "redraw": say("only the screen has that")
    case "quit":
      toMainPage()
      press(.character("q"))
    default: return false
    }
    return true
  }

  /// Does something on the main page, at that control where one is given.
  private mutating func at(_ place: String, _ body: (inout Self) -> Void) {
    toMainPage()
    if !place.isEmpty, !goTo(place) { return }
    body(&self)
  }

  /// False where there is no such control or point; that was said then.
  private mutating func goTo(_ place: String) -> Bool {
    reduce(.messageRead)
    enter("goto \(place)")
    hasToldControl = session.message == nil
    return session.message == nil
  }

  private mutating func list(_ words: String) {
    guard words.isEmpty else { return filter(words) }
    say(PlainPage.list(session))
  }

  private mutating func show(_ place: String) {
    at(place) { dialogue in
      dialogue.say(PlainPage.detail(dialogue.session))
      dialogue.hasToldControl = true
    }
  }

  private mutating func history(_ place: String) {
    at(place == "all" ? "" : place) { dialogue in
      dialogue.press(.character("h"))
      if place == "all" { dialogue.press(.character("a")) }
    }
  }

  private mutating func countersign(_ place: String) {
    if session.screen == .history {
      if let number = Int(place), !select(number - 1) { return }
      press(.character("c"))
    } else {
      at(place) { $0.press(.character("c")) }
    }
  }

  private mutating func revoke(_ place: String) {
    guard session.screen == .history else {
      return say("history lists the records: then revoke and the number of one")
    }
    if let number = Int(place) {
      guard (1...max(1, session.listedHistory.count)).contains(number) else {
        return say("there are \(session.listedHistory.count)")
      }
      _ = select(number - 1)
    }
    press(.character("u"))
  }

  /// `decide`, `decide 18`, `decide 18.2 not-met`, `decide met`.
  private mutating func decide(_ argument: String) {
    var words = argument.split(separator: " ").map(String.init)
    let answer = words.last.flatMap(Decision.Answer.init(rawValue:))
    if answer != nil { words.removeLast() }
    guard words.count < 2 else { return say("decide [18|18.2] [\(Self.answers)]") }
    at(words.first ?? "") { dialogue in
      dialogue.press(.character(dialogue.key(answer ?? .met)))
      guard dialogue.session.screen == .form else { return }
      dialogue.chooseFrom(words.first, answer)
    }
  }

  /// Accepts what was found in a control: which points and that they are met is said by it.
  private mutating func accept(_ place: String) {
    at(place) { dialogue in
      dialogue.press(.character("a"))
      if dialogue.session.screen == .form { dialogue.answered = [.points, .answer] }
    }
  }

  private static let answers = Decision.Answer.allCases.map(\.rawValue).joined(separator: "|")

  private func key(_ answer: Decision.Answer) -> Character {
    switch answer {
    case .met, .notMet: "s"
    case .notApplicable: "n"
    case .riskAccepted: "w"
    case .observedByHand: "o"
    }
  }

  /// Takes over what the command said already, so that it is not asked for again.
  private mutating func chooseFrom(_ place: String?, _ answer: Decision.Answer?) {
    let point = session.form?.rows.first { $0.point == place }?.point
    if let point { _ = tick(point) }
    if let answer { _ = choose(answer.rawValue) }
    if point != nil { answered.insert(.points) }
    if answer != nil { answered.insert(.answer) }
  }

  /// Keys, commands and words that have these words; all where there are none.
  private mutating func help(_ words: String) {
    var page = HelpPage()
    page.search.insert(words)
    let wanted = words.lowercased().split(separator: " ")
    let own = PlainCommand.all.filter { command in
      wanted.allSatisfy { "\(command.usage) \(command.meaning)".lowercased().contains($0) }
    }
    if !own.isEmpty {
      say("words")
      say(own.map { "  \($0.usage): \($0.meaning)" })
    }
    var place = ""
    for entry in page.entries(for: session.screen, isDemo: session.isDemo) {
      if entry.place != place { say(entry.place) }
      place = entry.place
      say("  \(entry.sign): \(entry.words)")
    }
    if words.isEmpty {
      say("in answer to any question")
      say(PlainCommand.answers.map { "  \($0.name): \($0.meaning)" })
      say("A number goes to that control, record or fact; a key is typed as a line of its own.")
    } else if isSilent {
      say("nothing has these words")
    }
  }
}
