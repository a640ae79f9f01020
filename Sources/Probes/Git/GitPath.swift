/// A path below the top folder, in the bytes that git and the file system know.
struct GitPath: Hashable, Comparable, Sendable {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  init(_ text: String) { self.init(Array(text.utf8)) }

  /// For people; bytes that are no UTF-8 are replaced.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last component.
  var name: String {
    String(decoding: bytes.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
  }

  /// All components but the last; empty for a file of the top folder.
  var folder: String {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// FNV-1a in hexadecimal; it only has to tell the paths of one repository apart.
  var digest: String {
    String(bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
  }

  /// Names of facts are printable ASCII; other paths are known by their digest.
  var factName: String {
    bytes.allSatisfy { (0x20..<0x7F).contains($0) } ? text : "path-\(digest)"
  }

  /// Whether one of its folders has such a name.
  func isInside(anyOf folders: Set<String>) -> Bool {
    text.split(separator: "/").dropLast().contains { folders.contains(String($0)) }
  }

  /// Whether it lies in one of the folders, or is one of them; no folders mean everything.
  func isBelow(_ folders: [String]) -> Bool {
    folders.isEmpty
      || folders.contains { folder in
        var prefix = Array(folder.utf8)
        if prefix.starts(with: Array("./".utf8)) { prefix.removeFirst(2) }
        while prefix.last == UInt8(ascii: "/") { prefix.removeLast() }
        guard !prefix.isEmpty, prefix != [UInt8(ascii: ".")] else { return true }
        guard bytes.starts(with: prefix) else { return false }
        return bytes.count == prefix.count || bytes[prefix.count] == UInt8(ascii: "/")
      }
  }

  static func < (left: GitPath, right: GitPath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  /// The parts of a `-z` listing.
  static func list(_ output: [UInt8]) -> [GitPath] {
    output.split(separator: 0).map(GitPath.init)
  }
}
