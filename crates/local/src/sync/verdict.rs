//! What an answer of the server means for what is done next.

use aftalebog_booking::wire::{Problem, Titles};

use super::client::{Trouble, What};
use super::status::Cause;

/// The code of a change that nobody lets through.
pub const TOO_LARGE: &str = "too_large";

/// What to do with a change that was not taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OfChange {
    /// It is not sent again by itself: somebody decides.
    SetAside(Box<Problem>),
    /// This PC was restored from an old copy.
    Rewound { last_sequence: u64 },
    /// It was made on records of an epoch that the server has left.
    Lost,
    /// The change is not to blame.
    Not,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfPoll {
    /// The place in the feed is not known any more.
    Lost,
    Not,
}

/// What is to be done about any call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfAny {
    /// It is tried again later.
    Later(Cause),
    /// The server does not know the token: this PC was removed, or the server was restored.
    NotKnown,
    Revoked,
    TooOld,
}

pub(super) fn of_change(trouble: &Trouble) -> OfChange {
    let problem = match &trouble.what {
        What::Refused(problem) => problem,
        What::TooLarge => return OfChange::SetAside(Box::new(too_large())),
        _ => return OfChange::Not,
    };
    match (problem.code(), problem.status) {
        ("device_rewound", 409) => match problem.last_sequence {
            Some(last_sequence) => OfChange::Rewound { last_sequence },
            None => OfChange::Not,
        },
        ("position_gone", _) => OfChange::Lost,
        (_, 400 | 403 | 404 | 409 | 413 | 422) => OfChange::SetAside(problem.clone()),
        _ => OfChange::Not,
    }
}

/// What the server itself would say; the window has the words.
fn too_large() -> Problem {
    Problem::new(TOO_LARGE, 413, Titles::default())
}

pub(super) fn of_poll(trouble: &Trouble) -> OfPoll {
    match &trouble.what {
        What::Refused(problem) if problem.code() == "position_gone" => OfPoll::Lost,
        _ => OfPoll::Not,
    }
}

pub(super) fn of_any(trouble: &Trouble) -> OfAny {
    if let Some(cause) = trouble.cause() {
        return OfAny::Later(cause);
    }
    let What::Refused(problem) = &trouble.what else { return OfAny::Later(Cause::Misunderstood) };
    match (problem.code(), problem.status) {
        ("unauthorized", _) => OfAny::NotKnown,
        ("revoked", _) => OfAny::Revoked,
        ("client_too_old", _) => OfAny::TooOld,
        (_, 429) => OfAny::Later(Cause::ServerFault),
        _ => OfAny::Later(Cause::Misunderstood),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: &str, status: u16) -> Trouble {
        let last_sequence = (code == "device_rewound").then_some(7);
        What::Refused(Box::new(Problem { last_sequence, ..Problem::new(code, status, Titles::default()) })).into()
    }

    #[test]
    fn a_change_is_set_aside_only_when_it_is_to_blame() {
        #[track_caller]
        fn check(code: &str, status: u16, set_aside: bool) {
            let verdict = of_change(&refused(code, status));
            assert_eq!(matches!(verdict, OfChange::SetAside(_)), set_aside, "{code}: {verdict:?}");
        }
        check("conflict", 409, true);
        check("clash", 409, true);
        check("invalid", 422, true);
        check("id_reused", 422, true);
        check("too_large", 413, true);
        check("bad_request", 400, true);
        check("not_found", 404, true);
        check("device_rewound", 409, false);
        check("unauthorized", 401, false);
        check("revoked", 401, false);
        check("client_too_old", 426, false);
        check("too_many_tries", 429, false);
        check("busy", 503, false);
        check("internal", 500, false);
        assert_eq!(of_change(&refused("device_rewound", 409)), OfChange::Rewound { last_sequence: 7 });
        assert_eq!(of_change(&refused("position_gone", 410)), OfChange::Lost);
        assert_eq!(of_change(&What::Slow.into()), OfChange::Not);
        assert_eq!(of_change(&What::ServerFault.into()), OfChange::Not);
        let verdict = of_change(&What::TooLarge.into());
        assert!(matches!(&verdict, OfChange::SetAside(problem) if problem.code() == TOO_LARGE), "{verdict:?}");
    }

    #[test]
    fn whoever_is_not_known_or_too_old_does_not_ask_again() {
        #[track_caller]
        fn check(code: &str, status: u16, expected: OfAny) {
            assert_eq!(of_any(&refused(code, status)), expected, "{code}");
        }
        check("revoked", 401, OfAny::Revoked);
        check("unauthorized", 401, OfAny::NotKnown);
        check("client_too_old", 426, OfAny::TooOld);
        check("busy", 503, OfAny::Later(Cause::ServerFault));
        check("internal", 500, OfAny::Later(Cause::ServerFault));
        check("too_many_tries", 429, OfAny::Later(Cause::ServerFault));
        check("bad_request", 400, OfAny::Later(Cause::Misunderstood));
        assert_eq!(of_any(&What::Name.into()), OfAny::Later(Cause::Name));
        assert_eq!(of_poll(&refused("position_gone", 410)), OfPoll::Lost);
        assert_eq!(of_poll(&refused("not_found", 404)), OfPoll::Not);
    }
}
