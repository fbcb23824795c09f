//! The values of one collection, grouped as hosts read them.

mod cpu_features;
mod device;
mod feature;
mod mcc_mnc;

use zeroize::Zeroize;

use crate::agreement::Category;
use crate::records::HostRecords;
use crate::secret::redacted;

pub use cpu_features::CpuFeatures;
pub use device::{Cpu, DeviceInformation, IncrementalVersion, Resolution, SystemVersion};
pub use feature::{
    AdapterState, BluetoothDevice, BluetoothDiagnosis, BluetoothInformation, ClipboardDiagnosis,
    ClipboardObstacle, Coordinates, FeatureData, NfcInformation, RunningProcess,
};
pub use mcc_mnc::MccMnc;

/// Values: wiped when they are dropped.
#[derive(Default, Zeroize)]
pub(crate) struct Values {
    pub(crate) records: HostRecords,
    pub(crate) device: DeviceInformation,
    pub(crate) features: FeatureData,
}

redacted!(Values);

impl Drop for Values {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl Values {
    /// Takes over what was read. Nothing of it is left behind.
    pub(crate) fn absorb(&mut self, read: &mut Self) {
        self.device.absorb(&mut read.device);
        self.features.absorb(&mut read.features);
    }

    /// Wipes what belongs to a category.
    pub(crate) fn purge(&mut self, category: Category) {
        match category {
            Category::Device => self.device.zeroize(),
            Category::Identifier
            | Category::Clipboard
            | Category::Location
            | Category::Bluetooth
            | Category::Nfc
            | Category::ProcessList
            | Category::WebView => self.features.purge(category),
            Category::Application | Category::NetworkConfiguration => self.records.purge(category),
        }
    }
}

/// Takes over a value, if there is one.
fn one<T>(own: &mut Option<T>, other: &mut Option<T>) {
    if other.is_some() {
        std::mem::swap(own, other);
    }
}
