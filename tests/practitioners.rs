//! «Behandlere»: who works here, and in which groups.
