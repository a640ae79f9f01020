internal import CNcurses
import Glibc
public import Session
public import TerminalUI

/// The one owner of the terminal: from its making to its end the screen is ours.
///
/// It cannot be copied or sent to another thread; when it goes out of scope, however that comes
/// about, the terminal is as it was found.
public struct CursesTerminal: ~Copyable {
  /// The signs that this terminal can show.
  public let glyphs: Glyphs
  /// The size of the window.
  public private(set) var size: Size
  /// False while the terminal is lent to another program or to the shell.
  public private(set) var isActive = false

  let descriptors: TerminalDescriptors
  private let screen: OpaquePointer
  let window: UnsafeMutablePointer<WINDOW>
  private var writer: CellWriter
  private var options: TerminalOptions
  private var keyboard: Keyboard
  private var streams = StandardStreams()
  private var shown: Surface?
  private var title: String?

  /// Takes the terminal.
  public init(_ options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    try self.init(options, on: TerminalDescriptors.open(options.device))
  }

  /// Takes what is open on these descriptors, which need not be a terminal.
  package init(
    _ options: TerminalOptions, on descriptors: consuming TerminalDescriptors
  ) throws(TerminalError) {
    let types = try options.terminalTypes()
    let isUnicode = cnc_set_locale(options.locale)
    use_env(false)
    use_tioctl(true)
    if options.environment["ESCDELAY"] == nil { set_escdelay(25) }
    var streams = StandardStreams()
    streams.divert()
    cnc_crash_arm(descriptors.output, streams.output, streams.error, streams.strays)
    guard let screen = Self.open(types, descriptors), let keyboard = Keyboard(),
      let window = cnc_standard_window()
    else {
      cnc_crash_disarm()
      streams.restore()
      throw .unknownType(types[0])
    }
    Self.setModes(window)
    self.descriptors = descriptors
    self.screen = screen
    self.window = window
    self.keyboard = keyboard
    self.streams = streams
    self.options = options
    glyphs = options.ascii || !isUnicode ? .ascii : .unicode
    writer = CellWriter(
      window: window, palette: Self.startColours(options.theme), isUnicode: isUnicode)
    size = Size(rows: Int(getmaxy(window)), columns: Int(getmaxx(window)))
    isActive = true
    askForReports()
  }

  deinit {
    if isActive { Self.leave(descriptors.output, hasTitle: title != nil) }
    cnc_crash_disarm()
    cnc_close(screen)
    var streams = streams
    streams.restore()
  }

  var isPasting: Bool { keyboard.isPasting }

  /// Whether keys wait that were left for the next reading.
  var hasUnread: Bool { isActive && keyboard.hasMore }

  /// True when the shell has given us the terminal.
  var isInForeground: Bool {
    let group = tcgetpgrp(descriptors.input)
    return group < 0 || group == getpgrp()
  }

  /// What has been typed, as much of it as one reading takes.
  public mutating func readKeys() -> [Key] {
    isActive ? keyboard.read() : []
  }

  mutating func finishPaste() -> [Key] {
    keyboard.finishPaste()
  }

  /// Makes the screen show the surface; what has not changed is not sent.
  public mutating func present(_ surface: Surface) {
    guard isActive, surface != shown else { return }
    if shown?.size != surface.size { werase(window) }
    for number in 0..<min(surface.size.rows, size.rows) {
      let row = surface.row(number)
      if let shown, shown.size == surface.size, shown.row(number) == row { continue }
      writer.write(row, row: number, columns: size.columns)
    }
    placeCursor(surface.cursor)
    flush()
    shown = surface
  }

  /// Repaints everything, whatever the terminal shows now.
  public mutating func redraw() {
    shown = nil
    cnc_repaint_all()
  }

  /// Asks for the window's size after it may have changed; nil when it has not.
  public mutating func updateSize() -> Size? {
    var rows: CInt = 0
    var columns: CInt = 0
    guard cnc_window_size(descriptors.output, &rows, &columns), is_term_resized(rows, columns)
    else { return nil }
    resizeterm(rows, columns)
    size = Size(rows: Int(rows), columns: Int(columns))
    redraw()
    return size
  }

  /// Gives the terminal back, for another program to use.
  public mutating func release() {
    guard isActive else { return }
    isActive = false
    Self.leave(descriptors.output, hasTitle: title != nil)
    cnc_crash_disarm()
    streams.restore()
  }

  /// Takes the terminal again after ``release()``.
  public mutating func resume() {
    guard !isActive else { return }
    streams.divert()
    cnc_crash_arm(descriptors.output, streams.output, streams.error, streams.strays)
    isActive = true
    reset_prog_mode()
    redraw()
    _ = updateSize()
    askForReports()
    if let title {
      self.title = nil
      perform(.title(title))
    }
  }

  /// Stops the process until the shell brings it back, as Ctrl-Z does.
  public mutating func suspend() {
    release()
    cnc_stop_process(descriptors.input)
    if isInForeground { resume() }
  }

  /// Does something that is not drawing.
  public mutating func perform(_ request: TerminalRequest) {
    guard isActive else { return }
    switch request {
    case .mouse(let isOn):
      options.mouse = isOn
      cnc_mouse(isOn)
    case .theme(let theme):
      writer.palette = Self.startColours(theme)
      redraw()
    case .notify(let text):
      descriptors.write(Notice.sequence(text, environment: options.environment))
    case .title, .bell, .copy:
      if case .title(let text) = request {
        // The terminal keeps the former title, to be put back on the way out.
        if title == nil { descriptors.write("\u{1B}[22;2t") }
        title = text
      }
      if let sequence = request.sequence { descriptors.write(sequence) }
    }
  }

  private mutating func placeCursor(_ cursor: Surface.Cursor?) {
    curs_set(cursor?.isVisible == true || cursor != nil && options.alwaysShowsCursor ? 1 : 0)
    let row = min(max(0, cursor?.row ?? size.rows - 1), max(0, size.rows - 1))
    let column = min(max(0, cursor?.column ?? 0), max(0, size.columns - 1))
    wmove(window, CInt(row), CInt(column))
  }

  /// Sends the changes as one frame to terminals that know synchronised output.
  private func flush() {
    descriptors.write("\u{1B}[?2026h")
    wnoutrefresh(window)
    doupdate()
    descriptors.write("\u{1B}[?2026l")
  }

  private func askForReports() {
    cnc_mouse(options.mouse)
    descriptors.write("\u{1B}[?2004h")
  }

  private static func leave(_ output: CInt, hasTitle: Bool) {
    TerminalDescriptors.write("\u{1B}[?2004l" + (hasTitle ? "\u{1B}[23;2t" : ""), to: output)
    endwin()
  }

  private static func open(_ types: [String], _ at: borrowing TerminalDescriptors) -> OpaquePointer?
  {
    for type in types {
      if let screen = cnc_open(type, at.input, at.output) { return screen }
    }
    return nil
  }

  private static func setModes(_ window: UnsafeMutablePointer<WINDOW>) {
    raw()
    noecho()
    nonl()
    intrflush(window, false)
    leaveok(window, false)
    scrollok(window, false)
  }

  private static func startColours(_ theme: Theme) -> Palette {
    guard theme != .mono, has_colors(), start_color() == OK else {
      return Palette(theme: .mono, colors: 0)
    }
    let background: Int16 = use_default_colors() == OK ? -1 : 0
    let palette = Palette(theme: theme, colors: Int(cnc_colors()))
    for (index, colour) in palette.pairs.enumerated() {
      init_pair(Int16(index + 1), colour, background)
    }
    return palette
  }
}
