//! Who the client is when proxies stand in front. A header counts only when a trusted proxy sent it.

use crate::EdgeSettingsError;
use http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

/// Addresses with a common beginning, such as `10.0.0.0/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: u128,
    /// Bits that count, of 128.
    bits: u32,
}

impl Network {
    /// # Errors
    /// When the text is no address or network.
    pub fn parse(text: &str) -> Result<Self, EdgeSettingsError> {
        let refuse = || EdgeSettingsError::Network(text.chars().take(60).collect());
        let (address, length) = match text.trim().split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().map_err(|_| refuse())?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| refuse())?;
        let (most, ahead) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let length = length.unwrap_or(most);
        if length > most {
            return Err(refuse());
        }
        let bits = length + ahead;
        Ok(Self {
            base: wide(address) & mask(bits),
            bits,
        })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        wide(address) & mask(self.bits) == self.base
    }
}

/// IPv4 as IPv6, so that both are compared in one way.
fn wide(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
        IpAddr::V6(six) => six.to_bits(),
    }
}

fn mask(bits: u32) -> u128 {
    match bits {
        0 => 0,
        bits => u128::MAX.checked_shl(128_u32.saturating_sub(bits)).unwrap_or(0),
    }
}

/// The client's address: the peer, or what trusted proxies say about whom they speak for, read from the right.
pub(crate) fn client(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &[Network]) -> String {
    let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else {
        return "unknown".to_owned();
    };
    let trust = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer;
    let named: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for name in named.into_iter().rev() {
        if !trust(client) {
            break;
        }
        // What cannot be read was not written by a proxy of ours: the last one that could is the client.
        let Ok(next) = name.trim().parse::<IpAddr>() else {
            break;
        };
        client = next.to_canonical();
    }
    client.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<_> = trusted.iter().map(|text| Network::parse(text).unwrap()).collect();
        client(Some(peer.parse().unwrap()), &headers, &trusted)
    }

    #[test]
    fn a_stranger_cannot_say_who_it_is() {
        assert_eq!(found("203.0.113.7:1", &["1.2.3.4"], &[]), "203.0.113.7");
        assert_eq!(
            found("203.0.113.7:1", &["1.2.3.4"], &["10.0.0.0/8"]),
            "203.0.113.7"
        );
    }

    #[test]
    fn trusted_proxies_are_followed_from_the_right() {
        let trusted = &["10.0.0.0/8", "::1"];
        assert_eq!(
            found("10.0.0.2:1", &["6.6.6.6, 203.0.113.7, 10.1.1.1"], trusted),
            "203.0.113.7"
        );
        assert_eq!(
            found("10.0.0.2:1", &["6.6.6.6", "203.0.113.7"], trusted),
            "203.0.113.7"
        );
        assert_eq!(found("[::1]:1", &["2001:db8::7"], trusted), "2001:db8::7");
        assert_eq!(
            found("[::ffff:10.0.0.2]:1", &["203.0.113.7"], trusted),
            "203.0.113.7"
        );
        assert_eq!(found("10.0.0.2:1", &["6.6.6.6, nonsense"], trusted), "10.0.0.2");
        assert_eq!(found("10.0.0.2:1", &[], trusted), "10.0.0.2");
    }

    #[test]
    fn networks_are_read() {
        assert!(
            Network::parse("0.0.0.0/0")
                .unwrap()
                .contains("8.8.8.8".parse().unwrap())
        );
        assert!(
            !Network::parse("192.168.1.0/24")
                .unwrap()
                .contains("192.168.2.1".parse().unwrap())
        );
        assert!(
            Network::parse("fd00::/8")
                .unwrap()
                .contains("fd12::1".parse().unwrap())
        );
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "x/8", "10.0.0.0/"] {
            assert!(Network::parse(wrong).is_err(), "{wrong}");
        }
    }
}
