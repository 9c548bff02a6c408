import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The words live beside the program's own; the window reads the same files.
const words = "../src-tauri/crates/l10n/locales";

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  server: { fs: { allow: [".", words] } },
  build: { target: ["es2022", "safari16"], outDir: "dist", emptyOutDir: true },
  resolve: process.env.VITEST ? { conditions: ["browser"] } : {},
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
