//! The table: what each item makes a host declare.
