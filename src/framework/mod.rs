//! The founding framework as types: mechanisms of action, techniques, fidelity criteria.
//! Source of the seven mechanisms: Walker, Griffiths & Jiang (2023).

pub mod fidelity;
pub mod mechanism;
pub mod technique;
