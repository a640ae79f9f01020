/// Bounds of an evidence file; each is an error that says so.
public enum Limits {
  /// Nesting of a record, counted from the record as 1.
  public static let depth = 64
  /// Canonical bytes of one record.
  public static let recordBytes = 1 << 20
  /// Bytes of a whole file.
  public static let fileBytes = 256 << 20
  /// The largest magnitude that every JSON reader keeps exactly (RFC 7493).
  public static let largestInteger = (1 << 53) - 1
  /// Bytes of one signature's armoured text.
  public static let signatureBytes = 16 << 10
}
