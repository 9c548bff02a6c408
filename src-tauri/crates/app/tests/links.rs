//! Links in every form, with titles that would break them.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use app::links::render;
use app::{LinkForm, LinkFormat, LinkKind};
use engine::{Links, Receipt};

fn receipt(title: &str) -> Receipt {
    Receipt {
        id: engine::ReceiptId(7),
        item: None,
        site: engine::SiteId(1),
        batch: engine::BatchId(1),
        name: "a.png".to_owned(),
        title: Some(title.to_owned()),
        mime: "image/png".to_owned(),
        size: 1,
        width: None,
        height: None,
        duration_ms: None,
        animated: false,
        blake3: String::new(),
        md5: String::new(),
        uploaded_at: engine::Timestamp(0),
        links: Links {
            viewer: Some("https://h/image/a".to_owned()),
            short: Some("https://h/i/a".to_owned()),
            direct: Some("https://h/a.png".to_owned()),
            medium: Some("https://h/a.md.png".to_owned()),
            thumb: Some("https://h/a.th.png".to_owned()),
            frame: None,
        },
        deletion: engine::Deletion::Unavailable,
        approved: true,
        expires_at: None,
        asked: engine::Resolved::default(),
        given: serde_json::Value::Null,
        notes: Vec::new(),
        album: None,
        preview_path: None,
    }
}

fn text(receipt: Receipt, format: LinkFormat, kind: LinkKind) -> (Option<String>, Option<LinkKind>) {
    let rendered = render(&[receipt], LinkForm { format, kind }).remove(0);
    (rendered.text, rendered.instead)
}

#[test]
fn every_form_is_exact() {
    use LinkFormat::{Bbcode, Html, Links, Markdown};
    use LinkKind::{Direct, Full, Medium, Thumbnail, ThumbnailLinked, Viewer};
    let cases = [
        (Links, Viewer, "https://h/image/a"),
        (Links, Direct, "https://h/a.png"),
        (Links, Thumbnail, "https://h/a.th.png"),
        (Html, Full, r#"<a href="https://h/image/a"><img src="https://h/a.png" alt="A" border="0"></a>"#),
        (
            Html,
            Medium,
            r#"<a href="https://h/image/a"><img src="https://h/a.md.png" alt="A" border="0"></a>"#,
        ),
        (
            Html,
            ThumbnailLinked,
            r#"<a href="https://h/image/a"><img src="https://h/a.th.png" alt="A" border="0"></a>"#,
        ),
        (Markdown, Full, "[![A](https://h/a.png)](https://h/image/a)"),
        (Markdown, Medium, "[![A](https://h/a.md.png)](https://h/image/a)"),
        (Markdown, ThumbnailLinked, "[![A](https://h/a.th.png)](https://h/image/a)"),
        (Bbcode, Full, "[url=https://h/image/a][img]https://h/a.png[/img][/url]"),
        (Bbcode, Medium, "[url=https://h/image/a][img]https://h/a.md.png[/img][/url]"),
        (Bbcode, ThumbnailLinked, "[url=https://h/image/a][img]https://h/a.th.png[/img][/url]"),
    ];
    for (format, kind, expected) in cases {
        assert_eq!(
            text(receipt("A"), format, kind),
            (Some(expected.to_owned()), None),
            "{format:?} {kind:?}"
        );
    }
}

#[test]
fn a_title_cannot_break_out_of_its_form() {
    let html = text(receipt("\"><script>&"), LinkFormat::Html, LinkKind::Full).0.unwrap();
    let picture = r#"<img src="https://h/a.png" alt="&quot;&gt;&lt;script&gt;&amp;" border="0">"#;
    assert_eq!(html, format!(r#"<a href="https://h/image/a">{picture}</a>"#));
    let markdown = text(receipt("a]b(c)\n*d*"), LinkFormat::Markdown, LinkKind::Full).0.unwrap();
    assert_eq!(markdown, r"[![a\]b(c) \*d\*](https://h/a.png)](https://h/image/a)");
    let mut odd = receipt("A");
    odd.links.direct = Some("https://h/a(1) [x].png".to_owned());
    assert_eq!(
        text(odd.clone(), LinkFormat::Markdown, LinkKind::Full).0.unwrap(),
        "[![A](https://h/a%281%29%20[x].png)](https://h/image/a)"
    );
    assert_eq!(
        text(odd, LinkFormat::Bbcode, LinkKind::Full).0.unwrap(),
        "[url=https://h/image/a][img]https://h/a(1)%20%5Bx%5D.png[/img][/url]"
    );
}

#[test]
fn a_link_that_the_site_did_not_give_is_replaced_and_said_so() {
    let mut small = receipt("A");
    small.links.medium = None;
    let (got, instead) = text(small.clone(), LinkFormat::Html, LinkKind::Medium);
    assert!(got.unwrap().contains("a.th.png"));
    assert_eq!(instead, Some(LinkKind::ThumbnailLinked));
    small.links.thumb = None;
    let (got, instead) = text(small, LinkFormat::Links, LinkKind::Thumbnail);
    assert_eq!((got.as_deref(), instead), (Some("https://h/a.png"), Some(LinkKind::Direct)));
}

#[test]
fn what_waits_for_approval_is_left_out() {
    let mut waiting = receipt("A");
    waiting.approved = false;
    assert_eq!(text(waiting, LinkFormat::Links, LinkKind::Viewer), (None, None));
}
