internal import Checklist
public import Evidence

/// What is to be done outside, as data: the reducer decides, a runner does.
public enum Effect: Equatable, Sendable {
  /// Read configuration, evidence and drafts.
  case load
  /// Read the evidence again and judge it at the present time.
  case refresh
  /// Write `launchgate.yaml` and open the launch.
  case setUp(SetupAnswers)
  /// Run the probes of these points; empty means all.
  case runProbes(points: [String])
  /// Trust that content, and then run the probes of these points.
  case trust(TrustContent, points: [String])
  /// Run the probes of these points; the user has agreed to what these lines say is sent.
  case send([String], points: [String])
  /// Stop the run; what has ended is recorded.
  case stopProbes
  /// Keep collected decisions and half-filled forms on disk.
  case saveDrafts([DecisionDraft], forms: [FormDraft])
  /// Write one sign-off with all of these decisions.
  case signOff([DecisionDraft], Identity)
  /// Agree to a record as a second person.
  case countersign(RecordID, points: [String] = [], note: String, Identity)
  /// Take a record back.
  case revoke(RecordID, reason: String, Identity)
  /// Give a duty to a person, by an id of the policy or as `Name <address>`.
  case assign(duty: String, to: String, Identity)
  /// End a seal, or open again what an occasion has overtaken since that record.
  case reopen(RecordID, occasion: String?, reason: String, Identity)
  /// Find out what could be carried over from an earlier launch's evidence file.
  case examine(String)
  /// Carry over exactly these points from that file.
  case carry(String, points: [String], note: String, Identity)
  /// Sign the release off.
  case seal(note: String, Identity)
  /// Let the user write that note in the editor of their choice; the name says what it is about.
  case edit(String, name: String)
  /// Put a text on the clipboard.
  case copy(String)
  /// Take clicks and the wheel, or leave them to the terminal.
  case setMouse(Bool)
  /// Draw in these colours.
  case setTheme(ThemeName)
  /// Tell a user who looks elsewhere that something has ended.
  case notify(String)
  /// Mend a fault of the example launch.
  case mendFault(point: String)
  /// Hand the terminal back to the shell for a while.
  case suspend
  /// Draw everything anew.
  case redraw
  /// End the program.
  case quit
}

/// The answers of the first-run screen.
public struct SetupAnswers: Hashable, Sendable {
  /// What is launched.
  public var subject: String
  /// Which version.
  public var release: String
  /// To where.
  public var environment: String
  /// Where it is served from, if anywhere.
  public var url: String?
  /// Whether the user may test that host.
  public var isAuthorised: Bool
  /// As whom the launch is opened.
  public var identity: Identity

  /// Answers of these parts.
  public init(
    subject: String, release: String, environment: String, url: String?, isAuthorised: Bool,
    identity: Identity
  ) {
    self.subject = subject
    self.release = release
    self.environment = environment
    self.url = url
    self.isAuthorised = isAuthorised
    self.identity = identity
  }
}
