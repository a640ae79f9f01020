internal import Checklist
public import Evidence
public import Gate

/// The page on which something is recorded that is about the launch as a whole: who has a duty,
/// that a seal ends, that an occasion came up, what an earlier launch still proves.
public struct LaunchPrompt: Hashable, Sendable {
  /// What is to be written.
  public enum Purpose: Hashable, Sendable {
    /// Who has a duty.
    case assign
    /// That this seal ends.
    case reopen(RecordID)
    /// That an occasion of the checklist came up since this record: the last seal, or the opening.
    case occasion(RecordID)
    /// What the evidence file of an earlier launch proves about these points.
    case carry(path: String, points: [String])
  }

  /// What is to be written.
  public var purpose: Purpose
  /// What there is to choose from, or what is going to be written, line by line.
  public var lines: [String]
  /// Identity, what the purpose asks for, the release.
  public var fields: FieldList
  /// First visible line.
  public var scroll = 0
  /// Whether nobody asked for the page: it is shown because the launch is new.
  public var isOffer = false
  /// What kept the last attempt from being taken.
  public var refusal: String?

  /// What may be typed as the duty or the occasion.
  private let choices: [String]

  /// A page about that; `choice` is the duty or occasion that was named already.
  public init(
    _ purpose: Purpose, _ report: GateReport, _ identity: Identity, choice: String = "",
    lines: [String] = []
  ) {
    self.purpose = purpose
    let wanted: [FieldList.Field]
    switch purpose {
    case .assign:
      choices = Self.duties(report.checklist)
      self.lines = choices.map { "\($0): \(report.duties[$0] ?? "nobody")" }
      wanted = [.init("choice", "Duty", choice), .init("to", "To (an id, or Name <address>)")]
    case .occasion:
      choices = report.checklist.occasions.map(\.id)
      self.lines = report.checklist.occasions.map { "\($0.id): \($0.text)" }
      wanted = [.init("choice", "Occasion", choice), .init("note", "What has changed")]
    case .reopen(let seal):
      choices = []
      self.lines = ["The seal \(seal.short) ends; what was recorded stays."]
      wanted = [.init("note", "Reason")]
    case .carry:
      choices = []
      self.lines = lines
      wanted = [.init("note", "Why they still hold")]
    }
    fields = FieldList(
      FieldList.identity(identity) + wanted + [
        .init("confirm", "Type the release \(report.release)", expected: report.release)
      ], focus: 3)
  }

  /// The evidence file from which is carried over, if that is the purpose.
  var carriedFile: String? {
    if case .carry(let path, _) = purpose { path } else { nil }
  }

  /// The duties that the checklist wants somebody to have, each once.
  static func duties(_ checklist: Checklist) -> [String] {
    let named = checklist.controls.compactMap(\.duty) + checklist.points.compactMap(\.duty)
    return named.enumerated().filter { !named.prefix($0.offset).contains($0.element) }
      .map(\.element)
  }

  /// What the page is called.
  public var title: String {
    switch purpose {
    case .assign: "Give a duty to a person"
    case .reopen: "End the seal"
    case .occasion: "An occasion has come up"
    case .carry: "Carry over from an earlier launch"
    }
  }

  /// Why nothing can be signed yet, or nil.
  public var gap: String? {
    if let gap = fields.identity(keepingKeyOf: Identity()).gap { return gap }
    let choice = fields.text("choice").trimmed
    if !choices.isEmpty || hasChoice, !choices.contains(choice) {
      return "there is no \(choice.isEmpty ? "choice" : choice) here: "
        + (choices.isEmpty ? "the checklist names none" : choices.joined(separator: ", "))
    }
    if purpose == .assign, fields.text("to").trimmed.isEmpty { return "to whom?" }
    if purpose != .assign, fields.text("note").trimmed.isEmpty { return "in your own words: why?" }
    return fields.firstUnconfirmed.map { "\($0.label), exactly" }
  }

  private var hasChoice: Bool { fields.fields.contains { $0.name == "choice" } }

  /// The record that was asked for, by that person.
  func effect(by signer: Identity) -> Effect {
    let words = fields.text("note").trimmed
    let choice = fields.text("choice").trimmed
    switch purpose {
    case .assign: return .assign(duty: choice, to: fields.text("to").trimmed, signer)
    case .reopen(let seal): return .reopen(seal, occasion: nil, reason: words, signer)
    case .occasion(let record): return .reopen(record, occasion: choice, reason: words, signer)
    case .carry(let path, let points): return .carry(path, points: points, note: words, signer)
    }
  }
}

extension SessionState {
  /// Opens the page for what was typed behind the colon.
  mutating func openLaunch(_ command: String, _ argument: String) -> [Effect] {
    guard let report, let snapshot else { return [] }
    let seal = snapshot.history.first { $0.type == "seal" }?.id
    switch command {
    case "assign": open(LaunchPrompt(.assign, report, identity, choice: argument))
    case "occasion":
      guard let last = seal ?? snapshot.history.last?.id else { return [] }
      open(LaunchPrompt(.occasion(last), report, identity, choice: argument))
    case "reopen":
      guard let seal, report.seal != .unsealed else {
        warn("the launch is not sealed: :occasion opens again what something has overtaken")
        return []
      }
      open(LaunchPrompt(.reopen(seal), report, identity))
    default:
      guard !argument.isEmpty else {
        warn("which file? :carry FILE, the evidence of an earlier launch")
        return []
      }
      note("reading \(argument)")
      return [.examine(argument)]
    }
    return []
  }

  /// Shows what could be carried over, before anything is signed.
  mutating func offerCarry(_ path: String, _ points: [String], _ lines: [String]) {
    guard let report, screen == .gate else { return }
    open(LaunchPrompt(.carry(path: path, points: points), report, identity, lines: lines))
  }

  private mutating func open(_ page: LaunchPrompt) {
    launchPrompt = page
    screen = .launch
  }
}
