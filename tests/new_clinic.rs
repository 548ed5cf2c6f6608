//! «Ny klinik»: from nothing to the first time for a patient.
