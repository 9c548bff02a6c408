export function keys(_event: KeyboardEvent) {}
