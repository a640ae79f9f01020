import Glibc

/// Why an archive, or a part of it, could not be read to its end.
struct ArchiveFault: Error, Equatable {
  var reason: String
  var hint = "write the archive again: docker save IMAGE -o image.tar"

  init(_ reason: String) { self.reason = reason }

  init(_ reason: String, hint: String) {
    self.reason = reason
    self.hint = hint
  }
}

/// A regular file that is read at any place.
final class ArchiveFile: Sendable {
  /// In bytes, when it was opened.
  let size: Int
  /// When it was last written, in seconds since 1970.
  let written: Int
  private let descriptor: Int32

  /// Opens a file; links are followed, pipes not waited for.
  convenience init(_ path: String) throws(ArchiveFault) {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else {
      throw ArchiveFault(
        errno == ENOENT ? "there is no \(path)" : "\(path) cannot be read",
        hint: "name a file that you may read")
    }
    try self.init(taking: opened, named: path)
  }

  /// A file that is open already and is closed with this.
  init(taking opened: Int32, named path: String) throws(ArchiveFault) {
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw ArchiveFault("\(path) is no regular file")
    }
    descriptor = opened
    size = Int(status.st_size)
    written = status.st_mtim.tv_sec
  }

  deinit { close(descriptor) }

  /// The bytes of a part; fewer than asked for only at the end of the file.
  func bytes(_ range: Range<Int>) throws(ArchiveFault) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count, let base = buffer.baseAddress {
        let place = off_t(range.lowerBound + count)
        let got = pread(descriptor, base + count, range.count - count, place)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    guard !failed else { throw ArchiveFault("the archive could not be read to its end") }
    return bytes
  }

  /// All bytes of a part of at most `limit` bytes.
  func document(_ range: Range<Int>, limit: Int) throws(ArchiveFault) -> [UInt8] {
    guard range.count <= limit else {
      throw ArchiveFault("a document in the archive is larger than \(limit >> 20) MiB")
    }
    let bytes = try bytes(range)
    guard bytes.count == range.count else { throw ArchiveFault("the archive ends too early") }
    return bytes
  }
}
