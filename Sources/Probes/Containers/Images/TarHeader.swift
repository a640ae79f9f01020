/// One block of 512 bytes in front of a file of a tar archive (POSIX.1-2001 ustar, and GNU's).
struct TarHeader: Equatable {
  static let size = 512

  var name: [UInt8]
  /// Of what follows the header, without the padding.
  var bodySize: Int
  private let hasBody: Bool
  /// Its type flag.
  var type: UInt8
  /// Where a link leads to.
  var link: [UInt8]

  /// Nil for a block of zeros, with which an archive ends.
  init?(_ block: [UInt8]) throws(ArchiveFault) {
    guard block.count == Self.size else { throw Self.damaged }
    if block.allSatisfy({ $0 == 0 }) { return nil }
    guard Self.isSound(block), let size = Self.number(block[124..<136]) else { throw Self.damaged }
    type = block[156]
    link = Self.text(block[157..<257])
    // Links, devices and folders have no body, whatever their header says.
    hasBody = !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(type)
    bodySize = hasBody ? size : 0
    let prefix = block[257..<263].elementsEqual("ustar\0".utf8) ? Self.text(block[345..<500]) : []
    let short = Self.text(block[0..<100])
    name = prefix.isEmpty ? short : prefix + [UInt8(ascii: "/")] + short
  }

  /// Takes the size of the extended header in front, which counts for files above 8 GiB.
  mutating func extend(_ size: [UInt8]) throws(ArchiveFault) {
    guard let size = Int(String(decoding: size, as: UTF8.self)), size >= 0, size <= 1 << 50 else {
      throw Self.damaged
    }
    if hasBody { bodySize = size }
  }

  private static let damaged = ArchiveFault("it is no tar archive, or a damaged one")

  /// The sum of all bytes, with blanks in place of the sum itself; old programs took signed ones.
  private static func isSound(_ block: [UInt8]) -> Bool {
    guard let sum = octal(block[148..<156]) else { return false }
    let summed = block[..<148] + [UInt8](repeating: 0x20, count: 8) + block[156...]
    return summed.reduce(0) { $0 + Int($1) } == sum
      || summed.reduce(0) { $0 + Int(Int8(bitPattern: $1)) } == sum
  }

  /// Octal digits, or as GNU has it a binary number behind a set bit.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
    guard first == 0x80, field.dropFirst().dropLast(8).allSatisfy({ $0 == 0 }) else { return nil }
    let value = field.suffix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    return value <= 1 << 50 ? Int(value) : nil
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    guard digits.count <= 16, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] {
    Array(field.prefix { $0 != 0 })
  }
}
