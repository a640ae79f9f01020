/// The signs and borders of the interface, in Unicode or ASCII.
///
/// Only characters that are one cell wide in every terminal that was tried.
public struct Glyphs: Hashable, Sendable {
  public var ok: String
  public var fail: String
  public var open: String
  public var review: String
  public var unknown: String
  public var risk: String
  public var notApplicable: String
  public var stale: String
  public var waiting: String

  public var pointer: String
  public var collapsed: String
  public var expanded: String
  public var bullet: String
  public var arrow: String
  public var ellipsis: String
  public var dash: String
  /// What stands for a character that must not reach the terminal.
  public var replacement: Character

  public var topLeft: String
  public var topRight: String
  public var bottomLeft: String
  public var bottomRight: String
  public var horizontal: String
  public var vertical: String

  public var barFull: String
  public var barEmpty: String
  public var spinner: [String]

  /// The frame of the spinner at a tick.
  public func spinner(at tick: Int) -> String {
    spinner[((tick % spinner.count) + spinner.count) % spinner.count]
  }

  public static let unicode = Glyphs(
    ok: "✓", fail: "✗", open: "○", review: "?", unknown: "!", risk: "~", notApplicable: "–",
    stale: "○", waiting: "·",
    pointer: ">", collapsed: "▸", expanded: "▾", bullet: "•", arrow: "→", ellipsis: "…", dash: "–",
    replacement: "·",
    topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", horizontal: "─", vertical: "│",
    barFull: "█", barEmpty: "░",
    spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"])

  public static let ascii = Glyphs(
    ok: "+", fail: "x", open: "o", review: "?", unknown: "!", risk: "~", notApplicable: "-",
    stale: "o", waiting: ".",
    pointer: ">", collapsed: "+", expanded: "-", bullet: "*", arrow: "->", ellipsis: "~", dash: "-",
    replacement: "?",
    topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", horizontal: "-", vertical: "|",
    barFull: "#", barEmpty: ".",
    spinner: ["|", "/", "-", "\\"])
}
