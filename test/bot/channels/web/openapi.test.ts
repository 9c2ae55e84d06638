import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Express } from 'express';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWebApp } from '../../../../bot/channels/web/app.ts';
import { REPLY } from '../../../../bot/channels/web/reply-schema.ts';
import { readConfig } from '../../../../bot/config.ts';
import type { Reply } from '../../../../bot/reply.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';
import { createTinyBot } from '../../../support/tiny-bot.ts';

interface Description {
  readonly openapi: string;
  readonly servers: readonly { url: string }[];
  readonly paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
  readonly components: { readonly schemas: Record<string, object>; readonly responses: Record<string, object> };
}

let description: Description;
beforeAll(async () => {
  description = await describeWith({});
});

async function describeWith(env: Record<string, string>): Promise<Description> {
  const config = readConfig(env);
  const app = createWebApp({
    bot: createTinyBot(),
    config,
    logger: pino({ level: 'silent' }),
    metrics: new Registry(),
    clock: { now: () => 0 },
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const response = await fetch(`http://127.0.0.1:${port}/openapi.json`);
  const body = (await response.json()) as Description;
  await new Promise((resolve) => server.close(resolve));
  mounted = routesOf(app);
  return body;
}

let mounted: string[] = [];

/** `get /api/passages/{id}`, of every route that the app has, whoever put it there. */
function routesOf(app: Express): string[] {
  return app.router.stack.flatMap(({ route }) =>
    (route?.stack ?? []).flatMap(({ method }) =>
      // `all` answers what no route took, with 405.
      method === undefined ? [] : [`${method} ${route?.path.replace(/[:*](\w+)/g, '{$1}')}`],
    ),
  );
}

describe('/openapi.json', () => {
  it('is OpenAPI 3.1, and names PUBLIC_URL as the server where there is one', async () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    expect(description.servers).toEqual([{ url: '/' }]);
    expect((await describeWith({ PUBLIC_URL: 'https://bot.example/faq' })).servers).toEqual([
      { url: 'https://bot.example/faq' },
    ]);
  });

  it('describes every route that is mounted, and mounts every route that it describes', () => {
    const described = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect([...new Set(mounted)].sort()).toEqual(described.sort());
    expect(described).toContain('post /api/ask');
  });

  it('gives every operation a name of its own and a way to fail', () => {
    const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, responses } of operations)
      expect(Object.keys(responses), operationId).toContain('default');
  });

  it('refers only to parts that it has', () => {
    for (const [, path = ''] of JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const part = path
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], description);
      expect(part, path).toBeTypeOf('object');
    }
  });
});

describe('the described schemas', () => {
  const validator = (name: string) => {
    const ajv = new Ajv2020.default({ strict: true, allErrors: true, discriminator: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: description.components }, 'api');
    // Where OpenAPI's own keywords stand beside JSON Schema, they say nothing about values.
    ajv.addVocabulary(['components']);
    const validate = ajv.compile({ $ref: `api#/components/schemas/${name}` });
    return (value: unknown) => (validate(value) ? [] : (validate.errors ?? []));
  };

  it.each(['does it come back', 'danger', 'my dose', 'which one', 'anything else'])(
    'fit the real reply to "%s"',
    async (question) => {
      const { ask } = await serveWeb();
      const reply = await bodyOf<Reply>(ask({ question }));
      expect(validator('Reply')(reply)).toEqual([]);
      // Beyond the open description: nothing leaves that the schema does not name.
      expect(REPLY.parse(reply)).toEqual(reply);
    },
  );

  it('cover all five kinds of reply', () => {
    const schemas = JSON.stringify(description.components.schemas);
    for (const kind of ['answer', 'urgent', 'refer', 'clarify', 'unanswered'])
      expect(schemas).toContain(`"const":"${kind}"`);
  });

  it('refuse what is no reply', async () => {
    const { ask } = await serveWeb();
    const answer = await bodyOf<Reply>(ask({ question: 'does it come back' }));
    const urgent = await bodyOf<Reply>(ask({ question: 'danger' }));
    const wrong = [
      { ...answer, kind: 'opinion' },
      { ...answer, quotes: [] },
      { ...answer, disclaimers: [] },
      { ...answer, confidence: 2 },
      { ...answer, conversationId: undefined },
      { ...urgent, categories: [] },
      { ...urgent, category: 'boredom' },
      {},
    ];
    const validate = validator('Reply');
    for (const value of wrong) expect(validate(JSON.parse(JSON.stringify(value)))).not.toEqual([]);
  });

  it('fit what the other routes answer', async () => {
    const { url, ask } = await serveWeb();
    const get = async (path: string) => (await fetch(url + path)).json();
    expect(validator('Starters')(await get('/api/starters'))).toEqual([]);
    expect(validator('Passage')(await get('/api/passages/tiny/permanence/does-it-come-back'))).toEqual([]);
    expect(validator('Health')(await get('/healthz'))).toEqual([]);
    expect(validator('Problem')(await get('/nowhere'))).toEqual([]);
    expect(validator('Problem')(await (await ask({ question: 7 })).json())).toEqual([]);
  });

  it('tell feedback that is taken from feedback that is not', () => {
    const validate = validator('FeedbackRequest');
    expect(validate({ replyId: 'r', rating: 'down', reason: 'not_enough', comment: '🙂'.repeat(1000) })).toEqual([]);
    for (const wrong of [
      { rating: 'up' },
      { replyId: 'r', rating: 'so-so' },
      { replyId: 'r', rating: 'down', reason: 'In my own words' },
      { replyId: 'r', rating: 'down', comment: 'a'.repeat(1001) },
    ]) {
      expect(validate(wrong)).not.toEqual([]);
    }
  });

  it('tell a request that is taken from one that is not', () => {
    const validate = validator('AskRequest');
    expect(validate({ question: 'a', conversationId: 'c', region: 'UK', language: 'es', more: 1 })).toEqual([]);
    expect(validate({ question: '🙂'.repeat(2000) })).toEqual([]);
    for (const wrong of [{}, { question: '' }, { question: 'a'.repeat(2001) }, { question: 'a', region: 'FR' }]) {
      expect(validate(wrong)).not.toEqual([]);
    }
  });
});
