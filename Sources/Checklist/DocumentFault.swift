/// A fault of a checklist or configuration, with its place.
public struct DocumentFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Name of the file, as it was given.
  public var file: String
  /// From 1; 0 where the whole file is meant.
  public var line: Int
  /// From 1; 0 where the whole line is meant.
  public var column: Int
  /// What is wrong, in lower case and without a full stop.
  public var reason: String
  /// What to write instead, if something is close.
  public var suggestion: String?

  /// A fault at that place.
  public init(
    file: String, line: Int = 0, column: Int = 0, reason: String, suggestion: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
    self.suggestion = suggestion
  }

  /// `did you mean lead?`, where one of the candidates differs by at most two edits.
  public static func didYouMean(_ word: String, among candidates: [String]) -> String? {
    nearest(to: word, among: candidates).map { "did you mean \($0)?" }
  }

  /// `file:line:column: reason`.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    return "\(place): \(reason)"
  }
}

/// All faults of one document, in the order of their places.
public struct DocumentFaults: Error, Equatable, Sendable {
  /// Never empty.
  public var faults: [DocumentFault]

  /// These faults.
  public init(_ faults: [DocumentFault]) { self.faults = faults }
}
