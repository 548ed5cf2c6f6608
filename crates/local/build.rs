//! Builds anew when a migration is added: the macro that embeds them only sees those it knows.

fn main() {
    println!("cargo:rerun-if-changed=../../db/local");
}
