internal import ArgumentParser
internal import Foundation
internal import Session
internal import Terminal
internal import TerminalUI

/// Shows an audit on the full screen.
///
/// Nothing runs beside it: a key changes what is shown, no more.
struct AuditSession {
  var options: GlobalOptions
  var snapshot: AuditSnapshot

  private struct State: Sendable {
    var audit: AuditState
    var exitCode: Int32?
  }

  /// Runs until the user ends it.
  ///
  /// - Throws: `ExitCode` of a signal, or why there is no screen.
  func run() async throws {
    let loop = EventLoop<State, Never>(
      options: options.terminal, mailbox: try Mailbox<Never>(),
      draw: { state, surface in AuditScreen.draw(state.audit, into: &surface) },
      handle: { state, event in Self.handle(event, &state) })
    let last = try await loop.run(State(audit: AuditState(snapshot)))
    if let code = last.exitCode { throw ExitCode(code) }
  }

  private static func handle(
    _ event: TerminalEvent<Never>, _ state: inout State
  ) -> [LoopInstruction<Never>] {
    switch event {
    case .key(let key):
      return state.audit.handle(key).map { effect in
        switch effect {
        case .copy(let text): .request(.copy(text))
        case .redraw: .redraw
        case .suspend: .suspend
        case .quit: .end
        }
      }
    case .signal(let signal):
      state.exitCode = signal.exitCode
      return [.end]
    case .tick: return []
    }
  }
}
