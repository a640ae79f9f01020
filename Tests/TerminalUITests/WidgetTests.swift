import Session
import TerminalUI
import TestSupport
import Testing

@Suite struct WidgetTests {
  private func drawn(
    _ rows: Int, _ columns: Int, _ glyphs: Glyphs = .unicode,
    _ body: (inout Surface, Rect) -> Void
  ) -> Surface {
    var surface = Surface(size: Size(rows: rows, columns: columns), glyphs: glyphs)
    body(&surface, surface.bounds)
    return surface
  }

  private let frame = Frame(
    title: "Controls", trailing: [Span("all 25", .dim)], bottom: "2 of 25", isFocused: true)

  @Test(arguments: [32, 20, 12, 5]) func frames(columns: Int) {
    let surface = drawn(3, columns) { frame.draw(into: &$0, in: $1) }
    #expect(Golden.mismatch(surface, "frame@\(columns)") == nil)
  }

  @Test func frameInAscii() {
    let surface = drawn(3, 32, .ascii) { frame.draw(into: &$0, in: $1) }
    #expect(Golden.mismatch(surface, "frame-ascii") == nil)
  }

  @Test(arguments: [true, false]) func lists(isFocused: Bool) {
    let rows = (1...9).map { index in
      ListView.Row(
        [Span("\(index) "), Span("✗ FAIL", .fail), Span(" Firewall and segmentation")],
        trailing: index == 1 ? [Span("3/5", .dim)] : [])
    }
    let list = ListView(rows, selection: 5, isFocused: isFocused)
    let surface = drawn(4, 24) { surface, rect in
      let first = list.draw(into: &surface, in: rect, first: 0)
      #expect(first == 3)
    }
    #expect(Golden.mismatch(surface, "list@\(isFocused ? "focused" : "resting")") == nil)
    #expect(list.index(atRow: 2, in: Rect(rows: 4, columns: 24), first: 3) == 5)
    #expect(list.index(atRow: 4, in: Rect(rows: 4, columns: 24), first: 3) == nil)
    #expect(ListView.position(1, of: 25) == "2 of 25")
    #expect(list.first(from: 0, visible: 4) == 3)
  }

  @Test(arguments: [60, 30, 12]) func tabs(columns: Int) {
    let titles: [Line] = [
      [Span("1 Infra "), Span("✗4/5", .fail)], "2 App 3/5", "3 Auth 4/5", "4 Data 2/5",
    ]
    let surface = drawn(1, columns) { surface, rect in
      let columns = Tabs(titles, selection: 2).draw(into: &surface, in: rect)
      #expect(columns[2] != nil)
    }
    #expect(Golden.mismatch(surface, "tabs@\(columns)") == nil)
  }

  @Test func progress() {
    let surface = drawn(4, 20) { surface, rect in
      for (row, done) in [0, 7, 15, 16].enumerated() {
        ProgressBar(done: done, total: 16).draw(into: &surface, in: rect.line(row))
      }
    }
    #expect(Golden.mismatch(surface, "progress") == nil)
    #expect(ProgressBar(done: 3, total: 0).filled(width: 5) == 0)
    #expect(ProgressBar(done: 999, total: 1000).filled(width: 10) == 9)
  }

  @Test func textFields() {
    var middle = TextInput("a long name that does not fit 作者")
    let end = middle
    middle.move(to: 3)
    let surfaces = [
      ("start", TextField(middle, isFocused: true)), ("end", TextField(end, isFocused: true)),
      ("resting", TextField(end, isFocused: false)),
      ("empty", TextField(TextInput(), isFocused: true, placeholder: "your name")),
    ].map { name, field in
      (name, drawn(1, 12) { field.draw(into: &$0, in: $1) })
    }
    for (name, surface) in surfaces {
      #expect(Golden.mismatch(surface, "field@\(name)") == nil)
    }
  }

  @Test func textFieldOfSeveralRows() {
    let note = TextInput("Restored into scratch, 41 min.\nRow counts match.", isMultiline: true)
    let surface = drawn(3, 16) { TextField(note, isFocused: true).draw(into: &$0, in: $1) }
    #expect(Golden.mismatch(surface, "field-rows") == nil)
  }

  @Test func forms() {
    let surface = drawn(9, 40) { surface, rect in
      let choices = ChoiceRow(["Met", "Not met", "Not applicable", "Accept risk"], selection: 1)
      var rest = rect.dropping(rows: choices.draw(into: &surface, in: rect))
      for (index, text) in ["Backups configured", "Retention documented and in line with the law"]
        .enumerated()
      {
        let row = CheckRow(Line(text), isChecked: index == 0, isFocused: index == 1)
        rest = rest.dropping(rows: row.draw(into: &surface, in: rest))
      }
      ButtonRow(["Preview", "Sign", "Cancel"], focus: 2, disabled: [1])
        .draw(into: &surface, in: rest.line(1))
      MessageLine(.error, "Item 2 is not ticked.").draw(into: &surface, in: rest.line(2))
      MessageLine(.info, "A sign-off is a new event.").draw(into: &surface, in: rest.line(3))
    }
    #expect(Golden.mismatch(surface, "form") == nil)
  }

  @Test(arguments: [50, 24, 8, 3]) func footers(columns: Int) {
    let footer = FooterKeys([
      KeyHint("r", "run"), KeyHint("s", "sign off"), KeyHint("h", "history"), KeyHint("q", "quit"),
    ])
    let surface = drawn(1, columns) { footer.draw(into: &$0, in: $1) }
    #expect(Golden.mismatch(surface, "footer@\(columns)") == nil)
  }

  @Test func dialogs() {
    let surface = drawn(7, 30) { surface, rect in
      surface.fill(rect, with: "x", style: .fail)
      surface.put("作者作者作者作者作者作者作者作", row: 3, column: 0)
      let room = Dialog(Frame(title: "Sign?"), size: Size(rows: 4, columns: 17))
        .draw(into: &surface, in: rect)
      TextBlock("You sign as Mara").draw(into: &surface, in: room)
    }
    #expect(Golden.mismatch(surface, "dialog") == nil)
  }

  @Test func goldenFilesAreUsed() {
    #expect(Golden.unused() == [])
  }

  @Test func everyStyleHasItsLetter() {
    let letters = Role.allCases.map(\.letter)
    #expect(Set(letters).count == letters.count)
  }
}
