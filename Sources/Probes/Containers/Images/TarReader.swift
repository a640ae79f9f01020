/// A file of a tar archive.
struct TarEntry: Equatable {
  enum Kind: Equatable {
    case file
    /// A second name of another file of the archive, hard or symbolic.
    case link(GitPath)
    /// A folder, device or pipe.
    case other
  }

  /// Without slashes or dots in front.
  var path: GitPath
  var kind: Kind
  var size: Int
}

/// Goes through a tar archive from its begin to its end, file by file.
struct TarReader {
  /// Longer names are no names.
  private static let nameLimit = 1 << 20

  private(set) var source: LayerBytes
  /// What is left of the body of the current file, and of its padding.
  private var left = 0
  private var padding = 0
  private let deadline: ContinuousClock.Instant

  init(_ source: LayerBytes, deadline: ContinuousClock.Instant) {
    self.source = source
    self.deadline = deadline
  }

  /// The next file, or nil at the end.
  mutating func next() throws(ArchiveFault) -> TarEntry? {
    var extended: [String: [UInt8]] = [:]
    while true {
      try passBody()
      let block = try block()
      // Some programs leave out the blocks of zeros at the end.
      guard !block.isEmpty, var header = try TarHeader(block) else { return nil }
      if let size = extended["size"] { try header.extend(size) }
      left = header.bodySize
      padding = (TarHeader.size - left % TarHeader.size) % TarHeader.size
      switch header.type {
      case UInt8(ascii: "x"):
        try extended.merge(Self.records(longText())) { $1 }
        // Whoever writes an archive needs a dozen.
        guard extended.count <= 100 else { throw ArchiveFault("a header in it is damaged") }
        continue
      case UInt8(ascii: "g"): continue
      case UInt8(ascii: "L"):
        extended["path"] = Array(try longText().prefix { $0 != 0 })
        continue
      case UInt8(ascii: "K"):
        extended["linkpath"] = Array(try longText().prefix { $0 != 0 })
        continue
      case UInt8(ascii: "S"), UInt8(ascii: "M"), UInt8(ascii: "V"):
        throw ArchiveFault("it holds a file in pieces, which is not read")
      default: break
      }
      return Self.entry(header, extended)
    }
  }

  private static func entry(_ header: TarHeader, _ extended: [String: [UInt8]]) -> TarEntry {
    let link = path(extended["linkpath"] ?? header.link)
    let kind: TarEntry.Kind =
      switch header.type {
      case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
      case UInt8(ascii: "1"), UInt8(ascii: "2"): .link(link)
      default: .other
      }
    return TarEntry(
      path: path(extended["path"] ?? header.name), kind: kind, size: header.bodySize)
  }

  /// Takes the next bytes for the body of a file, for what is no archive.
  mutating func takeAll(_ count: Int) { left = count }

  /// The next bytes of the body of the current file, at most `count`; none at its end.
  mutating func take(_ count: Int) throws(ArchiveFault) -> ArraySlice<UInt8> {
    guard ContinuousClock.now < deadline, !Task.isCancelled else {
      throw ArchiveFault("it was not read to its end in time", hint: "allow more with --timeout")
    }
    guard left > 0 else { return [] }
    let taken = try source.take(min(left, count))
    guard !taken.isEmpty else { throw ArchiveFault("it ends in the middle of a file") }
    left -= taken.count
    return taken
  }

  /// Reads what follows the last file, so that the digest is that of all bytes.
  mutating func drain() throws(ArchiveFault) {
    try passBody()
    while try !source.take(1 << 20).isEmpty {
      guard ContinuousClock.now < deadline, !Task.isCancelled else {
        throw ArchiveFault("it was not read to its end in time", hint: "allow more with --timeout")
      }
    }
  }

  /// Passes over the rest of the current file.
  private mutating func passBody() throws(ArchiveFault) {
    left += padding
    padding = 0
    if source.skip(left) { left = 0 }
    while left > 0 { _ = try take(left) }
  }

  /// The whole next block; nothing where the archive ends here.
  private mutating func block() throws(ArchiveFault) -> [UInt8] {
    var block = Array(try source.take(TarHeader.size))
    while !block.isEmpty, block.count < TarHeader.size {
      let more = try source.take(TarHeader.size - block.count)
      guard !more.isEmpty else { throw ArchiveFault("it ends in the middle of a file") }
      block += more
    }
    return block
  }

  /// The body of a header that belongs to the next one.
  private mutating func longText() throws(ArchiveFault) -> [UInt8] {
    guard left <= Self.nameLimit else { throw ArchiveFault("a name in it is longer than 1 MiB") }
    var text: [UInt8] = []
    while left > 0 { text += try take(left) }
    return text
  }

  /// `LENGTH NAME=VALUE` lines, the length counting the whole line.
  private static func records(_ text: [UInt8]) throws(ArchiveFault) -> [String: [UInt8]] {
    var records: [String: [UInt8]] = [:]
    var rest = text[...]
    while let blank = rest.firstIndex(of: 0x20) {
      guard let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
        length > blank - rest.startIndex + 2, length <= rest.count
      else { throw ArchiveFault("a header in it is damaged") }
      let line = rest[(blank + 1)..<(rest.startIndex + length - 1)]
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
        throw ArchiveFault("a header in it is damaged")
      }
      records[String(decoding: line[..<equals], as: UTF8.self)] = Array(line[(equals + 1)...])
      rest = rest[(rest.startIndex + length)...]
    }
    return records
  }

  private static func path(_ bytes: [UInt8]) -> GitPath {
    let parts = bytes.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }
    return GitPath(parts.joined(separator: [UInt8(ascii: "/")]))
  }
}
