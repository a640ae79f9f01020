internal import Foundation

/// Small files that a person names, such as lists of keys.
enum BoundedFile {
  /// The bytes, or nil where they cannot be read or are more than that.
  static func bytes(_ path: String, limit: Int) -> [UInt8]? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: limit + 1), data.count <= limit else {
      // Reading an empty file gives nothing, not an error.
      return FileManager.default.contents(atPath: path)?.isEmpty ?? false ? [] : nil
    }
    return Array(data)
  }

  /// The text, or nil where it cannot be read, is longer, or is not UTF-8.
  static func text(_ path: String, limit: Int) -> String? {
    bytes(path, limit: limit).flatMap { String(validating: $0, as: UTF8.self) }
  }
}

/// Why something that an auditor brings along cannot be used.
public struct TrustFault: Error, Equatable, Sendable {
  /// In lower case and without a full stop.
  public var reason: String
  /// What a person can do.
  public var hint: String

  init(_ reason: String, hint: String) {
    self.reason = reason
    self.hint = hint
  }
}
