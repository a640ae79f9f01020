internal import Foundation
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
  private let number: Int
  private let size: Int
  private let changed: Date

  /// The file as it is now; nil where there is none.
  init?(_ path: String) {
    let found = try? FileManager.default.attributesOfItem(
      atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    guard let found, let number = found[.systemFileNumber] as? Int,
      let size = found[.size] as? Int, let changed = found[.modificationDate] as? Date
    else { return nil }
    (self.number, self.size, self.changed) = (number, size, changed)
  }
}
