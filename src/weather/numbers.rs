//! Numbers from a provider: taken where they can be true of weather on this planet, dropped where they cannot.

/// A temperature in Celsius.
pub(super) fn temperature_c(value: f64) -> Option<f32> {
    within(value, -100.0, 70.0)
}

/// A chance in percent.
pub(super) fn percent(value: f64) -> Option<u8> {
    within(value, 0.0, 100.0).map(|v| v.round() as u8)
}

/// Millimetres of water in one stretch.
pub(super) fn millimetres(value: f64) -> Option<f32> {
    within(value, 0.0, 1000.0)
}

/// Centimetres of fresh snow in one stretch.
pub(super) fn centimetres(value: f64) -> Option<f32> {
    within(value, 0.0, 500.0)
}

/// A wind speed in km/h.
pub(super) fn kmh(value: f64) -> Option<f32> {
    within(value, 0.0, 500.0)
}

/// A compass direction, 0..=359.
pub(super) fn degrees(value: f64) -> Option<u16> {
    within(value, 0.0, 360.0).map(|v| v.round() as u16 % 360)
}

/// A UV index.
pub(super) fn uv_index(value: f64) -> Option<f32> {
    within(value, 0.0, 30.0)
}

fn within(value: f64, low: f64, high: f64) -> Option<f32> {
    (low..=high).contains(&value).then_some(value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_dropped() {
        assert_eq!(temperature_c(-89.2), Some(-89.2));
        assert_eq!(temperature_c(9999.0), None);
        assert_eq!(temperature_c(f64::NAN), None);
        assert_eq!(percent(-1.0), None);
        assert_eq!(percent(99.6), Some(100));
        assert_eq!(millimetres(-0.1), None);
        assert_eq!(kmh(f64::INFINITY), None);
        assert_eq!(degrees(359.7), Some(0));
        assert_eq!(degrees(361.0), None);
        assert_eq!(uv_index(11.35), Some(11.35));
    }
}
