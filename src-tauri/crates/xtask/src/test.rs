//! Every test there is. A step that fails does not keep the others from running.

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    run,
    setup::{Group, setup},
    sh, ui,
};

/// What was counted so far.
#[derive(Debug, Default)]
struct Score {
    passed: u64,
    failed: u64,
    /// Names of the steps that failed.
    steps: Vec<String>,
    /// Lines of the table of faults.
    table: Vec<String>,
}

/// Runs the tests whose names contain one of the words, or all.
pub(crate) fn test(words: &[String], yes: bool) -> ExitCode {
    let mut score = Score::default();
    if score.step("setup", setup(Group::Test, yes)) && score.step("npm packages", ui::install()) {
        score.step("building the window", ui::build());
        score.window(words);
    }
    score.cargo("tests of the core", &[], words);
    if score.step("building the app", run::build_shell()) {
        score.cargo("tests of the app itself", &["--package", "keltas"], words);
        score.cargo("journeys in the browser and on the desktop", &["--package", "tests"], words);
    }
    score.close()
}

impl Score {
    /// Counts a step that is no test: only its failure counts.
    fn step(&mut self, what: &str, result: Result<()>) -> bool {
        match result {
            Ok(()) => true,
            Err(error) => {
                println!("\n{what} failed: {error:#}");
                self.fail(what, 1);
                false
            }
        }
    }

    fn fail(&mut self, what: &str, tests: u64) {
        self.failed += tests;
        self.steps.push(what.to_owned());
    }

    fn window(&mut self, words: &[String]) {
        let mut arguments = vec!["test", "--", "--passWithNoTests"];
        let pattern = words.join("|");
        if !words.is_empty() {
            arguments.extend(["-t", &pattern]);
        }
        self.count("tests of the window", &mut ui::npm(&arguments), vitest_line);
    }

    fn cargo(&mut self, what: &str, which: &[&str], words: &[String]) {
        let mut command = sh::cargo(["test", "--no-fail-fast"]);
        command.args(which).arg("--").args(words);
        self.count(what, &mut command, cargo_line);
    }

    /// Runs tests and adds up the lines that tell of them.
    fn count(
        &mut self,
        what: &str,
        command: &mut std::process::Command,
        read: impl Fn(&str) -> Option<(u64, u64)>,
    ) {
        let (mut passed, mut failed, mut in_table) = (0, 0, false);
        let table = &mut self.table;
        let well = sh::watch(what, command, |line| {
            in_table = !line.is_empty() && (in_table || heads_table(line));
            if in_table {
                table.push(line.to_owned());
            }
            if let Some((more, worse)) = read(line) {
                passed += more;
                failed += worse;
            }
        });
        self.passed += passed;
        // What does not even start is a failure too.
        if failed > 0 || !well.unwrap_or(false) {
            self.fail(what, failed.max(1));
        }
    }

    /// The last lines: what each fault came to, and at the very end the sum.
    fn close(&self) -> ExitCode {
        if !self.table.is_empty() {
            println!("\n{}", self.table.join("\n"));
        }
        println!();
        for step in &self.steps {
            println!("failed: {step}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// `test result: ok. 12 passed; 0 failed; …`
fn cargo_line(line: &str) -> Option<(u64, u64)> {
    let rest = line.strip_prefix("test result: ")?;
    let rest = rest.split_once(". ")?.1;
    Some((number_before(rest, " passed")?, number_before(rest, " failed")?))
}

/// `fault      tries  lost  doubled  recovered in`, up to an empty line
fn heads_table(line: &str) -> bool {
    line.starts_with("fault ") && line.ends_with(" recovered in")
}

/// `      Tests  1 failed | 11 passed (12)`
fn vitest_line(line: &str) -> Option<(u64, u64)> {
    let rest = line.trim_start().strip_prefix("Tests ")?;
    let found = (number_before(rest, " passed"), number_before(rest, " failed"));
    (found != (None, None)).then(|| (found.0.unwrap_or(0), found.1.unwrap_or(0)))
}

fn number_before(text: &str, word: &str) -> Option<u64> {
    text.split(word).next().filter(|front| front.len() < text.len())?.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_cargo_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.05s";
        assert_eq!(cargo_line(line), Some((12, 3)));
        assert_eq!(cargo_line("test result::tests::works ... ok"), None);
        assert_eq!(cargo_line("test a ... ok"), None);
    }

    #[test]
    fn the_table_of_faults_is_known_by_its_head() {
        assert!(heads_table("fault       tries  lost  doubled  recovered in"));
        assert!(!heads_table("slow host       7     0        0        0.07 s"));
    }

    #[test]
    fn lines_of_vitest_are_counted() {
        assert_eq!(vitest_line("      Tests  12 passed (12)"), Some((12, 0)));
        assert_eq!(vitest_line("      Tests  1 failed | 11 passed (12)"), Some((11, 1)));
        assert_eq!(vitest_line(" Test Files  2 passed (2)"), None);
    }

    #[test]
    fn a_step_that_does_not_start_counts_as_failed() {
        let mut score = Score::default();
        assert!(score.step("one", Ok(())));
        assert!(!score.step("two", Err(anyhow::anyhow!("no"))));
        assert_eq!((score.failed, score.steps.as_slice()), (1, &["two".to_owned()][..]));
    }
}
