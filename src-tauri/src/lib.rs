//! The shell: one window, the tray, the clipboard and notifications around the app. It decides nothing itself.

mod bridge;
mod clipboard;
mod desktop;
mod drop;
mod follow;
mod launch;
mod notify;
mod quick;
mod tray;
mod window;
mod witness;

pub use launch::Launch;

use app::{App, Decoder, Options, Paths};
use desktop::Desktop;
use std::{error::Error, process::ExitCode, sync::Arc};
use tauri::{Manager, WindowEvent, async_runtime};
use witness::Witness;

/// Everything that the window can ask for, on this desktop.
type Api = ipc::Api<Desktop>;
type Shared = Arc<Api>;

/// Runs the window until the person quits. The program's `main` has asked [`Decoder::run_if_asked`] before.
#[must_use]
pub fn run(launch: Launch) -> ExitCode {
    let _log = Paths::of_this_system().and_then(|paths| app::log::start(&paths));
    log_panics();
    // Whatever opens connections uses ring; without a choice the first one would panic.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let built = tauri::Builder::default()
        // First: a second launch ends here, before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|handle, args, folder| {
            launch::second(handle, &args, &folder);
        }))
        .register_asynchronous_uri_scheme_protocol("preview", |context, request, responder| {
            bridge::preview(context.app_handle(), request.uri(), responder);
        })
        .invoke_handler(tauri::generate_handler![bridge::call])
        .on_window_event(|window, event| {
            let Some(api) = window.try_state::<Shared>() else { return };
            match event {
                WindowEvent::DragDrop(event) => drop::on_event(&api, event),
                WindowEvent::CloseRequested { api: close, .. } => window::on_close(&api, close),
                WindowEvent::Focused(true) => {
                    // A command may have uploaded meanwhile.
                    let app = api.app().clone();
                    async_runtime::spawn(async move { app.look_again().await });
                }
                _ => {}
            }
        })
        .setup(move |tauri| setup(tauri, launch))
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

/// A fault in the program leaves its place in the log; what it says could hold a secret and is left out.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a fault in the program");
        before(panic);
    }));
}

/// Opens the app, then everything around it.
fn setup(tauri: &mut tauri::App, launch: Launch) -> Result<(), Box<dyn Error>> {
    let Some(app) = open_or_say_why() else {
        std::process::exit(1);
    };
    let desktop = Arc::new(Desktop::new(tauri.handle().clone(), Witness::of_this_process()));
    let entered = async_runtime::handle();
    let api: Shared = {
        let _runtime = entered.inner().enter();
        Arc::new(Api::new(app, desktop))
    };
    tauri.manage(api.clone());
    if launch.demo_if_new {
        async_runtime::block_on(demo_if_new(&api));
    }
    async_runtime::spawn(bridge::forward(tauri.handle().clone(), api.clone()));
    let tray = tray::Tray::build(tauri.handle());
    if tray.is_some() {
        async_runtime::spawn(tray::watch_host(api.clone()));
    }
    api.desktop().witness.tell("tray-ready", serde_json::json!({ "built": tray.is_some() }));
    async_runtime::spawn(follow::run(api.clone(), tray));
    async_runtime::spawn(end_on_signal(api.clone()));
    window::create(tauri, &api, launch.hidden)?;
    async_runtime::spawn(async move { launch::add(&api, launch.files).await });
    Ok(())
}

/// The app; or, when it cannot be opened, a dialog that says why: there is no window yet to say it.
fn open_or_say_why() -> Option<App> {
    let language = app::Settings::default().language();
    let opened = match Paths::of_this_system() {
        Some(paths) => {
            let options = Options { decoder: Decoder::of_this_program(), ..Options::default() };
            async_runtime::block_on(App::open(paths, options)).map_err(|error| error.problem())
        }
        None => Err(app::Code::CannotWrite.problem()),
    };
    match opened {
        Ok(app) => Some(app),
        Err(problem) => {
            let sentence = l10n::problem(language, &problem.code, &problem.args);
            tracing::error!(code = problem.code, "the app cannot be opened");
            rfd::MessageDialog::new()
                .set_level(rfd::MessageLevel::Error)
                .set_title(sentence.short)
                .set_description(sentence.detail)
                .show();
            None
        }
    }
}

/// Sets the demo host up for someone who has no site yet.
async fn demo_if_new(api: &Api) {
    if api.app().sites().await.is_ok_and(|sites| sites.is_empty())
        && let Err(problem) = api.app().use_demo().await
    {
        tracing::warn!(code = problem.code, "the demo host did not start");
    }
}

/// A system that shuts down asks politely first: what waits is saved.
#[cfg(unix)]
async fn end_on_signal(api: Shared) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut end), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return;
    };
    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
    }
    window::quit(&api);
}

#[cfg(not(unix))]
async fn end_on_signal(_api: Shared) {}
