internal import Session

/// The first-run page: what is launched, where it runs, who asks.
enum SetupScreen {
  static func draw(_ state: SessionState, into surface: inout Surface, in rect: Rect) {
    guard let form = state.setup else { return }
    let inner = Frame(title: Line("Set up this gate")).draw(into: &surface, in: rect)
      .inset(columns: 1)
    var rest = inner
    let intro = TextBlock(
      [
        "Welcome. Nothing is contacted before you start a probe.",
        Line(
          form.repository.map { "Repository: \($0)" }
            ?? "This folder is no git repository: repository probes will say unknown.", .dim),
      ] + [form.earlierNotice.map { Line($0, .key) }].compactMap(\.self) + [""])
    rest = rest.dropping(rows: intro.draw(into: &surface, in: rest))
    rest = rest.dropping(
      rows: FieldRows.draw(
        form.fields, focus: form.fields.focus, label: 16, into: &surface, in: rest))
    rest = rest.dropping(rows: 1)
    rest = rest.dropping(
      rows: CheckRow(
        "I am allowed to test the host of this URL  (Ctrl-T)", isChecked: form.isAuthorised
      ).draw(into: &surface, in: rest.line(0)))
    let more = TextBlock([
      "",
      Line("This writes launchgate.yaml, .gitattributes and .gitignore here: commit them.", .dim),
      Line(
        "The same without a screen: launchgate init --subject … --release … --url …", .dim),
    ])
    _ = more.draw(into: &surface, in: rest)
  }
}
