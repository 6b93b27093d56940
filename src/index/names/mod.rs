//! What a name stands for: how it is folded and matched, and what is near to one that is not known.

pub mod bloom;
pub mod clips;
mod damage;
pub mod fold;
pub mod keys;
pub mod marks;
pub mod notation;
pub mod parts;
pub mod resolve;
pub mod spellings;
pub mod suggest;
pub mod words;
