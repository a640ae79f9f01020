internal import Foundation
import Glibc
internal import Synchronization
internal import SystemPackage

/// A pipe from a program, read by a thread of its own in large pieces.
struct CommandPipe: Sendable {
  /// What the program writes to; whoever runs it closes it.
  let writing: FileDescriptor
  private let reading: FileDescriptor

  /// What a pipe holds and what is taken at once: fewer switches between the two processes, and a
  /// piece still fits into the second-level cache.
  private static let pipeSize: Int32 = 1 << 20
  private static let pieceSize = 256 << 10
  /// `F_SETPIPE_SZ` of Linux, which the headers hide.
  private static let setPipeSize: Int32 = 1_031

  init(_ program: String) throws(CommandFailure) {
    do {
      (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
    } catch {
      throw .broken(program, reason: "no pipe could be made")
    }
    // Where the system grants no more, the pipe stays as it is; waits are bounded by `poll`.
    _ = fcntl(reading.rawValue, Self.setPipeSize, Self.pipeSize)
    _ = fcntl(reading.rawValue, F_SETFL, O_NONBLOCK)
  }

  /// Hands on all that is written, until nobody can write any more, and closes the reading end.
  ///
  /// `receive` is called in order on one thread; what it throws ends the reading, as does
  /// cancellation.
  func read(
    _ receive: @escaping @Sendable (UnsafeRawBufferPointer) throws -> Void
  ) async throws {
    let stop = Stop()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
          let result = Result { try drain(stop, receive) }
          try? reading.close()
          continuation.resume(with: result)
        }
      }
    } onCancel: {
      stop.isWanted.store(true, ordering: .relaxed)
    }
  }

  private final class Stop: Sendable {
    let isWanted = Atomic(false)
  }

  private func drain(
    _ stop: Stop, _ receive: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      guard !stop.isWanted.load(ordering: .relaxed) else { throw CancellationError() }
      let count = Glibc.read(reading.rawValue, buffer.baseAddress, buffer.count)
      if count > 0 {
        try receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } else if count == 0 {
        return
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: reading.rawValue, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, 200)
      } else if errno != EINTR {
        throw CommandFailure.broken("read", reason: "what a program wrote could not be read")
      }
    }
  }
}
