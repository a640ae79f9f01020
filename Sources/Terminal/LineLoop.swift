internal import CNcurses
import Foundation
import Glibc

/// What reaches a program that works line by line.
public enum LineEvent<Message: Sendable>: Sendable {
  /// A line without its end.
  case line(String)
  /// A line of more than 64 KiB; it was thrown away.
  case longLine
  /// There is no more input for now, or for ever.
  case endOfInput
  case message(Message)
  case signal(Signal)
}

/// Waits for lines, messages and signals, and lets them change a state until it is told to end.
///
/// Nothing of the terminal is changed. Everything happens on one thread, which sleeps in `poll`; a
/// state that takes no line leaves it unread.
public struct LineLoop<State: Sendable, Message: Sendable>: Sendable {
  /// Where work that is done elsewhere reports to.
  public var mailbox: Mailbox<Message>
  /// Whether the state takes a line now.
  public var takesLines: @Sendable (State) -> Bool
  /// Changes the state for an event; true ends.
  public var handle: @Sendable (inout State, LineEvent<Message>) -> Bool
  /// What a message wants to do that asks on the terminal, such as an editor; it may block.
  public var lends: @Sendable (Message) -> (@Sendable () -> Void)?

  /// A loop that has not started yet.
  public init(
    mailbox: Mailbox<Message>, takesLines: @escaping @Sendable (State) -> Bool,
    lends: @escaping @Sendable (Message) -> (@Sendable () -> Void)? = { _ in nil },
    handle: @escaping @Sendable (inout State, LineEvent<Message>) -> Bool
  ) {
    self.mailbox = mailbox
    self.takesLines = takesLines
    self.lends = lends
    self.handle = handle
  }

  /// Runs on a thread of its own, so that no thread of the cooperative pool is blocked.
  ///
  /// - Returns: the last state.
  public func run(_ state: State) async throws -> State {
    try await withCheckedThrowingContinuation { continuation in
      Thread.start(named: "lines", stackSize: 8 << 20) {
        continuation.resume(with: Result { try runHere(state, input: STDIN_FILENO) })
      }
    }
  }

  /// Runs on the calling thread.
  func runHere(_ state: State, input: CInt) throws(TerminalError) -> State {
    let signals = try SignalPipe()
    var state = state
    var source = LineSource(input)
    while true {
      let wantsLine = takesLines(state)
      if wantsLine, let event: LineEvent<Message> = source.next() {
        if handle(&state, event) { return state }
        // What others report comes between two lines, however fast they come.
        if wait(signals, nil, &source, .zero, &state) { return state }
        continue
      }
      if wait(signals, wantsLine ? input : nil, &source, nil, &state) { return state }
    }
  }

  /// Sleeps until something happens, and handles messages and signals; true ends.
  private func wait(
    _ signals: borrowing SignalPipe, _ input: CInt?, _ source: inout LineSource,
    _ timeout: Duration?, _ state: inout State
  ) -> Bool {
    let ready = Readiness.wait(
      input ?? -1, mailbox.descriptor, signals.descriptor, timeout: timeout)
    for signal in signals.drain() {
      switch signal {
      case .windowChanged, .continued: break
      case .stop: cnc_stop_process(STDIN_FILENO)
      case .interrupt, .terminate, .hangUp:
        source.forgetLine()
        if handle(&state, .signal(signal)) { return true }
      }
    }
    for message in mailbox.drain() {
      if handle(&state, .message(message)) { return true }
      guard let body = lends(message) else { continue }
      signals.lend()
      body()
      signals.takeBack()
    }
    if ready.isInputReady || ready.hasHungUp { source.read() }
    return false
  }
}

/// Lines of a descriptor, and its end.
private struct LineSource {
  private let descriptor: CInt
  private var reader = LineReader()
  private var lines: [String?] = []
  private var hasEnded = false

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  /// What was read and not taken yet; the end is told each time it is met.
  mutating func next<Message>() -> LineEvent<Message>? {
    if !lines.isEmpty { return lines.removeFirst().map { .line($0) } ?? .longLine }
    guard hasEnded else { return nil }
    // A terminal goes on after Ctrl-D; everything else says again that it has ended.
    hasEnded = false
    return .endOfInput
  }

  /// Reads what is there.
  mutating func read() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 {
      lines += reader.take(buffer[..<count])
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      lines += reader.end()
      hasEnded = true
    }
  }

  /// The terminal threw away what was typed of a line; so does this.
  mutating func forgetLine() { reader = LineReader() }
}
