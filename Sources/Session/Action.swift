public import Checklist
public import Evidence

/// What happened: the only thing that changes the state.
public enum Action: Equatable, Sendable {
  /// The user pressed a key, pasted, clicked or resized.
  case key(Key)
  /// The user clicked at something.
  case pointed(ScreenTarget)
  /// The user turned the wheel over something; negative towards the top.
  case wheeled(ScreenTarget, by: Int)
  /// How far each text on the screen can be scrolled, as the last drawing found.
  case measured([ScrollArea: Int])
  /// What the message line says was read aloud; it need not stay.
  case messageRead
  /// A program was run and has ended.
  case commandEnded(LoggedCommand)
  /// There is no configuration here; these values are proposed.
  case configurationMissing(SetupProposal)
  /// The evidence was read and judged.
  case loaded(EvidenceSnapshot)
  /// The configuration or the evidence cannot be used.
  case loadFailed(reason: String, hint: String)
  /// The evidence could not be read again; what is shown may be old.
  case refreshFailed(reason: String, hint: String)
  /// Somebody else has changed the evidence file.
  case evidenceChanged
  /// Where the user was the last time.
  case placeFound(Place)
  /// Drafts of an earlier session were looked for.
  case draftsFound([DecisionDraft], forms: [FormDraft])
  /// Who the user is, by the settings of git.
  case identityFound(Identity)
  /// A run began with these probes.
  case runStarted([ProbeRun.Line])
  /// A probe says what it does now.
  case probeProgressed(index: Int, text: String, elapsed: Int)
  /// A probe ended.
  case probeFinished(index: Int, verdict: Finding.Verdict, message: String, elapsed: Int)
  /// A run ended; its findings are on disk.
  case runRecorded(EvidenceSnapshot, note: String?)
  /// A sign-off, countersign, revocation or seal is on disk.
  case recorded(RecordID, EvidenceSnapshot)
  /// These points could be carried over from that file, in these lines.
  case carryFound(path: String, points: [String], lines: [String])
  /// The launch is new, and an earlier one of the same subject lies beside it.
  case earlierFound(CarryOffer)
  /// Nothing was written.
  case recordFailed(reason: String, hint: String)
  /// Nothing is contacted or run before the user has agreed to this.
  case trustNeeded(TrustContent, points: [String])
  /// Active probes send nothing before the user has agreed to these lines.
  case sendingAnnounced([String], points: [String])
  /// A run did not start, or its findings could not be written.
  case runFailed(reason: String, hint: String)
  /// Drafts could not be kept on disk; they are in memory still.
  case draftsNotKept(reason: String, hint: String)
  /// The user has left the editor with that note.
  case edited(String)
  /// The editor could not be used, or has left nothing that could be taken.
  case editFailed(reason: String, hint: String)
  /// A fault of the example launch was mended, in these words.
  case faultMended(String)
  /// A tick of the clock while something runs.
  case ticked(Timestamp, elapsed: Int)
  /// The program was asked to end by a signal; drafts are on disk already.
  case interrupted
}

/// What the first screen proposes, found out from the folder.
public struct SetupProposal: Hashable, Sendable {
  /// Name of the folder or repository.
  public var subject: String
  /// Latest tag, or nothing.
  public var release: String
  /// The repository's folder, if it is one.
  public var repository: String?
  /// Who the user is, by the settings of git.
  public var identity: Identity
  /// Name of the launch that was walked here last, if one was.
  public var earlier: String?

  /// A proposal of these parts.
  public init(
    subject: String, release: String, repository: String?, identity: Identity,
    earlier: String? = nil
  ) {
    self.subject = subject
    self.release = release
    self.repository = repository
    self.identity = identity
    self.earlier = earlier
  }
}
