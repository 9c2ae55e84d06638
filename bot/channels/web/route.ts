import type { RequestHandler } from 'express';
import type { ParamsDictionary } from 'express-serve-static-core';
import type { ParsedQs } from 'qs';
import type { RequestNotes } from './request-log.ts';

/** One thing that can be asked of the server: what answers, and how it is described. */
export interface Route {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/api/passages/{id}`. */
  readonly path: string;
  /** As Express matches it, where that differs. */
  readonly pattern?: string;
  readonly handlers: readonly Handler[];
  readonly describes: Operation;
}

export type Locals = { notes: RequestNotes };
export type Handler = RequestHandler<ParamsDictionary, unknown, unknown, ParsedQs, Locals>;

/** An operation object of OpenAPI 3.1, as far as Quotewell uses it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
}
