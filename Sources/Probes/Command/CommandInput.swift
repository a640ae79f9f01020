internal import Foundation
internal import SystemPackage

/// What a program reads: an unnamed file, not a pipe.
///
/// Nobody has to write while the program runs, so that ending it early cannot leave a writer
/// behind.
struct CommandInput {
  /// At the beginning of the file; whoever runs the program closes it.
  let descriptor: FileDescriptor

  init(_ bytes: [UInt8]) throws(CommandFailure) {
    do {
      descriptor = try bytes.isEmpty ? Self.nothing() : Self.file(bytes)
    } catch {
      throw CommandFailure.broken("input", reason: "a temporary file could not be written")
    }
  }

  private static func nothing() throws -> FileDescriptor {
    try FileDescriptor.open("/dev/null", .readOnly, options: .closeOnExec)
  }

  private static func file(_ bytes: [UInt8]) throws -> FileDescriptor {
    let path = NSTemporaryDirectory() + "/launchgate-\(UUID().uuidString)"
    let file = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.create, .exclusiveCreate, .closeOnExec, .noFollow],
      permissions: .ownerReadWrite)
    unlink(path)
    try file.writeAll(bytes)
    try file.seek(offset: 0, from: .start)
    return file
  }
}
