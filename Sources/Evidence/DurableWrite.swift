internal import Foundation

/// Replaces a file so that after a crash there is the old or the new one, and after the return the
/// new one: temporary file beside it, fsync, rename, fsync of the folder.
enum DurableWrite {
  private static let marker = ".launchgate-"

  /// Puts those bytes into the place of the file; mode and links of an old file are kept.
  static func replace(_ path: String, with bytes: [UInt8]) throws(EvidenceFile.Failure) {
    let (folder, name) = parts(of: path)
    let temporary = "\(folder)/.\(name)\(marker)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("a file in \(folder) cannot be created") }
    do {
      try fill(descriptor, like: path, bytes)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let failure = failure("\(path) cannot be replaced")
      unlink(temporary)
      throw failure
    }
    try synchronise(folder: folder)
  }

  /// Removes temporary files that a killed writer left; only under the lock.
  static func sweep(besides path: String) {
    let (folder, name) = parts(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for leftover in names where leftover.hasPrefix(".\(name)\(marker)") {
      unlink("\(folder)/\(leftover)")
    }
  }

  private static func fill(
    _ descriptor: Int32, like path: String, _ bytes: [UInt8]
  ) throws(EvidenceFile.Failure) {
    var status = stat()
    if stat(path, &status) == 0, fchmod(descriptor, status.st_mode & 0o7777) != 0 {
      throw failure("the mode of \(path) cannot be kept")
    }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + written }, $0.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failure("\(path) cannot be written") }
      written += count
    }
    // A failed fsync is never tried again: the kernel may have dropped the pages (PostgreSQL 2018).
    guard fsync(descriptor) == 0 else { throw failure("\(path) cannot be brought to the disk") }
  }

  private static func synchronise(folder: String) throws(EvidenceFile.Failure) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw EvidenceFile.Failure(
        reason: "the record is written, but whether it survives a power cut is unknown: "
          + String(cString: strerror(errno)),
        hint: "check the disk, then look with: launchgate status", isWritten: true)
    }
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    let url = URL(fileURLWithPath: path)
    return (url.deletingLastPathComponent().path, url.lastPathComponent)
  }

  private static func failure(_ what: String) -> EvidenceFile.Failure {
    let code = errno
    let hint =
      switch code {
      case ENOSPC, EDQUOT: "free some space and try again; nothing was changed"
      case EROFS: "the file system is read-only; nothing was changed"
      case EACCES, EPERM: "the folder has to be writable; nothing was changed"
      default: "nothing was changed; try again"
      }
    return EvidenceFile.Failure(reason: "\(what): \(String(cString: strerror(code)))", hint: hint)
  }
}
