//! The words of the window, the tray and the command line, in every language.
