internal import Checklist

/// What a value of a JSON document is compared with.
enum JSONComparison: Sendable, Equatable {
  case equals(JSONValue)
  case atLeast(Int)
  case atMost(Int)

  /// Beyond it, not every whole number is a Double.
  private static let exact = 1 << 53

  var parameter: String {
    switch self {
    case .equals: "equals"
    case .atLeast: "at-least"
    case .atMost: "at-most"
    }
  }

  /// Those that the parameters ask for.
  static func all(in values: [String: JSONValue]) throws(ParameterFault) -> [JSONComparison] {
    var found: [JSONComparison] = []
    if let value = values["equals"] { found.append(.equals(value)) }
    for (name, make) in [("at-least", atLeast), ("at-most", atMost)] as [(String, (Int) -> Self)] {
      guard let value = values[name] else { continue }
      guard let number = value.integer, abs(number) < exact else {
        throw ParameterFault(parameter: name, reason: "is no whole number below 2^53")
      }
      found.append(make(number))
    }
    if let least = values["at-least"]?.integer, let most = values["at-most"]?.integer, least > most
    {
      throw ParameterFault(parameter: "at-most", reason: "is less than at-least")
    }
    return found
  }

  /// Fails where the value is there and is another one; unknown where it cannot be compared.
  func judge(_ value: ToolJSON, at path: String) -> OwnPart {
    switch self {
    case .equals(let wanted): equals(value, wanted, path)
    case .atLeast(let least): compare(value, path, "less than \(least)") { $0 >= Double(least) }
    case .atMost(let most): compare(value, path, "more than \(most)") { $0 <= Double(most) }
    }
  }

  private func equals(_ value: ToolJSON, _ wanted: JSONValue, _ path: String) -> OwnPart {
    let shown = OwnText.shown(value)
    let isEqual: Bool
    switch (value, wanted) {
    case (.array, _), (.object, _):
      return OwnPart(parameter, .unknown, "\(path) is \(shown), which is compared with nothing")
    case (.string(let text), .string(let other)): isEqual = text == other
    case (.bool(let truth), .bool(let other)): isEqual = truth == other
    case (.number(let spelling), .integer(let other)):
      guard let number = Self.number(spelling) else { return tooLarge(path) }
      isEqual = number == Double(other)
    default: isEqual = false
    }
    return OwnPart(
      parameter, isEqual ? .pass : .fail,
      isEqual ? "\(path) is \(shown)" : "\(path) is \(shown), not \(OwnText.shown(wanted))")
  }

  private func compare(
    _ value: ToolJSON, _ path: String, _ fault: String, _ holds: (Double) -> Bool
  ) -> OwnPart {
    let shown = OwnText.shown(value)
    guard case .number(let spelling) = value else {
      return OwnPart(parameter, .unknown, "\(path) is \(shown), which is no number")
    }
    guard let number = Self.number(spelling) else { return tooLarge(path) }
    let isGood = holds(number)
    return OwnPart(
      parameter, isGood ? .pass : .fail,
      isGood ? "\(path) is \(shown)" : "\(path) is \(shown), \(fault)")
  }

  private func tooLarge(_ path: String) -> OwnPart {
    OwnPart(parameter, .unknown, "\(path) is a number with too many digits to be compared")
  }

  /// The number of that spelling, where a Double stands for it without rounding across a bound.
  private static func number(_ spelling: String) -> Double? {
    if let whole = Int(spelling) { return abs(whole) < exact ? Double(whole) : nil }
    let digits = spelling.utf8.prefix { ![UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) }
      .filter { (0x30...0x39).contains($0) }
    guard digits.count <= 15, let number = Double(spelling), abs(number) < Double(exact) else {
      return nil
    }
    // What is too small for a Double is no zero.
    let isZero = digits.allSatisfy { $0 == 0x30 }
    return number == 0 && !isZero ? nil : number
  }
}
