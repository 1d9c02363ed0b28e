// Runs one sample of the pages: `node run.mjs JOB`, where JOB is a file of JSON.
//
// The sample is the body of an async function with `client`, `console` and the page's variables in
// scope. When nothing is left to do, what it printed and which errors it saw go to standard output.

import { readFileSync } from 'node:fs';
import { clientOf } from './client.mjs';

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const said = { logged: [], failed: [], client: '' };

const failed = (error) => said.failed.push({
  status: error?.statusCode ?? null,
  message: String(error?.message ?? error),
});
const heard = {
  log: (value) => said.logged.push(value ?? null),
  error: failed,
};

// What a sample does not catch is a fault of the sample.
for (const event of ['unhandledRejection', 'uncaughtException']) {
  process.on(event, (error) => {
    process.stderr.write(`${job.document}:${job.line}: not caught: ${error?.stack ?? error}\n`);
    process.exit(1);
  });
}
process.once('beforeExit', () => process.stdout.write(JSON.stringify(said)));

const { client, kind } = await clientOf(job);
said.client = kind;
const AsyncFunction = (async () => {}).constructor;
const sample = new AsyncFunction('client', 'console', ...Object.keys(job.names), job.code);
await sample(client, heard, ...Object.values(job.names));
