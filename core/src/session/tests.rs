//! Tests of the session over readers that can be made to wait, panic and answer at will.
