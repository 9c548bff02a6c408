//! What is known of a site's limits, a line each.

import type { LimitsView } from "../ipc/generated";
import { fileSize, t } from "../l10n";

export function facts({ max_size, refused_size, refused_formats, rates }: LimitsView): string[] {
  return [
    ...(max_size === null ? [] : [t("settings-limits-size", { size: fileSize(max_size) })]),
    ...(refused_size === null ? [] : [t("settings-limits-refused-size", { size: fileSize(refused_size) })]),
    ...(refused_formats.length === 0 ? [] : [t("settings-limits-formats", { formats: refused_formats.join(", ") })]),
    ...rates.map(({ uploads, period }) => t(`settings-limits-rate-${period}`, { count: uploads })),
  ];
}
