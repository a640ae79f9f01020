internal import CNcurses
public import Foundation

extension Thread {
  /// Starts a thread that the kernel knows by that name too, for tools such as top(1).
  ///
  /// - Parameters:
  ///   - name: at most 15 bytes.
  ///   - stackSize: in bytes; the system's own without it.
  public static func start(
    named name: String, stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void
  ) {
    let thread = Thread {
      // Foundation names a thread only where its handle is known already, which is a race.
      cnc_name_thread(name)
      body()
    }
    if let stackSize { thread.stackSize = stackSize }
    thread.start()
  }
}
