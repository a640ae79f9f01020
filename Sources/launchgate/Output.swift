internal import Checklist
internal import Evidence
internal import Foundation
internal import TerminalUI

/// Lines for people and documents for machines; standard output carries the answer alone.
enum Output {
  /// The answer, made harmless for a terminal.
  static func say(_ text: String) {
    let clean = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Sanitizer.clean(String($0)) }
    write(clean.joined(separator: "\n") + "\n", to: .standardOutput)
  }

  /// One JSON document.
  static func json(_ value: JSONValue) {
    FileHandle.standardOutput.write(Data(CanonicalJSON.bytes(value) + [0x0a]))
  }

  /// What goes on meanwhile.
  static func progress(_ text: String) {
    write("\(Sanitizer.clean(text))\n", to: .standardError)
  }

  /// `error:` and `hint:` lines.
  static func error(_ problem: Problem) {
    progress("error: \(problem.reason)")
    for hint in problem.hints { progress("hint: \(hint)") }
  }

  private static func write(_ text: String, to handle: FileHandle) {
    handle.write(Data(text.utf8))
  }
}
