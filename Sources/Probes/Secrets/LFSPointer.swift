/// What git holds in place of a file that Git LFS keeps: the name of its content.
struct LFSPointer: Hashable, Sendable {
  /// The blob that is the pointer.
  var object: ObjectID
  /// SHA-256 of the content, in 64 hexadecimal digits.
  var content: String

  private static let opening = Array("version https://git-lfs.github.com/spec/v1\n".utf8)

  /// The pointer that a blob is, if it is one: a short text with a fixed first line.
  init?(_ object: ObjectID, _ bytes: UnsafeRawBufferPointer) {
    guard bytes.count < 1_024, bytes.starts(with: Self.opening) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard let name = lines.first(where: { $0.hasPrefix("oid sha256:") })?.dropFirst(11),
      name.utf8.count == 64, name.utf8.allSatisfy(ByteSet.lowerHex.contains)
    else { return nil }
    self.init(object: object, content: String(name))
  }

  init(object: ObjectID, content: String) {
    self.object = object
    self.content = content
  }

  /// Where a fetched content lies in the folder that all working trees share.
  func path(below commonFolder: String) -> String {
    "\(commonFolder)/lfs/objects/\(content.prefix(2))/\(content.dropFirst(2).prefix(2))/\(content)"
  }
}
