//! In which language a problem has its title and its detail: Danish, unless whoever asks would rather read English.

use aftalebog_booking::wire::Problem;
use axum::Json;
use axum::body::{HttpBody as _, to_bytes};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, VARY};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use crate::problem::{Error, PROBLEM_JSON};

/// A problem has no more bytes, but for one with many conflicts, which no person reads.
const MOST: u64 = 256 << 10;

/// Of the words that are read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Danish,
    English,
}

impl Language {
    /// What whoever asks would rather read.
    pub fn accepted(headers: &HeaderMap) -> Self {
        if prefers_english(headers) { Self::English } else { Self::Danish }
    }

    /// Gives a problem its words in this language. Both languages are in each anyway.
    pub async fn of_problem(self, response: Response) -> Response {
        let told = response.headers().get(CONTENT_TYPE);
        if told.is_none_or(|it| it.as_bytes() != PROBLEM_JSON.as_bytes()) {
            return response;
        }
        let (mut response, name) = match self {
            Self::English if response.body().size_hint().exact().is_some_and(|length| length <= MOST) => {
                (with_english_words(response).await, "en")
            }
            Self::Danish | Self::English => (response, "da"),
        };
        let headers = response.headers_mut();
        let _none = headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(name));
        let _none = headers.insert(VARY, HeaderValue::from_name(header::ACCEPT_LANGUAGE));
        response
    }
}

async fn with_english_words(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let read = to_bytes(body, usize::MAX).await.ok().and_then(|bytes| serde_json::from_slice::<Problem>(&bytes).ok());
    // It was written by us, and is all there.
    let Some(mut problem) = read else { return Error::Panicked.into_response() };
    problem.title.clone_from(&problem.titles.en);
    problem.detail = problem.details.as_ref().map(|details| details.en.clone());
    let body = Json(&problem).into_response().into_body();
    let _of_the_danish_one = parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, body)
}

/// Whether English stands before Danish among what is accepted.
fn prefers_english(headers: &HeaderMap) -> bool {
    let (mut danish, mut english) = (0.0, 0.0);
    let told = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|told| told.to_str().ok());
    for range in told.flat_map(|told| told.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let language = parts.next().unwrap_or_default().split('-').next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        if language.eq_ignore_ascii_case("da") {
            danish = weight.max(danish);
        } else if language.eq_ignore_ascii_case("en") {
            english = weight.max(english);
        }
    }
    english > danish
}

#[cfg(test)]
mod tests {
    use aftalebog_booking::wire::Titles;

    use super::*;

    #[tokio::test]
    async fn the_head_says_which_words_are_there() {
        for (long, expected) in [(false, "en"), (true, "da")] {
            let detail = "x".repeat(if long { usize::try_from(MOST).expect("a length") } else { 1 });
            let detail = Titles { da: format!("{detail} på dansk"), en: format!("{detail} in English") };
            let response = Error::BadRequest { field: None, detail }.into_response();
            let response = Language::English.of_problem(response).await;
            assert_eq!(response.headers()[CONTENT_LANGUAGE], expected);
            let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            let problem: Problem = serde_json::from_slice(&body).expect("a problem");
            let first = |words: Titles| if long { words.da } else { words.en };
            assert_eq!(problem.title, first(problem.titles));
            assert_eq!(problem.detail, problem.details.map(first), "in one language with the title");
        }
    }

    #[test]
    fn danish_is_said_unless_english_is_preferred() {
        for (told, english) in [
            ("", false),
            ("*", false),
            ("da", false),
            ("en", true),
            ("en-GB", true),
            ("de", false),
            ("da, en;q=0.8", false),
            ("en;q=0.5, da;q=0.4", true),
            ("da-DK;q=0.5,en-US;q=0.7,*;q=0.1", true),
            ("en;q=nothing", true),
            ("en;q=0", false),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, told.parse().expect("a header"))]);
            assert_eq!(prefers_english(&headers), english, "{told}");
        }
        assert!(!prefers_english(&HeaderMap::new()));
    }
}
