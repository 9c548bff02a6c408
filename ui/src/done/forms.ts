//! Which kinds of link stand under which format, and how a choice moves from one format to another.

import type { LinkForm, LinkFormat, LinkKind } from "../ipc/generated";

export const formats: LinkFormat[] = ["links", "html", "markdown", "bbcode"];

const plain: LinkKind[] = ["viewer", "direct", "thumbnail"];
const embedded: LinkKind[] = ["full", "medium", "thumbnail-linked"];

/** The kinds of a format: addresses alone, or pictures that lead to their page. */
export const kindsOf = (format: LinkFormat): LinkKind[] => (format === "links" ? plain : embedded);

/** The form after another format was chosen: the kind stays when it is there, else the one in the same place. */
export function withFormat(form: LinkForm, format: LinkFormat): LinkForm {
  const kinds = kindsOf(format);
  if (kinds.includes(form.kind)) return { format, kind: form.kind };
  const place = kindsOf(form.format).indexOf(form.kind);
  return { format, kind: kinds[place] ?? (kinds[0] as LinkKind) };
}
