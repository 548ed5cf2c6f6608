//! «Arbejdstider»: a week of intervals for each practitioner.
