import Glibc

/// Where the program of a name lies.
enum ProgramPath {
  /// The file that would be run; nil where there is none.
  ///
  /// An absolute path stands for itself; a name without a slash is looked up in `PATH`.
  static func find(_ program: String, in path: String) -> String? {
    if program.hasPrefix("/") { return isProgram(program) ? program : nil }
    guard isName(program) else { return nil }
    return path.split(separator: ":").map { "\($0)/\(program)" }.first(where: isProgram)
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
