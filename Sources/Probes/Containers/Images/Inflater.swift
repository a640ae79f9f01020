/// Unpacks gzip (RFC 1952) with deflate (RFC 1951) from a part of a file, piece by piece.
///
/// The checksum of gzip is not looked at: whoever reads an image compares a SHA-256 of all bytes.
struct Inflater {
  private enum Phase {
    case header
    case block
    case stored(Int)
    case coded(literals: InflateCode, distances: InflateCode)
    case trailer
    case done
  }

  private static let history = 32_768
  private static let fresh = 131_072
  private static let piece = 65_536
  /// No match is longer.
  private static let room = 258

  private let file: ArchiveFile
  private var position: Int
  private let end: Int
  private var input: [UInt8] = []
  private var inputNext = 0
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output = [UInt8](repeating: 0, count: history + fresh)
  private var produced = 0
  private var taken = 0
  /// Bytes of this member; no distance reaches further back.
  private var memberSize = 0
  private var isLast = false
  private var phase = Phase.header

  init(_ file: ArchiveFile, _ range: Range<Int>) {
    self.file = file
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next bytes, at least one; none means that all was unpacked.
  mutating func next() throws(ArchiveFault) -> [UInt8] {
    while taken == produced {
      if case .done = phase { return [] }
      try unpack()
    }
    defer { taken = produced }
    return Array(output[taken..<produced])
  }

  /// Goes on until a piece is full or a member ends.
  private mutating func unpack() throws(ArchiveFault) {
    slide()
    while produced + Self.room <= output.count {
      switch phase {
      case .header: try header()
      case .block: try block()
      case .stored(let left): try stored(left)
      case .coded(let literals, let distances):
        if try coded(literals, distances) { phase = isLast ? .trailer : .block }
      case .trailer: try trailer()
      case .done: return
      }
    }
  }

  private mutating func slide() {
    guard produced > Self.history else { return }
    let kept = (produced - Self.history)..<produced
    output.withUnsafeMutableBytes { output in
      let source = UnsafeRawBufferPointer(rebasing: output[kept])
      UnsafeMutableRawBufferPointer(rebasing: output[..<Self.history]).copyMemory(from: source)
    }
    produced = Self.history
    taken = Self.history
  }

  // MARK: bits

  private mutating func nextByte() throws(ArchiveFault) -> UInt8? {
    if inputNext == input.count {
      input = try file.bytes(position..<min(position + Self.piece, end))
      position += input.count
      inputNext = 0
      guard !input.isEmpty else { return nil }
    }
    inputNext += 1
    return input[inputNext - 1]
  }

  /// Has that many bits ready, or all that are left.
  private mutating func prepare(_ count: Int) throws(ArchiveFault) {
    while bitCount < count, let byte = try nextByte() {
      bits |= UInt64(byte) << UInt64(bitCount)
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(ArchiveFault) -> Int {
    try prepare(count)
    guard count <= bitCount else { throw Self.short }
    let value = Int(bits & (1 << UInt64(count) - 1))
    drop(count)
    return value
  }

  private mutating func drop(_ count: Int) {
    bits >>= UInt64(count)
    bitCount -= count
  }

  private mutating func symbol(_ code: InflateCode) throws(ArchiveFault) -> Int {
    try prepare(15)
    let entry = code.table[Int(bits & (1 << UInt64(code.width) - 1))]
    let length = Int(entry & 15)
    guard length > 0 else { throw Self.damaged }
    guard length <= bitCount else { throw Self.short }
    drop(length)
    return Int(entry >> 4)
  }

  private static let damaged = ArchiveFault("a compressed layer is damaged")
  private static let short = ArchiveFault("a compressed layer ends too early")

  // MARK: members and blocks

  private mutating func header() throws(ArchiveFault) {
    guard try take(8) == 0x1F, try take(8) == 0x8B, try take(8) == 8 else { throw Self.damaged }
    let flags = try take(8)
    guard flags & 0xE0 == 0 else { throw Self.damaged }
    for _ in 0..<6 { _ = try take(8) }
    if flags & 4 != 0 {
      let size = try take(16)
      for _ in 0..<size { _ = try take(8) }
    }
    for flag in [8, 16] where flags & flag != 0 {
      while try take(8) != 0 {}
    }
    if flags & 2 != 0 { _ = try take(16) }
    memberSize = 0
    phase = .block
  }

  private mutating func trailer() throws(ArchiveFault) {
    drop(bitCount % 8)
    for _ in 0..<8 { _ = try take(8) }
    try prepare(16)
    // Further members continue the text; anything else, such as padding, is none of it.
    phase = bitCount >= 16 && bits & 0xFFFF == 0x8B1F ? .header : .done
  }

  private mutating func block() throws(ArchiveFault) {
    isLast = try take(1) == 1
    switch try take(2) {
    case 0:
      drop(bitCount % 8)
      let size = try take(16)
      guard try take(16) == ~size & 0xFFFF else { throw Self.damaged }
      phase = .stored(size)
    case 1:
      guard let literals = InflateCode.fixedLiterals, let distances = InflateCode.fixedDistances
      else { throw Self.damaged }
      phase = .coded(literals: literals, distances: distances)
    case 2: try codes()
    default: throw Self.damaged
    }
  }

  private mutating func stored(_ left: Int) throws(ArchiveFault) {
    let count = min(left, output.count - produced)
    for _ in 0..<count { append(UInt8(try take(8))) }
    phase = left > count ? .stored(left - count) : isLast ? .trailer : .block
  }

  private static let order = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  /// The two codes of a block, whose lengths are themselves coded (section 3.2.7).
  private mutating func codes() throws(ArchiveFault) {
    let literals = try take(5) + 257
    let distances = try take(5) + 1
    var meta = [UInt8](repeating: 0, count: 19)
    let count = try take(4) + 4
    for place in Self.order.prefix(count) { meta[place] = UInt8(try take(3)) }
    guard literals <= 286, distances <= 30, let code = InflateCode(lengths: meta) else {
      throw Self.damaged
    }
    var lengths: [UInt8] = []
    while lengths.count < literals + distances {
      switch try symbol(code) {
      case let length where length < 16: lengths.append(UInt8(length))
      case 16:
        guard let last = lengths.last else { throw Self.damaged }
        lengths += [UInt8](repeating: last, count: try take(2) + 3)
      case 17: lengths += [UInt8](repeating: 0, count: try take(3) + 3)
      default: lengths += [UInt8](repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literals + distances, lengths[256] > 0,
      let literalCode = InflateCode(lengths: lengths.prefix(literals)),
      let distanceCode = InflateCode(lengths: lengths.suffix(distances))
    else { throw Self.damaged }
    phase = .coded(literals: literalCode, distances: distanceCode)
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]

  /// Unpacks until the block ends (true) or the piece is full.
  private mutating func coded(
    _ literals: InflateCode, _ distances: InflateCode
  ) throws(ArchiveFault) -> Bool {
    while produced + Self.room <= output.count {
      let symbol = try symbol(literals)
      if symbol < 256 {
        append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return true }
      guard symbol < 286 else { throw Self.damaged }
      let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthBits[symbol - 257]))
      try copy(length, from: try distance(distances))
    }
    return false
  }

  private mutating func distance(_ code: InflateCode) throws(ArchiveFault) -> Int {
    let symbol = try symbol(code)
    guard symbol < 30 else { throw Self.damaged }
    guard symbol > 3 else { return symbol + 1 }
    let extra = symbol / 2 - 1
    return (2 + symbol % 2) << extra + 1 + (try take(extra))
  }

  private mutating func append(_ byte: UInt8) {
    output[produced] = byte
    produced += 1
    memberSize += 1
  }

  private mutating func copy(_ length: Int, from distance: Int) throws(ArchiveFault) {
    guard distance <= min(memberSize, produced) else { throw Self.damaged }
    let start = produced
    output.withUnsafeMutableBufferPointer { output in
      for place in start..<start + length { output[place] = output[place - distance] }
    }
    produced += length
    memberSize += length
  }
}
