//! Setting a site up: where to, with which key, tested, saved. The key is held here only while the form is open.

import {
  type AddressView,
  checkAddress,
  type KeepKey,
  type KeyTest,
  type ProblemView,
  type SiteChoice,
  type SiteView,
  saveSite,
  testKey,
} from "../ipc/generated";

export type Target = "imgximg" | "address" | "demo" | "known";

/** What has to be typed or decided before a key may be sent. */
export type Gap = "address" | "consent" | "key";

/** What is under way, or what saving came to. */
export type Step =
  | { is: "filling" }
  | { is: "lacking"; gap: Gap }
  | { is: "testing" }
  | { is: "saving" }
  | { is: "no-keyring"; problem: ProblemView }
  | { is: "not-saved"; problem: ProblemView };

export class SiteFlow {
  readonly known: SiteView | null;
  target = $state<Target>("imgximg");
  address = $state("");
  oldApi = $state(false);
  key = $state("");
  /** What the typed address comes to; none while nothing is typed. */
  checked = $state.raw<AddressView | null>(null);
  /** The person lets the key go to this address without encryption. */
  agreed = $state(false);
  /** What the last test of exactly this site and key said. */
  test = $state.raw<KeyTest | null>(null);
  step = $state.raw<Step>({ is: "filling" });
  /** Grows with every edit, so that an answer about something older is dropped. */
  #edit = 0;

  constructor(target: Target, known: SiteView | null = null) {
    this.target = target;
    this.known = known;
  }

  readonly needsKey = $derived(this.target !== "demo");
  readonly insecure = $derived(this.target === "address" && (this.checked?.insecure ?? false));
  readonly busy = $derived(this.step.is === "testing" || this.step.is === "saving");

  readonly choice = $derived.by((): SiteChoice => {
    if (this.target === "known" && this.known) return { is: "known", id: this.known.id };
    if (this.target === "address") return { is: "address", address: this.address, old_api: this.oldApi };
    return { is: this.target === "demo" ? "demo" : "imgximg" };
  });

  /** The site's name for people, once it is known which. */
  readonly site = $derived.by((): string | null => {
    if (this.target === "imgximg") return "imgximg.com";
    if (this.target === "known") return this.known?.name ?? null;
    return this.target === "address" ? (this.checked?.name ?? null) : null;
  });

  /** Where a key is to be had, as it is shown. */
  readonly keyPage = $derived.by((): string | null => {
    const base = this.target === "known" ? this.known?.base : this.target === "imgximg" ? "imgximg.com" : null;
    const page = base ? `${base.replace(/\/$/, "")}/settings/api` : this.checked?.key_page;
    return page?.replace(/^https:\/\//, "") ?? null;
  });

  /** Another site: a key typed for one is not sent to another. */
  choose(target: Target) {
    this.target = target;
    this.#changed();
    this.key = "";
  }

  typeKey(key: string) {
    this.key = key;
    this.#changed();
  }

  setOldApi(on: boolean) {
    this.oldApi = on;
    this.#changed();
  }

  /** Checks the address as it is typed; no site is asked. */
  async typeAddress(address: string) {
    this.address = address;
    this.agreed = false;
    const edit = this.#changed();
    if (address.trim() === "") {
      this.checked = null;
      return;
    }
    const checked = await checkAddress(address).catch(() => null);
    if (edit === this.#edit) this.checked = checked;
  }

  /** The person takes the address that the site itself leads to; the key goes along, since it is the same site. */
  async useMoved(to: string) {
    this.target = "address";
    await this.typeAddress(to);
  }

  agree() {
    this.agreed = true;
    this.step = { is: "filling" };
  }

  /** Tests the key without uploading. True when it was accepted. */
  async tryKey(): Promise<boolean> {
    if (!this.#ready()) return false;
    const edit = this.#edit;
    this.test = null;
    this.step = { is: "testing" };
    const test = await testKey(this.choice, this.key.trim()).catch(
      (problem: ProblemView): KeyTest => ({ is: "failed", problem }),
    );
    if (edit !== this.#edit) return false;
    this.test = test;
    this.step = { is: "filling" };
    return test.is === "accepted";
  }

  /** Saves the site; a key that was not tested yet is tested first, unless the person said to do without. */
  async save(keep: KeepKey = "keyring", untested = false): Promise<SiteView | null> {
    if (!this.#ready()) return null;
    const sure = !this.needsKey || untested || this.test?.is === "accepted";
    if (!sure && !(await this.tryKey())) return null;
    this.step = { is: "saving" };
    try {
      const saved = await saveSite(this.choice, this.needsKey ? this.key.trim() : "", keep);
      if (saved.is === "saved") {
        this.forget();
        return saved.site;
      }
      this.step = { is: saved.is === "no-keyring" ? "no-keyring" : "not-saved", problem: saved.problem };
    } catch (problem) {
      this.step = { is: "not-saved", problem: problem as ProblemView };
    }
    return null;
  }

  /** Lets go of the key: the form closes, or it was saved. */
  forget() {
    this.key = "";
    this.#changed();
  }

  #changed(): number {
    this.test = null;
    this.step = { is: "filling" };
    this.#edit += 1;
    return this.#edit;
  }

  #ready(): boolean {
    const gap = this.#gap();
    if (gap) this.step = { is: "lacking", gap };
    return gap === null;
  }

  #gap(): Gap | null {
    if (this.target === "address" && !this.checked?.base) return "address";
    if (this.insecure && !this.agreed) return "consent";
    return this.needsKey && this.key.trim() === "" ? "key" : null;
  }
}
