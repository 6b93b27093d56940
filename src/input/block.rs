//! 64 bytes at a time, and which of them equal a byte.

use wide::u8x16;

pub const LEN: usize = 64;

/// A block: four vectors, and a bit for every byte that is not behind the end.
#[derive(Clone, Copy, Debug)]
pub struct Block([u8x16; 4], u64);

impl Block {
    /// The block of a chunk that begins at `base`. What lies behind the end equals nothing.
    #[inline]
    pub fn at(chunk: &[u8], base: usize) -> Self {
        let rest = chunk.get(base..).unwrap_or_default();
        if let Some(bytes) = rest.first_chunk::<LEN>() {
            return Self(vectors(bytes), u64::MAX);
        }
        let mut bytes = [0; LEN];
        if let Some(start) = bytes.get_mut(..rest.len()) {
            start.copy_from_slice(rest);
        }
        Self(vectors(&bytes), !(u64::MAX << rest.len()))
    }

    /// The bytes that equal `byte`, the first as the lowest bit.
    #[inline]
    pub fn equal(&self, byte: u8) -> u64 {
        let byte = u8x16::splat(byte);
        self.bits(|vector| vector.simd_eq(byte))
    }

    /// The bytes that are at most `byte`, in the same way.
    #[inline]
    pub fn at_most(&self, byte: u8) -> u64 {
        let byte = u8x16::splat(byte);
        self.bits(|vector| vector.min(byte).simd_eq(vector))
    }

    #[inline]
    fn bits(&self, compare: impl Fn(u8x16) -> u8x16) -> u64 {
        let bits = self.0.map(|vector| u64::from(compare(vector).to_bitmask()));
        let [a, b, c, d] = bits;
        (a | b << 16 | c << 32 | d << 48) & self.1
    }
}

#[inline]
fn vectors(bytes: &[u8; LEN]) -> [u8x16; 4] {
    let (sixteens, _) = bytes.as_chunks::<16>();
    std::array::from_fn(|place| sixteens.get(place).map_or(u8x16::ZERO, |bytes| u8x16::new(*bytes)))
}
