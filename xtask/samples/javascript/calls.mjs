// Makes calls with the official client: `node calls.mjs ACTIONS URL TOKEN CASES`, the first and the last
// files of JSON. Of each call it says on a line of its own which client made it, and whether the
// action had to be added to it.
//
// The version of the API is chosen by the client's own option. Where the API wants no token, the
// client is given none.

import { readFileSync } from 'node:fs';
import { clientOf } from './client.mjs';

const [actions, url, token, cases] = process.argv.slice(2);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const index = read(actions);

for (const { operation, arguments: params } of read(cases)) {
  const action = index.actions.find((each) => each.id === operation);
  const { client, kind } = await clientOf({
    official: true,
    url,
    token: action.authorized ? token : undefined,
    acceptVersion: action.version,
    index,
    action,
  });
  await client[action.resource][action.action](params);
  process.stdout.write(`${kind}\n`);
}
