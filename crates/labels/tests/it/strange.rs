//! Files as a folder of downloads has them: whole, cut off, locked, empty, packed. Refuses to use our own writer for them.

use std::io::Write as _;

/// A PDF with one page for each text, A4, the text in the upper left quarter within a frame, as marketplaces draw it.
pub fn paper(pages: &[&str]) -> Vec<u8> {
    let contents: Vec<String> = pages
        .iter()
        .map(|text| format!("0.5 w 14 436 270 392 re S BT /F1 18 Tf 28 796 Td 24 TL ({text}) Tj T* ET"))
        .collect();
    with_contents(
        "/MediaBox [0 0 595.275 841.875] /Resources << /Font << /F1 5 0 R >> >>",
        "",
        &contents,
    )
}

/// A PDF with these contents; attributes of all pages stand at the root of the tree, `page` at each page.
pub fn with_contents(inherited: &str, page: &str, contents: &[String]) -> Vec<u8> {
    let count = contents.len();
    let kids: String = (0..count).map(|nth| format!("{} 0 R ", 6 + nth * 2)).collect();
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            format!("<< /Type /Pages /Kids [{kids}] /Count {count} {inherited} >>"),
        ),
        (
            5,
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        ),
    ];
    for (nth, content) in contents.iter().enumerate() {
        let at = 6 + nth * 2;
        objects.push((
            at,
            format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R {page} >>", at + 1),
        ));
        objects.push((
            at + 1,
            format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        ));
    }
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in &objects {
        places.push((*number, file.len()));
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let table = file.len();
    file.extend_from_slice(b"xref\n");
    for (number, place) in &places {
        write!(file, "{number} 1\n{place:010} 00000 n \n").unwrap();
    }
    let size = 6 + count * 2;
    write!(
        file,
        "trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    )
    .unwrap();
    file
}

/// An archive of files.
pub fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// What is written on each page of a file.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    let file = sauda_labels::read(bytes, &sauda_labels::Limits::default()).unwrap();
    file.pages
        .iter()
        .map(|page| {
            page.as_ref()
                .unwrap()
                .text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

/// Width and height of each page in whole millimetres.
pub fn sizes(bytes: &[u8]) -> Vec<(i32, i32)> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let millimetres = |object: &lopdf::Object| (object.as_float().unwrap() / sauda_labels::MM).round() as i32;
    document
        .page_iter()
        .map(|id| {
            let page = document.get_dictionary(id).unwrap();
            let numbers = page.get(b"MediaBox").unwrap().as_array().unwrap();
            (millimetres(&numbers[2]), millimetres(&numbers[3]))
        })
        .collect()
}
