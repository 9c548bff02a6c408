//! What is being changed for several files; nothing of it is theirs before Apply.

import type { ItemView, OptionsPatch } from "../ipc/generated";
import { queue } from "../state/queue.svelte";
import { type Choices, choicesOf, patchOf, resizable, shared, wishFor } from "./choices";
import { convertible } from "./formats";
import { save } from "./saving";

type Staged = Partial<Omit<Choices, "tags">>;

export class Many {
  #items: () => ItemView[];
  staged = $state.raw<Staged>({});
  title = $state("");
  description = $state("");
  addTags = $state.raw<string[]>([]);
  removeTags = $state.raw<string[]>([]);

  constructor(items: () => ItemView[]) {
    this.#items = items;
  }

  readonly #choices = $derived.by(() => this.#items().map((item) => choicesOf(item, queue.state.defaults)));

  readonly album = $derived.by(() =>
    this.#now(
      "album",
      shared(
        this.#choices.map((each) => each.album),
        (a, b) => a?.id === b?.id,
      ),
    ),
  );
  readonly category = $derived.by(() => this.#now("category", shared(this.#choices.map((each) => each.category))));
  readonly expiration = $derived.by(() =>
    this.#now("expiration", shared(this.#choices.map((each) => each.expiration))),
  );
  readonly width = $derived.by(() => this.#now("width", shared(this.#choices.map((each) => each.width))));
  readonly nsfw = $derived.by(() => this.#now("nsfw", shared(this.#choices.map((each) => each.nsfw))));
  readonly convert = $derived.by(() => {
    const made = this.#items()
      .filter(convertible)
      .map((item) => item.options.convert);
    return this.#now(
      "convert",
      shared(made, (a, b) => JSON.stringify(a) === JSON.stringify(b)),
    );
  });
  readonly nsfwCount = $derived.by(() => this.#choices.filter((each) => each.nsfw).length);

  /** Each tag with the number of files that have it, as it will be. */
  readonly tags = $derived.by(() => {
    const all = this.#choices.length;
    const counts = new Map<string, number>();
    for (const { tags } of this.#choices) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    for (const tag of this.removeTags) counts.delete(tag);
    for (const tag of this.addTags) counts.set(tag, all);
    return [...counts].map(([tag, count]) => ({ tag, count }));
  });

  readonly changed = $derived.by(
    () =>
      Object.keys(this.staged).length + this.addTags.length + this.removeTags.length > 0 ||
      this.title.trim() !== "" ||
      this.description !== "",
  );

  #now<K extends keyof Staged>(kind: K, otherwise: Choices[K] | undefined): Choices[K] | undefined {
    return kind in this.staged ? (this.staged[kind] as Choices[K]) : otherwise;
  }

  set(change: Staged) {
    this.staged = { ...this.staged, ...change };
  }

  add(tags: string[]) {
    this.addTags = [...this.addTags, ...tags];
    this.removeTags = this.removeTags.filter((tag) => !tags.includes(tag));
  }

  remove(tag: string) {
    this.addTags = this.addTags.filter((each) => each !== tag);
    this.removeTags = [...this.removeTags, tag];
  }

  undo() {
    this.staged = {};
    this.title = "";
    this.description = "";
    this.addTags = [];
    this.removeTags = [];
  }

  /** Gives every file what was changed; false when the program refused. */
  async apply(): Promise<boolean> {
    const items = this.#items();
    const ids = items.map((item) => item.id);
    const { width, convert, ...rest } = this.staged;
    const kinds = Object.keys(rest) as (keyof typeof rest)[];
    const patch: OptionsPatch = patchOf({ ...rest, tags: [] } as unknown as Choices, kinds);
    if (this.description !== "") patch.description = this.description;
    if (this.addTags.length > 0) patch.add_tags = this.addTags;
    if (this.removeTags.length > 0) patch.remove_tags = this.removeTags;
    const steps = Object.keys(patch).length > 0 ? [save(ids, patch)] : [];
    if (width !== undefined) {
      const able = items.filter((item) => resizable(item)).map((item) => item.id);
      steps.push(save(able, { width: wishFor(width) }));
    }
    if (convert !== undefined) {
      const able = items.filter(convertible).map((item) => item.id);
      steps.push(save(able, { convert: wishFor(convert) }));
    }
    steps.push(...this.#titles(ids));
    const done = (await Promise.all(steps)).every(Boolean);
    if (done) this.undo();
    return done;
  }

  /** One title for many is numbered: Nida 1, Nida 2. */
  #titles(ids: number[]): Promise<boolean>[] {
    const title = this.title.trim();
    return title === "" ? [] : ids.map((id, at) => save([id], { title: `${title} ${at + 1}` }));
  }
}
