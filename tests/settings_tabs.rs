//! The tabs beside «Online booking».
