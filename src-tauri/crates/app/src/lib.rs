//! The application without a face: what the window and the command line share.
