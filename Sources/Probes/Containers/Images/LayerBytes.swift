internal import Crypto

/// The bytes of a layer, unpacked, and their digest.
struct LayerBytes {
  private static let piece = 256 << 10

  private let file: ArchiveFile
  private var place: Int
  private let end: Int
  private var inflater: Inflater?
  private var hash: SHA256?
  private var chunk: [UInt8] = []
  private var next = 0
  private var unpacked = 0
  private let limit: Int

  /// Bytes of a part of a file; only with `digesting` can the digest be asked for.
  ///
  /// - Parameter limit: more bytes than this, unpacked, are a fault.
  init(
    _ file: ArchiveFile, _ range: Range<Int>, digesting: Bool, limit: Int = 64 << 30
  ) throws(ArchiveFault) {
    self.file = file
    place = range.lowerBound
    end = range.upperBound
    self.limit = limit
    hash = digesting ? SHA256() : nil
    let first = try file.bytes(range.lowerBound..<min(range.lowerBound + 4, range.upperBound))
    if first.starts(with: [0x1F, 0x8B]) {
      inflater = Inflater(file, range)
    } else if first == [0x28, 0xB5, 0x2F, 0xFD] {
      throw ArchiveFault(
        "it is compressed by zstd, which is not read",
        hint: "skopeo copy --dest-compress-format gzip …, or docker save")
    }
  }

  /// Where the next byte lies in the file; only of what is not compressed.
  var offset: Int { place - (chunk.count - next) }
  /// Whether it is stored as it is.
  var isPlain: Bool { inflater == nil }

  /// The next bytes, one to `count` of them; none means that there are no more.
  mutating func take(_ count: Int) throws(ArchiveFault) -> ArraySlice<UInt8> {
    if next == chunk.count { try load() }
    let taken = chunk[next..<min(chunk.count, next + count)]
    next = taken.endIndex
    return taken
  }

  private mutating func load() throws(ArchiveFault) {
    next = 0
    if inflater == nil {
      chunk = try file.bytes(place..<min(place + Self.piece, end))
      place += chunk.count
    } else {
      chunk = try inflater?.next() ?? []
    }
    unpacked += chunk.count
    guard unpacked <= limit else {
      throw ArchiveFault("a layer is larger than \(limit >> 30) GiB, unpacked")
    }
    hash?.update(data: chunk)
  }

  /// Passes over bytes without reading them.
  ///
  /// - Returns: false where they have to be read, because they are compressed or digested, or
  ///   where there are not so many.
  mutating func skip(_ count: Int) -> Bool {
    guard inflater == nil, hash == nil, count <= end - offset else { return false }
    guard count > chunk.count - next else {
      next += count
      return true
    }
    place = offset + count
    (chunk, next) = ([], 0)
    return true
  }

  /// SHA-256 in hexadecimal; of all bytes once they were taken to their end.
  var digest: String? {
    hash.map { $0.finalize().hexadecimal }
  }
}
