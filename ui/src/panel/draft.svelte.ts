//! Text that is saved while it is typed: what is on screen is the person's, and leaves a moment after the last key.

const QUIET_MS = 250;

export class Draft {
  value = $state("");
  #sent: string;
  #save: (value: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(value: string, save: (value: string) => void) {
    this.value = value;
    this.#sent = value;
    this.#save = save;
  }

  type(value: string) {
    this.value = value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), QUIET_MS);
  }

  /** Saves now what was not saved yet: on leaving the field, and when the panel closes. */
  flush() {
    clearTimeout(this.#timer);
    if (this.value === this.#sent) return;
    this.#sent = this.value;
    this.#save(this.value);
  }
}
