import { z } from 'zod';
import type { Config } from '../../config.ts';
import { HEALTH } from './health.ts';
import { PASSAGE } from './passages.ts';
import { PROBLEM } from './problem.ts';
import { CONTACT, QUOTE, REPLY, REPLY_KINDS, REVIEW_STATE, SOURCE_REFERENCE } from './reply-schema.ts';
import { ASK_REQUEST, FEEDBACK_REQUEST } from './request-schema.ts';
import type { Route } from './route.ts';
import { STARTERS } from './starters.ts';

/** `GET /openapi.json`: describes the routes it is given, and itself. */
export function openapiRoute({
  routes,
  publicUrl,
}: {
  routes: readonly Route[];
  publicUrl: Config['publicUrl'];
}): Route {
  const route: Route = {
    method: 'get',
    path: '/openapi.json',
    handlers: [(_req, res) => res.json(description)],
    describes: {
      operationId: 'openapi',
      summary: 'This description, in OpenAPI 3.1',
      responses: { 200: { description: 'OpenAPI', content: { 'application/json': { schema: { type: 'object' } } } } },
    },
  };
  const description = describeApi([...routes, route], publicUrl);
  return route;
}

function describeApi(routes: readonly Route[], publicUrl: Config['publicUrl']) {
  const paths: Record<string, Record<string, object>> = {};
  for (const { path, method, describes } of routes) {
    paths[path] = {
      ...paths[path],
      [method]: { ...describes, responses: { ...describes.responses, default: PROBLEM_RESPONSE } },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quotewell',
      version: '1',
      description:
        'A FAQ bot that can only quote. Every quote is `passage.text.slice(start, end)`, letter for letter. Information for use under a clinic’s responsibility; not a medical device.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl ?? '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      responses: {
        Problem: problemResponse('A problem document (RFC 9457); on /api/ask it carries the emergency contacts'),
        TooManyRequests: {
          ...problemResponse(
            'More requests of this kind than RATE_LIMIT_PER_MINUTE; on /api/ask it carries the emergency contacts',
          ),
          headers: { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } },
        },
      },
      securitySchemes: {
        metricsToken: { type: 'http', scheme: 'bearer' },
        botFramework: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  };
}

const PROBLEM_RESPONSE = { $ref: '#/components/responses/Problem' };

function problemResponse(description: string) {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

const SCHEMAS = {
  AskRequest: ASK_REQUEST,
  FeedbackRequest: FEEDBACK_REQUEST,
  Starters: STARTERS,
  Passage: PASSAGE,
  Health: HEALTH,
  Problem: PROBLEM,
  Reply: REPLY,
  Answer: REPLY_KINDS.answer,
  Urgent: REPLY_KINDS.urgent,
  Referral: REPLY_KINDS.refer,
  Clarification: REPLY_KINDS.clarify,
  Unanswered: REPLY_KINDS.unanswered,
  Quote: QUOTE,
  SourceReference: SOURCE_REFERENCE,
  ReviewState: REVIEW_STATE,
  Contact: CONTACT,
};

/** JSON Schemas that refer to each other by name. Open to new fields: clients must ignore those they don't know. */
function componentSchemas(): Record<string, object> {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) named.add(schema, { id });
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _dialect, ...schema }]) => [id, schema]),
  );
}
