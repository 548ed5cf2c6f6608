//! The interface as OpenAPI describes it: made from the list of routes, and committed as
//! `docs/openapi.json`, which a test compares.

pub mod envelope;

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Content, OpenApi as Document, Ref, RefOr, Response};
use utoipa::{Modify, OpenApi};

use crate::routes;

/// What a reader of the description must know before any call.
const DESCRIPTION: &str = "\
    Errors are RFC 9457 problem documents with a stable `type`, and titles in Danish and English.\n\n\
    A clinic's PC trades a pairing code for a token, and sends it as `Authorization: Bearer dk1_…`. A patient gets a \
    session by a one-time code, and sends `Authorization: Bearer ps1_…`.\n\n\
    The fields of the records are described by the design of Aftalebog: here they are objects.";

/// What the list of routes adds its calls to.
#[derive(OpenApi)]
#[openapi(
    info(title = "Aftalebog booking server", description = DESCRIPTION, license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    components(schemas(envelope::Problem)),
    modifiers(&Tokens),
    tags(
        (name = "operation", description = "Whoever runs the server"),
        (name = "clinic", description = "A clinic's PCs"),
        (name = "patient", description = "Patients"),
    )
)]
pub struct Described;

/// Who may ask.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        for (name, told) in [
            ("device", "The token of a clinic's PC: `dk1_` and 43 characters."),
            ("session", "The token of a patient's session: `ps1_` and 43 characters."),
        ] {
            let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(told)).build();
            components.add_security_scheme(name, SecurityScheme::Http(scheme));
        }
    }
}

/// Says of each call that every answer it does not name is a problem.
fn describe_problems(document: &mut Document) {
    for item in document.paths.paths.values_mut() {
        let operations: [&mut Option<Operation>; 5] =
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            let schema = Ref::from_schema_name("Problem");
            let mut problem = Response::new("A problem: its `type` says which");
            let _none = problem
                .content
                .insert("application/problem+json".to_owned(), RefOr::T(Content::new(Some(RefOr::Ref(schema)))));
            let _none = operation.responses.responses.insert("default".to_owned(), RefOr::T(problem));
        }
    }
}

/// The whole description.
pub fn document() -> Document {
    let mut document = routes::described().into_openapi();
    describe_problems(&mut document);
    document
}

/// As it is committed and served.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let mut text = document().to_pretty_json().expect("it is made of texts and numbers");
        text.push('\n');
        text
    });
    &TEXT
}

/// `GET /api/v1/openapi.json`.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", tag = "operation",
    responses((status = 200, description = "This description", body = Object))
)]
pub async fn openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], text())
}
