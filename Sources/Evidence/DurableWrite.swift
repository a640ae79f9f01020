internal import Foundation

/// Replaces a file so that after a crash there is the old or the new one, and after the return the
/// new one: temporary file beside it, fsync, rename, fsync of the folder.
enum DurableWrite {
  private static let marker = ".launchgate-"

  /// Puts those bytes into the place of the file; an old file's owner, group and mode are kept.
  ///
  /// Another name of the old file (a hard link) keeps the old content.
  /// - Parameters:
  ///   - path: no symbolic link, which would be replaced itself.
  ///   - mode: of a new file, less the umask.
  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t = 0o600
  ) throws(EvidenceFile.Failure) {
    let (folder, name) = parts(of: path)
    let old = FilePermissions(of: path)
    guard old?.allowWriting ?? true else {
      throw EvidenceFile.Failure(
        reason: "\(path) is read-only",
        hint: "nothing was changed; if it may be changed: chmod u+w \(path)")
    }
    let temporary = "\(folder)/.\(name)\(marker)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure("a file in \(folder) cannot be created") }
    do {
      try fill(descriptor, of: path, like: old, bytes)
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
    guard synchronise(folder: folder) else {
      let reason = String(cString: strerror(errno))
      throw EvidenceFile.Failure(
        reason: "written, but whether it survives a power cut is unknown: \(path): \(reason)",
        hint: "check the disk, then look with: launchgate status", isWritten: true)
    }
  }

  /// Makes a folder, and what is missing above it, for its owner alone and durably.
  static func makeFolder(_ path: String) throws(EvidenceFile.Failure) {
    if mkdir(path, 0o700) != 0 {
      let above = parts(of: path).folder
      if errno == EEXIST { return }
      guard errno == ENOENT, above != path else { throw failure("\(path) cannot be made") }
      try makeFolder(above)
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw failure("\(path) cannot be made")
      }
    }
    guard synchronise(folder: parts(of: path).folder) else {
      throw failure("\(path) cannot be brought to the disk")
    }
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
    _ descriptor: Int32, of path: String, like old: FilePermissions?, _ bytes: [UInt8]
  ) throws(EvidenceFile.Failure) {
    if let old, !old.apply(to: descriptor) {
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

  private static func synchronise(folder: String) -> Bool {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let isDurable = fsync(descriptor) == 0
    let code = errno
    close(descriptor)
    errno = code
    return isDurable
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
