// SPDX-License-Identifier: Apache-2.0
// A real tus server for tests: --port --folder --log --modules, and when wanted --max-bytes and
// --expire-ms. It logs each request as a line of JSON when it is over, and says when it listens.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    folder: { type: 'string' },
    log: { type: 'string' },
    modules: { type: 'string' },
    'max-bytes': { type: 'string', default: '0' },
    'expire-ms': { type: 'string', default: '0' },
  },
});

const installed = createRequire(`${values.modules}/`);
const load = (name) => import(pathToFileURL(installed.resolve(name)).href);
const { Server } = await load('@tus/server');
const { FileStore } = await load('@tus/file-store');

const tus = new Server({
  path: '/files',
  maxSize: Number(values['max-bytes']),
  respectForwardedHeaders: true,
  datastore: new FileStore({
    directory: values.folder,
    expirationPeriodInMilliseconds: Number(values['expire-ms']),
  }),
});

// Counts what arrives of a body, whether or not somebody reads it.
function countBody(request) {
  const count = { bytes: 0 };
  const push = request.push;
  request.push = function (chunk, ...rest) {
    count.bytes += chunk ? chunk.length : 0;
    return push.call(this, chunk, ...rest);
  };
  return count;
}

const numberOf = (field) => (field === undefined ? null : Number(field));

// Headers that were written at once cannot be asked for.
const offsetAnswered = (response) =>
  numberOf(/^upload-offset: (\d+)/im.exec(response._header ?? '')?.[1]);

const server = http.createServer((request, response) => {
  const body = countBody(request);
  response.on('close', () => {
    const line = {
      method: request.method,
      path: request.url,
      offset: numberOf(request.headers['upload-offset']),
      status: response.headersSent ? response.statusCode : 0,
      newOffset: offsetAnswered(response),
      bodyBytes: body.bytes,
    };
    fs.appendFileSync(values.log, `${JSON.stringify(line)}\n`);
  });
  tus.handle(request, response);
});
server.requestTimeout = 0;
server.listen(Number(values.port), '127.0.0.1', () => console.log('listening'));
