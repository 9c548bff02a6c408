//! Where a sheet of the top layer goes, and how the keyboard moves in it.

const GAP = 3;
const MARGIN = 8;

/** Puts `sheet` below `anchor`, or above it when that has more room, and keeps it inside the window. */
export function place(sheet: HTMLElement, anchor: HTMLElement, align: "start" | "end") {
  const at = anchor.getBoundingClientRect();
  const above = at.top - GAP - MARGIN;
  const below = window.innerHeight - at.bottom - GAP - MARGIN;
  sheet.style.maxHeight = "";
  const height = sheet.offsetHeight;
  const down = below >= height || below >= above;
  sheet.style.maxHeight = `${Math.floor(down ? below : above)}px`;
  const shown = sheet.offsetHeight;
  const left = align === "end" ? at.right - sheet.offsetWidth : at.left;
  sheet.style.top = `${down ? at.bottom + GAP : at.top - GAP - shown}px`;
  sheet.style.left = `${Math.max(MARGIN, Math.min(left, window.innerWidth - sheet.offsetWidth - MARGIN))}px`;
}

let typed = "";
let typedAt = 0;

/** Arrows, Home, End and typing move among the entries of a menu or list. */
export function moveInList(event: KeyboardEvent, list: HTMLElement) {
  if (event.target instanceof HTMLSelectElement) return;
  const entries = [...list.querySelectorAll<HTMLElement>("button:not([disabled])")];
  const at = entries.indexOf(document.activeElement as HTMLElement);
  const to = (index: number) => {
    event.preventDefault();
    event.stopPropagation();
    entries[(index + entries.length) % entries.length]?.focus();
  };
  if (event.key === "ArrowDown") return to(at + 1);
  if (event.key === "ArrowUp") return to(at < 0 ? -1 : at - 1);
  const typing = event.target instanceof HTMLInputElement;
  if (typing) return;
  if (event.key === "Home") return to(0);
  if (event.key === "End") return to(-1);
  if (event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
  typed = event.timeStamp - typedAt < 700 ? typed + event.key : event.key;
  typedAt = event.timeStamp;
  const start = typed.toLocaleLowerCase();
  const found = entries.findIndex((entry) => entry.textContent.trim().toLocaleLowerCase().startsWith(start));
  if (found >= 0) to(found);
}
