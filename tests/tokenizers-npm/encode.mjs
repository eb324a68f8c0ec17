// Usage: node encode.mjs TEXTS.json [TOKENIZER.json…]
// Prints one JSON object: for each tokenizer.json, and for "o200k" by tiktoken, the ids of each text.
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { get_encoding } from 'tiktoken';

const [texts, ...files] = process.argv.slice(2);
const all = JSON.parse(readFileSync(texts, 'utf8'));
const ids = {};
for (const file of files) {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(file, 'utf8')), {});
  ids[file] = all.map(text => Array.from(tokenizer.encode(text, { add_special_tokens: false }).ids));
}
const o200k = get_encoding('o200k_base');
ids.o200k = all.map(text => Array.from(o200k.encode_ordinary(text)));
o200k.free();
console.log(JSON.stringify(ids));
