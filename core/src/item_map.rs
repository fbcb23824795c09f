//! Something by item.

use crate::agreement::Item;

/// At most one of something for each item, in the agreement's order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ItemMap<T>([Option<T>; Item::ALL.len()]);

impl<T> ItemMap<T> {
    /// Nothing for any item.
    pub(crate) const EMPTY: Self = Self([const { None }; Item::ALL.len()]);

    pub(crate) fn get(&self, item: Item) -> Option<&T> {
        self.0.get(item as usize)?.as_ref()
    }

    pub(crate) fn insert(&mut self, item: Item, thing: T) {
        if let Some(place) = self.0.get_mut(item as usize) {
            *place = Some(thing);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Item, &T)> + Clone {
        Item::ALL.iter().zip(&self.0).filter_map(|(item, thing)| Some((*item, thing.as_ref()?)))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (Item, &mut T)> {
        Item::ALL.iter().zip(&mut self.0).filter_map(|(item, thing)| Some((*item, thing.as_mut()?)))
    }
}

impl<T> FromIterator<(Item, T)> for ItemMap<T> {
    fn from_iter<I: IntoIterator<Item = (Item, T)>>(things: I) -> Self {
        let mut map = Self::EMPTY;
        things.into_iter().for_each(|(item, thing)| map.insert(item, thing));
        map
    }
}
