public import Checklist

/// What a member of a record has to look like.
///
/// One description serves the strict reader and the printed JSON Schema, so that they cannot
/// disagree.
public indirect enum Shape: Sendable {
  /// Any text.
  case text
  /// A text of which something is there.
  case filledText
  /// `2026-11-21T02:16:09Z`.
  case timestamp
  /// `2026-11-21`.
  case date
  /// `sha256:` and 64 hexadecimal digits.
  case digest
  /// A whole number from 0.
  case count
  /// `true` or `false`.
  case flag
  /// One of these words.
  case choice([String])
  /// Elements of one shape.
  case list(Shape)
  /// At least one element of one shape.
  case filledList(Shape)
  /// Any names, with members of one shape.
  case map(Shape)
  /// An object with these members and no others.
  case object([Field])
  /// An object of one of these kinds, told apart by the member of that name.
  case variants(by: String, [Variant])
  /// Any object; its meaning is checked elsewhere.
  case anyObject
  /// Any value.
  case any

  /// One kind of an object that has several.
  public struct Variant: Sendable {
    /// The word that the telling member has.
    public var word: String
    /// The members beside the telling one.
    public var fields: [Field]
  }

  /// A member of an object.
  public struct Field: Sendable {
    /// Its name.
    public var name: String
    /// What it has to look like.
    public var shape: Shape
    /// Whether it has to be there.
    public var isRequired: Bool
    /// What it means, for the schema.
    public var meaning: String

    /// A member that has to be there.
    public static func required(_ name: String, _ shape: Shape, _ meaning: String) -> Field {
      Field(name: name, shape: shape, isRequired: true, meaning: meaning)
    }

    /// A member that may be missing.
    public static func optional(_ name: String, _ shape: Shape, _ meaning: String) -> Field {
      Field(name: name, shape: shape, isRequired: false, meaning: meaning)
    }
  }
}

extension Shape.Variant {
  /// All members, the telling one first.
  func members(by name: String) -> [Shape.Field] {
    [.required(name, .choice([word]), "which kind")] + fields
  }
}

extension Shape {
  /// Why the value has not this shape, with the path to the fault; nil where it has.
  public func refusal(of value: JSONValue, at path: String) -> String? {
    misfit(of: value).map { "\(path)\($0.place)\($0.reason)" }
  }

  /// What does not fit; its place is put together only on the way out, because most values fit.
  private struct Misfit {
    var place = ""
    var reason: String

    init(_ reason: String) { self.reason = " \(reason)" }

    func inside(_ name: String) -> Misfit {
      var misfit = self
      misfit.place = name + place
      return misfit
    }
  }

  private func misfit(of value: JSONValue) -> Misfit? {
    switch self {
    case .any: nil
    case .text: value.string == nil ? Misfit("has to be text") : nil
    case .filledText:
      Self.isFilled(value.string ?? "") ? nil : Misfit("has to be text that is not empty")
    case .timestamp:
      value.string.flatMap(Timestamp.init(rfc3339:)) == nil
        ? Misfit("has to be a time such as 2026-11-21T02:16:09Z") : nil
    case .date:
      value.string.flatMap(CalendarDate.init) == nil
        ? Misfit("has to be a date such as 2026-11-21") : nil
    case .digest:
      value.string.flatMap(Digest.init) == nil
        ? Misfit("has to be sha256: and 64 hexadecimal digits") : nil
    case .count: (value.integer ?? -1) < 0 ? Misfit("has to be a number from 0") : nil
    case .flag: value.bool == nil ? Misfit("has to be true or false") : nil
    case .choice(let words):
      value.string.map(words.contains) ?? false
        ? nil : Misfit("has to be one of \(words.joined(separator: ", "))")
    case .anyObject: value.object == nil ? Misfit("has to be an object") : nil
    case .list(let shape), .filledList(let shape): misfit(ofList: value, shape)
    case .map(let shape): misfit(ofMap: value, shape)
    case .object(let fields): misfit(ofObject: value, fields)
    case .variants(let name, let variants): misfit(ofVariants: value, by: name, variants)
    }
  }

  private static func isFilled(_ text: String) -> Bool {
    // Almost always the first byte tells.
    if let first = text.utf8.first, (0x21..<0x7f).contains(first) { return true }
    return text.contains { !$0.isWhitespace }
  }

  private func misfit(ofList value: JSONValue, _ shape: Shape) -> Misfit? {
    guard let elements = value.array else { return Misfit("has to be a list") }
    if case .filledList = self, elements.isEmpty { return Misfit("is empty") }
    for (index, element) in elements.enumerated() {
      if let misfit = shape.misfit(of: element) { return misfit.inside("[\(index)]") }
    }
    return nil
  }

  private func misfit(ofMap value: JSONValue, _ shape: Shape) -> Misfit? {
    guard let members = value.object else { return Misfit("has to be an object") }
    let misfits = members.compactMap { name, member in
      shape.misfit(of: member).map { (name: name, misfit: $0) }
    }
    return misfits.min { $0.name < $1.name }.map { $0.misfit.inside(".\($0.name)") }
  }

  private func misfit(ofVariants value: JSONValue, by name: String, _ variants: [Variant])
    -> Misfit?
  {
    guard let members = value.object else { return Misfit("has to be an object") }
    guard let word = members[name] else { return Misfit("lacks \(name)") }
    guard let variant = variants.first(where: { $0.word == word.string }) else {
      return Shape.choice(variants.map(\.word)).misfit(of: word)?.inside(".\(name)")
    }
    return misfit(ofObject: value, variant.fields, beside: name)
  }

  /// - Parameter telling: a member that was looked at before.
  private func misfit(
    ofObject value: JSONValue, _ fields: [Field], beside telling: String? = nil
  ) -> Misfit? {
    guard let members = value.object else { return Misfit("has to be an object") }
    var known = telling == nil ? 0 : 1
    for field in fields {
      if let member = members[field.name] {
        known += 1
        if let misfit = field.shape.misfit(of: member) { return misfit.inside(".\(field.name)") }
      } else if field.isRequired {
        return Misfit("lacks \(field.name)")
      }
    }
    guard known < members.count else { return nil }
    let names = Set(fields.map(\.name) + [telling].compactMap(\.self))
    return members.keys.sorted().first { !names.contains($0) }.map {
      Misfit("has the unknown member \($0)")
    }
  }
}
