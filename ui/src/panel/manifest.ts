//! What will be sent, line by line.

import type { ItemView } from "../ipc/generated";
import { fileSize, t } from "../l10n";

export type Line = { name: string; says: string; tone?: "good" | "warn" };

/** Everything private that is not a place. */
const PRIVATE = [
  "camera",
  "serial",
  "owner",
  "captions",
  "comments",
  "dates",
  "software",
  "thumbnail",
  "trailer",
  "other",
];

/** The lines of one file; none while it is being prepared. */
export function manifestOf(item: ItemView): Line[] {
  const { manifest, format } = item;
  if (!manifest) return [];
  const width = manifest.width ?? item.width;
  const height = manifest.height ?? item.height;
  const formatSays =
    manifest.format === format
      ? t("upload-format-kept", { format })
      : t("upload-format-made", { from: format, to: manifest.format });
  const size = fileSize(manifest.size);
  const lines: Line[] = [
    { name: t("upload-sent-name"), says: manifest.name },
    { name: t("upload-sent-format"), says: formatSays },
    {
      name: t("upload-sent-size"),
      says: width && height ? t("upload-sent-size-px", { size, width: String(width), height: String(height) }) : size,
    },
  ];
  const { removed, remains, upright } = manifest;
  if (upright) lines.push({ name: t("upload-sent-rotation"), says: t("upload-sent-upright"), tone: "good" });
  lines.push(...metadata("upload-sent-location", ["location"], removed, remains));
  lines.push(...metadata("upload-sent-camera", PRIVATE, removed, remains));
  return lines;
}

type MetadataName = "upload-sent-location" | "upload-sent-camera";

function metadata(id: MetadataName, kinds: string[], removed: string[], remains: string[]): Line[] {
  if (kinds.some((kind) => remains.includes(kind)))
    return [{ name: t(id), says: t("upload-sent-remains"), tone: "warn" }];
  if (kinds.some((kind) => removed.includes(kind)))
    return [{ name: t(id), says: t("upload-sent-removed"), tone: "good" }];
  return [];
}

/** The lines of several files together. */
export function manifestOfMany(items: ItemView[]): Line[] {
  const bytes = items.reduce((sum, { manifest, size }) => sum + (manifest?.size ?? size), 0);
  const changed = items.filter(({ manifest, format }) => manifest && manifest.format !== format);
  const cleaned = items.filter(({ manifest }) => manifest?.removed.includes("location"));
  const kept = items.filter(({ manifest }) => manifest?.remains.includes("location"));
  const lines: Line[] = [
    { name: t("upload-sent-files"), says: t("upload-sent-files-size", { count: items.length, size: fileSize(bytes) }) },
  ];
  if (changed[0]?.manifest) {
    const [{ format, manifest }] = changed as [ItemView & { manifest: { format: string } }];
    const alike = changed.every((item) => item.format === format && item.manifest?.format === manifest.format);
    const says = alike
      ? t("upload-sent-changed-alike", { count: changed.length, from: format, to: manifest.format })
      : String(changed.length);
    lines.push({ name: t("upload-sent-changed"), says });
  }
  if (cleaned.length > 0)
    lines.push({
      name: t("upload-sent-location"),
      says: t("upload-sent-removed-from", { count: cleaned.length }),
      tone: "good",
    });
  if (kept.length > 0)
    lines.push({
      name: t("upload-sent-location"),
      says: t("upload-sent-remains-in", { count: kept.length }),
      tone: "warn",
    });
  return lines;
}
