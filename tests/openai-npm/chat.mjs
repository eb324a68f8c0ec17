// Usage: node chat.mjs http://127.0.0.1:5080/v1 MODEL
// Lists the models, streams a chat with usage, asks MODEL+search, embeds a text, and prints one JSON object.
import OpenAI from 'openai';

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 });

const models = [];
for await (const m of client.models.list()) models.push(m.id);

const stream = await client.chat.completions.create({
  model,
  messages: [{ role: 'user', content: 'When does the ferry leave?' }],
  max_completion_tokens: 12,
  temperature: 0,
  stream: true,
  stream_options: { include_usage: true },
});
let text = '', pieces = 0, finish = null, usage = null;
for await (const chunk of stream) {
  const choice = chunk.choices[0];
  if (choice?.delta?.content) { text += choice.delta.content; pieces++; }
  finish = choice?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}

const answer = await client.chat.completions.create({
  model: `${model}+search`,
  messages: [{ role: 'user', content: 'When does the ferry leave on Sundays?' }],
});
const embedding = await client.embeddings.create({ model, input: 'the ferry' });

let missing = null;
try {
  await client.chat.completions.create({ model: 'gpt-9', messages: [{ role: 'user', content: 'hi' }] });
} catch (e) {
  missing = { status: e.status, code: e.code, type: e.type, param: e.param };
}

console.log(JSON.stringify({
  models, text, pieces, finish, usage, missing,
  answer: answer.choices[0].message.content, citations: answer.citations, dimensions: embedding.data[0].embedding.length,
}));
