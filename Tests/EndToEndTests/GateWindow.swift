import Glibc
import TestSupport

/// The program on a screen, with the steps that a person takes on it.
struct GateWindow {
  let window: TerminalWindow
  var sandbox: Sandbox { window.sandbox }

  init(_ sandbox: Sandbox, columns: Int = 100, rows: Int = 30) throws {
    window = try TerminalWindow(sandbox, columns: columns, rows: rows)
  }

  /// Starts the program; its exit code is shown when it ends.
  func start(_ arguments: String = "") throws {
    let launch = "sh -c 'echo $$ > \(sandbox.folder)/process; exec $LAUNCHGATE \(arguments)'"
    try window.enter("clear; \(launch); echo code=$?.")
  }

  /// Makes a repository with a launch in the working folder, and opens it on the screen.
  func startRepository() throws {
    try Self.repository(sandbox)
    try start()
    try window.shows("shop 1.0", "─ Controls ─")
  }

  /// A repository with a launch that nothing was recorded of.
  static func repository(_ sandbox: Sandbox) throws {
    try git(sandbox)
    let result = try sandbox.launchgate([
      "init", "--subject", "shop", "--release", "1.0", "--environment", "production",
    ])
    guard result.code == 0 else { throw Sandbox.Failure(result.output) }
  }

  /// An empty repository with a person who works in it.
  static func git(_ sandbox: Sandbox) throws {
    for arguments in [
      ["init", "-q", "-b", "main"], ["config", "user.name", "Mara Lindqvist"],
      ["config", "user.email", "mara@acme.example"],
    ] {
      let result = try sandbox.run("/usr/bin/env", ["git"] + arguments)
      guard result.code == 0 else { throw Sandbox.Failure(result.output) }
    }
  }

  /// The evidence of that repository.
  var evidence: String { "\(sandbox.work)/shop-1.0.evidence.json" }

  /// How many records of a type the repository's evidence holds.
  func count(_ type: String) -> Int {
    sandbox.text(evidence).split(separator: "\n").count { $0.contains("\"type\":\"\(type)\"") }
  }

  /// Sends a signal to the program alone.
  func send(_ signal: CInt) throws { kill(try process, signal) }

  /// The number of the program.
  var process: pid_t {
    get throws {
      let text = sandbox.text("\(sandbox.folder)/process").split(separator: "\n").first
      guard let process = text.flatMap({ pid_t($0) }) else {
        throw Sandbox.Failure("the program has no number")
      }
      return process
    }
  }

  /// Starts it on the example launch, and waits for the first page.
  ///
  /// - Parameter active: whether the shop may be sent what no visitor would send.
  func startDemo(_ folder: String? = nil, active: Bool = false) throws {
    try start("demo" + (active ? " --active" : "") + (folder.map { " --folder \($0)" } ?? ""))
    try window.shows("DEMO  acme-shop 4.2.0", "─ Controls ─")
  }

  /// The first line.
  func header() throws -> String {
    try window.screen().split(separator: "\n").first.map(String.init) ?? ""
  }

  /// The number before a word of the first line.
  func number(before word: String) throws -> Int {
    let words = try header().split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: word), index > 0, let number = Int(words[index - 1])
    else { throw Sandbox.Failure("the first line does not count what is \(word): \(words)") }
    return number
  }

  /// Goes to a control by its number.
  func select(_ number: Int) throws {
    // The facts of the launch come before the first control.
    try window.press("g")
    try window.type(String(repeating: "j", count: number))
    try window.shows("─ \(number) ")
  }

  /// Runs all probes, and goes back to the main page.
  func runAll() throws {
    try window.press("R")
    try window.shows("Probes have run", "probes finished")
    try back()
  }

  /// Runs all probes after having agreed to what is sent, and goes back to the main page.
  func runAllThatSend() throws {
    try window.press("R")
    try window.shows("About to send: nothing was sent yet", "endpoints.not-exposed sends to")
    try window.type("send")
    try window.press("C-s")
    try window.shows("Probes have run", "probes finished")
    try back()
  }

  /// Closes a page.
  func back() throws {
    try window.press("Escape")
    try window.shows("─ Controls ─")
  }

  /// Mends the fault of the control under the cursor.
  func mend() throws {
    try window.press("f")
    try window.shows("Probes have run", "probes finished", " pass  0 fail")
    try back()
  }

  /// Decides on what is open in the control under the cursor.
  func decide(_ key: String = "s", note: String, attachment: String? = nil) throws {
    try window.press(key)
    try window.shows("─ Decide on ")
    try window.press("Tab")
    try window.type("today")
    try window.press("Tab")
    try window.type(note)
    if let attachment {
      try window.press("Tab")
      try window.type(attachment)
    }
    try window.press("C-s")
    try window.shows("collected", "─ Controls ─")
  }

  /// Types into one field after the other.
  func fill(_ texts: [String]) throws {
    for (index, text) in texts.enumerated() {
      if index > 0 { try window.press("Tab") }
      if !text.isEmpty { try window.type(text) }
    }
  }

  /// Signs, and waits until the record is on disk.
  func sign() throws {
    try window.press("C-s")
    try window.shows("on disk: ")
  }

  /// Answers all facts of the launch with yes, on the page that is open or opened for it.
  func answerFacts() throws {
    if try !window.screen().contains("─ Facts of this launch ─") {
      try window.press("g", "Enter")
      try window.shows("No takes out: ")
    }
    let words = try window.screen().split(separator: " ").map(String.init)
    guard let index = words.firstIndex(of: "answered"), index > 0, let count = Int(words[index - 1])
    else { throw Sandbox.Failure("the page does not count the facts") }
    try window.type(String(repeating: "y", count: count))
    try window.shows("all facts are answered", "\(count) of \(count) answered")
    try back()
  }

  /// Ends the program and waits for the shell.
  func quit() throws {
    try window.press("q")
    try window.shows("code=0.")
  }
}
