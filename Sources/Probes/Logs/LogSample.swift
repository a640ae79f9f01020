import Checklist
import Glibc

/// The last bytes of a log file, or why there are none.
struct LogSample: Equatable, Sendable {
  static let limit = 8 << 20

  var name: String
  var bytes: [UInt8] = []
  /// When it was last written, in seconds since 1970.
  var written = 0
  var trouble: String?

  /// Reads the end of a file; a line that begins before the sample is left out.
  init(_ name: String, at path: String, limit: Int = limit) {
    self.name = name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      trouble = errno == ENOENT ? "it is not there" : "it cannot be read"
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      trouble = "it is no regular file"
      return
    }
    written = status.st_mtim.tv_sec
    let start = max(0, Int(status.st_size) - limit)
    var buffer = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
    var count = 0
    while count < buffer.count {
      let got = buffer.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count, start + count)
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else {
        trouble = "it cannot be read"
        return
      }
      if got == 0 { break }
      count += got
    }
    bytes = Array(buffer.prefix(count))
    if start > 0 { bytes = Array(bytes.drop { $0 != 0x0A }.dropFirst()) }
    check()
  }

  /// A sample of these bytes, as if they were read.
  init(_ name: String, bytes: [UInt8], written: Int) {
    self.name = name
    self.bytes = bytes
    self.written = written
    check()
  }

  private mutating func check() {
    if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      trouble = "it is compressed"
    } else if bytes.starts(with: Array("LPKSHHRH".utf8)) {
      trouble = "it is a journal of systemd"
    } else if bytes.contains(0) {
      trouble = "it is no text"
    } else if bytes.isEmpty {
      trouble = "it is empty"
    }
  }
}
