// A program for the tests of the event loop: it shows what reaches it.

import Foundation
import Session
import Synchronization
import Terminal
import TerminalUI

struct State: Sendable {
  var lines: [String] = []
  var input = TextInput(isMultiline: false)
  var ticks = 0
  var isAnimated = false
  var exitCode: Int32 = 0
}

let rounds = Mutex(0)
let mailbox = try Mailbox<String>()
let arguments = CommandLine.arguments

@Sendable func draw(_ state: State, into surface: inout Surface) {
  let rect = surface.bounds
  let size = "\(surface.size.columns)x\(surface.size.rows)"
  let frame = Frame(
    title: "Example 作者", trailing: Line(size), bottom: Line("ticks \(state.ticks)"))
  let room = frame.draw(into: &surface, in: rect)
  let (top, bottom) = room.splitBottom(1)
  let list = ListView(
    state.lines.map { ListView.Row([Span("✓ ", .ok), Span($0)]) },
    selection: state.lines.indices.last)
  list.draw(into: &surface, in: top)
  if !state.input.isEmpty {
    TextField(state.input, isFocused: true).draw(into: &surface, in: bottom)
  }
}

@Sendable func handle(
  _ state: inout State, _ event: TerminalEvent<String>
) -> [LoopInstruction<String>] {
  switch event {
  case .tick:
    state.ticks += 1
    return []
  case .message(let text):
    state.lines.append("message=\(text)")
    return []
  case .signal(let signal):
    state.exitCode = signal.exitCode ?? 0
    return [.end]
  case .key(let key):
    state.lines.append("\(key)")
    return instructions(for: key, &state)
  }
}

@Sendable func instructions(for key: Key, _ state: inout State) -> [LoopInstruction<String>] {
  switch key {
  case .character("q"): return [.end]
  case .character("a"): state.isAnimated.toggle()
  case .character("c"): state.lines.append("rounds=\(rounds.withLock { $0 })")
  case .character("p"): print("stray print")
  case .character("x"):
    let nothing: [Int] = []
    state.lines.append("\(nothing[state.lines.count])")
  case .character("e"):
    return [
      .lend {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "stty -a | grep -o -- '-*echo '; echo lent"]
        try? process.run()
        process.waitUntilExit()
        return "editor=\(process.terminationStatus)"
      }
    ]
  case .character("m"):
    Thread.detachNewThread { for number in 1...3 { mailbox.send("\(number)") } }
  case .character("y"): return [.request(.copy("text")), .request(.title("example"))]
  case .character("n"): return [.request(.notify("done; GO"))]
  case .character("o"): return [.request(.mouse(false))]
  case .control("z"): return [.suspend]
  case .control("l"): return [.redraw]
  case .paste(let text): state.input.insert(text)
  default: break
  }
  return []
}

var loop = EventLoop<State, String>(
  options: TerminalOptions(ascii: arguments.contains("--ascii")), mailbox: mailbox,
  interval: { state in
    rounds.withLock { $0 += 1 }
    if arguments.contains("--restless") { return .microseconds(100) }
    return state.isAnimated ? .milliseconds(50) : nil
  },
  draw: { draw($0, into: &$1) }, handle: { handle(&$0, $1) })
if arguments.contains("--begin") { loop.begin = { mailbox.send("begun") } }

do {
  let state = try await loop.run(State())
  exit(state.exitCode)
} catch let error as TerminalError {
  FileHandle.standardError.write(Data("error: \(error)\nhint: \(error.hint)\n".utf8))
  exit(4)
}
