//! Every screen: no serious fault for those who read it another way, nothing wider than the window, both languages.

use anyhow::Result;
use ipc::view::LanguageChoice;
use support::{
    axe,
    scenes::{SIZES, Scene, show, speak},
    world::{Window, World},
};

async fn tried(scene: Scene) -> Result<()> {
    let (world, window): (World, Window) = show(scene, 0).await?;
    for language in [LanguageChoice::Lt, LanguageChoice::En] {
        speak(&world, &window, language).await?;
        for (_, size) in SIZES {
            window.look(size, false).await?;
            let page = &window.page;
            let wider = "return document.documentElement.scrollWidth > innerWidth || scrollX > 0";
            let wider = page.client().execute(wider, Vec::new()).await?;
            assert_eq!(wider, false, "{scene:?} is wider than a window of {size:?} in {language:?}");
        }
    }
    for (size, dark) in [((960, 680), false), ((960, 680), true), ((480, 560), false)] {
        window.look(size, dark).await?;
        let faults = axe::serious_faults(&window.page).await?;
        assert!(faults.is_empty(), "{scene:?} at {size:?}, dark: {dark}: {faults:#?}");
    }
    Ok(())
}

macro_rules! screens {
    ($($name:ident: $scene:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $name() -> Result<()> {
                tried(Scene::$scene).await
            }
        )*
    };
}

screens! {
    onboarding_is_for_everyone: Onboarding,
    the_empty_screen_is_for_everyone: Empty,
    adding_addresses_is_for_everyone: AddUrls,
    the_queue_is_for_everyone: Queue,
    the_panel_is_for_everyone: Edit,
    the_panel_for_many_is_for_everyone: EditMany,
    sending_is_for_everyone: Uploading,
    the_links_are_for_everyone: Done,
    nothing_uploaded_is_for_everyone: DoneNone,
    the_report_is_for_everyone: Report,
    history_is_for_everyone: History,
    removing_from_history_is_for_everyone: HistoryRemove,
    settings_are_for_everyone: Settings,
}
