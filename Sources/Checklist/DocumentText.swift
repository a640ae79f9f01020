/// The bytes of a document as text.
public enum DocumentText {
  /// Most bytes that a checklist or configuration may have.
  public static let limit = 1 << 20

  /// The text of at most 1 MiB of UTF-8.
  ///
  /// - Throws: the one fault that stops the reading, at the first byte that is none.
  public static func decode(_ bytes: [UInt8], file: String) throws(DocumentFaults) -> String {
    guard bytes.count <= limit else {
      throw DocumentFaults([DocumentFault(file: file, reason: "larger than 1 MiB")])
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let place = brokenPlace(bytes)
    throw DocumentFaults([
      DocumentFault(
        file: file, line: place.line, column: place.column, reason: "not UTF-8",
        suggestion: "save the file as UTF-8")
    ])
  }

  private static func brokenPlace(_ bytes: [UInt8]) -> DocumentPlace {
    var place = DocumentPlace(line: 1, column: 1)
    var decoder = UTF8()
    var rest = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&rest) {
      place =
        scalar == "\n"
        ? DocumentPlace(line: place.line + 1, column: 1)
        : DocumentPlace(line: place.line, column: place.column + 1)
    }
    return place
  }
}
