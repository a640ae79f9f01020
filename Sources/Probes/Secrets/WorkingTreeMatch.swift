internal import Crypto

/// Something that a rule recognised in a file of the working tree.
struct WorkingTreeMatch: Sendable {
  var path: GitPath
  var match: SecretMatch
  /// The id that git would give to the file's content.
  var content: String

  /// SHA-1 over `blob`, the length and the content, as git names a blob.
  static func blobName(_ bytes: [UInt8]) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: Array("blob \(bytes.count)\0".utf8))
    hash.update(data: bytes)
    return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
