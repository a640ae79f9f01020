internal import ArgumentParser
internal import Checklist
internal import Foundation
internal import Gate
internal import Session
internal import Synchronization
internal import Terminal
internal import TerminalUI

/// Walks a launch on the full screen, from the first paint to the restored terminal.
struct ScreenSession {
  var options: GlobalOptions
  var key: String?
  var example: ExampleLaunch?
  var active = false

  /// Runs until the user ends it.
  ///
  /// - Throws: `ExitCode` of a signal, or why there is no screen.
  func run() async throws {
    let mailbox = try Mailbox<ScreenMessage>()
    let runner = EffectRunner(
      options: options, key: key, mailbox: mailbox, example: example,
      active: active)
    let frames = FrameLayout()
    var terminal = options.terminal
    terminal.mouse = true
    var loop = EventLoop<ScreenState, ScreenMessage>(
      options: terminal, mailbox: mailbox,
      interval: { $0.session.animates ? .milliseconds(100) : nil },
      draw: { state, surface in
        SessionScreen.draw(state.session, frame: state.frame, into: &surface)
        frames.layout.withLock { $0 = surface.layout }
      },
      handle: { state, event in
        state.handle(event, frames.layout.withLock { $0 }, runner)
      })
    var session = SessionState(now: Clock.now, isDemo: example != nil)
    session.zone = Clock.zone
    session.isStill = options.isStill
    // Reading a launch takes several times as long as showing that it is being read.
    loop.begin = {
      // Not before: the thread of the screen is started by one of those that give way.
      QuietExecutors.giveWayToScreen()
      runner.start(.load)
    }
    let last = try await loop.run(ScreenState(session: session))
    runner.keep(last.session)
    if let code = last.exitCode { throw ExitCode(code) }
  }
}

extension GlobalOptions {
  /// How the terminal is used.
  var terminal: TerminalOptions {
    var environment = ProcessInfo.processInfo.environment
    if color == .never { environment["NO_COLOR"] = "1" }
    if color == .always { environment["NO_COLOR"] = nil }
    let chosen = color == .never ? Theme.mono : theme.flatMap { Theme(rawValue: $0.rawValue) }
    return TerminalOptions(
      theme: chosen, mouse: false, ascii: ascii, environment: environment)
  }

  /// Whether the colours of an earlier session give way: others were asked for, or none.
  var overridesTheme: Bool {
    let environment = ProcessInfo.processInfo.environment
    let isBare = color != .always && !(environment["NO_COLOR"] ?? "").isEmpty
    return theme != nil || color == .never || isBare
  }

  /// Whether nothing may move by itself, by flag or by `LAUNCHGATE_MOTION=none`.
  var isStill: Bool {
    (motion?.rawValue ?? ProcessInfo.processInfo.environment["LAUNCHGATE_MOTION"]) == "none"
  }
}

/// What work that is done elsewhere tells the loop.
enum ScreenMessage: Sendable {
  case action(Action)
  /// Leave the screen while something asks on the terminal.
  case lend(@Sendable () -> Void)

  /// What asks on the terminal, if something does.
  var body: (@Sendable () -> Void)? {
    if case .lend(let body) = self { body } else { nil }
  }
}

/// Where things were on the screen when it was drawn last; clicks are about what was seen.
private final class FrameLayout: Sendable {
  let layout = Mutex(Layout())
}

/// The session with what only the loop needs.
struct ScreenState: Sendable {
  var session: SessionState
  var frame = 0
  var exitCode: Int32?
  private var title = ""

  init(session: SessionState) { self.session = session }

  mutating func handle(
    _ event: TerminalEvent<ScreenMessage>, _ layout: Layout, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    let instructions = react(to: event, layout, runner)
    guard let report = session.report else { return instructions }
    let new = "\(report.verdict.rawValue) \(report.subject) \(report.release) - launchgate"
    guard new != title else { return instructions }
    title = new
    return instructions + [.request(.title(new))]
  }

  private mutating func react(
    to event: TerminalEvent<ScreenMessage>, _ layout: Layout, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    switch event {
    case .key(.click(let row, let column)):
      return layout.target(row: row, column: column).map { reduce(.pointed($0), runner) } ?? []
    case .key(.wheelUp(let row, let column)):
      return turn(layout.target(row: row, column: column), by: -1, layout, runner)
    case .key(.wheelDown(let row, let column)):
      return turn(layout.target(row: row, column: column), by: 1, layout, runner)
    case .key(let key):
      return reduce(.measured(layout.limits), runner) + reduce(.key(key), runner)
    case .message(.action(let action)): return reduce(action, runner)
    case .message(.lend(let body)):
      return [
        .lend {
          body()
          return nil
        }
      ]
    case .tick:
      frame += 1
      return reduce(.ticked(Clock.now, elapsed: (session.run?.elapsed ?? 0) + 100), runner)
    case .signal(let signal):
      exitCode = signal.exitCode
      return reduce(.interrupted, runner)
    }
  }

  private mutating func turn(
    _ target: ScreenTarget?, by count: Int, _ layout: Layout, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    guard let target else { return [] }
    return reduce(.measured(layout.limits), runner)
      + reduce(.wheeled(target, by: count), runner)
  }

  private mutating func reduce(
    _ action: Action, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    if action.isByUser {
      _ = SessionReducer.reduce(&session, .ticked(Clock.now, elapsed: session.run?.elapsed ?? 0))
    }
    return SessionReducer.reduce(&session, action).compactMap { effect in
      switch effect {
      case .quit: return .end
      case .redraw: return .redraw
      case .suspend: return .suspend
      case .copy(let text): return .request(.copy(text))
      case .setMouse(let isOn): return .request(.mouse(isOn))
      case .setTheme(let theme): return .request(.theme(Theme(rawValue: theme.rawValue) ?? .mono))
      case .notify(let text): return .request(.notify(text))
      default:
        runner.start(effect)
        return nil
      }
    }
  }
}

extension Action {
  /// Whether the user did it, so that the time has to be looked at.
  fileprivate var isByUser: Bool {
    switch self {
    case .key, .pointed, .wheeled: true
    default: false
    }
  }
}
