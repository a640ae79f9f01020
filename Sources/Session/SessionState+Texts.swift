extension SessionState {
  /// The text into which keys go; nil where they are commands.
  var typedText: TextInput? {
    if let help { return help.search }
    if let command { return command.input }
    switch screen {
    case .form:
      guard let form, case .field(let index) = form.focus else { return nil }
      return form.fields.fields[index].input
    case .setup: return setup?.fields.focused
    case .review: return review?.fields.focused
    case .prompt: return prompt?.fields.focused
    case .launch: return launchPrompt?.fields.focused
    case .seal: return seal?.focused
    case .trust: return trust?.fields.focused
    case .announcement: return announcement?.fields.focused
    case .facts: return facts.note
    case .gate: return list.isTyping ? list.filter : nil
    case .loading, .running, .history, .verdict, .log, .broken: return nil
    }
  }

  /// Says that what was typed or pasted is more than the text has room for.
  ///
  /// - Parameter before: the text before the key.
  mutating func sayWhatWasRefused(_ key: Key, since before: TextInput?) {
    guard let before, let text = typedText, text.refusals > before.refusals else { return }
    // Other keys lead to another text, which may have refused something before.
    switch key {
    case .character, .paste: break
    case .enter where text.isMultiline: break
    default: return
    }
    let room = text.limit < 1 << 10 ? "\(text.limit) bytes" : "\(text.limit >> 10) KiB"
    message = Message(
      kind: .warning, text: "nothing of that was taken: there is room for \(room) here",
      hint: openNote == nil ? nil : "attach a long text as a file")
  }
}

extension FieldList {
  /// The text of the field with the focus.
  fileprivate var focused: TextInput? {
    fields.indices.contains(focus) ? fields[focus].input : nil
  }
}
