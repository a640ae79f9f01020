internal import ArgumentParser
internal import Session
internal import Terminal
internal import TerminalUI

/// Shows the board on the full screen, from the first paint to the restored terminal.
struct BoardSession {
  var options: GlobalOptions
  var rows: [BoardRow]

  /// The board with what only the loop needs.
  private struct Screen: Sendable {
    var board: BoardState
    var exitCode: Int32?
  }

  /// Runs until the user ends it.
  ///
  /// - Throws: `ExitCode` of a signal or of the worst launch, or why there is no screen.
  func run() async throws {
    let loop = EventLoop<Screen, Never>(
      options: options.terminal, mailbox: try Mailbox<Never>(),
      draw: { screen, surface in BoardScreen.draw(screen.board, into: &surface) },
      handle: { screen, event in Self.handle(&screen, event) })
    let last = try await loop.run(Screen(board: BoardState(rows)))
    if let code = last.exitCode { throw ExitCode(code) }
    if let worst = rows.first, worst.status != Status.done { throw worst.status }
  }

  private static func handle(
    _ screen: inout Screen, _ event: TerminalEvent<Never>
  ) -> [LoopInstruction<Never>] {
    switch event {
    case .key(let key):
      switch screen.board.handle(key) {
      case .end: return [.end]
      case .redraw: return [.redraw]
      case .suspend: return [.suspend]
      case nil: return []
      }
    case .signal(let signal):
      screen.exitCode = signal.exitCode
      return [.end]
    case .tick: return []
    }
  }
}
