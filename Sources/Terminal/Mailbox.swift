internal import CNcurses
import Glibc
import Synchronization

/// Messages for the event loop from any thread.
///
/// The loop sleeps in `poll`; a descriptor that becomes readable wakes it.
public final class Mailbox<Message: Sendable>: Sendable {
  /// Readable while messages wait.
  public let descriptor: CInt
  private let messages = Mutex<[Message]>([])

  /// Opens the descriptor.
  public init() throws(TerminalError) {
    descriptor = cnc_event_descriptor()
    guard descriptor >= 0 else { throw .system("eventfd", code: errno) }
  }

  deinit {
    close(descriptor)
  }

  /// Adds a message and wakes the loop.
  public func send(_ message: Message) {
    messages.withLock { $0.append(message) }
    var count: UInt64 = 1
    _ = write(descriptor, &count, MemoryLayout.size(ofValue: count))
  }

  /// Takes all messages, in the order in which they were sent.
  public func drain() -> [Message] {
    var count: UInt64 = 0
    _ = read(descriptor, &count, MemoryLayout.size(ofValue: count))
    return messages.withLock { waiting in
      defer { waiting.removeAll() }
      return waiting
    }
  }
}
