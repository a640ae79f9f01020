internal import Crypto
import Glibc
internal import SystemPackage

/// A pack of the repository, known by all of its bytes, and the names of what it holds.
struct PackFile: Equatable, Sendable {
  /// SHA-256 over pack and index, in hexadecimal digits.
  var digest: String
  /// In ascending order.
  var names: [ObjectID]

  /// No index of a larger pack is read.
  private static let indexLimit = 1 << 30

  /// The packs in a folder, with names of that many bytes; those that cannot be read are left out.
  static func all(in folder: String, nameWidth: Int) -> [PackFile] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix("pack-"), name.hasSuffix(".idx") { names.append(name) }
    }
    return names.sorted().compactMap { PackFile(index: "\(folder)/\($0)", nameWidth) }
  }

  /// Reads the index and hashes both files; nil where something is not as git writes it.
  init?(index path: String, _ nameWidth: Int) {
    guard case .content(let index) = FileBytes.read(path, limit: Self.indexLimit),
      let names = Self.names(index, nameWidth)
    else { return nil }
    var hash = SHA256()
    guard Self.update(&hash, with: path.dropLast(4) + ".pack") else { return nil }
    hash.update(data: index)
    digest = hash.finalize().map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
    self.names = names
  }

  private static func update(_ hash: inout SHA256, with path: String) -> Bool {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else { return false }
    defer { try? file.close() }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      guard let count = try? file.read(into: buffer) else { return false }
      guard count > 0 else { return true }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The names of an index of version 2: a mark, 256 counts, then the sorted names.
  static func names(_ index: [UInt8], _ width: Int) -> [ObjectID]? {
    guard index.count >= 8 + 1_024, index.starts(with: [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]) else {
      return nil
    }
    let count = index[1_028..<1_032].reduce(0) { $0 << 8 | Int($1) }
    // Behind the names lie a checksum and an offset for each, larger offsets, two trailers.
    let least = 1_032 + count * (width + 8) + 2 * width
    guard index.count >= least, (index.count - least) % 8 == 0, index.count - least <= count * 8
    else { return nil }
    return index.withUnsafeBytes { bytes in
      var names: [ObjectID] = []
      names.reserveCapacity(count)
      for number in 0..<count {
        let start = 1_032 + number * width
        guard let name = ObjectID(bytes: .init(rebasing: bytes[start..<start + width])),
          names.last.map({ $0 < name }) ?? true
        else { return nil }
        names.append(name)
      }
      return names
    }
  }
}
