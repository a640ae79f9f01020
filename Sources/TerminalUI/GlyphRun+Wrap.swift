extension GlyphRun {
  /// Breaks the line after spaces, beside wide characters, and inside words that are too long.
  func wrapped(to width: Int, hanging: Int) -> [GlyphRun] {
    let width = max(2, width)
    let hanging = min(max(0, hanging), width / 2)
    var rows: [GlyphRun] = []
    var start = 0
    while true {
      let indent = rows.isEmpty ? 0 : hanging
      let end = endOfRow(from: start, room: width - indent)
      rows.append(row(start..<end, indent: indent))
      start = end
      while start < elements.count, elements[start].glyph.text == " " { start += 1 }
      if start >= elements.count { return rows }
    }
  }

  private func endOfRow(from start: Int, room: Int) -> Int {
    var used = 0
    var chance: Int?
    for index in start..<elements.count {
      let glyph = elements[index].glyph
      if index > start, mayBreak(before: index) { chance = index }
      used += glyph.width
      if used > room { return glyph.text == " " ? index : chance ?? max(index, start + 1) }
    }
    return elements.count
  }

  private func mayBreak(before index: Int) -> Bool {
    let before = elements[index - 1].glyph
    let after = elements[index].glyph
    if before.text == " " { return after.text != " " }
    guard before.width == 2 || after.width == 2 else { return false }
    return !Self.closing.contains(after.text) && !Self.opening.contains(before.text)
  }

  private func row(_ range: Range<Int>, indent: Int) -> GlyphRun {
    var kept = Array(elements[range])
    while kept.count > 1, kept.last?.glyph.text == " " { kept.removeLast() }
    let space = (glyph: Sanitizer.Glyph(text: " ", width: 1), style: Style.plain)
    return GlyphRun(Array(repeating: space, count: indent) + kept)
  }

  /// Marks that do not begin a row.
  private static let closing: Set<String> = [
    "、", "。", "，", "．", "！", "？", "：", "；", "）", "」", "』", "】", "〉", "》", "ー", "々", ")",
    "]", ",", ".", "!", "?", ":", ";", "…",
  ]
  /// Marks that do not end a row.
  private static let opening: Set<String> = ["（", "「", "『", "【", "〈", "《", "(", "["]
}
