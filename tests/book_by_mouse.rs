//! The appointment book by mouse: two clicks, dragging, edges and menus.
