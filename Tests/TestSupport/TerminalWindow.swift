import Foundation
import Glibc

/// A window of a real terminal emulator (tmux), with a shell in it.
///
/// Nothing here waits for a fixed time: what is expected is waited for, generously.
public final class TerminalWindow {
  /// What was waited for in vain, and what was there instead.
  public struct Failure: Error, CustomStringConvertible {
    /// With the whole screen.
    public let description: String
  }

  /// How many seconds anything is waited for.
  public static let patience =
    ProcessInfo.processInfo.environment["WINDOW_PATIENCE"].flatMap { Int($0) } ?? 60

  /// Where the window's programs run.
  public let sandbox: Sandbox
  private var socket: String { "\(sandbox.folder)/tmux" }

  /// A window with a shell that waits for a command.
  public init(_ sandbox: Sandbox, columns: Int = 100, rows: Int = 30) throws {
    self.sandbox = sandbox
    try tmux([
      "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
      "env PS1='ready> ' bash --norc --noprofile",
    ])
    try tmux(["set-option", "-g", "remain-on-exit", "on"])
    try tmux(["set-option", "-g", "history-limit", "0"])
    // Nothing may be left where the tests themselves are killed.
    let test = getpid()
    try tmux([
      "run-shell", "-b",
      "while kill -0 \(test) 2>/dev/null && [ -S \(socket) ]; do sleep 2; done; "
        + "tmux -S \(socket) kill-server; kill -0 \(test) 2>/dev/null || rm -rf \(sandbox.folder)",
    ])
    try wait("the shell is ready") { $0.contains("ready>") }
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// What is on the screen now.
  public func screen() throws -> String { try tmux(["capture-pane", "-p"]) }

  /// The same with the escape sequences that make its colours.
  public func colours() throws -> String { try tmux(["capture-pane", "-p", "-e"]) }

  /// Presses keys by their names in tmux, such as `Tab`, `C-s` and `R`.
  public func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types a text as it is.
  public func type(_ text: String) throws { try tmux(["send-keys", "-l", "--", text]) }

  /// Pastes a text, in brackets where the program asked for them.
  public func paste(_ text: String) throws {
    try tmux(["set-buffer", "--", text])
    try tmux(["paste-buffer", "-p", "-r"])
  }

  /// Gives the window another size.
  public func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// What the terminal knows of itself, such as `alternate_on`.
  public func property(_ name: String) throws -> String {
    try tmux(["display-message", "-p", "#{\(name)}"]).filter { $0 != "\n" }
  }

  /// Lets programs put texts on the clipboard of the terminal (OSC 52).
  public func allowClipboard() throws { try tmux(["set-option", "-s", "set-clipboard", "on"]) }

  /// What was last put there.
  public func clipboard() throws -> String { (try? tmux(["show-buffer"])) ?? "" }

  /// Types a command into the shell, and returns.
  public func enter(_ command: String) throws {
    try type(command)
    try press("Enter")
  }

  /// Waits until the screen is as expected, and returns it.
  @discardableResult
  public func wait(
    _ what: String, seconds: Int = patience, until isExpected: (String) throws -> Bool
  ) throws -> String {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      let screen = try screen()
      if try isExpected(screen) { return screen }
      if ContinuousClock.now > deadline {
        throw Failure(description: "not in \(seconds) s: \(what). The screen is:\n\(screen)")
      }
      usleep(20_000)
    }
  }

  /// Waits until all of these texts are on the screen, and returns it.
  @discardableResult
  public func shows(_ texts: String..., seconds: Int = patience) throws -> String {
    try wait("\(texts)", seconds: seconds) { screen in texts.allSatisfy(screen.contains) }
  }

  /// Waits until a condition holds that the screen does not tell.
  public func waitUntil(
    _ what: String, seconds: Int = patience, _ isExpected: () throws -> Bool
  ) throws {
    try wait(what, seconds: seconds) { _ in try isExpected() }
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let result = try sandbox.run(
      "/usr/bin/env", ["tmux", "-S", socket, "-f", "/dev/null", "-u"] + arguments, seconds: 60)
    guard result.code == 0 else {
      throw Failure(description: "tmux \(arguments) failed: \(result.output)")
    }
    return result.answer
  }
}
