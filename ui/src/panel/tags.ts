//! Tags as a site keeps them.

export const MAX_TAG = 32;

export type Split = {
  /** New tags, without those that are there already. */
  tags: string[];
  /** What a site would drop: longer than 32 characters, or with `/` or `#`. */
  refused: string[];
};

/** Splits typed text at commas; blanks around and doubled blanks inside go. */
export function splitTags(text: string, there: readonly string[] = []): Split {
  const split: Split = { tags: [], refused: [] };
  for (const part of text.split(/[,\n]/)) {
    const tag = part.trim().replace(/\s+/g, " ");
    if (tag === "") continue;
    if ([...tag].length > MAX_TAG || /[/#]/.test(tag) || tag === "0") split.refused.push(tag);
    else if (!there.includes(tag) && !split.tags.includes(tag)) split.tags.push(tag);
  }
  return split;
}
