//! Writes Excel 97 workbooks for these tests, just enough of them for other readers to agree.

/// A cell of a sheet: row and column from 0.
pub enum XlsCell<'t> {
    Text(u16, u16, &'t str),
    Number(u16, u16, f64),
    /// A whole number in the short form.
    Short(u16, u16, i32),
    Date(u16, u16, f64),
    Formula(u16, u16, f64),
    /// Whole numbers in neighbouring cells.
    Several(u16, u16, &'t [i32]),
}

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

fn record(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
    stream.extend(kind.to_le_bytes());
    stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    stream.extend(data);
}

fn words(parts: &[u16]) -> Vec<u8> {
    parts.iter().flat_map(|word| word.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// The stream `Workbook` of a workbook with one sheet.
pub fn xls_stream(cells: &[XlsCell<'_>]) -> Vec<u8> {
    let mut texts: Vec<&str> = Vec::new();
    for cell in cells {
        if let XlsCell::Text(_, _, text) = cell {
            texts.push(text);
        }
    }
    let mut globals = Vec::new();
    record(&mut globals, 0x0809, &words(&[0x0600, 0x0005, 0, 0, 0, 0, 0, 0]));
    record(&mut globals, 0x0042, &words(&[1200]));
    let mut format = words(&[164, 10]);
    format.push(0);
    format.extend(b"dd.mm.yyyy");
    record(&mut globals, 0x041E, &format);
    for number_format in [0_u16, 164] {
        record(
            &mut globals,
            0x00E0,
            &words(&[0, number_format, 0, 0, 0, 0, 0, 0, 0, 0]),
        );
    }
    let mut table = [0_u32.to_le_bytes(), 0_u32.to_le_bytes()].concat();
    for text in &texts {
        table.extend(u16::try_from(text.encode_utf16().count()).unwrap().to_le_bytes());
        table.push(1);
        table.extend(wide(text));
    }
    let name = "Лимиты";
    let sheet_entry_bytes = 4 + 8 + wide(name).len();
    let start = globals.len() + sheet_entry_bytes + 4 + table.len() + 4;
    let mut entry = u32::try_from(start).unwrap().to_le_bytes().to_vec();
    entry.extend([0, 0, u8::try_from(name.encode_utf16().count()).unwrap(), 1]);
    entry.extend(wide(name));
    record(&mut globals, 0x0085, &entry);
    record(&mut globals, 0x00FC, &table);
    record(&mut globals, 0x000A, &[]);
    assert_eq!(globals.len(), start);
    record(&mut globals, 0x0809, &words(&[0x0600, 0x0010, 0, 0, 0, 0, 0, 0]));
    let mut text = 0_u32;
    for cell in cells {
        push_cell(&mut globals, cell, &mut text);
    }
    record(&mut globals, 0x000A, &[]);
    globals
}

fn push_cell(stream: &mut Vec<u8>, cell: &XlsCell<'_>, text: &mut u32) {
    let place = |row: u16, column: u16, format: u16| words(&[row, column, format]);
    match cell {
        XlsCell::Text(row, column, _) => {
            let data = [place(*row, *column, 0), text.to_le_bytes().to_vec()].concat();
            *text += 1;
            record(stream, 0x00FD, &data);
        }
        XlsCell::Number(row, column, number) => {
            record(
                stream,
                0x0203,
                &[place(*row, *column, 0), number.to_le_bytes().to_vec()].concat(),
            );
        }
        XlsCell::Date(row, column, number) => {
            record(
                stream,
                0x0203,
                &[place(*row, *column, 1), number.to_le_bytes().to_vec()].concat(),
            );
        }
        XlsCell::Short(row, column, number) => {
            record(
                stream,
                0x027E,
                &[place(*row, *column, 0), short(*number).to_vec()].concat(),
            );
        }
        XlsCell::Formula(row, column, number) => {
            // The formula itself is the number 7: a token and two bytes.
            let tail = [vec![0; 6], vec![3, 0], vec![0x1E, 7, 0]].concat();
            record(
                stream,
                0x0006,
                &[place(*row, *column, 0), number.to_le_bytes().to_vec(), tail].concat(),
            );
        }
        XlsCell::Several(row, column, numbers) => {
            let mut data = words(&[*row, *column]);
            for number in *numbers {
                data.extend(words(&[0]));
                data.extend(short(*number));
            }
            data.extend(words(&[column + u16::try_from(numbers.len()).unwrap() - 1]));
            record(stream, 0x00BD, &data);
        }
    }
}

fn short(number: i32) -> [u8; 4] {
    ((number << 2) | 2).to_le_bytes()
}

/// A compound file with one stream of the given name.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let mut stream_bytes = stream.to_vec();
    // Smaller streams would have to live elsewhere.
    stream_bytes.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = stream_bytes.len() / SECTOR;
    let tables = (sectors + 2).div_ceil(SECTOR / 4 - 1).max(1);
    let mut table: Vec<u32> = vec![0xFFFF_FFFD; tables];
    table.push(END);
    let first = table.len();
    for at in 0..sectors {
        let next = u32::try_from(first + at + 1).unwrap();
        table.push(if at + 1 == sectors { END } else { next });
    }
    table.resize(tables * SECTOR / 4, FREE);
    let mut file = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    file.resize(24, 0);
    file.extend(words(&[0x3E, 3, 0xFFFE, 9, 6]));
    file.resize(44, 0);
    for word in [
        u32::try_from(tables).unwrap(),
        u32::try_from(tables).unwrap(),
        0,
        4096,
        END,
        0,
        END,
        0,
    ] {
        file.extend(word.to_le_bytes());
    }
    for at in 0..109 {
        let place = if at < tables {
            u32::try_from(at).unwrap()
        } else {
            FREE
        };
        file.extend(place.to_le_bytes());
    }
    assert_eq!(file.len(), SECTOR);
    file.extend(table.iter().flat_map(|word| word.to_le_bytes()));
    file.extend(entry("Root Entry", 5, END, 0));
    file.extend(entry(
        name,
        2,
        u32::try_from(first).unwrap(),
        u32::try_from(stream_bytes.len()).unwrap(),
    ));
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file.extend(stream_bytes);
    file
}

fn entry(name: &str, sort: u8, start: u32, bytes: u32) -> Vec<u8> {
    let mut entry = wide(name);
    let length = u16::try_from(entry.len() + 2).unwrap();
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([sort, 1]);
    for _ in 0..3 {
        entry.extend(FREE.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(u64::from(bytes).to_le_bytes());
    entry
}

/// A whole Excel 97 file.
pub fn xls(cells: &[XlsCell<'_>]) -> Vec<u8> {
    compound("Workbook", &xls_stream(cells))
}
