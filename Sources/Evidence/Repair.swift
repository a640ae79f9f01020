/// Unites what a merge conflict left, and names what could not be kept.
public struct Repair: Sendable {
  /// The evidence of all whole lines, each record once.
  public let evidence: Evidence
  /// Lines that are no record, with the reason, in order.
  public let dropped: [EvidenceDamage]

  /// Reads what is left of a file, line by line.
  ///
  /// Only conflict markers, doubled first and last lines and doubled records are passed over in
  /// silence; any other line that is no intact record is named.
  /// - Throws: where the whole lines do not make up one evidence, such as a missing parent.
  public init(_ bytes: [UInt8]) throws(EvidenceDamage) {
    guard bytes.count <= Limits.fileBytes else {
      throw EvidenceDamage("the file is larger than \(Limits.fileBytes) bytes")
    }
    var entries: [Entry] = []
    var dropped: [EvidenceDamage] = []
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, whole) in lines.enumerated() {
      let line = whole.last == 0x0d ? whole.dropLast() : whole
      if Self.isPunctuation(line) { continue }
      do {
        entries.append(
          try EvidenceReader.entry(line.first == UInt8(ascii: ",") ? line.dropFirst() : line))
      } catch {
        dropped.append(EvidenceDamage(line: index + 1, error.reason))
      }
    }
    guard !entries.isEmpty else { throw EvidenceDamage("no line of the file is a record") }
    evidence = try Evidence(entries)
    self.dropped = dropped
  }

  private static func isPunctuation(_ line: ArraySlice<UInt8>) -> Bool {
    let markers = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
    return line.isEmpty || line.elementsEqual("]".utf8)
      || line.elementsEqual(EvidenceReader.header.utf8)
      || markers.contains { line.starts(with: $0.utf8) }
  }
}
