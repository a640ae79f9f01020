import Glibc

/// Where the program of a name lies.
public enum ProgramPath {
  /// The file that would be run; nil where there is none.
  ///
  /// An absolute path stands for itself; a name without a slash is looked up in the absolute
  /// folders of `PATH`: what lies in the current one may be anybody's.
  public static func find(_ program: String, in path: String) -> String? {
    if program.hasPrefix("/") { return isProgram(program) ? program : nil }
    guard isName(program) else { return nil }
    return path.split(separator: ":").filter { $0.hasPrefix("/") }
      .map { "\($0)/\(program)" }.first(where: isProgram)
  }

  /// Whether it is one that `PATH` is asked about.
  static func isName(_ program: String) -> Bool {
    !program.isEmpty && !program.contains("/") && program != "." && program != ".."
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }
}
