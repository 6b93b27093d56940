//! What a name stands for: how it is folded and matched, and what is near to one that is not known.

pub mod bloom;
pub mod fold;
pub mod notation;
pub mod resolve;
pub mod spellings;
pub mod suggest;
