// Usage: node chat.mjs http://127.0.0.1:5080/v1 MODEL
// Generates a text, streams one, asks MODEL+search, generates an object and is refused, and prints one JSON object.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateObject, generateText, streamText } from 'ai';
import { z } from 'zod';

const [baseURL, model] = process.argv.slice(2);
const syrinx = createOpenAICompatible({ name: 'syrinx', baseURL, apiKey: 'unused', includeUsage: true, supportsStructuredOutputs: true });
const settings = { model: syrinx(model), maxOutputTokens: 12, temperature: 0, maxRetries: 0 };

const whole = await generateText({ ...settings, prompt: 'When does the ferry leave?' });

const stream = streamText({ ...settings, prompt: 'When does the ferry leave?' });
let text = '', pieces = 0;
for await (const piece of stream.textStream) { text += piece; pieces++; }

const answer = await generateText({ ...settings, model: syrinx(`${model}+search`), prompt: 'When does the ferry leave on Sundays?' });

const { object } = await generateObject({
  ...settings,
  maxOutputTokens: 200,
  schema: z.object({ place: z.string().max(10), hours: z.array(z.number().int().min(0).max(23)).max(3), open: z.boolean() }),
  prompt: 'Tell me about the stall.',
});

let missing = null;
try {
  await generateText({ ...settings, model: syrinx('gpt-9'), prompt: 'hi' });
} catch (e) {
  missing = { status: e.statusCode, message: e.message };
}

console.log(JSON.stringify({
  whole: whole.text, finish: whole.finishReason, usage: whole.usage, text, pieces, streamUsage: await stream.usage,
  streamFinish: await stream.finishReason, answer: answer.text, object, missing,
}));
