internal import Session

/// A word that one types where there is no screen.
///
/// Beside these, each key of the page and each command of the screen is taken as a line, too.
public struct PlainCommand: Hashable, Sendable {
  /// The word.
  public var name: String
  /// What follows it, as printed; nothing where it stands alone.
  public var argument: String
  /// A few words.
  public var meaning: String

  /// Name and argument.
  public var usage: String { argument.isEmpty ? name : "\(name) \(argument)" }

  /// The words that only lines have or that take more there, the most needed first.
  public static let all = [
    PlainCommand(name: "list", argument: "[WORDS]", meaning: "all controls by domain"),
    PlainCommand(name: "show", argument: "[18|18.2]", meaning: "everything about a control"),
    PlainCommand(name: "where", argument: "", meaning: "the launch, and what is next"),
    PlainCommand(name: "previous", argument: "", meaning: "back to what is open"),
    PlainCommand(
      name: "decide", argument: "[18|18.2] [ANSWER]", meaning: "on a control or a point"),
    PlainCommand(name: "accept", argument: "[18]", meaning: "what was found there, by name"),
    PlainCommand(name: "facts", argument: "", meaning: "answer the facts of the launch"),
    PlainCommand(name: "drop", argument: "[18]", meaning: "what is collected for a control"),
    PlainCommand(name: "stop", argument: "", meaning: "the probes that run"),
    PlainCommand(name: "history", argument: "[18|all]", meaning: "numbered records, newest first"),
    PlainCommand(name: "countersign", argument: "[18]", meaning: "as the second person"),
    PlainCommand(name: "revoke", argument: "NUMBER", meaning: "take a listed record back"),
    PlainCommand(name: "seal", argument: "", meaning: "sign the release off"),
    PlainCommand(name: "mend", argument: "[18]", meaning: "a fault of the example"),
    PlainCommand(name: "back", argument: "", meaning: "leave the page"),
    PlainCommand(name: "help", argument: "[WORDS]", meaning: "keys, commands and words"),
  ]

  /// What may be answered to any question instead of an answer.
  public static let answers = [
    PlainCommand(name: "empty line", argument: "", meaning: "keep what stands in brackets"),
    PlainCommand(name: ".", argument: "", meaning: "leave; what was typed is kept where it can be"),
    PlainCommand(name: "<", argument: "", meaning: "back to the question before"),
    PlainCommand(name: "-", argument: "", meaning: "nothing, instead of what stands in brackets"),
    PlainCommand(name: "\\", argument: "", meaning: "at the end of a line: the note goes on"),
    PlainCommand(name: "+", argument: "", meaning: "instead of a note: write it in your editor"),
    PlainCommand(name: "?", argument: "", meaning: "what is asked for"),
  ]
}
