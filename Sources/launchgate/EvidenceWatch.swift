internal import Glibc
internal import Synchronization
internal import Terminal

/// Notices what others write into the evidence file that is on the screen.
final class EvidenceWatch: Sendable {
  private struct State {
    var path: String?
    var stamp: FileStamp?
    /// How many records are being written here.
    var writing = 0
  }

  private let state = Mutex(State())

  /// Reports changes of that file from now on; of another one no longer.
  func start(_ path: String, report: @escaping @Sendable () -> Void) {
    let isNew = state.withLock { state in
      guard state.path != path else { return false }
      state = State(path: path, stamp: FileStamp(path), writing: state.writing)
      return true
    }
    guard isNew else { return }
    FileWatch.start(path: path) { [self] in
      if hasChanged(path) { report() }
    }
  }

  /// Writes; what is written here is known already, and is not reported.
  func whileWriting<Value>(_ body: () throws -> Value) rethrows -> Value {
    state.withLock { $0.writing += 1 }
    defer {
      state.withLock { state in
        state.writing -= 1
        state.stamp = state.path.flatMap(FileStamp.init)
      }
    }
    return try body()
  }

  private func hasChanged(_ path: String) -> Bool {
    state.withLock { state in
      guard state.path == path, state.writing == 0 else { return false }
      let stamp = FileStamp(path)
      guard stamp != state.stamp else { return false }
      state.stamp = stamp
      return true
    }
  }
}

/// What tells one state of a file from another without reading it.
private struct FileStamp: Equatable, Sendable {
  private let inode: UInt64
  private let size: Int64
  private let seconds: Int
  private let nanoseconds: Int

  /// The file as it is now; nil where there is none.
  init?(_ path: String) {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    inode = UInt64(found.st_ino)
    size = Int64(found.st_size)
    seconds = found.st_mtim.tv_sec
    nanoseconds = found.st_mtim.tv_nsec
  }
}
