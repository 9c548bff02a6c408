//! A Chevereto-like host on loopback: try Keltas without an account, and test clients against it.
