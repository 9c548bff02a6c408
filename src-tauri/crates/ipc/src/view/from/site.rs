//! The same for sites, their limits and their keys.

use crate::view::*;

impl From<app::SiteFacts> for SiteView {
    fn from(facts: app::SiteFacts) -> Self {
        let limits = LimitsView::of(&facts);
        Self {
            id: facts.site.id.0,
            name: facts.site.name,
            base: facts.site.base,
            demo: facts.site.demo,
            old_api: facts.site.old_api,
            current: facts.current,
            key: match facts.key {
                app::KeyPlace::Missing => KeyPlace::Missing,
                app::KeyPlace::Keyring => KeyPlace::Keyring,
                app::KeyPlace::Session => KeyPlace::Session,
                app::KeyPlace::Demo => KeyPlace::Demo,
            },
            limits,
            albums: facts.albums.into_iter().map(Into::into).collect(),
            categories: facts
                .categories
                .into_iter()
                .map(|c| CategoryView { id: c.id, name: c.name })
                .collect(),
            tags: facts.tags,
        }
    }
}

impl LimitsView {
    fn of(facts: &app::SiteFacts) -> Self {
        let site = &facts.site;
        let refused: Vec<String> = site.refused_types.iter().map(|mime| app::format_label(mime)).collect();
        let others = app::formats().into_iter().filter(|label| refused.iter().all(|other| other != label));
        Self {
            max_size: site.max_size,
            own_max_size: site.own_max_size,
            refused_size: site.refused_size,
            other_formats: others.map(str::to_owned).collect(),
            refused_formats: refused,
            rates: facts.rates.iter().copied().map(Into::into).collect(),
            parallel: site.parallel,
        }
    }
}

impl From<app::Rate> for RateView {
    fn from(rate: app::Rate) -> Self {
        Self { period: rate.period.into(), learned: rate.learned, own: rate.own }
    }
}

impl From<SetLimit> for app::SetLimit {
    fn from(limit: SetLimit) -> Self {
        match limit {
            SetLimit::Largest { amount, unit } => Self::Largest { amount, unit: unit.into() },
            SetLimit::Rate { period, uploads } => Self::Rate { period: period.into(), uploads },
            SetLimit::Format { label, refused } => Self::Format { label, refused },
        }
    }
}

impl From<SiteChoice> for app::SiteChoice {
    fn from(choice: SiteChoice) -> Self {
        match choice {
            SiteChoice::Imgximg => Self::Imgximg,
            SiteChoice::Address { address, old_api } => Self::Address { address, old_api },
            SiteChoice::Demo => Self::Demo,
            SiteChoice::Known { id } => Self::Known(engine::SiteId(id)),
        }
    }
}

impl From<app::KeyTest> for KeyTest {
    fn from(test: app::KeyTest) -> Self {
        match test {
            app::KeyTest::Accepted => Self::Accepted,
            app::KeyTest::NotAccepted(problem) => Self::NotAccepted { problem: problem.into() },
            app::KeyTest::Moved { to, problem } => Self::Moved { to, problem: problem.into() },
            app::KeyTest::Failed(problem) => Self::Failed { problem: problem.into() },
        }
    }
}

impl From<app::SaveSite> for SavedSite {
    fn from(saved: app::SaveSite) -> Self {
        match saved {
            app::SaveSite::Saved(facts) => Self::Saved { site: Box::new((*facts).into()) },
            app::SaveSite::NoKeyring(problem) => Self::NoKeyring { problem: problem.into() },
            app::SaveSite::Failed(problem) => Self::Failed { problem: problem.into() },
        }
    }
}
