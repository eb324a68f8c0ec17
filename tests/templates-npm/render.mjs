// Renders chats: node render.mjs CASES.json, where CASES is [{template, variables}]; prints [{text} or {error}].
import { readFileSync } from "node:fs";
import { Template } from "@huggingface/jinja";

const templates = new Map();
const results = JSON.parse(readFileSync(process.argv[2], "utf8")).map(({ template, variables }) => {
  try {
    if (!templates.has(template)) templates.set(template, new Template(template));
    return { text: templates.get(template).render(variables) };
  } catch (e) {
    return { error: String(e.message ?? e) };
  }
});
console.log(JSON.stringify(results));
