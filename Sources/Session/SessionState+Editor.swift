internal import Checklist
internal import Gate

extension SessionState {
  /// The note of the open page; nil where it has none.
  var openNote: TextInput? {
    get {
      switch screen {
      case .form: form?.fields["note"]
      case .prompt: prompt?.fields["note"]
      case .launch: launchPrompt?.fields["note"]
      case .seal: seal?["note"]
      case .facts: facts.note
      default: nil
      }
    }
    set {
      switch screen {
      case .form: form?.fields["note"] = newValue
      case .prompt: prompt?.fields["note"] = newValue
      case .launch: launchPrompt?.fields["note"] = newValue
      case .seal: seal?["note"] = newValue
      case .facts: facts.note = newValue
      default: break
      }
    }
  }

  /// Hands the note of the open page to the user's editor; no key does anything before it is back.
  mutating func editNote() -> [Effect] {
    guard let text = openNote?.text else {
      note("there is no note to write here")
      return []
    }
    focusNote()
    awaitsEditor = true
    return saved + [.edit(text, name: noteName)]
  }

  /// Takes the note that the editor has left.
  mutating func takeNote(_ text: String) -> [Effect] {
    awaitsEditor = false
    guard let old = openNote else { return [] }
    let new = TextInput(text, isMultiline: old.isMultiline)
    openNote = new
    form?.refusal = nil
    note(new.text == old.text ? "the note is as it was" : "the note is taken over")
    return saved
  }

  private mutating func focusNote() {
    let isNote = { (field: FieldList.Field) in field.name == "note" }
    switch screen {
    case .form:
      guard let index = form?.fields.fields.firstIndex(where: isNote) else { return }
      form?.focus = .field(index)
      form?.fields.focus = index
    case .prompt: prompt?.fields.focus(on: "note")
    case .launch: launchPrompt?.fields.focus(on: "note")
    case .seal: seal?.focus(on: "note")
    default: break
    }
  }

  /// What the editor is to call the note.
  private var noteName: String {
    switch screen {
    case .form: form?.control ?? ""
    case .facts: selectedFact?.point.id ?? ""
    default: screen.rawValue
    }
  }
}

extension FieldList {
  /// The text of the field of that name; nil where there is none.
  subscript(name: String) -> TextInput? {
    get { fields.first { $0.name == name }?.input }
    set {
      guard let newValue, let index = fields.firstIndex(where: { $0.name == name }) else { return }
      fields[index].input = newValue
    }
  }

  /// Gives the focus to the field of that name.
  mutating func focus(on name: String) {
    focus = fields.firstIndex { $0.name == name } ?? focus
  }
}
