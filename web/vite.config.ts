import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: "../src/vedette/console/static",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    // Inline data: addresses would need a weaker content security policy.
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/api": "http://127.0.0.1:9321" } },
});
