import Checklist
import Synchronization

@testable import Probes

/// Keeps what a log of programs is told.
final class LogSink: Sendable {
  private let kept = Mutex<[String]>([])

  /// A log that tells it.
  var log: CommandLog {
    CommandLog(now: { .real }) { [self] entry in
      kept.withLock { $0.append("\(entry.words.joined(separator: " ")): \(entry.outcome)") }
    }
  }

  /// Each program with its arguments, and how it ended.
  var lines: [String] { kept.withLock { $0 } }
}
