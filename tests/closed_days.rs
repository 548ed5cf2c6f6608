//! «Lukkedage»: periods, absences and public holidays.
