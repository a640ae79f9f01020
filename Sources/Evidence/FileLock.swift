internal import Foundation

/// An exclusive lock on a side file that is never removed.
///
/// The data file itself cannot carry the lock, because renaming a new file over it swaps the
/// inode; a lock file that is removed has the same fault.
struct FileLock {
  private let descriptor: Int32

  /// Waits at most that long for the lock.
  init(path: String, seconds: Int = 10) throws(EvidenceFile.Failure) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw EvidenceFile.Failure(
        reason: "\(path) cannot be opened: \(String(cString: strerror(errno)))",
        hint: "the folder of the evidence file has to be writable")
    }
    for _ in 0..<(seconds * 20) {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      guard errno == EWOULDBLOCK || errno == EINTR else { break }
      usleep(50_000)
    }
    let isBusy = errno == EWOULDBLOCK
    close(descriptor)
    throw EvidenceFile.Failure(
      reason: isBusy
        ? "another launchgate has been writing for \(seconds) seconds"
        : "\(path) cannot be locked: \(String(cString: strerror(errno)))",
      hint: isBusy
        ? "end or continue the process that holds it: fuser \(path)"
        : "keep the evidence file on a file system that supports locks")
  }

  /// Gives the lock back; the end of the process does so too.
  func release() { close(descriptor) }
}
