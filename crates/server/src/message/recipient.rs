//! Where somebody can be written to.

use aftalebog_booking::patient::{bare_email, bare_telephone};
use aftalebog_booking::record::Patient;
use aftalebog_booking::terms::Standing;
use thiserror::Error;

use super::{Channel, Post};

/// An address that a letter can be sent to, written in the one way that can be compared.
#[derive(Clone, PartialEq, Eq)]
pub enum Contact {
    /// With its country: `+45…`.
    Phone(String),
    Email(String),
}

/// It says what it is, and never whose.
impl std::fmt::Debug for Contact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.channel().name())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("nothing can be sent there")]
pub struct NoContact;

impl Contact {
    /// Eight figures are a Danish number; `00` and `+` begin any other.
    pub fn phone(typed: &str) -> Result<Self, NoContact> {
        const LONGEST: usize = 15;
        let bare = bare_telephone(typed).ok_or(NoContact)?;
        let typed = typed.trim();
        let abroad = typed.starts_with('+') || typed.starts_with("00");
        let plain = typed.chars().all(|letter| letter.is_ascii_digit() || " +-.()/\u{a0}".contains(letter));
        let number = match bare.len() {
            8 => format!("+45{bare}"),
            _ if abroad => format!("+{}", bare.trim_start_matches("00")),
            _ => return Err(NoContact),
        };
        if plain && number.len() <= LONGEST + 1 { Ok(Self::Phone(number)) } else { Err(NoContact) }
    }

    pub fn email(typed: &str) -> Result<Self, NoContact> {
        const LONGEST: usize = 254;
        let bare = bare_email(typed).ok_or(NoContact)?;
        let mailbox = bare.parse::<lettre::Address>().map_err(|_| NoContact)?;
        if bare.len() <= LONGEST { Ok(Self::Email(mailbox.to_string())) } else { Err(NoContact) }
    }

    pub const fn channel(&self) -> Channel {
        match self {
            Self::Phone(_) => Channel::Sms,
            Self::Email(_) => Channel::Email,
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(number) | Self::Email(number) => number,
        }
    }

    /// Whether this patient can be written to there.
    pub fn is_of(&self, patient: &Patient) -> bool {
        let own = |line: &Option<_>, read: fn(&str) -> Result<Self, NoContact>| {
            let line: Option<&aftalebog_booking::bounded::Detail> = line.as_ref();
            line.and_then(|line| read(line.as_str()).ok())
        };
        let own = match self {
            Self::Phone(_) => own(&patient.phone, Self::phone),
            Self::Email(_) => own(&patient.email, Self::email),
        };
        own.as_ref() == Some(self)
    }
}

/// Where a patient is told of what they did: by e-mail, else by text message. Whom the clinic does not know
/// yet, only on the way on which they answered the code: the other address may be anybody's.
pub fn best(patient: &Patient, answered: Channel, post: &Post) -> Option<Contact> {
    let is_known = Standing::of(patient) == Standing::Known;
    let email = patient.email.as_ref().and_then(|line| Contact::email(line.as_str()).ok());
    let phone = patient.phone.as_ref().and_then(|line| Contact::phone(line.as_str()).ok());
    let theirs = |contact: &Contact| is_known || contact.channel() == answered;
    [email, phone].into_iter().flatten().find(|contact| theirs(contact) && post.reaches(contact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        let read = if typed.contains('@') { Contact::email(typed) } else { Contact::phone(typed) };
        assert_eq!(read.ok().as_ref().map(Contact::as_str), expected, "{typed}");
    }

    #[test]
    fn a_number_is_one_however_it_is_written() {
        for typed in ["01430001", "01 43 00 01", "+45 01 43 00 01", "004501430001", "45 01430001", " 0143-0001 "] {
            check(typed, Some("+4501430001"));
        }
        check("+46 70 123 45 67", Some("+46701234567"));
        check("0046 70 123 45 67", Some("+46701234567"));
        for typed in ["", "1234567", "123456789", "11111111", "ring 01430001", "+1234567890123456", "01430001;x"] {
            check(typed, None);
        }
    }

    #[test]
    fn an_address_is_one_in_capitals_or_not() {
        check(" Karen.OE@Patient.example ", Some("karen.oe@patient.example"));
        for typed in
            ["@", "a@", "@b.example", "a b@c.example", "a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example"]
        {
            check(typed, None);
        }
        check(&format!("{}@b.example", "a".repeat(250)), None);
    }
}
