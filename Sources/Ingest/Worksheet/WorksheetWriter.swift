package import Assurance
import CXLSXWriter
import Exact
import Glibc

extension WorksheetContent {
  /// Writes an .xlsx file: the same bytes for the same content and time.
  ///
  /// Text is written as text cells, never as formulas. Sheets are protected without a password;
  /// only the cells for answers are unlocked.
  /// - Parameter created: seconds since 1970, for the file's creation date; not 0.
  /// - Throws: `worksheet-too-large`, `worksheet-not-written`.
  package func write(to path: String, created: Int) throws(AssureError) {
    guard items.count < 1_000_000 else {
      throw AssureError(
        "worksheet-too-large", place: path, "\(items.count) items do not fit a sheet",
        remedy: "draw fewer")
    }
    guard let workbook = workbook_new(path) else { throw failure(path) }
    let writer = WorksheetWriter(workbook: workbook, content: self)
    var properties = lxw_doc_properties()
    properties.created = time_t(max(1, created))
    let prepared = workbook_set_properties(workbook, &properties) == LXW_NO_ERROR
    let written = prepared && writer.write()
    let closed = workbook_close(workbook) == LXW_NO_ERROR
    guard written, closed else {
      unlink(path)
      throw failure(path)
    }
  }

  private func failure(_ path: String) -> AssureError {
    AssureError(
      "worksheet-not-written", place: path, "the worksheet could not be written",
      remedy: "check that the folder exists, that you may write there and that the disk has room")
  }
}

/// Fills the two sheets of a workbook; the workbook's formats live as long as it does.
private struct WorksheetWriter {
  typealias Sheet = UnsafeMutablePointer<lxw_worksheet>
  typealias Format = UnsafeMutablePointer<lxw_format>

  let workbook: UnsafeMutablePointer<lxw_workbook>
  let content: WorksheetContent

  private enum Shape { case locked, header, input, inputDate, inputText }

  func write() -> Bool {
    guard let items = workbook_add_worksheet(workbook, WorksheetText.itemsSheet),
      let identity = workbook_add_worksheet(workbook, WorksheetText.identitySheet)
    else { return false }
    return writeItems(items) && writeIdentity(identity)
  }

  /// Headers in their order: key, labels, facts, answers.
  private var headers: [(column: WorksheetColumn?, text: String)] {
    [(.key, WorksheetColumn.key.header)] + content.labelHeaders.map { (nil, $0) }
      + WorksheetColumn.allCases.dropFirst().map { ($0, $0.header) }
  }

  private func format(_ shape: Shape) -> Format? {
    guard let format = workbook_add_format(workbook) else { return nil }
    switch shape {
    case .locked: format_set_bg_color(format, 0xEEEEEE)
    case .header:
      format_set_bold(format)
      format_set_text_wrap(format)
      format_set_bg_color(format, 0xD9D9D9)
      format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
    case .input: format_set_unlocked(format)
    case .inputText:
      format_set_unlocked(format)
      format_set_num_format(format, "@")
      format_set_text_wrap(format)
    case .inputDate:
      format_set_unlocked(format)
      format_set_num_format(format, "yyyy-mm-dd")
    }
    return format
  }

  private func writeItems(_ sheet: Sheet) -> Bool {
    let header = format(.header)
    let locked = format(.locked)
    let input = format(.input)
    let inputText = format(.inputText)
    let inputDate = format(.inputDate)
    var isFine = true
    for (index, head) in headers.enumerated() {
      let column = lxw_col_t(truncatingIfNeeded: index)
      isFine = isFine && text(sheet, 0, column, head.text, header)
      worksheet_set_column(sheet, column, column, head.column?.width ?? 20, nil)
    }
    for (index, item) in content.items.enumerated() {
      let row = lxw_row_t(truncatingIfNeeded: index + 1)
      var label = 0
      for (place, head) in headers.enumerated() {
        let column = lxw_col_t(truncatingIfNeeded: place)
        switch head.column {
        case nil:
          let value = label < item.labels.count ? item.labels[label] : ""
          isFine = isFine && text(sheet, row, column, value, locked)
          label += 1
        case .key: isFine = isFine && text(sheet, row, column, item.key, locked)
        case .recorded: isFine = isFine && number(sheet, row, column, item.recorded, locked)
        case .unit: isFine = isFine && text(sheet, row, column, item.unit, locked)
        case .source: isFine = isFine && text(sheet, row, column, item.locator, locked)
        case .result, .audited: worksheet_write_blank(sheet, row, column, input)
        case .tested: worksheet_write_blank(sheet, row, column, inputDate)
        case .reason, .evidence, .tester: worksheet_write_blank(sheet, row, column, inputText)
        }
      }
    }
    dropDown(sheet)
    worksheet_freeze_panes(sheet, 1, 1)
    protect(sheet)
    return isFine
  }

  /// The list of outcomes on the result column.
  private func dropDown(_ sheet: Sheet) {
    guard !content.items.isEmpty,
      let index = headers.firstIndex(where: { $0.column == .result })
    else { return }
    let column = lxw_col_t(truncatingIfNeeded: index)
    var words: [UnsafeMutablePointer<CChar>?] = WorksheetOutcome.allCases.map {
      strdup($0.rawValue)
    }
    defer { for word in words { free(word) } }
    words.append(nil)
    words.withUnsafeMutableBufferPointer { list in
      var validation = lxw_data_validation()
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
      validation.value_list = list.baseAddress
      worksheet_data_validation_range(
        sheet, 1, column, lxw_row_t(truncatingIfNeeded: content.items.count), column, &validation)
    }
  }

  private func writeIdentity(_ sheet: Sheet) -> Bool {
    let header = format(.header)
    var isFine = text(sheet, 0, 0, WorksheetText.mark, header)
    worksheet_set_column(sheet, 0, 0, 24, nil)
    worksheet_set_column(sheet, 1, 1, 90, nil)
    var row: lxw_row_t = 1
    for line in content.identity.lines {
      isFine = isFine && text(sheet, row, 0, line.label, header)
      isFine = isFine && text(sheet, row, 1, line.value, nil)
      row += 1
    }
    isFine = isFine && text(sheet, row, 0, "items", header)
    isFine = isFine && text(sheet, row, 1, String(content.items.count), nil)
    row += 2
    for line in WorksheetText.instructions {
      isFine = isFine && text(sheet, row, 1, line, nil)
      row += 1
    }
    protect(sheet)
    return isFine
  }

  /// Cells may be selected, columns and rows sized, rows sorted and filtered; the rest is locked.
  private func protect(_ sheet: Sheet) {
    var options = lxw_protection()
    options.format_columns = 1
    options.format_rows = 1
    options.autofilter = 1
    options.sort = 1
    worksheet_protect(sheet, nil, &options)
  }

  private func text(
    _ sheet: Sheet, _ row: lxw_row_t, _ column: lxw_col_t, _ text: String, _ format: Format?
  ) -> Bool {
    if text.isEmpty {
      return worksheet_write_blank(sheet, row, column, format) == LXW_NO_ERROR
    }
    // A cell holds at most 32,767 characters.
    let shown = text.utf16.count > 32_000 ? String(text.prefix(16_000)) + "…" : text
    return worksheet_write_string(sheet, row, column, shown, format) == LXW_NO_ERROR
  }

  /// A number cell where fifteen digits hold the value, else text: a cell is binary, the value not.
  private func number(
    _ sheet: Sheet, _ row: lxw_row_t, _ column: lxw_col_t, _ value: String, _ format: Format?
  ) -> Bool {
    guard let exact = ExactDecimal(value), NumberText.shortened(exact) == exact,
      let shown = Double(value)
    else { return text(sheet, row, column, value, format) }
    return worksheet_write_number(sheet, row, column, shown, format) == LXW_NO_ERROR
  }
}
