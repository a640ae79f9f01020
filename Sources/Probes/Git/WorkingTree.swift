internal import Glibc

/// The top folder of a working tree, as a repository's own settings name it.
///
/// With `core.worktree` a repository can name any folder, also one that holds the whole home of
/// whoever looks at it: then everything in there would be read as though it was launched.
public enum WorkingTree {
  /// Whether the top folder's `.git` is that repository, or names it (gitrepository-layout(5)).
  ///
  /// - Parameter repository: the absolute path that `git rev-parse --absolute-git-dir` gives.
  public static func leadsBack(_ top: String, to repository: String) -> Bool {
    let mark = "\(top)/.git"
    if isSame(mark, repository) { return true }
    guard case .content(let bytes) = FileBytes.read(mark, limit: 8_192) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("gitdir: ") else { return false }
    let path = text.dropFirst("gitdir: ".count).split(whereSeparator: \.isNewline).first ?? ""
    return isSame(path.hasPrefix("/") ? String(path) : "\(top)/\(path)", repository)
  }

  private static func isSame(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    return stat(first, &one) == 0 && stat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino && one.st_mode & S_IFMT == S_IFDIR
  }
}
