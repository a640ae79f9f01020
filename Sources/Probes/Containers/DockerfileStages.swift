/// The stages of a Dockerfile, with the variables that are known at each point.
struct DockerfileStages: Equatable, Sendable {
  /// What one `FROM` begins.
  struct Stage: Equatable, Sendable {
    var line: Int
    /// With all known variables filled in.
    var image: String
    /// Whether a variable without a default is part of the image.
    var isResolved: Bool
    var name: String?
    /// The stage on which it builds, by its index.
    var parent: Int?
    /// The last user that is set in it.
    var user: User?
  }

  /// What `USER` says.
  struct User: Equatable, Sendable {
    var name: String
    /// Whether all of its variables are known.
    var isResolved: Bool
  }

  var stages: [Stage] = []

  init(_ file: Dockerfile) {
    var global: [String: String] = [:]
    var local: [String: String] = [:]
    var named: [String: Int] = [:]
    for instruction in file.instructions {
      switch instruction.keyword {
      case "FROM":
        local = [:]
        let stage = Self.stage(instruction, global, named)
        if let name = stage.name { named[name] = stages.count }
        stages.append(stage)
      case "ARG":
        for (name, value) in DockerfileWords.pairs(instruction.arguments) {
          guard !stages.isEmpty else {
            global[name] = value.map { DockerfileWords.expand($0, global).text }
            continue
          }
          local[name] = value.map { DockerfileWords.expand($0, local).text } ?? global[name]
        }
      case "ENV":
        for (name, value) in DockerfileWords.pairs(instruction.arguments) {
          local[name] = DockerfileWords.expand(value ?? "", local).text
        }
      case "USER" where !stages.isEmpty:
        let user = DockerfileWords.expand(instruction.arguments, local)
        stages[stages.count - 1].user = User(name: user.text, isResolved: user.isResolved)
      default: break
      }
    }
  }

  /// The user of the last stage, inherited from the stages on which it builds.
  var finalUser: User? {
    var stage = stages.last
    while let current = stage {
      if let user = current.user { return user }
      stage = current.parent.map { stages[$0] }
    }
    return nil
  }

  /// The image on which the last stage is built in the end.
  var finalImage: String {
    var stage = stages.last
    while let parent = stage?.parent { stage = stages[parent] }
    return stage?.image ?? ""
  }

  private static func stage(
    _ from: Dockerfile.Instruction, _ global: [String: String], _ named: [String: Int]
  ) -> Stage {
    let words = from.arguments.split(whereSeparator: \.isWhitespace).drop { $0.hasPrefix("--") }
    let image = DockerfileWords.expand(words.first.map(String.init) ?? "", global)
    let hasName = words.count >= 3 && words.dropFirst().first?.uppercased() == "AS"
    return Stage(
      line: from.line, image: image.text, isResolved: image.isResolved,
      name: hasName ? words.dropFirst(2).first.map { $0.lowercased() } : nil,
      parent: named[image.text.lowercased()])
  }
}
