//! Every problem has its words.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;

use app::Code;
use l10n::Language;

#[test]
fn every_code_has_words_in_every_language() {
    for code in Code::ALL {
        let id = format!("problem-{}", code.as_str());
        assert!(l10n::has(&id), "{id}");
        for language in Language::ALL {
            let detail = l10n::attribute(language, &id, "detail", &[]);
            assert!(detail.is_some_and(|detail| detail.len() > 10), "{id}.detail in {language:?}");
        }
    }
}

#[test]
fn every_code_of_the_engine_and_the_client_is_known() {
    let engine = [
        engine::problem::INTERRUPTED,
        engine::problem::STOPPED,
        engine::problem::DUPLICATE_IN_QUEUE,
        engine::problem::FILE_CHANGED,
        engine::problem::FILE_MISSING,
        engine::problem::BODY_MISSING,
        engine::problem::INTERNAL,
    ];
    for code in engine {
        assert!(Code::of(code).is_some(), "{code}");
    }
    let errors = [
        engine::Error::NewerDatabase { found: 2, known: 1 },
        engine::Error::Damaged(String::new()),
        engine::Error::DiskFull,
        engine::Error::Busy,
        engine::Error::UnknownItem(engine::ItemId(1)),
        engine::Error::UnknownReceipt(engine::ReceiptId(1)),
        engine::Error::UnknownKept(engine::KeptId(1)),
        engine::Error::UnknownSite(engine::SiteId(1)),
        engine::Error::SiteInUse(engine::SiteId(1)),
        engine::Error::WrongPhase,
        engine::Error::Closed,
    ];
    for error in errors {
        assert!(Code::of(&app::problem::of_engine(&error).code).is_some(), "{error}");
    }
}

#[test]
fn a_problem_is_a_sentence_with_its_numbers() {
    let said = Some("File too big - max 2 MB".into());
    let error = chevereto::Error::TooBig { max: Some(2_000_000), said, certain: true };
    let problem = app::problem::of_site(&error, "img.example.org");
    let words = l10n::problem(Language::En, &problem.code, &problem.args);
    assert_eq!(words.detail, "img.example.org takes files up to 2.0 MB. Save a smaller one and add that.");
    let words = l10n::problem(Language::Lt, &problem.code, &BTreeMap::clone(&problem.args));
    assert!(words.detail.contains("2,0 MB"), "{}", words.detail);
    assert_eq!(problem.args["said"], "File too big - max 2 MB");
}
