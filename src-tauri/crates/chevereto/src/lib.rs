//! A client for image hosts that run Chevereto (API V1.1).
