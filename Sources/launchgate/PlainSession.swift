internal import ArgumentParser
internal import Foundation
internal import Gate
internal import Session
internal import Terminal
internal import TerminalUI

/// Walks a launch line by line, for screen readers, braille lines and terminals without a screen.
struct PlainSession {
  var options: GlobalOptions
  var key: String?
  var example: ExampleLaunch?
  var active = false

  /// Runs until the user ends it or the input does.
  ///
  /// - Throws: `ExitCode` of a signal.
  func run() async throws {
    let mailbox = try Mailbox<ScreenMessage>()
    let runner = EffectRunner(
      options: options, key: key, mailbox: mailbox, example: example, active: active)
    var session = SessionState(now: Clock.now, isDemo: example != nil)
    session.zone = Clock.zone
    let isInteractive = isatty(STDIN_FILENO) == 1
    let start = PlainState(
      dialogue: PlainDialogue(session, isInteractive: isInteractive),
      writer: PlainWriter(ascii: options.isASCII, echoes: !isInteractive))
    let loop = LineLoop<PlainState, ScreenMessage>(
      mailbox: mailbox, takesLines: { $0.dialogue.takesLines }, lends: \.body,
      handle: { state, event in state.handle(event, runner) })
    runner.start(.load)
    let last = try await loop.run(start)
    runner.keep(last.dialogue.session)
    if let code = last.exitCode { throw ExitCode(code) }
  }
}

/// The dialogue with what only the loop needs.
private struct PlainState: Sendable {
  var dialogue: PlainDialogue
  var writer: PlainWriter
  var exitCode: Int32?

  /// True ends.
  mutating func handle(_ event: LineEvent<ScreenMessage>, _ runner: EffectRunner) -> Bool {
    let hasEnded = perform(reply(to: event), runner)
    if hasEnded || dialogue.takesLines { writer.prompt(hasEnded ? "" : dialogue.prompt) }
    return hasEnded
  }

  private mutating func reply(to event: LineEvent<ScreenMessage>) -> PlainDialogue.Reply {
    switch event {
    case .line(let line):
      writer.take(line)
      return dialogue.take(line, at: Clock.now)
    case .longLine:
      writer.take("")
      return dialogue.refuseLine()
    case .endOfInput: return dialogue.end(at: Clock.now)
    case .message(.action(let action)): return dialogue.act(action)
    case .message(.lend):
      writer.breakLine()
      return PlainDialogue.Reply()
    case .signal(.interrupt):
      let (reply, ends) = dialogue.interrupt()
      if ends { exitCode = Signal.interrupt.exitCode }
      return reply
    case .signal(let signal):
      exitCode = signal.exitCode
      return dialogue.act(.interrupted)
    }
  }

  private mutating func perform(_ reply: PlainDialogue.Reply, _ runner: EffectRunner) -> Bool {
    var ends = false
    if !writer.say(reply.lines) {
      // Nobody listens any more: what was typed is kept, and nothing else is begun.
      exitCode = Status.failure.rawValue
      ends = true
      dialogue.act(.interrupted).effects.forEach { if $0 != .quit { runner.start($0) } }
    }
    for effect in reply.effects {
      switch effect {
      case .quit: ends = true
      case .suspend, .redraw, .setMouse, .setTheme, .notify, .copy: break
      default: runner.start(effect)
      }
    }
    return ends
  }
}

/// Writes lines and prompts, each made harmless, and never the same prompt twice in a row.
private struct PlainWriter: Sendable {
  let ascii: Bool
  /// Whether lines are repeated, because no terminal shows what was typed.
  let echoes: Bool
  private var standing = ""

  init(ascii: Bool, echoes: Bool) {
    self.ascii = ascii
    self.echoes = echoes
  }

  /// The prompt was answered with this line.
  mutating func take(_ line: String) {
    if echoes { _ = write("\(clean(line))\n") }
    standing = ""
  }

  /// Ends the line on which a prompt stands.
  mutating func breakLine() {
    if !standing.isEmpty { _ = write("\n") }
    standing = ""
  }

  /// False where nothing can be written any more.
  mutating func say(_ lines: [String]) -> Bool {
    if lines.isEmpty { return true }
    breakLine()
    let texts = lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    return write(texts.map { "\(clean(String($0)))\n" }.joined())
  }

  /// Shows what is expected, unless it stands there.
  mutating func prompt(_ text: String) {
    if text == standing { return }
    breakLine()
    _ = write(clean(text))
    standing = text
  }

  private func clean(_ text: String) -> String {
    let harmless = Sanitizer.clean(text, replacement: ascii ? "?" : "·")
    guard ascii else { return harmless }
    return String(String.UnicodeScalarView(harmless.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
  }

  private func write(_ text: String) -> Bool {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
      return true
    } catch {
      return false
    }
  }
}

extension GlobalOptions {
  /// Whether lines are wanted instead of a screen: by flag, by `ACCESSIBLE`, or because the
  /// terminal is one without a screen.
  var isPlain: Bool {
    let environment = ProcessInfo.processInfo.environment
    if plain || !["", "0"].contains(environment["ACCESSIBLE"] ?? "") { return true }
    // In a pipeline nobody asked for a dialogue.
    return environment["TERM"] == "dumb" && isatty(STDIN_FILENO) == 1
      && isatty(STDOUT_FILENO) == 1
  }

  /// Whether the terminal is to get ASCII only.
  var isASCII: Bool {
    if ascii { return true }
    let environment = ProcessInfo.processInfo.environment
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let name = locale?.lowercased() else { return false }
    return !name.contains("utf-8") && !name.contains("utf8")
  }
}
