import Checklist

/// A secret that a person hands to a probe: by a file, or by the name of a variable.
///
/// It is read, looked at and forgotten; no part of it may enter a finding.
struct SecretInput: Equatable, Sendable {
  static let limit = 64 << 10

  var file: String?
  var variable: String?

  init(_ parameters: Parameters) {
    file = parameters.text("file")
    variable = parameters.text("variable")
  }

  static let parameters: [ProbeManual.Parameter] = [
    .init("file", .text, "the file that holds it; else `variable` has to be given"),
    .init("variable", .text, "the environment variable that holds it"),
  ]

  /// Lines that are not empty, or the finding that there are none.
  func lines(_ context: ProbeContext, what: String) -> Result<[String], Missing> {
    let text: String
    if let file {
      switch NamedFile(name: file, top: context.repository).read(limit: Self.limit) {
      case .text(let content): text = content
      case .absent: return .failure(.init(reason: "\(file) is not there"))
      case .trouble(let reason): return .failure(.init(reason: "\(file): \(reason)"))
      }
    } else if let variable {
      guard let value = context.environment[variable], value.utf8.count <= Self.limit else {
        return .failure(.init(reason: "the variable \(variable) is not set, or too long"))
      }
      text = value
    } else {
      return .failure(.init(reason: "neither `file` nor `variable` says where \(what) is"))
    }
    let lines = text.split(whereSeparator: \.isNewline).map { String($0.trimmed) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    return lines.isEmpty ? .failure(.init(reason: "\(what) is empty")) : .success(lines)
  }

  /// Why there is nothing to look at.
  struct Missing: Error, Equatable {
    var reason: String
  }
}
