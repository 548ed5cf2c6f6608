//! What is done next, given what has come of the last step. It decides and does nothing.

use std::time::Duration;

use super::pace;

/// What came of the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// The program was started, this PC was paired, or somebody wants to know.
    Begun,
    /// Something was saved meanwhile.
    Woken,
    /// The server has a change of this PC, or it is set aside.
    Settled,
    /// Nothing waits to be sent.
    AllSent,
    /// Changes of the feed are in the file; the server has more or not.
    Page { more: bool },
    /// The server's records are in the file.
    Replaced,
    /// The place in the feed is not known any more, or this PC was set back.
    Lost,
    /// It may be better later.
    Failed { retry_after: Option<Duration> },
    /// The same of the oldest change that waits: what others have saved is to come all the same.
    NotSent { retry_after: Option<Duration> },
    /// It will not be better by itself: the server does not know this PC, or serves only newer programs.
    Ended,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The oldest change that waits, if one does.
    Send,
    /// What has changed at the server, at once or when something does.
    Pull(Wait),
    /// All of the server's records.
    Replace,
    Pause(Pause),
    /// Until somebody does something about it.
    Rest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    No,
    ForSomething,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pause {
    pub length: Duration,
    /// The server has asked for it: a save does not shorten it.
    pub asked_for: bool,
}

/// What is remembered between steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// One after the other.
    failures: u32,
    /// The server has said that there is no more.
    up_to_date: bool,
    /// The records were taken whole, and it has not been seen yet whether that has helped.
    replaced: bool,
    /// The oldest change that waits did not get through: what has changed is fetched before it is tried again.
    stuck: bool,
}

impl Plan {
    /// `chance`, between 0 and 1, decides how long is waited after a failure.
    pub fn next(&mut self, came: Came, chance: f64) -> Next {
        match came {
            Came::Begun => {
                *self = Self::default();
                Next::Send
            }
            Came::Woken if self.stuck => Next::Pull(Wait::No),
            Came::Woken => Next::Send,
            Came::Settled => {
                (self.failures, self.stuck) = (0, false);
                Next::Send
            }
            // What was stuck has been decided about.
            Came::AllSent if self.stuck => {
                self.stuck = false;
                Next::Pull(Wait::No)
            }
            Came::AllSent if self.up_to_date => Next::Pull(Wait::ForSomething),
            Came::AllSent => Next::Pull(Wait::No),
            // The server is there, and the change does not get through for all that: it is tried less and less often.
            Came::Page { more } if self.stuck => {
                (self.up_to_date, self.replaced) = (!more, false);
                if more { Next::Pull(Wait::No) } else { Next::Send }
            }
            Came::Page { more } => {
                *self = Self { up_to_date: !more, ..Self::default() };
                Next::Send
            }
            Came::Replaced => {
                (self.up_to_date, self.replaced) = (false, true);
                if self.stuck {
                    return Next::Pull(Wait::No);
                }
                self.failures = 0;
                Next::Send
            }
            // What did not help is not done over and over.
            Came::Lost if self.replaced => self.pause(None, chance),
            Came::Lost => {
                self.up_to_date = false;
                Next::Replace
            }
            Came::Failed { retry_after } => self.pause(retry_after, chance),
            Came::NotSent { retry_after } => {
                self.stuck = true;
                self.pause(retry_after, chance)
            }
            Came::Ended => Next::Rest,
        }
    }

    /// Whether the server has nothing more than what is here.
    pub const fn is_up_to_date(&self) -> bool {
        self.up_to_date
    }

    /// Whether the oldest change that waits does not get through.
    pub const fn is_stuck(&self) -> bool {
        self.stuck
    }

    fn pause(&mut self, retry_after: Option<Duration>, chance: f64) -> Next {
        let by_itself = pace::pause(self.failures, chance);
        (self.failures, self.up_to_date, self.replaced) = (self.failures.saturating_add(1), false, false);
        // Whoever was told the same time does not come back at the same moment.
        let length = retry_after.map_or(by_itself, |asked| asked + by_itself.min(asked));
        Next::Pause(Pause { length, asked_for: retry_after.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows one thing after the other, always waiting as long as possible.
    #[track_caller]
    fn check(sentence: &str, steps: &[(Came, Next)]) {
        let mut plan = Plan::default();
        for (number, (came, expected)) in steps.iter().enumerate() {
            assert_eq!(plan.next(*came, 1.0), *expected, "{sentence}: step {number}, {came:?}");
        }
    }

    fn pause(seconds: u64) -> Next {
        Next::Pause(Pause { length: Duration::from_secs(seconds), asked_for: false })
    }

    const FAILED: Came = Came::Failed { retry_after: None };
    const NOT_SENT: Came = Came::NotSent { retry_after: None };
    const NOW: Next = Next::Pull(Wait::No);
    const WAITING: Next = Next::Pull(Wait::ForSomething);
    const ALL: Came = Came::Page { more: false };
    const MORE: Came = Came::Page { more: true };

    #[test]
    fn what_waits_is_sent_before_anything_is_fetched() {
        use Came::{AllSent, Begun, Settled, Woken};
        use Next::Send;
        check(
            "a start with two changes",
            &[(Begun, Send), (Settled, Send), (Settled, Send), (AllSent, NOW), (ALL, Send), (AllSent, WAITING)],
        );
        check(
            "a save while it waits",
            &[(Begun, Send), (AllSent, NOW), (ALL, Send), (AllSent, WAITING), (Woken, Send), (Settled, Send)],
        );
        check(
            "a save between the pages of a long absence",
            &[(Begun, Send), (AllSent, NOW), (MORE, Send), (Settled, Send), (AllSent, NOW), (ALL, Send)],
        );
        check("an answer while it waits", &[(AllSent, NOW), (ALL, Send), (AllSent, WAITING), (ALL, Send)]);
    }

    #[test]
    fn after_a_failure_it_is_waited_and_then_asked_at_once() {
        use Came::{AllSent, Settled, Woken};
        use Next::Send;
        check(
            "a server that is away",
            &[
                (AllSent, NOW),
                (ALL, Send),
                (AllSent, WAITING),
                (FAILED, pause(1)),
                (Woken, Send),
                (FAILED, pause(2)),
                (Woken, Send),
                (AllSent, NOW),
                (FAILED, pause(4)),
                (Woken, Send),
                (AllSent, NOW),
                (ALL, Send),
                (AllSent, WAITING),
                (FAILED, pause(1)),
            ],
        );
        check(
            "a change that got through",
            &[(FAILED, pause(1)), (FAILED, pause(2)), (Settled, Send), (FAILED, pause(1))],
        );
        let asked = |seconds| Came::Failed { retry_after: Some(Duration::from_secs(seconds)) };
        let told = |seconds| Next::Pause(Pause { length: Duration::from_secs(seconds), asked_for: true });
        check("a server that asks for time", &[(asked(60), told(61)), (asked(60), told(62)), (asked(1), told(2))]);
    }

    #[test]
    fn a_change_that_does_not_get_through_keeps_nobody_from_what_others_save() {
        use Came::{AllSent, Begun, Replaced, Settled, Woken};
        use Next::Send;
        check(
            "a change that the server never takes",
            &[
                (Begun, Send),
                (NOT_SENT, pause(1)),
                (Woken, NOW),
                (MORE, NOW),
                (ALL, Send),
                (NOT_SENT, pause(2)),
                (Woken, NOW),
                (ALL, Send),
                (NOT_SENT, pause(4)),
                (Woken, NOW),
                (ALL, Send),
                (Settled, Send),
                (AllSent, WAITING),
            ],
        );
        check(
            "a server that is away while something waits",
            &[(NOT_SENT, pause(1)), (Woken, NOW), (FAILED, pause(2)), (Woken, NOW), (ALL, Send), (Settled, Send)],
        );
        check(
            "a change that is given up meanwhile",
            &[(NOT_SENT, pause(1)), (Woken, NOW), (ALL, Send), (AllSent, NOW), (ALL, Send), (AllSent, WAITING)],
        );
        check(
            "a server that was restored and takes nothing",
            &[(NOT_SENT, pause(1)), (Woken, NOW), (Came::Lost, Next::Replace), (Replaced, NOW), (ALL, Send)],
        );
    }

    #[test]
    fn who_is_lost_takes_everything_once_and_not_over_and_over() {
        use Came::{AllSent, Begun, Ended, Lost, Replaced, Woken};
        use Next::{Replace, Rest, Send};
        check(
            "a server that was restored",
            &[
                (Begun, Send),
                (AllSent, NOW),
                (Lost, Replace),
                (Replaced, Send),
                (AllSent, NOW),
                (ALL, Send),
                (AllSent, WAITING),
            ],
        );
        check(
            "a server that never knows its own position",
            &[(Lost, Replace), (Replaced, Send), (AllSent, NOW), (Lost, pause(1)), (Woken, Send), (Lost, Replace)],
        );
        check("a copy that breaks off", &[(Lost, Replace), (FAILED, pause(1)), (Woken, Send), (Lost, Replace)]);
        check("a PC that was removed", &[(Begun, Send), (Ended, Rest), (Begun, Send)]);
    }
}
