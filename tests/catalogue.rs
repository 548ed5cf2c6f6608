//! «Aftaletyper»: the clinic's own catalogue.
