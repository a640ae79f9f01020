internal import ArgumentParser
internal import Checklist
internal import Foundation
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
    let loop = EventLoop<ScreenState, ScreenMessage>(
      options: options.terminal, mailbox: mailbox,
      interval: { $0.session.animates ? .milliseconds(100) : nil },
      draw: { state, surface in
        SessionScreen.draw(state.session, frame: state.frame, into: &surface)
      },
      handle: { state, event in state.handle(event, runner) })
    var session = SessionState(now: Clock.now, isDemo: example != nil)
    session.zone = Clock.zone
    runner.start(.load)
    let last = try await loop.run(ScreenState(session: session))
    if let code = last.exitCode { throw ExitCode(code) }
  }
}

extension GlobalOptions {
  /// How the terminal is used.
  var terminal: TerminalOptions {
    var environment = ProcessInfo.processInfo.environment
    if color == .never { environment["NO_COLOR"] = "1" }
    if color == .always { environment["NO_COLOR"] = nil }
    return TerminalOptions(
      theme: theme == .light ? .light : .dark, mouse: false, ascii: ascii,
      environment: environment)
  }
}

/// What work that is done elsewhere tells the loop.
enum ScreenMessage: Sendable {
  case action(Action)
  /// Leave the screen while something asks on the terminal.
  case lend(@Sendable () -> Void)
}

/// The session with what only the loop needs.
struct ScreenState: Sendable {
  var session: SessionState
  var frame = 0
  var exitCode: Int32?
  private var lastMinute = 0

  init(session: SessionState) { self.session = session }

  mutating func handle(
    _ event: TerminalEvent<ScreenMessage>, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    switch event {
    case .key(let key): return reduce(.key(key), runner)
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

  private mutating func reduce(
    _ action: Action, _ runner: EffectRunner
  ) -> [LoopInstruction<ScreenMessage>] {
    if case .key = action {
      _ = SessionReducer.reduce(&session, .ticked(Clock.now, elapsed: session.run?.elapsed ?? 0))
    }
    return SessionReducer.reduce(&session, action).compactMap { effect in
      switch effect {
      case .quit: return .end
      case .redraw: return .redraw
      case .suspend: return .suspend
      case .copy(let text): return .request(.copy(text))
      default:
        runner.start(effect)
        return nil
      }
    }
  }
}
