//! What a fault came to, and the table of all of them.

use std::{
    fmt::Write as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A line of the table.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The fault.
    pub(crate) fault: String,
    /// How often the app set a file on its way.
    pub(crate) tries: usize,
    /// Uploads that were shown as done and are not on the host, not in the history, or without their delete link.
    pub(crate) lost: usize,
    /// Bodies that the app sent by itself although the host had them.
    pub(crate) doubled: usize,
    /// From the end of the fault to the next file that was done.
    pub(crate) recovered: Option<Duration>,
    /// What else there is to say.
    pub(crate) remark: String,
    /// What is not as it should be; empty is what is wanted.
    pub(crate) wrong: Vec<String>,
}

impl Row {
    pub(crate) fn remark(mut self, remark: impl Into<String>) -> Self {
        self.remark = remark.into();
        self
    }

    /// Takes in what another part of the same fault came to.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.tries += other.tries;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.recovered = self.recovered.max(other.recovered);
        self.wrong.extend(other.wrong);
        self
    }

    pub(crate) fn lost(&mut self, what: impl Into<String>) {
        self.lost += 1;
        self.wrong.push(format!("lost: {}", what.into()));
    }

    pub(crate) fn doubled(&mut self, what: impl Into<String>) {
        self.doubled += 1;
        self.wrong.push(format!("doubled: {}", what.into()));
    }
}

/// The rows so far, in whatever order the faults are over.
#[derive(Default)]
pub(crate) struct Table(Mutex<Vec<(usize, Row)>>);

impl Table {
    /// Adds the row of the fault at this place of the list.
    pub(crate) fn add(&self, place: usize, row: Row) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((place, row));
    }

    /// The whole of it; empty when nothing was played.
    pub(crate) fn text(&self) -> String {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.sort_by_key(|(place, _)| *place);
        let Some(width) = rows.iter().map(|(_, row)| row.fault.chars().count()).max() else {
            return String::new();
        };
        let mut text = format!("\n{:width$}  tries  lost  doubled  recovered in\n", "fault");
        for (_, row) in rows.iter() {
            let Row { fault, tries, lost, doubled, recovered, remark, .. } = row;
            let recovered =
                recovered.map_or_else(|| "-".to_owned(), |time| format!("{:.2} s", time.as_secs_f64()));
            let line =
                format!("{fault:width$}  {tries:>5}  {lost:>4}  {doubled:>7}  {recovered:>12}  {remark}");
            // Writing into a text cannot fail.
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text
    }
}
