import Glibc

/// A file that a checklist of one's own names: what it is, and what is in it.
struct OwnFile: Sendable {
  /// So much is read for patterns and JSON.
  static let textLimit = 1 << 20
  /// So much is read for a digest.
  static let digestLimit = 64 << 20

  /// As it was named.
  var path: String
  /// The folder below which a relative one lies.
  var top: String
  var limit: Int

  /// What was seen.
  enum Sight: Equatable, Sendable {
    /// A regular file with its mode, and its content where that was asked for.
    case file(mode: Int, FileBytes?)
    /// A folder, a link, a pipe: there, but no file that is looked into.
    case other(String)
    /// Well observed: the folder was looked into, and has nothing of that name.
    case absent
    /// It could not be looked at.
    case trouble(String)
  }

  private var isAbsolute: Bool { path.hasPrefix("/") }
  private var full: String { isAbsolute ? path : "\(top)/\(path)" }

  /// Looks at it; links of absolute names are followed, those of a repository are not.
  func look(reads: Bool) -> Sight {
    if !isAbsolute, let trouble = troubleOnTheWay() { return trouble }
    var status = stat()
    guard (isAbsolute ? stat(full, &status) : lstat(full, &status)) == 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        return .trouble("it cannot be looked at: \(String(cString: strerror(code)))")
      }
      // A link that leads nowhere is there.
      if isAbsolute, lstat(full, &status) == 0 { return .other("a link that leads nowhere") }
      return .absent
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return .other(Self.kind(status.st_mode)) }
    guard reads else { return .file(mode: Int(status.st_mode & 0o7777), nil) }
    let bytes =
      isAbsolute
      ? FileBytes.read(path, limit: limit)
      : FileBytes.read(GitPath(path), below: top, limit: limit)
    return .file(mode: Int(status.st_mode & 0o7777), bytes)
  }

  /// Without its folder nothing is absent, and no folder on the way may lead out.
  private func troubleOnTheWay() -> Sight? {
    var status = stat()
    guard stat(top, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      return .trouble("the folder of the repository is not there")
    }
    var folder = top
    for part in path.split(separator: "/").dropLast() where part != "." {
      folder += "/\(part)"
      guard stat(folder, &status) == 0 else {
        let code = errno
        var link = stat()
        if lstat(folder, &link) == 0, link.st_mode & S_IFMT == S_IFLNK {
          return .trouble("a folder on the way is a link that leads nowhere")
        }
        return code == ENOENT || code == ENOTDIR
          ? .absent : .trouble("a folder on the way may not be looked into")
      }
      guard FileBytes.sameOrInside(folder, top) else {
        return .trouble("a folder on the way leads out of the repository")
      }
    }
    return nil
  }

  private static func kind(_ mode: mode_t) -> String {
    switch mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFLNK: "a link"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
