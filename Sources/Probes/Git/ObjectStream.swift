/// Reads what `git cat-file --batch` writes, piece by piece and with bounded memory.
///
/// Each object is a line `<id> <type> <size>`, so many bytes, and a newline. An object that lies
/// within one piece is handed on in place; others are put together in one buffer.
struct ObjectStream: Sendable {
  /// The first line of an object.
  struct Header: Equatable, Sendable {
    var id: ObjectID
    var type: ObjectType
    var size: Int
  }

  /// What git wrote makes no sense; nothing after it can be trusted.
  struct Malformed: Error {}

  private var buffer: [UInt8] = []
  private var header: Header?
  /// Objects that git could not give, `<id> missing`.
  private(set) var missing = 0
  /// Objects that were handed on.
  private(set) var count = 0

  /// Whether nothing is left over in the middle of an object.
  var isComplete: Bool { header == nil && buffer.isEmpty }

  /// Takes a piece and hands on the objects that it completes.
  mutating func take(
    _ piece: UnsafeRawBufferPointer, _ found: (Header, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var rest = piece
    while !rest.isEmpty {
      if let header {
        rest = try takeBody(header, rest, found)
      } else {
        rest = try takeHeader(rest)
      }
    }
  }

  private mutating func takeHeader(
    _ rest: UnsafeRawBufferPointer
  ) throws -> UnsafeRawBufferPointer {
    guard let newline = rest.firstIndex(of: 0x0A) else {
      buffer.append(contentsOf: rest)
      guard buffer.count < 4_096 else { throw Malformed() }
      return UnsafeRawBufferPointer(rebasing: rest[rest.endIndex...])
    }
    let line = UnsafeRawBufferPointer(rebasing: rest[..<newline])
    if buffer.isEmpty {
      try readHeader(line)
    } else {
      buffer.append(contentsOf: line)
      let whole = buffer
      buffer.removeAll(keepingCapacity: true)
      try whole.withUnsafeBytes { try readHeader($0) }
    }
    return UnsafeRawBufferPointer(rebasing: rest[(newline + 1)...])
  }

  private mutating func readHeader(_ line: UnsafeRawBufferPointer) throws {
    if let words = ObjectListing.words(line) {
      guard let id = ObjectID(hex: words.0), let type = ObjectType(words.1),
        let size = ObjectListing.number(words.2)
      else { throw Malformed() }
      header = Header(id: id, type: type, size: size)
    } else {
      guard line.count > 8, line.suffix(8).elementsEqual(" missing".utf8) else {
        throw Malformed()
      }
      missing += 1
    }
  }

  private mutating func takeBody(
    _ header: Header, _ rest: UnsafeRawBufferPointer,
    _ found: (Header, UnsafeRawBufferPointer) throws -> Void
  ) throws -> UnsafeRawBufferPointer {
    // The newline behind the object belongs to it here.
    let wanted = header.size + 1 - buffer.count
    guard rest.count >= wanted else {
      // A damaged object can claim any size: the buffer grows with what comes.
      if buffer.isEmpty { buffer.reserveCapacity(min(header.size, 1 << 20) + 1) }
      buffer.append(contentsOf: rest)
      return UnsafeRawBufferPointer(rebasing: rest[rest.endIndex...])
    }
    if buffer.isEmpty {
      try found(header, UnsafeRawBufferPointer(rebasing: rest[..<header.size]))
    } else {
      buffer.append(contentsOf: rest[..<wanted])
      try buffer.withUnsafeBytes { try found(header, .init(rebasing: $0[..<header.size])) }
      buffer.removeAll(keepingCapacity: buffer.capacity < 16 << 20)
    }
    self.header = nil
    count += 1
    return UnsafeRawBufferPointer(rebasing: rest[wanted...])
  }
}
