internal import ArgumentParser

extension ManualPage {
  /// What the command tree does not say.
  static let introduction = """
    The launch is described in launchgate.yaml. What a machine can find out is probed; what needs \
    a person is signed off with name, role and time. All of it lands in one evidence file, of \
    which nothing is ever removed. The gate says GO, NO-GO or INCOMPLETE, and names all that \
    blocks. What could not be observed is UNKNOWN and blocks.
    """

  /// What a script can go by.
  static let exitCodes: [(ExitCode, String)] = [
    (Status.done, "GO, or done"),
    (Status.failure, "an internal error, or one of input or output"),
    (Status.noGo, "NO-GO"),
    (Status.incomplete, "INCOMPLETE"),
    (Status.damaged, "the evidence is not intact"),
    (Status.couldNotLook, "a probe could not look, and --require-complete was given"),
    (Status.untrusted, "intact, but a signature that was demanded is missing or not trusted"),
    (Status.usage, "called wrongly"),
    (ExitCode(129), "ended by SIGHUP; what was collected is kept"),
    (ExitCode(130), "ended by Ctrl-C; what was collected is kept"),
    (ExitCode(143), "ended by SIGTERM; what was collected is kept"),
  ]

  /// Variables that people set.
  static let environment = [
    ("ACCESSIBLE", "anything but 0: lines instead of a screen, as with --plain"),
    ("LAUNCHGATE_NAME", "name of whoever signs"),
    ("LAUNCHGATE_EMAIL", "address of whoever signs"),
    ("LAUNCHGATE_ROLE", "role of whoever signs"),
    ("LAUNCHGATE_KEY", "SSH key to sign with"),
    ("LAUNCHGATE_AUTOMATION", "id of the pipeline that records findings"),
    (
      "LAUNCHGATE_TRUST", "digests of configurations and checklists that are trusted, for pipelines"
    ),
    ("NO_COLOR", "anything: no colours"),
    ("COLORFGBG", "colours of the terminal; a light background makes the theme light"),
    ("LAUNCHGATE_MOTION", "none: nothing turns while something runs, as with --motion none"),
    ("VISUAL, EDITOR", "in which a long note is written; vi by default"),
    ("TERM", "dumb: lines instead of a screen"),
    ("ESCDELAY", "milliseconds for which a key that begins with Esc is waited for; 25 by default"),
    ("LC_ALL, LC_CTYPE, LANG", "without UTF-8 signs and borders are ASCII"),
    ("XDG_STATE_HOME", "where drafts are kept; ~/.local/state by default"),
    ("XDG_CACHE_HOME", "where what was read of packs is kept; ~/.cache by default"),
    ("XDG_CONFIG_HOME", "where git looks for its settings"),
  ]

  /// Files that are read or written.
  static let files = [
    ("launchgate.yaml", "the launch, looked for from the working folder upwards"),
    ("SUBJECT-RELEASE.evidence.json", "the evidence, meant to be committed"),
    ("~/.local/state/launchgate/", "drafts, the place where you were, and what is trusted"),
  ]

  /// What one does most.
  static let examples = [
    ("Try it on a built-in launch with real faults:", "launchgate demo"),
    ("The same line by line:", "launchgate demo --plain"),
    (
      "In a pipeline, which fails unless everything holds for what it ships:",
      "launchgate probe --fragment findings.json\n"
        + "launchgate gate shop-4.2.0.evidence.json findings.json --expect-commit \"$COMMIT\""
    ),
    (
      "As an auditor:",
      "launchgate verify shop-4.2.0.evidence.json --allowed-signers signers --strict"
    ),
  ]
}
