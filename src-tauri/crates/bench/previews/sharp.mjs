// sharp at the same work: sharp.mjs WORKERS SIDE OUT FILE…
import { basename, join } from 'node:path';
import { createRequire } from 'node:module';

// Installed where this is started.
const sharp = createRequire(join(process.cwd(), 'sharp.mjs'))('sharp');
const [workers, side, out, ...files] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);

const preview = (file) =>
  sharp(file, { limitInputPixels: false })
    .rotate()
    .resize(Number(side), Number(side), { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 97 })
    .toFile(join(out, `${basename(file)}.jpg`));

const waiting = files.values();
await Promise.all(
  Array.from({ length: Number(workers) }, async () => {
    for (const file of waiting) await preview(file);
  }),
);
