import Foundation
import Glibc

/// Says when a file was written, replaced or removed by anybody.
///
/// The folder is watched (inotify), because the file is replaced as a whole. A thread sleeps in
/// `read`: nothing wakes up while nothing changes. It lives as long as the process.
public enum FileWatch {
  /// Calls `report` on a thread of its own after each change of that file.
  ///
  /// - Returns: false where the system cannot watch the folder; then nothing is reported.
  @discardableResult
  public static func start(path: String, report: @escaping @Sendable () -> Void) -> Bool {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let name = url.lastPathComponent
    let descriptor = inotify_init1(Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return false }
    let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE)
    guard inotify_add_watch(descriptor, url.deletingLastPathComponent().path, events) >= 0 else {
      close(descriptor)
      return false
    }
    Thread.start(named: "watch") {
      while let names = next(descriptor) {
        if names.contains(name) { report() }
      }
      close(descriptor)
    }
    return true
  }

  /// The names that the next events speak of; nil where there will be none any more.
  private static func next(_ descriptor: CInt) -> [String]? {
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    var count = read(descriptor, &buffer, buffer.count)
    while count < 0 && errno == EINTR { count = read(descriptor, &buffer, buffer.count) }
    guard count > 0 else { return nil }
    // Watch, mask, cookie and length, then the name.
    let head = 16
    var names: [String] = []
    var place = 0
    while place + head <= count {
      let length = buffer[place + 12..<place + 16].enumerated().reduce(0) {
        $0 | Int($1.element) << (8 * $1.offset)
      }
      let end = min(place + head + length, count)
      names.append(
        String(decoding: buffer[place + head..<end].prefix { $0 != 0 }, as: UTF8.self))
      place = end
    }
    return names
  }
}
