use iced::advanced::clipboard::{self, Kind};
use iced_test::runtime::clipboard::Action;

/// What was last copied.
#[derive(Default)]
pub struct Clipboard(pub Option<String>);

impl Clipboard {
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Read { channel, .. } => drop(channel.send(self.0.clone())),
            Action::Write { contents, .. } => self.0 = Some(contents),
        }
    }
}

impl clipboard::Clipboard for Clipboard {
    fn read(&self, _: Kind) -> Option<String> {
        self.0.clone()
    }

    fn write(&mut self, _: Kind, contents: String) {
        self.0 = Some(contents);
    }
}
