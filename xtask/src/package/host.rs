use crate::trouble::Result;
pub(super) fn test() -> Result {
    Ok(())
}
