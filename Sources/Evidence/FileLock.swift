internal import Foundation

/// An exclusive lock on a side file that is never removed.
///
/// The data file itself cannot carry the lock, because renaming a new file over it swaps the
/// inode; a lock file that is removed has the same fault.
struct FileLock {
  private let descriptor: Int32

  /// Waits at most that long for the lock of that file, which is open to whom the file is.
  init(of file: String, seconds: Int = 10) throws(EvidenceFile.Failure) {
    let path = "\(file).lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw EvidenceFile.Failure(
        reason: "\(path) cannot be opened: \(String(cString: strerror(code)))",
        hint: code == ELOOP
          ? "somebody put a link there: look at it, then remove it"
          : "it and the folder around it have to be writable; nothing was changed")
    }
    FilePermissions(of: file)?.share(descriptor)
    var code: Int32 = 0
    for _ in 0..<(seconds * 20) {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      code = errno
      guard code == EWOULDBLOCK || code == EINTR else { break }
      usleep(50_000)
    }
    let isBusy = code == EWOULDBLOCK || code == EINTR
    close(descriptor)
    throw EvidenceFile.Failure(
      reason: isBusy
        ? "another launchgate has been writing for \(seconds) seconds"
        : "\(path) cannot be locked: \(String(cString: strerror(code)))",
      hint: isBusy
        ? "end or continue the process that holds it: fuser \(path)"
        : "keep the evidence file on a file system that supports locks")
  }

  /// Gives the lock back; the end of the process does so too.
  func release() { close(descriptor) }
}
