internal import Checklist
internal import Foundation
import Glibc

/// An image that docker, or podman, of this machine writes out.
///
/// It is kept in a file without a name that nobody else can open, and that is gone with the last
/// who has it open, however the program ends.
struct SavedImage: Sendable {
  /// Larger images are not kept.
  static let sizeLimit = 16 << 30

  /// As the engine knows it.
  var name: String
  /// The user's; the engine gets no more of it than it needs to be found.
  var environment: [String: String]
  var deadline: ContinuousClock.Instant

  /// The archive of the first engine that is installed, and which one that was.
  ///
  /// What an engine did not write to its end, with exit code 0, is no archive.
  func archive() async throws(ArchiveFault) -> (file: ArchiveFile, engine: String) {
    // An option is no name.
    guard name.wholeMatch(of: #/[A-Za-z0-9][A-Za-z0-9._\/:@\-]{0,511}/#) != nil else {
      throw ArchiveFault("\(name) is no name of an image", hint: "see docker images")
    }
    for engine in ["docker", "podman"] {
      if let file = try await archive(from: engine) { return (file, engine) }
    }
    throw ArchiveFault(
      "neither docker nor podman is installed",
      hint: "save it where one is, and hand it over: launchgate probe --from layers=image.tar")
  }

  /// Nil where the engine is not installed.
  private func archive(from engine: String) async throws(ArchiveFault) -> ArchiveFile? {
    let descriptor = try Self.unnamedFile()
    let answer: CommandOutput
    do throws(CommandFailure) {
      answer = try await save(with: engine, to: descriptor)
    } catch {
      close(descriptor)
      if case .notInstalled = error { return nil }
      throw ArchiveFault(error.reason, hint: error.hint)
    }
    guard answer.status == 0 else {
      close(descriptor)
      throw ArchiveFault(
        "\(engine) save \(name): \(answer.complaint)", hint: "see \(engine) images")
    }
    return try ArchiveFile(taking: descriptor, named: name)
  }

  private func save(
    with engine: String, to descriptor: Int32
  ) async throws(CommandFailure) -> CommandOutput {
    let command = Command(
      program: engine, arguments: ["save", name], environment: variables, deadline: deadline)
    return try await command.stream(input: []) { piece in
      guard lseek(descriptor, 0, SEEK_CUR) + piece.count <= Self.sizeLimit else {
        throw CommandFailure.outputTooLarge(engine)
      }
      try Self.write(piece, to: descriptor, engine)
    }
  }

  /// The engine of this machine: a context of Docker may lead to another one.
  private var variables: [String: String] {
    let host = environment["DOCKER_HOST"].flatMap { $0.hasPrefix("unix://") ? $0 : nil }
    return [
      "PATH": environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8",
      "DOCKER_HOST": host ?? "unix:///var/run/docker.sock",
    ]
  }

  private static func unnamedFile() throws(ArchiveFault) -> Int32 {
    let path = NSTemporaryDirectory() + "/launchgate-\(UUID().uuidString)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0, unlink(path) == 0 else {
      throw ArchiveFault(
        "a temporary file could not be written", hint: "set TMPDIR to a folder with room for it")
    }
    return descriptor
  }

  private static func write(
    _ piece: UnsafeRawBufferPointer, to descriptor: Int32, _ engine: String
  ) throws {
    var rest = piece[...]
    while !rest.isEmpty {
      let count = Glibc.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw CommandFailure.broken(engine, reason: "there is no room for the image in TMPDIR")
      }
      rest = rest.dropFirst(count)
    }
  }
}
