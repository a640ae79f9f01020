internal import Crypto
internal import Foundation

/// The digest of a file of any size, read in pieces.
public struct FileDigest: Equatable, Sendable {
  /// Of all its bytes.
  public let digest: Digest
  /// How many bytes were read.
  public let size: Int

  /// Reads a regular file to its end; nil for anything else, and for what cannot be read.
  ///
  /// A pipe or a device has no end that could be waited for.
  public init?(of path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var hash = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var size = 0
    while true {
      let count = Foundation.read(descriptor, &piece, piece.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      piece.withUnsafeBytes { hash.update(bufferPointer: .init(rebasing: $0[..<count])) }
      size += count
    }
    digest = Digest(hash.finalize())
    self.size = size
  }
}
