import Glibc

/// The content of a regular file, or why there is none.
enum FileBytes: Equatable, Sendable {
  case content([UInt8])
  case absent
  /// A folder, link, device or pipe.
  case notRegular
  case tooLarge(Int)
  case unreadable

  /// Reads a file of a repository; links are not followed, pipes not waited for.
  static func read(_ path: GitPath, below top: String, limit: Int) -> FileBytes {
    guard !path.bytes.contains(0) else { return .absent }
    return read(Array(top.utf8) + [UInt8(ascii: "/")] + path.bytes, flags: O_NOFOLLOW, limit)
  }

  /// Reads a file of the machine; links are followed.
  static func read(_ path: String, limit: Int) -> FileBytes {
    read(Array(path.utf8), flags: 0, limit)
  }

  private static func read(_ path: [UInt8], flags: Int32, _ limit: Int) -> FileBytes {
    let descriptor = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags) }
          ?? -1
      }
    }
    guard descriptor >= 0 else {
      return switch errno {
      case ENOENT, ENOTDIR: .absent
      case ELOOP, ENXIO: .notRegular
      default: .unreadable
      }
    }
    defer { close(descriptor) }
    return content(of: descriptor, limit)
  }

  private static func content(of descriptor: Int32, _ limit: Int) -> FileBytes {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable }
    guard status.st_mode & S_IFMT == S_IFREG else { return .notRegular }
    guard status.st_size <= limit else { return .tooLarge(Int(status.st_size)) }
    var failed = false
    // One byte more than its size, so that a file that grows meanwhile is noticed.
    let content = [UInt8](unsafeUninitializedCapacity: Int(status.st_size) + 1) { buffer, count in
      while count < buffer.count, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + count, buffer.count - count)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
    }
    guard !failed else { return .unreadable }
    return content.count > limit ? .tooLarge(content.count) : .content(content)
  }

  /// Whether a folder is another one or lies inside it, links resolved.
  static func sameOrInside(_ folder: String, _ outer: String) -> Bool {
    guard let folder = resolved(folder), let outer = resolved(outer) else { return false }
    return folder == outer || folder.hasPrefix(outer == "/" ? "/" : outer + "/")
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
