/// A Dockerfile as the builder reads it: one instruction after another.
struct Dockerfile: Equatable, Sendable {
  /// An instruction with its continuation lines joined.
  struct Instruction: Equatable, Sendable {
    /// The line on which it begins, from 1.
    var line: Int
    /// In capitals.
    var keyword: String
    /// All that follows the keyword.
    var arguments: String
    /// The lines of its here-documents.
    var heredocs: [String] = []
  }

  /// Why the builder would refuse it.
  struct Malformed: Error, Equatable {
    var line: Int
    var reason: String
  }

  var instructions: [Instruction] = []

  static let keywords: Set<String> = [
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
    "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]

  /// Reads a file, or says on which line it makes no sense.
  init(_ bytes: [UInt8]) throws(Malformed) {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Malformed(line: 1, reason: "it is no text")
    }
    var reader = DockerfileReader(text)
    while let instruction = try reader.next() { instructions.append(instruction) }
    guard let first = instructions.first(where: { $0.keyword != "ARG" }) else {
      throw Malformed(line: 1, reason: "it has no FROM")
    }
    guard first.keyword == "FROM" else {
      throw Malformed(line: first.line, reason: "\(first.keyword) stands before any FROM")
    }
  }
}
