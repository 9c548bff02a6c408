//! A request's body as PHP hands it to the site: text fields, and the file named `source`.

use axum::body::Body;
use http_body_util::BodyExt;
use md5::{Digest, Md5};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::{
    index::hex,
    multipart::{Event, Multipart, PartHead, boundary},
    site::{Scratch, Site},
};

/// Most bytes of text that are kept: PHP's memory limit.
const MAX_TEXT: usize = 128 * 1024 * 1024;

/// What came.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// In the order sent.
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) file: Option<FormFile>,
    /// `title[]=x` and the like: the site trips over arrays.
    pub(crate) has_array: bool,
    pub(crate) body_len: u64,
}

/// The file part named `source`.
#[derive(Debug)]
pub(crate) struct FormFile {
    pub(crate) name: String,
    pub(crate) mime: String,
    pub(crate) scratch: Scratch,
    pub(crate) size: u64,
    pub(crate) md5: String,
    /// The part came to its end.
    pub(crate) whole: bool,
}

/// Why there is no form.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The reading was told to end here.
    Stopped { body_len: u64 },
    /// The client went away, or the disk failed.
    Lost,
}

/// What of a request decides how its body is read.
pub(crate) struct Shape {
    /// PHP reads forms of `POST` only.
    pub(crate) post: bool,
    pub(crate) content_type: String,
    pub(crate) content_length: Option<u64>,
}

/// Reads a body to its end, or until so many bytes came.
pub(crate) async fn read(
    site: &Site,
    shape: &Shape,
    mut body: Body,
    stop_at: Option<u64>,
) -> Result<Form, Broken> {
    let post_max_size = site.settings().post_max_size;
    let mut parser = Parser::new(shape);
    if !shape.post || shape.content_length.is_some_and(|length| length > post_max_size) {
        parser = Parser::Nothing;
    }
    let mut sink = Sink { site, form: Form::default(), open: None, text: 0 };
    let mut body_len = 0u64;
    loop {
        if stop_at.is_some_and(|stop| body_len >= stop) {
            return Err(Broken::Stopped { body_len });
        }
        let Some(frame) = body.frame().await else { break };
        let Ok(data) = frame.map_err(|_| Broken::Lost)?.into_data() else { continue };
        body_len += data.len() as u64;
        parser.feed(&data, &mut sink).await?;
    }
    parser.finish(&mut sink).await?;
    let mut form = sink.form;
    if body_len > post_max_size {
        form = Form::default();
    }
    form.body_len = body_len;
    Ok(form)
}

enum Parser {
    Multipart(Multipart),
    Urlencoded(Vec<u8>),
    Nothing,
}

impl Parser {
    fn new(shape: &Shape) -> Self {
        if let Some(boundary) = boundary(&shape.content_type) {
            return Self::Multipart(Multipart::new(&boundary));
        }
        let kind = shape.content_type.split(';').next().unwrap_or_default().trim();
        if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Self::Urlencoded(Vec::new());
        }
        Self::Nothing
    }

    async fn feed(&mut self, data: &[u8], sink: &mut Sink<'_>) -> Result<(), Broken> {
        match self {
            Self::Multipart(multipart) => {
                let mut events = Vec::new();
                multipart.feed(data, &mut events);
                for event in events {
                    sink.take(event).await?;
                }
            }
            Self::Urlencoded(text) if text.len() + data.len() <= MAX_TEXT => text.extend_from_slice(data),
            Self::Urlencoded(_) | Self::Nothing => {}
        }
        Ok(())
    }

    async fn finish(self, sink: &mut Sink<'_>) -> Result<(), Broken> {
        if let Self::Urlencoded(text) = self {
            for (name, value) in url::form_urlencoded::parse(&text) {
                sink.field(&name, value.into_owned());
            }
        }
        sink.close(false).await
    }
}

/// The part being read.
enum Open {
    Text { name: String, value: Vec<u8> },
    File { file: File, digest: Box<Md5>, part: FormFile },
    Ignored,
}

struct Sink<'a> {
    site: &'a Site,
    form: Form,
    open: Option<Open>,
    text: usize,
}

impl Sink<'_> {
    async fn take(&mut self, event: Event) -> Result<(), Broken> {
        match event {
            Event::Start(head) => self.start(head).await,
            Event::Data(data) => match &mut self.open {
                Some(Open::Text { value, .. }) => {
                    self.text += data.len();
                    if self.text <= MAX_TEXT {
                        value.extend_from_slice(&data);
                    }
                    Ok(())
                }
                Some(Open::File { file, digest, part }) => {
                    digest.update(&data);
                    part.size += data.len() as u64;
                    file.write_all(&data).await.map_err(|_| Broken::Lost)
                }
                Some(Open::Ignored) | None => Ok(()),
            },
            Event::End => self.close(true).await,
        }
    }

    async fn start(&mut self, head: PartHead) -> Result<(), Broken> {
        let array = head.name.contains('[');
        self.open = Some(match head.filename {
            None => Open::Text { name: head.name, value: Vec::new() },
            Some(_) if array => {
                self.form.has_array |= head.name.starts_with("source[");
                Open::Ignored
            }
            Some(name) if head.name == "source" => {
                let scratch = self.site.scratch();
                let file = File::create(scratch.path()).await.map_err(|_| Broken::Lost)?;
                let part =
                    FormFile { name, mime: head.mime, scratch, size: 0, md5: String::new(), whole: false };
                Open::File { file, digest: Box::default(), part }
            }
            Some(_) => Open::Ignored,
        });
        Ok(())
    }

    async fn close(&mut self, whole: bool) -> Result<(), Broken> {
        match self.open.take() {
            Some(Open::Text { name, value }) if whole => {
                self.field(&name, String::from_utf8_lossy(&value).into_owned());
            }
            Some(Open::File { mut file, digest, mut part }) => {
                file.flush().await.map_err(|_| Broken::Lost)?;
                part.md5 = hex(&digest.finalize());
                part.whole = whole;
                self.form.file = Some(part);
            }
            _ => {}
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: String) {
        self.form.has_array |= name.contains('[');
        self.form.fields.push((name.to_owned(), value));
    }
}
