internal import Checklist
internal import Evidence

extension SessionState {
  /// Keys of the sign-off form.
  mutating func handleForm(_ key: Key) -> [Effect] {
    switch key {
    case .escape: return closeForm()
    case .control("s"): return collect()
    case .control("o"): return editNote()
    case .tab: form?.moveFocus(by: 1)
    case .backTab: form?.moveFocus(by: -1)
    default: form?.apply(key)
    }
    form?.refusal = nil
    return []
  }

  private mutating func closeForm() -> [Effect] {
    if let form {
      forms[form.control] = form.draft
      if form.draft != nil { note("what you typed is kept: s opens it again") }
    }
    form = nil
    screen = .gate
    return saved
  }

  private mutating func collect() -> [Effect] {
    guard var open = form else { return [] }
    switch open.decisions(on: today) {
    case .failure(let refusal):
      open.refusal = refusal.reason
      form = open
      return []
    case .success(let decisions):
      let points = Set(decisions.map(\.point))
      drafts = drafts.filter { !points.contains($0.point) } + decisions
      forms[open.control] = nil
      form = nil
      screen = .gate
      let left = openControls.count
      note(
        "\(counted(drafts.count)) collected: S review and sign"
          + (left == 0 ? "; all is decided" : "; \(left) left: ]"))
      return saved
    }
  }

  /// Keys of the page on which decisions are signed.
  mutating func handleReview(_ key: Key) -> [Effect] {
    // Taken out, so that a key changes it where it is instead of a copy of all that was typed.
    guard var page = review.take() else { return [] }
    switch key {
    case .escape:
      screen = .gate
      note("nothing was signed; the decisions are kept")
      return []
    case .pageDown: page.scroll += 5
    case .pageUp: page.scroll = max(0, page.scroll - 5)
    case .control("s") where !isRecording:
      if let gap = firstTrouble ?? page.gap {
        page.refusal = gap
      } else {
        review = page
        return record(.signOff(drafts, page.fields.identity(keepingKeyOf: identity)))
      }
    default:
      _ = page.fields.apply(key)
      page.refusal = nil
    }
    review = page
    return []
  }

  /// Asks for that record; no second one is asked for before it is on disk.
  private mutating func record(_ effect: Effect) -> [Effect] {
    recording = effect
    return [effect]
  }

  /// Leaves the page about one record, to where it was opened.
  mutating func closePrompt() {
    if screen == .prompt { screen = prompt?.isFromHistory ?? false ? .history : .gate }
    prompt = nil
  }

  /// Keys of the page on which a record is taken back or agreed to.
  mutating func handlePrompt(_ key: Key) -> [Effect] {
    guard var page = prompt.take() else { return [] }
    switch key {
    case .control("o"):
      prompt = page
      return editNote()
    case .escape:
      prompt = page
      closePrompt()
      return []
    case .pageDown: page.scroll += 5
    case .pageUp: page.scroll = max(0, page.scroll - 5)
    case .control("s") where !isRecording:
      if let gap = page.gap {
        page.refusal = gap
      } else {
        prompt = page
        let signer = page.fields.identity(keepingKeyOf: identity)
        let words = page.fields.text("note").trimmed
        return record(
          page.purpose == .revoke
            ? .revoke(page.record, reason: words, signer)
            : .countersign(page.record, points: page.points, note: words, signer))
      }
    default:
      _ = page.fields.apply(key)
      page.refusal = nil
    }
    prompt = page
    return []
  }

  /// Keys of the page on which something about the whole launch is recorded.
  mutating func handleLaunch(_ key: Key) -> [Effect] {
    guard var page = launchPrompt.take() else { return [] }
    switch key {
    case .control("o"):
      launchPrompt = page
      return editNote()
    case .escape where page.isOffer:
      launchPrompt = page
      leaveOffer(isTaken: false)
      return []
    case .escape:
      screen = .gate
      return []
    case .pageDown: page.scroll += 5
    case .pageUp: page.scroll = max(0, page.scroll - 5)
    case .control("s") where !isRecording:
      if let gap = page.gap {
        page.refusal = gap
      } else {
        launchPrompt = page
        return record(page.effect(by: page.fields.identity(keepingKeyOf: identity)))
      }
    default:
      _ = page.fields.apply(key)
      page.refusal = nil
    }
    launchPrompt = page
    return []
  }

  /// Keys of the page on which the release is signed off.
  mutating func handleSeal(_ key: Key) -> [Effect] {
    guard var fields = seal.take() else { return [] }
    switch key {
    case .control("o"):
      seal = fields
      return editNote()
    case .escape:
      screen = .verdict
      return []
    case .control("s") where !isRecording:
      let signer = fields.identity(keepingKeyOf: identity)
      if let gap = signer.gap ?? fields.firstUnconfirmed.map({ "\($0.label), exactly" }) {
        warn(gap)
      } else {
        seal = fields
        return record(.seal(note: fields.text("note").trimmed, signer))
      }
    default: _ = fields.apply(key)
    }
    seal = fields
    return []
  }
}

extension SignOffForm {
  /// Moves the focus along the order of the Tab key, around its end.
  mutating func moveFocus(by count: Int) {
    let order = order
    let index = order.firstIndex(of: focus) ?? 0
    focus = order[(index + count + order.count) % order.count]
    if case .field(let field) = focus { fields.focus = field }
  }

  /// What any other key does, by what has the focus.
  mutating func apply(_ key: Key) {
    switch focus {
    case .point(let index):
      switch key {
      case .character(" "), .enter: rows[index].isTicked.toggle()
      case .down: moveFocus(by: 1)
      case .up: moveFocus(by: -1)
      default: break
      }
    case .answer:
      switch key {
      case .right, .character(" "), .character(">"): turn(by: 1)
      case .left, .character("<"): turn(by: -1)
      case .down, .enter: moveFocus(by: 1)
      case .up: moveFocus(by: -1)
      default: break
      }
    case .fault(let index): apply(key, toFault: index)
    case .field(let index):
      if fields.fields[index].input.apply(key) { return }
      if key == .down || key == .enter { moveFocus(by: 1) }
      if key == .up { moveFocus(by: -1) }
    }
  }

  private mutating func turn(by count: Int) {
    let answers = answers
    guard !answers.isEmpty else { return }
    let index = answers.firstIndex(of: answer) ?? 0
    answer = answers[(index + count + answers.count) % answers.count]
  }
}
