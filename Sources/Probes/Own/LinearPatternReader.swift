/// What a pattern consists of.
indirect enum PatternNode: Sendable {
  case step(LinearPattern.Step)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repeated(PatternNode, least: Int, most: Int?)

  /// Writes the steps of this node after those that are there.
  func append(to steps: inout [LinearPattern.Step]) throws(LinearPattern.Fault) {
    guard steps.count < LinearPattern.sizeLimit else {
      throw LinearPattern.Fault(reason: "asks for more than \(LinearPattern.sizeLimit) steps")
    }
    switch self {
    case .step(let step): steps.append(step)
    case .sequence(let nodes): for node in nodes { try node.append(to: &steps) }
    case .choice(let nodes): try Self.append(choice: nodes[...], to: &steps)
    case .repeated(let node, let least, let most):
      for _ in 0..<least {
        let before = steps.count
        try node.append(to: &steps)
        // An empty group is no work, however often it is repeated.
        if steps.count == before { break }
      }
      guard let most else { return try Self.append(anyNumberOf: node, to: &steps) }
      for _ in least..<max(least, most) {
        let split = steps.count
        steps.append(.split(split + 1, 0))
        try node.append(to: &steps)
        steps[split] = .split(split + 1, steps.count)
      }
    }
  }

  private static func append(
    choice nodes: ArraySlice<PatternNode>, to steps: inout [LinearPattern.Step]
  ) throws(LinearPattern.Fault) {
    guard let first = nodes.first else { return }
    guard nodes.count > 1 else { return try first.append(to: &steps) }
    let split = steps.count
    steps.append(.split(split + 1, 0))
    try first.append(to: &steps)
    let jump = steps.count
    steps.append(.jump(0))
    steps[split] = .split(split + 1, steps.count)
    try append(choice: nodes.dropFirst(), to: &steps)
    steps[jump] = .jump(steps.count)
  }

  private static func append(
    anyNumberOf node: PatternNode, to steps: inout [LinearPattern.Step]
  ) throws(LinearPattern.Fault) {
    let split = steps.count
    steps.append(.split(split + 1, 0))
    try node.append(to: &steps)
    steps.append(.jump(split))
    steps[split] = .split(split + 1, steps.count)
  }
}

/// Reads a pattern by recursive descent.
struct LinearPatternReader {
  private static let depthLimit = 50
  private static let lengthLimit = 1_000

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// The whole pattern.
  mutating func pattern() throws(LinearPattern.Fault) -> PatternNode {
    guard !scalars.isEmpty else { throw fault("is empty, which matches everything") }
    guard scalars.count <= Self.lengthLimit else {
      throw fault("is longer than \(Self.lengthLimit) characters")
    }
    let node = try choice()
    guard position == scalars.count else { throw fault("has a ) too many") }
    return node
  }

  private func fault(_ reason: String) -> LinearPattern.Fault {
    LinearPattern.Fault(reason: reason)
  }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  private mutating func choice() throws(LinearPattern.Fault) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw fault("is nested too deeply") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(LinearPattern.Fault) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      var node = try atom()
      while let (least, most) = try repetition() {
        if case .repeated = node { throw fault("repeats a repetition") }
        node = .repeated(node, least: least, most: most)
      }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func repetition() throws(LinearPattern.Fault) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard take("{") else { return nil }
    guard let least = number() else { throw fault("has a { without a number; a brace is \\{") }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else { throw fault("has a { without }") }
    guard least <= most ?? least, most ?? 0 <= 1_000, least <= 1_000 else {
      throw fault("repeats too often")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar), digits.count < 5 {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    return Int(digits)
  }

  private mutating func atom() throws(LinearPattern.Fault) -> PatternNode {
    guard let scalar = next else { throw fault("ends too early") }
    position += 1
    switch scalar {
    case "(":
      if take("?"), !take(":") { throw fault("has (?…), which is not known but for (?: and (?i)") }
      let inner = try choice()
      guard take(")") else { throw fault("has a ( without )") }
      return inner
    case "[": return .step(.one(try characterSet()))
    case ".": return .step(.one(.init(ranges: [0x0A...0x0A], isNegated: true)))
    case "^": return .step(.lineStart)
    case "$": return .step(.lineEnd)
    case "\\":
      if take("b") { return .step(.wordEdge) }
      return .step(.one(try escaped()))
    case "*", "+", "?", "{": throw fault("repeats nothing with \(scalar)")
    default: return .step(.one(.init(ranges: [scalar.value...scalar.value])))
    }
  }

  private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
  private static let words: [ClosedRange<UInt32>] = [
    0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A,
  ]
  private static let spaces: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20, 0xA0...0xA0]

  private mutating func escaped() throws(LinearPattern.Fault) -> LinearPattern.CharacterSet {
    guard let scalar = next else { throw fault("ends with a lone \\") }
    position += 1
    switch scalar {
    case "d": return .init(ranges: Self.digits)
    case "D": return .init(ranges: Self.digits, isNegated: true)
    case "w": return .init(ranges: Self.words)
    case "W": return .init(ranges: Self.words, isNegated: true)
    case "s": return .init(ranges: Self.spaces)
    case "S": return .init(ranges: Self.spaces, isNegated: true)
    case "t": return .init(ranges: [9...9])
    case "n": return .init(ranges: [10...10])
    case "r": return .init(ranges: [13...13])
    case "a"..."z", "A"..."Z", "0"..."9": throw fault("has \\\(scalar), which is not known")
    default: return .init(ranges: [scalar.value...scalar.value])
    }
  }

  private mutating func characterSet() throws(LinearPattern.Fault) -> LinearPattern.CharacterSet {
    var set = LinearPattern.CharacterSet(ranges: [], isNegated: take("^"))
    var isFirst = true
    while true {
      guard let scalar = next else { throw fault("has a [ without ]") }
      position += 1
      if scalar == "]" && !isFirst { return set }
      isFirst = false
      if scalar == "[" && next == ":" { throw fault("has [:…:], which is not known") }
      guard scalar != "\\" else {
        let inner = try escaped()
        guard !inner.isNegated else { throw fault("has \\D, \\W or \\S within [ ]") }
        set.ranges += inner.ranges
        continue
      }
      guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
        set.ranges.append(scalar.value...scalar.value)
        continue
      }
      let last = scalars[position + 1]
      guard last != "\\", scalar.value <= last.value else {
        throw fault("has a range that is none")
      }
      position += 2
      set.ranges.append(scalar.value...last.value)
    }
  }
}
