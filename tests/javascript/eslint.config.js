// What eslint looks for beside its recommended rules. It runs in the root of the repository.
import js from "@eslint/js";

export default [
  { ignores: ["**/node_modules/"] },
  js.configs.recommended,
  {
    rules: {
      "no-undef": "off", // tsc finds names that nobody declares, and knows what one script takes from another
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "eqeqeq": "error",
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  {
    // Scripts are joined to one: what stands at the top of one is used in another.
    files: ["widgets/**/*.js", "book/**/*.js"],
    ignores: ["**/explorer.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-unused-vars": ["error", { argsIgnorePattern: "^_", vars: "local" }] },
  },
];
