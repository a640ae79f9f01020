/// The signs and borders of the interface, in Unicode or ASCII.
///
/// Only characters that are one cell wide in every terminal that was tried.
public struct Glyphs: Hashable, Sendable {
  /// Met, passed.
  public var ok: String
  /// Not met, failed.
  public var fail: String
  /// Waits for a person.
  public var open: String
  /// Suspects were found: a person must judge.
  public var review: String
  /// Could not look.
  public var unknown: String
  /// The risk has been accepted.
  public var risk: String
  /// Does not apply.
  public var notApplicable: String
  /// Too old, or for another commit.
  public var stale: String
  /// Has not started.
  public var waiting: String

  /// The row that the user is on.
  public var pointer: String
  /// A group of which the rows are hidden.
  public var collapsed: String
  /// A group of which the rows are shown.
  public var expanded: String
  /// An item of a list.
  public var bullet: String
  /// From one thing to another.
  public var arrow: String
  /// Something has been left out.
  public var ellipsis: String
  /// A dash between words.
  public var dash: String
  /// What stands for a character that must not reach the terminal.
  public var replacement: Character

  /// The upper left corner of a border.
  public var topLeft: String
  /// The upper right corner of a border.
  public var topRight: String
  /// The lower left corner of a border.
  public var bottomLeft: String
  /// The lower right corner of a border.
  public var bottomRight: String
  /// The upper and lower side of a border.
  public var horizontal: String
  /// The left and right side of a border, and what parts tabs.
  public var vertical: String

  /// A full cell of a progress bar.
  public var barFull: String
  /// An empty cell of a progress bar.
  public var barEmpty: String
  /// The frames of what turns while something runs.
  public var spinner: [String]

  /// The frame of the spinner at a tick.
  public func spinner(at tick: Int) -> String {
    spinner[((tick % spinner.count) + spinner.count) % spinner.count]
  }

  /// The sign of something that runs: a frame of the spinner, or one that never turns.
  func running(at tick: Int?) -> String { tick.map(spinner) ?? bullet }

  /// For terminals with Unicode.
  public static let unicode = Glyphs(
    ok: "✓", fail: "✗", open: "○", review: "?", unknown: "!", risk: "~", notApplicable: "–",
    stale: "○", waiting: "·",
    pointer: ">", collapsed: "▸", expanded: "▾", bullet: "•", arrow: "→", ellipsis: "…", dash: "–",
    replacement: "·",
    topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", horizontal: "─", vertical: "│",
    barFull: "█", barEmpty: "░",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])

  /// For terminals, fonts and locales without.
  public static let ascii = Glyphs(
    ok: "+", fail: "x", open: "o", review: "?", unknown: "!", risk: "~", notApplicable: "-",
    stale: "o", waiting: ".",
    pointer: ">", collapsed: "+", expanded: "-", bullet: "*", arrow: "->", ellipsis: "~", dash: "-",
    replacement: "?",
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
    barFull: "#", barEmpty: ".",
    spinner: ["|", "/", "-", "\\"])
}
