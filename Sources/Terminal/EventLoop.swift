import Foundation
import Glibc
public import Session
public import TerminalUI

/// What reaches the program from outside.
public enum TerminalEvent<Message: Sendable>: Sendable {
  case key(Key)
  case message(Message)
  case signal(Signal)
  /// Time for the next frame of what moves.
  case tick
}

/// What the program wants of the loop after an event.
public enum LoopInstruction<Message: Sendable>: Sendable {
  case end
  case redraw
  /// Stops the process as Ctrl-Z does in a shell.
  case suspend
  /// Lends the terminal to something that asks on it, such as an editor; it may block.
  case lend(@Sendable () -> Message?)
  case request(TerminalRequest)
}

/// Draws a state, waits, and lets events change the state, until it is told to end.
///
/// Everything happens on one thread, which sleeps in `poll` while nothing moves. The state is a
/// value; work that takes time is done elsewhere and reports to the mailbox.
public struct EventLoop<State: Sendable, Message: Sendable>: Sendable {
  /// Draws a state; it must not change anything.
  public typealias Draw = @Sendable (State, inout Surface) -> Void
  /// Changes the state for an event, and says what else is to be done.
  public typealias Handle =
    @Sendable (inout State, TerminalEvent<Message>) -> [LoopInstruction<Message>]

  /// How the terminal is used.
  public var options: TerminalOptions
  /// Where work that is done elsewhere reports to.
  public var mailbox: Mailbox<Message>
  /// The time between two ticks; nil while nothing moves.
  public var interval: @Sendable (State) -> Duration?
  /// Draws a state.
  public var draw: Draw
  /// Handles an event.
  public var handle: Handle
  /// Called once, when the first frame has been sent: what takes time begins here.
  public var begin: @Sendable () -> Void = {}

  /// A loop that has not started yet.
  public init(
    options: TerminalOptions, mailbox: Mailbox<Message>,
    interval: @escaping @Sendable (State) -> Duration? = { _ in nil },
    draw: @escaping Draw, handle: @escaping Handle
  ) {
    self.options = options
    self.mailbox = mailbox
    self.interval = interval
    self.draw = draw
    self.handle = handle
  }

  /// Runs on a thread of its own, so that no thread of the cooperative pool is blocked.
  ///
  /// - Returns: the last state. The terminal has been restored by then.
  public func run(_ state: State) async throws -> State {
    try await withCheckedThrowingContinuation { continuation in
      Thread.start(named: "terminal", stackSize: 8 << 20) {
        continuation.resume(with: Result { try runHere(state) })
      }
    }
  }

  /// Runs on the calling thread.
  public func runHere(_ state: State) throws(TerminalError) -> State {
    let signals = try SignalPipe()
    var terminal = try CursesTerminal(options)
    var state = state
    var clock = TickClock()
    var events: [TerminalEvent<Message>] = [.key(.resize(terminal.size))]
    var hasHungUp = false
    var hasBegun = false
    while true {
      var hasStopped = false
      while !events.isEmpty {
        let event = events.removeFirst()
        for instruction in handle(&state, event) {
          if case .end = instruction { return state }
          if case .suspend = instruction {
            // Held down it asks many times; a person stopped the program once.
            guard !hasStopped else { continue }
            hasStopped = true
          }
          perform(instruction, &terminal, signals)
          // The window may have got another size while somebody else had it.
          if case .lend = instruction { events.append(.key(.resize(terminal.size))) }
        }
      }
      if hasHungUp { return state }
      var surface = Surface(size: terminal.size, glyphs: terminal.glyphs)
      draw(state, &surface)
      terminal.present(surface)
      if !hasBegun { begin() }
      hasBegun = true

      clock.set(interval(state))
      let ready = Readiness.wait(
        terminal.descriptors.input, mailbox.descriptor, signals.descriptor,
        timeout: terminal.hasUnread
          ? .zero : terminal.isPasting ? .milliseconds(500) : clock.remaining)
      events = signalEvents(signals, &terminal)
      events += keyEvents(ready, &terminal)
      events += mailbox.drain().map { .message($0) }
      if clock.hasRung() { events.append(.tick) }
      if ready.hasHungUp {
        events.append(.signal(.hangUp))
        hasHungUp = true
      }
    }
  }

  private func signalEvents(
    _ signals: borrowing SignalPipe, _ terminal: inout CursesTerminal
  ) -> [TerminalEvent<Message>] {
    var events: [TerminalEvent<Message>] = []
    for signal in signals.drain() {
      switch signal {
      case .windowChanged:
        if let size = terminal.updateSize() { events.append(.key(.resize(size))) }
      case .stop: terminal.suspend()
      case .continued:
        // Someone else may have drawn, and the shell may have changed the modes.
        terminal.release()
        if terminal.isInForeground { terminal.resume() }
        events.append(.key(.resize(terminal.size)))
      case .interrupt, .terminate, .hangUp: events.append(.signal(signal))
      }
    }
    return events
  }

  private func keyEvents(
    _ ready: Readiness, _ terminal: inout CursesTerminal
  ) -> [TerminalEvent<Message>] {
    if ready.isInputReady || terminal.hasUnread { return terminal.readKeys().map { .key($0) } }
    guard ready.isTimeout, terminal.isPasting else { return [] }
    return terminal.finishPaste().map { .key($0) }
  }

  private func perform(
    _ instruction: LoopInstruction<Message>, _ terminal: inout CursesTerminal,
    _ signals: borrowing SignalPipe
  ) {
    switch instruction {
    case .end: break
    case .redraw: terminal.redraw()
    case .suspend: terminal.suspend()
    case .request(let request): terminal.perform(request)
    case .lend(let body):
      terminal.release()
      signals.lend()
      if let message = body() { mailbox.send(message) }
      signals.takeBack()
      terminal.resume()
    }
  }
}
