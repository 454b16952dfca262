//! A letter as the bytes that travel: headers in UTF-8 by RFC 2047, text beside HTML, pictures inside, files. Every byte is ASCII, so any
//! server takes it. Refuses randomness: boundaries follow from the letter's id.

use lettre::{
    Message,
    message::{Attachment, Body, Mailbox, MultiPart, SinglePart, header},
};
use sauda_channel::{ChannelError, Mail, MailBox};
use std::time::{Duration, SystemTime};

fn invalid(what: &str) -> ChannelError {
    ChannelError::Invalid(what.to_owned())
}

pub fn mailbox(from: &MailBox) -> Result<Mailbox, ChannelError> {
    let address = from.address().parse().map_err(|_| {
        ChannelError::Invalid(format!(
            "e-mail {:?}: write it like aru@example.kz",
            from.address()
        ))
    })?;
    Ok(Mailbox::new(from.name().map(str::to_owned), address))
}

fn text_part(kind: header::ContentType, text: &str) -> Result<SinglePart, ChannelError> {
    let body = Body::new_with_encoding(text.to_owned(), header::ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| invalid("the text of the letter cannot be encoded"))?;
    Ok(SinglePart::builder().header(kind).body(body))
}

fn content_type(mime: &str) -> Result<header::ContentType, ChannelError> {
    header::ContentType::parse(mime)
        .map_err(|_| ChannelError::Invalid(format!("file type {mime:?}: write it like image/png")))
}

fn base64(bytes: &[u8]) -> Result<Body, ChannelError> {
    Body::new_with_encoding(bytes.to_vec(), header::ContentTransferEncoding::Base64)
        .map_err(|_| invalid("a file of the letter cannot be encoded"))
}

/// The whole letter.
///
/// # Errors
/// `Invalid` naming what cannot stand in a letter.
pub fn message(mail: &Mail) -> Result<Message, ChannelError> {
    let seconds =
        u64::try_from(mail.at().as_secs()).map_err(|_| invalid("the time of the letter lies before 1970"))?;
    let mut builder = Message::builder()
        .from(mailbox(mail.from())?)
        .subject(mail.subject())
        .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{}>", mail.id())))
        .header(header::MIME_VERSION_1_0);
    for to in mail.to() {
        builder = builder.to(mailbox(to)?);
    }
    if let Some(to) = mail.answers_to() {
        builder = builder.reply_to(mailbox(to)?);
    }
    // "=_" never occurs in what is encoded, so no content can end a part.
    let boundary = |part: &str| {
        format!(
            "=_{part}_{}",
            mail.id().replace('@', "_").chars().take(50).collect::<String>()
        )
    };
    let plain = text_part(header::ContentType::TEXT_PLAIN, mail.text())?;
    let Some(html) = mail.html_part() else {
        return finish(mail, builder, Content::Single(plain), &boundary("m"));
    };
    let html = text_part(header::ContentType::TEXT_HTML, html)?;
    let alternative = MultiPart::alternative()
        .boundary(boundary("a"))
        .build()
        .singlepart(plain);
    let content = if mail.pictures().is_empty() {
        alternative.singlepart(html)
    } else {
        let mut related = MultiPart::related()
            .boundary(boundary("r"))
            .build()
            .singlepart(html);
        for picture in mail.pictures() {
            let part = Attachment::new_inline_with_name(picture.cid.clone(), picture.file.file_name.clone())
                .body(base64(&picture.file.bytes)?, content_type(&picture.file.mime)?);
            related = related.singlepart(part);
        }
        alternative.multipart(related)
    };
    finish(mail, builder, Content::Multi(content), &boundary("m"))
}

enum Content {
    Single(SinglePart),
    Multi(MultiPart),
}

fn finish(
    mail: &Mail,
    builder: lettre::message::MessageBuilder,
    content: Content,
    boundary: &str,
) -> Result<Message, ChannelError> {
    let composed = if mail.files().is_empty() {
        match content {
            Content::Single(part) => builder.singlepart(part),
            Content::Multi(part) => builder.multipart(part),
        }
    } else {
        let mixed = MultiPart::mixed().boundary(boundary).build();
        let mut mixed = match content {
            Content::Single(part) => mixed.singlepart(part),
            Content::Multi(part) => mixed.multipart(part),
        };
        for file in mail.files() {
            let part =
                Attachment::new(file.file_name.clone()).body(base64(&file.bytes)?, content_type(&file.mime)?);
            mixed = mixed.singlepart(part);
        }
        builder.multipart(mixed)
    };
    composed.map_err(|error| ChannelError::Invalid(format!("the letter cannot be composed: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_channel::Picture;
    use sauda_kernel::Timestamp;

    fn mail() -> Mail {
        let somebody = |name, address| MailBox::new(Some(name), address).unwrap();
        Mail::new(
            "rpt_1@example.kz",
            Timestamp::parse("2026-11-20T05:00:00Z").unwrap(),
            somebody("Сауда", "desk@example.kz"),
            vec![somebody("Ару, склад", "aru@example.kz")],
            "Отчёт за день: 12 заказов, 345 000 ₸",
            "Продано 12.\n--=_m_rpt_1_example.kz\nКонец".to_owned(),
        )
        .unwrap()
    }

    #[test]
    fn the_same_letter_is_the_same_bytes_and_all_of_them_are_ascii() {
        let file =
            |name: &str, mime: &str| sauda_channel::Attachment::new(name, mime, vec![0, 255, 10]).unwrap();
        let picture = Picture {
            cid: "chart".to_owned(),
            file: file("график.svg", "image/svg+xml"),
        };
        let whole = || {
            let mail = mail()
                .html(
                    "<p>Қазақша <img src=\"cid:chart\"></p>".to_owned(),
                    vec![picture.clone()],
                )
                .unwrap()
                .attach(file("чек.pdf", "application/pdf"))
                .unwrap();
            message(&mail).unwrap().formatted()
        };
        let bytes = whole();
        assert!(bytes.is_ascii());
        assert_eq!(bytes, whole());
        let text = String::from_utf8(bytes).unwrap();
        let head = text.split_once("\r\n\r\n").unwrap().0;
        assert!(head.contains("Message-ID: <rpt_1@example.kz>"), "{head}");
        assert!(head.contains("Date: Fri, 20 Nov 2026 05:00:00 +0000"), "{head}");
        assert!(head.contains("Subject: =?utf-8?b?"), "{head}");
        assert!(text.lines().all(|line| line.len() <= 998), "lines have a limit");
    }

    #[test]
    fn a_text_cannot_end_its_part() {
        let text = String::from_utf8(
            message(&mail().html("<p>x</p>".to_owned(), Vec::new()).unwrap())
                .unwrap()
                .formatted(),
        )
        .unwrap();
        assert_eq!(text.matches("--=_m_rpt_1_example.kz").count(), 0);
        assert_eq!(text.matches("\r\n--=_a_rpt_1_example.kz").count(), 3);
    }
}
