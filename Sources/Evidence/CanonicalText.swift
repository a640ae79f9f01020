public import Checklist

/// Canonical JSON outside of evidence files.
public enum CanonicalText {
  /// The value, or nil where the bytes are not canonical JSON.
  public static func value(_ bytes: [UInt8]) -> JSONValue? {
    var reader = CanonicalReader(bytes[...])
    guard let value = try? reader.value(), reader.isAtEnd else { return nil }
    return value
  }
}
