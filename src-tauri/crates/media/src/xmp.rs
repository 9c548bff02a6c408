//! What an XMP packet holds that people care about.

use std::collections::BTreeSet;

use crate::Removed;

/// The kinds of private things in a packet, or in a piece of a long one. Captions always: what else is in it is words.
pub(crate) fn kinds(packet: &[u8]) -> BTreeSet<Removed> {
    let has =
        |words: &[&str]| words.iter().any(|word| memchr::memmem::find(packet, word.as_bytes()).is_some());
    let mut kinds = BTreeSet::from([Removed::Captions]);
    if has_place(packet) {
        kinds.insert(Removed::Location);
    }
    if has(&["SerialNumber", "CameraOwnerName"]) {
        kinds.insert(Removed::Serial);
    }
    kinds
}

/// Whether it says where: by coordinates or in words.
pub(crate) fn has_place(packet: &[u8]) -> bool {
    const WORDS: [&str; 8] = [
        "GPSL",
        "GPSDest",
        "photoshop:City",
        "photoshop:State",
        "photoshop:Country",
        "Iptc4xmpCore:Location",
        "Iptc4xmpCore:CountryCode",
        "Iptc4xmpExt:Location",
    ];
    WORDS.iter().any(|word| memchr::memmem::find(packet, word.as_bytes()).is_some())
}
