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
      program: engine, arguments: ["save", name], environment: variables(for: engine),
      deadline: deadline)
    return try await command.stream(input: []) { piece in
      guard lseek(descriptor, 0, SEEK_CUR) + piece.count <= Self.sizeLimit else {
        throw CommandFailure.outputTooLarge(engine)
      }
      try Self.write(piece, to: descriptor, engine)
    }
  }

  /// What leads to the engine of this machine and to no other.
  ///
  /// Docker follows its context unless `DOCKER_HOST` is set. Podman knows no `DOCKER_HOST`; it looks
  /// elsewhere where `CONTAINER_HOST` or `CONTAINER_CONNECTION` is set, which are not handed on.
  private func variables(for engine: String) -> [String: String] {
    var variables = ["PATH": environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    if engine == "docker" {
      let host = environment["DOCKER_HOST"].flatMap { $0.hasPrefix("unix://") ? $0 : nil }
      variables["DOCKER_HOST"] = host ?? "unix:///var/run/docker.sock"
    }
    return variables
  }

  /// A file for reading and writing that has lost its name; the caller closes it.
  ///
  /// Tests let `forget` fail, which takes the name away and answers 0.
  static func unnamedFile(
    forget: (String) -> Int32 = { unlink($0) }
  ) throws(ArchiveFault) -> Int32 {
    let path = NSTemporaryDirectory() + "/launchgate-\(UUID().uuidString)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0, forget(path) == 0 else {
      if descriptor >= 0 { close(descriptor) }
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
