/// Labelled texts of a form, one of which has the focus.
public struct FieldList: Hashable, Sendable {
  /// One labelled text.
  public struct Field: Hashable, Sendable {
    /// Stable name.
    public var name: String
    /// What is asked for.
    public var label: String
    /// What was typed.
    public var input: TextInput
    /// The text that has to be typed, if only one will do.
    public var expected: String?

    /// A field with that text in it.
    public init(
      _ name: String, _ label: String, _ text: String = "", isMultiline: Bool = false,
      expected: String? = nil
    ) {
      self.name = name
      self.label = label
      input = TextInput(text, isMultiline: isMultiline)
      self.expected = expected
    }

    /// Whether what was typed is what has to be typed.
    public var isConfirmed: Bool { expected.map { $0 == input.text } ?? true }
  }

  /// In the order of the Tab key.
  public var fields: [Field]
  /// Index of the field with the focus.
  public var focus: Int

  /// These fields, the first with the focus.
  public init(_ fields: [Field], focus: Int = 0) {
    self.fields = fields
    self.focus = focus
  }

  /// What was typed into that field.
  public func text(_ name: String) -> String {
    fields.first { $0.name == name }?.input.text ?? ""
  }

  /// The first field whose expected text is not there yet.
  public var firstUnconfirmed: Field? { fields.first { !$0.isConfirmed } }

  /// Moves the focus by that many fields, around the end.
  public mutating func move(by count: Int) {
    guard !fields.isEmpty else { return }
    focus = (focus + count + fields.count) % fields.count
  }

  /// Edits the focused field or moves between fields; false where the key means nothing here.
  public mutating func apply(_ key: Key) -> Bool {
    switch key {
    case .tab: move(by: 1)
    case .backTab: move(by: -1)
    case .enter where !fields[focus].input.isMultiline: move(by: 1)
    case .down where !fields[focus].input.isMultiline: move(by: 1)
    case .up where !fields[focus].input.isMultiline: move(by: -1)
    default: return fields[focus].input.apply(key)
    }
    return true
  }
}

extension FieldList {
  /// Who signs: three fields that every signing page begins with.
  static func identity(_ identity: Identity) -> [Field] {
    [
      Field("name", "Name", identity.name), Field("email", "Email", identity.email),
      Field("role", "Role", identity.role),
    ]
  }

  /// The identity that was typed, with the key of the given one where it is the same person.
  ///
  /// Whoever signs as somebody else must not do so with this user's key.
  public func identity(keepingKeyOf identity: Identity) -> Identity {
    let email = text("email").trimmed
    let isSame =
      identity.email.isEmpty || identity.email.lowercased() == email.lowercased()
    return Identity(
      name: text("name").trimmed, email: email, role: text("role").trimmed,
      key: isSame ? identity.key : nil)
  }
}

/// `1 decision`, `2 decisions`.
func counted(_ decisions: Int) -> String {
  decisions == 1 ? "1 decision" : "\(decisions) decisions"
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    let head = drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(head[...last])
  }
}
