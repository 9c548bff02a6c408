//! The desk: what its owner does at a host by hand. A page at `/desk`, and the forms on it.

use std::{sync::Arc, time::Duration};

use axum::{
    Form, Router,
    body::Body,
    extract::{Path, Request, State},
    http::{Response, StatusCode},
    middleware::{self, Next},
    routing::{get, post},
};
use serde::Deserialize;
use tokio::time::sleep;

use crate::{
    Fault, Play, answer, gate,
    pages::{self, instead},
    site::Site,
};

/// Time for an answer to leave.
const ANSWER_FIRST: Duration = Duration::from_millis(200);

pub(crate) fn routes() -> Router<Arc<Site>> {
    let forms = Router::new()
        .route("/desk/approve/{id}", post(approve))
        .route("/desk/delete/{id}", post(delete))
        .route("/desk/faults", post(play))
        .route("/desk/faults/clear", post(clear))
        .layer(middleware::from_fn(own_forms));
    Router::new().route("/desk", get(show)).merge(forms)
}

/// A form that some other page sends in a browser does nothing.
async fn own_forms(request: Request, next: Next) -> Response<Body> {
    if gate::own_page(request.headers(), request.uri()) {
        next.run(request).await
    } else {
        instead::text(StatusCode::FORBIDDEN, "Only the desk's own page may send this.\n")
    }
}

async fn show(State(site): State<Arc<Site>>) -> Response<Body> {
    pages::desk::show(&site, None)
}

async fn approve(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Response<Body> {
    match site.approve(&id) {
        Ok(true) => back(&site, &format!("file-{id}")),
        Ok(false) => pages::not_found(&site),
        Err(_) => pages::incident(),
    }
}

async fn delete(State(site): State<Arc<Site>>, Path(id): Path<String>) -> Response<Body> {
    match site.remove(&id) {
        Ok(true) => back(&site, "stored"),
        Ok(false) => pages::not_found(&site),
        Err(_) => pages::incident(),
    }
}

#[derive(Deserialize)]
struct Wanted {
    fault: String,
}

async fn play(State(site): State<Arc<Site>>, Form(wanted): Form<Wanted>) -> Response<Body> {
    match wanted.fault.trim().parse::<Play>() {
        Ok(play) => {
            if let Fault::Refuse(_) = play.fault {
                // It ends this connection too, so the answer goes first.
                let site = site.clone();
                tokio::spawn(async move {
                    sleep(ANSWER_FIRST).await;
                    site.play(play);
                });
            } else {
                site.play(play);
            }
            back(&site, "faults")
        }
        Err(error) => pages::desk::show(&site, Some((&wanted.fault, &error))),
    }
}

async fn clear(State(site): State<Arc<Site>>) -> Response<Body> {
    site.clear_faults();
    back(&site, "faults")
}

/// To the desk again, by GET.
fn back(site: &Site, place: &str) -> Response<Body> {
    answer::redirect(StatusCode::SEE_OTHER, &format!("{}/desk#{place}", site.links().folder()))
}
