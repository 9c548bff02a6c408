//! The stored files, found by id, name, bytes and sender without a look at all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FileRow;

/// Place of a file in the order of arrival.
type Place = u64;

/// All files, oldest first. Written down as a plain list; the rest is made from it.
#[derive(Debug, Default)]
pub(crate) struct Files {
    rows: BTreeMap<Place, FileRow>,
    next: Place,
    by_id: HashMap<String, Place>,
    by_name: HashMap<String, Vec<Place>>,
    /// Both of a file's sums lead to it.
    by_md5: HashMap<String, Vec<Place>>,
    /// When each address stored something, in order.
    times: HashMap<String, Vec<i64>>,
    expiries: BTreeSet<(i64, Place)>,
    /// Each tag by the order in which it was first used.
    tags: HashMap<String, usize>,
}

impl Files {
    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &FileRow> {
        self.rows.values()
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&FileRow> {
        self.rows.get(self.by_id.get(id)?)
    }

    /// The files stored under this name, whatever their folder and extension.
    pub(crate) fn named(&self, name: &str) -> impl Iterator<Item = &FileRow> {
        self.at(self.by_name.get(name))
    }

    /// A tag's place among all that were ever used. `None`: it is new.
    pub(crate) fn tag_place(&self, tag: &str) -> Option<usize> {
        self.tags.get(tag).copied()
    }

    /// The files with these bytes, as sent or as stored.
    pub(crate) fn with_md5(&self, md5: &str) -> impl Iterator<Item = &FileRow> {
        self.at(self.by_md5.get(md5))
    }

    /// How many files from this address were stored after `since`.
    pub(crate) fn count_since(&self, address: &str, since: i64) -> usize {
        let Some(times) = self.times.get(address) else { return 0 };
        times.len() - times.partition_point(|time| *time <= since)
    }

    /// What lies under this file name in a day's folder: the file, and which of its copies.
    pub(crate) fn served(&self, day: &str, file_name: &str) -> Option<(&FileRow, &'static str)> {
        let stem = file_name.rsplit_once('.')?.0;
        ["", ".th", ".md", ".fr"].into_iter().find_map(|suffix| {
            let mut files = self.at(self.by_name.get(stem.strip_suffix(suffix)?));
            let right = |file: &&FileRow| file.day == day && file.file_name(suffix) == file_name;
            let file = files.find(right)?;
            file.copies().any(|copy| copy == suffix).then_some((file, suffix))
        })
    }

    /// Ids of the files that are due by `now`.
    pub(crate) fn expired(&self, now: i64) -> Vec<String> {
        let due = self.expiries.iter().take_while(|(at, _)| *at <= now);
        due.filter_map(|(_, place)| Some(self.rows.get(place)?.id.clone())).collect()
    }

    fn at(&self, places: Option<&Vec<Place>>) -> impl Iterator<Item = &FileRow> {
        places.into_iter().flatten().filter_map(|place| self.rows.get(place))
    }

    /// Puts a file behind all others. One whose id is there already changes nothing.
    pub(super) fn push(&mut self, file: FileRow) {
        if self.by_id.contains_key(&file.id) {
            return;
        }
        let place = self.next;
        self.next += 1;
        self.by_id.insert(file.id.clone(), place);
        self.by_name.entry(file.name.clone()).or_default().push(place);
        for md5 in sums(&file) {
            self.by_md5.entry(md5.to_owned()).or_default().push(place);
        }
        let times = self.times.entry(file.uploader.clone()).or_default();
        times.insert(times.partition_point(|time| *time <= file.stored_at), file.stored_at);
        self.expiries.extend(file.expires.map(|at| (at, place)));
        for tag in &file.tags {
            let fresh = self.tags.len();
            self.tags.entry(tag.clone()).or_insert(fresh);
        }
        self.rows.insert(place, file);
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<FileRow> {
        let place = self.by_id.remove(id)?;
        let file = self.rows.remove(&place)?;
        forget(&mut self.by_name, &file.name, place);
        for md5 in sums(&file) {
            forget(&mut self.by_md5, md5, place);
        }
        if let Some(times) = self.times.get_mut(&file.uploader)
            && let Ok(at) = times.binary_search(&file.stored_at)
        {
            times.remove(at);
        }
        if let Some(at) = file.expires {
            self.expiries.remove(&(at, place));
        }
        Some(file)
    }

    pub(super) fn approve(&mut self, id: &str) {
        if let Some(file) = self.by_id.get(id).and_then(|place| self.rows.get_mut(place)) {
            file.approved = true;
        }
    }
}

/// The sums that are told apart: what was sent and what was made of it.
fn sums(file: &FileRow) -> impl Iterator<Item = &str> {
    let source = file.source_md5.as_deref().filter(|source| *source != file.md5);
    [Some(file.md5.as_str()), source].into_iter().flatten()
}

fn forget(map: &mut HashMap<String, Vec<Place>>, key: &str, place: Place) {
    if let Some(places) = map.get_mut(key) {
        places.retain(|other| *other != place);
        if places.is_empty() {
            map.remove(key);
        }
    }
}

impl Serialize for Files {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut files = Self::default();
        for file in Vec::<FileRow>::deserialize(deserializer)? {
            files.push(file);
        }
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, stored_at: i64) -> FileRow {
        FileRow {
            id: id.to_owned(),
            name: format!("name-{id}"),
            extension: "png".to_owned(),
            day: "2026/11/25".to_owned(),
            thumb_size: 1,
            size: 1,
            md5: "same".to_owned(),
            source_md5: Some(format!("source-{id}")),
            uploader: "127.0.0.1".to_owned(),
            stored_at,
            expires: Some(stored_at + 300),
            ..FileRow::default()
        }
    }

    #[test]
    fn every_way_leads_to_a_file_until_it_is_removed() {
        let mut files = Files::default();
        files.push(row("a", 100));
        files.push(row("b", 200));
        files.push(row("a", 900));
        assert_eq!(files.len(), 2, "an id stands for one file");
        assert_eq!(files.with_md5("same").count(), 2);
        assert_eq!(files.with_md5("source-b").map(|file| file.id.as_str()).collect::<Vec<_>>(), ["b"]);
        assert_eq!(
            files.served("2026/11/25", "name-a.th.png").map(|(file, copy)| (&*file.id, copy)),
            Some(("a", ".th"))
        );
        assert_eq!(files.served("2026/11/25", "name-a.png").map(|(_, copy)| copy), Some(""));
        for absent in ["name-a.md.png", "name-a.jpg", "name-c.png", "name-a"] {
            assert!(files.served("2026/11/25", absent).is_none(), "{absent}");
        }
        assert!(files.served("2026/11/24", "name-a.png").is_none());
        let since = |since| files.count_since("127.0.0.1", since);
        assert_eq!([since(99), since(100), since(199), since(200)], [2, 1, 1, 0]);
        assert_eq!(files.count_since("127.0.0.2", 0), 0);
        assert_eq!((files.expired(399), files.expired(400)), (Vec::new(), vec!["a".to_owned()]));

        assert!(files.remove("a").is_some() && files.remove("a").is_none());
        assert!(
            files.get("a").is_none()
                && files.named("name-a").count() == 0
                && files.named("name-b").count() == 1
        );
        assert_eq!(files.with_md5("same").count(), 1);
        assert_eq!(files.count_since("127.0.0.1", 0), 1);
        assert_eq!(files.expired(1_000), ["b"]);
    }
}
