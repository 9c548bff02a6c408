//! What a file's options come to, with the queue's defaults where it says nothing of its own.

import type { AlbumView, ConvertView, DefaultsView, ItemView, OptionsPatch, Wish } from "../ipc/generated";

const resolve = <T>(wish: Wish<T>, otherwise: T | null): T | null =>
  wish.wish === "default" ? otherwise : wish.wish === "some" ? wish.value : null;

/** A choice as the program wants it. */
export const wishFor = <T>(value: T | null): Wish<T> => (value === null ? { wish: "none" } : { wish: "some", value });

export type Choices = {
  tags: string[];
  album: AlbumView | null;
  category: number | null;
  expiration: string | null;
  width: number | null;
  nsfw: boolean;
  convert: ConvertView | null;
};

export function choicesOf({ options }: ItemView, defaults: DefaultsView): Choices {
  return {
    tags: options.tags,
    album: resolve(options.album, defaults.album),
    category: resolve(options.category, defaults.category),
    expiration: resolve(options.expiration, defaults.expiration),
    width: options.width,
    nsfw: options.nsfw ?? defaults.nsfw,
    convert: options.convert,
  };
}

/** A width makes sense for a still picture of known size only. */
export const resizable = (item: ItemView): boolean => !item.animated && !item.clip && item.width !== null;

export type Kind = keyof Choices;

/** The patch that gives other files these choices. */
export function patchOf(choices: Choices, kinds: readonly Kind[]): OptionsPatch {
  const patch: OptionsPatch = {};
  if (kinds.includes("tags")) patch.tags = choices.tags;
  if (kinds.includes("album")) patch.album = wishFor(choices.album);
  if (kinds.includes("category")) patch.category = wishFor(choices.category);
  if (kinds.includes("expiration")) patch.expiration = wishFor(choices.expiration);
  if (kinds.includes("width")) patch.width = wishFor(choices.width);
  if (kinds.includes("convert")) patch.convert = wishFor(choices.convert);
  if (kinds.includes("nsfw")) patch.nsfw = wishFor(choices.nsfw);
  return patch;
}

/** The value that all share; undefined while they differ. */
export function shared<T>(values: readonly T[], same: (a: T, b: T) => boolean = Object.is): T | undefined {
  const [first] = values;
  return first !== undefined && values.every((value) => same(value, first)) ? first : undefined;
}
