internal import ArgumentParser

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: "The evidence file, instead of the one that the configuration names.",
    completion: .file())
  var evidence: String?

  @Option(
    help: "The configuration, instead of the next launchgate.yaml upwards.", completion: .file())
  var config: String?

  @Option(help: "One of several launches of the configuration.")
  var launch: String?

  @Option(help: "A bundled checklist by name, or a path.", completion: .file())
  var checklist: String?

  @Option(
    help: ArgumentHelp(
      "Digest of a configuration or checklist that is trusted for this call (LAUNCHGATE_TRUST).",
      visibility: .hidden))
  var trust: [String] = []

  @Flag(help: "Plain lines instead of a screen; so does ACCESSIBLE=1.")
  var plain = false

  @Option(help: "Colours on the screen.")
  var color: ColorChoice = .auto

  @Flag(help: "ASCII signs and borders.")
  var ascii = false

  @Option(
    help: """
      Colours: dark, light, cvd or cvd-light (for the colour-blind), mono; as NO_COLOR and \
      COLORFGBG tell unless given or chosen before.
      """)
  var theme: ThemeChoice?

  @Option(help: "Whether anything on the screen turns while something runs (LAUNCHGATE_MOTION).")
  var motion: MotionChoice?

  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }

  enum ThemeChoice: String, ExpressibleByArgument, CaseIterable {
    case dark, light, cvd
    case cvdLight = "cvd-light"
    case mono
  }

  enum MotionChoice: String, ExpressibleByArgument, CaseIterable {
    case full, none
  }
}

/// What may be sent.
struct ActivityOptions: ParsableArguments {
  @Flag(
    help: """
      Also run probes that send what no visitor would, such as wrong logins; a few requests each, \
      announced before they are sent (launchgate probes list marks them).
      """)
  var active = false
}

/// Who signs.
struct IdentityOptions: ParsableArguments {
  @Option(help: "Name of the person (LAUNCHGATE_NAME, git config user.name).")
  var name: String?

  @Option(help: "Address of the person (LAUNCHGATE_EMAIL, git config user.email).")
  var email: String?

  @Option(help: "Role, such as release-manager (LAUNCHGATE_ROLE).")
  var role: String?

  @Option(
    help: """
      SSH key to sign with: a private key, or a public one whose private half the agent has \
      (LAUNCHGATE_KEY; otherwise one that the policy lists for you, or git's).
      """, completion: .file())
  var key: String?

  @Flag(help: "Record it without a signature.") var unsigned = false
}
