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
    answer(Array((clean.joined(separator: "\n") + "\n").utf8))
  }

  /// One JSON document; what would change a terminal or a line stands in it as an escape.
  static func json(_ value: JSONValue) {
    let text = String(decoding: CanonicalJSON.bytes(value), as: UTF8.self)
    answer(Array((Sanitizer.escaped(json: text) + "\n").utf8))
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

  /// Gives an answer as it is; where that cannot be, the program ends, and what was done stays done.
  static func answer(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else { endUnlessPassing(errno) }
    }
  }

  private static func endUnlessPassing(_ code: CInt) {
    switch code {
    case EINTR: return
    case EAGAIN:
      var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
      poll(&output, 1, -1)
    case EPIPE:
      // Whoever reads the beginning alone, as head does, has what they want.
      exit(128 + SIGPIPE)
    default:
      error(
        Problem(
          "the answer cannot be written: \(String(cString: strerror(code)))",
          hint: "what was to be recorded is recorded; look with: launchgate status"))
      exit(Status.failure.rawValue)
    }
  }
}
