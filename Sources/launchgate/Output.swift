internal import ArgumentParser
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
    answer(Data((clean.joined(separator: "\n") + "\n").utf8))
  }

  /// One JSON document; what would change a terminal or a line stands in it as an escape.
  static func json(_ value: JSONValue) {
    let text = String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
    answer(Data((Sanitizer.escaped(json: text) + "\n").utf8))
  }

  /// What goes on meanwhile.
  static func progress(_ text: String) {
    // Where nobody listens there is nobody to tell.
    try? FileHandle.standardError.write(contentsOf: Data("\(Sanitizer.clean(text))\n".utf8))
  }

  /// `error:` and `hint:` lines.
  static func error(_ problem: Problem) {
    progress("error: \(problem.reason)")
    for hint in problem.hints { progress("hint: \(hint)") }
  }

  /// An answer that cannot be given ends the program: what was done stays done.
  private static func answer(_ data: Data) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      self.error(
        Problem(
          "the answer cannot be written: \(error.localizedDescription)",
          hint: "what was to be recorded is recorded; look with: launchgate status"))
      exit(Status.failure.rawValue)
    }
  }
}
