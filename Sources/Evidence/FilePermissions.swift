internal import Foundation

/// Who may do what with a file, so that what takes its place is open to the same people and to nobody else.
struct FilePermissions {
  private let path: String
  private let status: stat

  /// Those of that file; nil where there is none.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.path = path
    self.status = status
  }

  /// Whether the file may be changed.
  ///
  /// Renaming asks nobody for that, and root may always; but a file that is read-only for all is
  /// meant to stay as it is.
  var allowWriting: Bool { status.st_mode & 0o222 != 0 && access(path, W_OK) == 0 }

  /// Whether the file belongs to another user.
  fileprivate var isForeign: Bool { status.st_uid != geteuid() }

  fileprivate func allows(_ bits: UInt32) -> Bool { status.st_mode & bits != 0 }

  /// Gives owner, group and mode to a new file, as far as we may.
  ///
  /// - Returns: whether the mode is set; without the group's part where the group cannot be kept.
  func apply(to descriptor: Int32) -> Bool {
    var mode = status.st_mode & 0o7777
    if !keepOwner(of: descriptor) { mode &= ~0o070 }
    return fchmod(descriptor, mode) == 0
  }

  /// Lets everybody who may read or write the file do so with its lock, where that is ours.
  func share(_ lock: Int32) {
    var own = stat()
    // Another name of some other file must not be opened to anybody.
    guard fstat(lock, &own) == 0, own.st_mode & S_IFMT == S_IFREG, own.st_nlink == 1,
      own.st_uid == geteuid()
    else { return }
    let mode = status.st_mode & 0o666 | 0o600
    guard own.st_mode & 0o777 != mode || own.st_gid != status.st_gid else { return }
    if keepOwner(of: lock) { _ = fchmod(lock, mode) }
  }

  private func keepOwner(of descriptor: Int32) -> Bool {
    var own = stat()
    guard fstat(descriptor, &own) == 0 else { return false }
    if own.st_uid == status.st_uid && own.st_gid == status.st_gid { return true }
    return fchown(descriptor, status.st_uid, status.st_gid) == 0
      || fchown(descriptor, uid_t.max, status.st_gid) == 0
  }
}

extension EvidenceFile {
  /// Whether others than this user may do what those mode bits say (`0o022` write, `0o077`
  /// anything), or the file belongs to somebody else; nil where there is no file.
  public func isOpenToOthers(_ bits: UInt32) -> Bool? {
    FilePermissions(of: path).map { $0.isForeign || $0.allows(bits) }
  }
}
