/// A line as sanitised glyphs, which is what can be measured, cut and wrapped.
struct GlyphRun {
  var elements: [(glyph: Sanitizer.Glyph, style: Style)] = []

  init(_ elements: [(glyph: Sanitizer.Glyph, style: Style)] = []) {
    self.elements = elements
  }

  init(_ line: Line, glyphs: Glyphs) {
    for span in line.spans {
      for glyph in Sanitizer.glyphs(span.text, replacement: glyphs.replacement) {
        elements.append((glyph, span.style))
      }
    }
  }

  var width: Int { elements.reduce(0) { $0 + $1.glyph.width } }

  /// The line with neighbouring glyphs of one style joined.
  var line: Line {
    var line: Line = []
    for (glyph, style) in elements {
      if let last = line.spans.indices.last, line.spans[last].style == style {
        line.spans[last].text += glyph.text
      } else {
        line.spans.append(Span(glyph.text, style))
      }
    }
    return line
  }

  /// As much as fits, with an ellipsis in the last column when something is left out.
  func shortened(to room: Int, ellipsis: String) -> GlyphRun {
    guard width > room else { return self }
    guard room > 0 else { return GlyphRun() }
    var kept: [(glyph: Sanitizer.Glyph, style: Style)] = []
    var used = 0
    for element in elements {
      if used + element.glyph.width > room - 1 {
        kept.append((Sanitizer.Glyph(text: ellipsis, width: 1), element.style))
        break
      }
      kept.append(element)
      used += element.glyph.width
    }
    return GlyphRun(kept)
  }
}
