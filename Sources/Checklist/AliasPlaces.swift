/// Where aliases stand, or what looks like one; columns count bytes.
func aliasPlaces(in text: String) -> [DocumentPlace] {
  var found: [DocumentPlace] = []
  var place = DocumentPlace(line: 1, column: 0)
  var previous = UInt8(ascii: " ")
  var starred = false
  for byte in text.utf8 {
    place.column += 1
    let isName =
      (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    if starred && isName {
      found.append(DocumentPlace(line: place.line, column: place.column - 1))
    }
    // The high bytes end U+0085, U+2028 and U+2029, which are line ends in YAML 1.1.
    starred =
      byte == UInt8(ascii: "*")
      && (" \n\r\t[{,:-?".utf8.contains(previous) || [0x85, 0xa8, 0xa9].contains(previous))
    // The last byte of U+0085, U+2028 or U+2029, which end lines in YAML 1.1.
    previous = byte
    if byte == UInt8(ascii: "\n") { place = DocumentPlace(line: place.line + 1, column: 0) }
  }
  return found
}
