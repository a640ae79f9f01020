public import Checklist
public import Gate

/// All that the screens show and all that the user is in the middle of.
public struct SessionState: Equatable, Sendable {
  /// The page that fills the screen.
  public enum Screen: String, Sendable, CaseIterable {
    case loading
    case setup
    case gate
    case facts
    case running
    case form
    case review
    case history
    case verdict
    case seal
    case prompt
    case launch
    case trust
    case announcement
    case log
    case broken
  }

  /// One line under the page.
  public struct Message: Hashable, Sendable {
    /// How grave it is.
    public enum Kind: Sendable { case note, warning, error }
    /// How grave it is.
    public var kind: Kind
    /// What is said.
    public var text: String
    /// What to do about it.
    public var hint: String?
    /// Whether it says that something of the user's own is on disk; it stands until the next key.
    public var isAcknowledgement = false

    /// Whether nothing that happens elsewhere may take its place.
    var holds: Bool { isAcknowledgement || kind == .error }
  }

  /// The smallest terminal in which everything can be reached.
  public static let smallest = Size(rows: 18, columns: 60)

  /// Whether a terminal of that size shows a notice instead, and ignores keys.
  public static func isTooSmall(_ size: Size) -> Bool {
    size.rows < smallest.rows || size.columns < smallest.columns
  }

  /// The size of the terminal.
  public var size = Size(rows: 24, columns: 80)
  /// The page.
  public var screen: Screen = .loading
  /// The help that lies over the page, if it does.
  public var help: HelpPage?
  /// The command that is being typed, if one is.
  public var command: CommandEntry?
  /// The programs that were run.
  public var log = CommandLogPage()
  /// Whether clicks and the wheel are taken.
  public var isMouseOn = true
  /// The colours that were chosen on the screen, if any were.
  public var theme: ThemeName?
  /// Whether the user wants nothing to move by itself.
  public var isStill = false
  /// Whether the question lies over the page whether to quit.
  public var asksToQuit = false
  /// What is known of the launch.
  public var snapshot: EvidenceSnapshot?
  /// First-run form.
  public var setup: SetupForm?
  /// Which fact of the launch is looked at, while they are answered.
  public var facts = FactsPage()
  /// Which control is looked at.
  public var list = ControlList()
  /// The run that goes on or was last looked at.
  public var run: ProbeRun?
  /// The sign-off form that is open.
  public var form: SignOffForm?
  /// Decisions that were made but not signed, in the order in which they were made.
  public var drafts: [DecisionDraft] = []
  /// Forms that were closed with something in them, by control.
  public var forms: [String: FormDraft] = [:]
  /// The page on which drafts are signed.
  public var review: ReviewPage?
  /// The page on which a record is taken back or agreed to.
  public var prompt: RecordPrompt?
  /// The page on which something about the whole launch is recorded.
  public var launchPrompt: LaunchPrompt?
  /// What of an earlier launch still holds, until it was offered.
  public var offer: CarryOffer?
  /// The page on which the user agrees to what would be contacted and run.
  public var trust: TrustPage?
  /// The page on which the user agrees to what active probes send.
  public var announcement: AnnouncementPage?
  /// The page on which the release is signed off.
  public var seal: FieldList?
  /// The history page.
  public var history = HistoryPage()
  /// First visible line of the verdict page.
  public var verdictScroll = 0
  /// As whom the user acts, unless changed on a signing page.
  public var identity = Identity()
  /// The message line.
  public var message: Message?
  /// What happened elsewhere meanwhile, to be told after the message.
  public var news = News()
  /// Whether the launch is the built-in example.
  public var isDemo: Bool
  /// The record that is being written; signing keys are inert meanwhile.
  public var recording: Effect?
  /// Whether a note is in the user's editor; no key does anything meanwhile.
  public var awaitsEditor = false
  /// Whether a run was asked for that has not begun yet.
  public var awaitsRun = false
  /// Whether drafts on disk were read, so that keeping drafts cannot delete unseen ones.
  public var knowsDrafts = false
  /// What was typed before there was a page for it.
  public var typeAhead = TypeAhead()
  /// When a new judgement was last asked for.
  public var refreshedAt: Timestamp?
  /// The current time.
  public var now: Timestamp
  /// Seconds by which the user's zone is ahead of UTC.
  public var zone = 0

  /// The state before anything was read.
  public init(now: Timestamp, isDemo: Bool = false) {
    self.now = now
    self.isDemo = isDemo
  }

  /// The day on the user's calendar.
  var today: CalendarDate { Timestamp(seconds: now.seconds + zone).date }

  /// The report of the gate, once it was read.
  public var report: GateReport? { snapshot?.report }

  /// The control under the cursor.
  public var selectedControl: Control? {
    report.flatMap { $0.control(list.selection ?? "") ?? visibleControls.first }
  }

  /// The controls that the filter lets through, in order.
  public var visibleControls: [Control] {
    report.map(list.matches) ?? []
  }

  /// The draft for that point, if one was made.
  public func draft(_ point: String) -> DecisionDraft? { drafts.first { $0.point == point } }

  /// Whether something is being written.
  public var isRecording: Bool { recording != nil }

  /// Whether a run goes on.
  public var isRunning: Bool { run.map { !$0.isFinished } ?? false }

  /// Whether something on the screen moves by itself.
  public var animates: Bool { !isStill && (isRunning || screen == .loading || isRecording) }
}
